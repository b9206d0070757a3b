"""A teacher's way through the real app: invitation, group, assignment, results, a transcript.

The teacher is on the page, one learner on Telegram, another on the page.
"""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext

from tests.channels.web.browser import browser, new_phone
from tests.emulator import Emulator, Person, Received
from tests.kontor import Kontor, running
from tests.whole.drill import TOKEN
from tests.whole.on_page import OnPage
from tests.whole.ready import real_languagetool, with_languagetool

__all__ = ["browser"]

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]
GIFT = "5.000 Stück zu 7,20 EUR CIF Hamburg, 60 Tage Zahlungsziel, Lieferung in vier Wochen."
"""An offer no buyer refuses."""
PATIENCE_S = 60.0


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator.start(token=TOKEN) as emulator:
        yield emulator
        assert emulator.violations == []


@pytest_asyncio.fixture(loop_scope="session")
async def app(telegram: Emulator, tmp_path: Path) -> AsyncIterator[Kontor]:
    async with running(
        tmp_path / "data",
        TELEGRAM_TOKEN=TOKEN,
        KONTOR_TELEGRAM_API_URL=telegram.url,
        KONTOR_LANGUAGETOOL_URL=await real_languagetool(),
    ) as app:
        await with_languagetool(app)
        yield app
    assert "Traceback" not in app.log.read_text()


@pytest_asyncio.fixture(loop_scope="session")
async def phones(browser: Browser) -> AsyncIterator[tuple[BrowserContext, BrowserContext]]:
    """The teacher's and a learner's."""
    contexts = await new_phone(browser), await new_phone(browser)
    yield contexts
    for context in contexts:
        await context.close()


async def test_from_the_invitation_to_reading_what_was_written(
    app: Kontor, telegram: Emulator, phones: tuple[BrowserContext, BrowserContext]
) -> None:
    teacher = OnPage(await phones[0].new_page(), app)
    group_code, web_link = await _make_a_group(app, teacher)

    na = telegram.user(7, first_name="Li Na", language_code="zh")
    await _join_on_telegram(na, group_code)
    wei = OnPage(await phones[1].new_page(), app)
    query = web_link.removeprefix(f"{app.url}/")
    await wei.enter(name="Wang Wei", interface="en", query=query)
    await wei.until(lambda lines: "Trade 2301" in lines[0].text)

    await teacher.press("assign:1")
    await teacher.offered("give:1:desk_lamp")
    await teacher.press("give:1:desk_lamp")
    await teacher.offered("due:1:desk_lamp:7")
    for typed, answer in (("on Friday", "cannot read"), ("2020-01-01", "already passed")):
        await teacher.say(typed)
        await teacher.until(lambda lines, answer=answer: answer in lines[-1].text)
    await teacher.say("2099-11-27 20:00")
    await teacher.until(lambda lines: "2 learners have been told" in lines[-1].text)

    await na.wait_for(_offers("show:desk_lamp:1"), PATIENCE_S)
    await wei.offered("show:desk_lamp:1")

    await _make_a_deal_on_telegram(na)

    await teacher.press("group:1")
    await teacher.offered("results:1")
    await teacher.press("results:1")
    await teacher.until(lambda lines: "1 of 2 have done it" in lines[-1].text)
    results = teacher.lines[-1]
    assert re.search(r"✅ Li Na: deal, 10 points", results.text)
    assert "– Wang Wei: not yet" in results.text
    (reading,) = [action for action in results.actions if action.startswith("read:")]
    await teacher.press(reading)
    await teacher.until(lambda lines: GIFT in lines[-1].text)

    await wei.say("/teach")
    await wei.until(lambda lines: "for teachers" in lines[-1].text)


async def test_an_invitation_is_used_once(
    app: Kontor, telegram: Emulator, phones: tuple[BrowserContext, BrowserContext]
) -> None:
    printed = await app.command("invite-teacher")
    telegram_link = re.search(r"https://t\.me/\w+\?start=(\S+)", printed)
    web_link = re.search(r"http://\S+/\?start=(\S+)", printed)
    assert telegram_link
    assert web_link
    assert telegram_link[1] == web_link[1]
    wang = telegram.user(8, first_name="Wang", language_code="de")
    await wang.send(f"/start {telegram_link[1]}")
    await wang.wait_for(_offers("newgroup"), PATIENCE_S)
    late = OnPage(await phones[0].new_page(), app)
    await late.enter(name="Too Late", interface="en", query=f"?start={web_link[1]}")
    await late.until(lambda lines: "used already" in lines[0].text)


async def _make_a_group(app: Kontor, teacher: OnPage) -> tuple[str, str]:
    """Follow an invitation and make a group; its code and its link for the page."""
    printed = await app.command("invite-teacher")
    invitation = re.search(r"http://\S+(/\?start=t_\S+)", printed)
    assert invitation, printed
    await teacher.enter(name="Wang Fang", interface="en", query=invitation[1].lstrip("/"))
    await teacher.offered("newgroup")
    await teacher.press("newgroup")
    await teacher.until(lambda lines: "group called" in lines[-1].text)
    await teacher.say("Trade 2301")
    await teacher.offered("assign:1")
    told = teacher.lines[-1].text
    code = re.search(r"Code to join: (\w{8})", told)
    link = re.search(r"http://\S+start=g_\w+", told)
    assert code, told
    assert link, told
    return code[1], link[0]


async def _join_on_telegram(person: Person, code: str) -> None:
    await person.send("/start")
    await person.wait_for(_offers("language:de"), PATIENCE_S)
    await person.press("language:de")
    await person.wait_for(_offers("band:B1"), PATIENCE_S)
    await person.press("band:B1")
    await person.wait_for(_offers("show:desk_lamp"), PATIENCE_S)
    await person.send(code.lower())
    await person.wait_for("Trade 2301", PATIENCE_S)


async def _make_a_deal_on_telegram(person: Person) -> None:
    await person.press("show:desk_lamp:1")
    await person.wait_for(_offers("begin:desk_lamp:1"), PATIENCE_S)
    await person.press("begin:desk_lamp:1")
    await person.wait_for("Katrin Vogel\n", PATIENCE_S)
    await person.send(GIFT)
    summary = await person.wait_for(
        lambda message: any((b.data or "").startswith("yes:") for b in message.buttons),
        PATIENCE_S,
    )
    await person.press(summary.buttons[0].text)
    await person.wait_for(lambda message: message.photo is not None, PATIENCE_S)


def _offers(action: str) -> Callable[[Received], bool]:
    return lambda message: action in [button.data for button in message.buttons]
