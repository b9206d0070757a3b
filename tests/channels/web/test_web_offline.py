"""The page while the server is away: what was typed is kept and sent once, in order."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.channels.web.acting import (
    enter,
    messages,
    offline,
    online,
    own,
    own_words,
    write,
)
from tests.channels.web.serving import Site

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]


async def test_what_was_typed_while_the_server_was_away_is_sent_once_and_in_order(
    page: Page, site: Site
) -> None:
    await enter(page, site)
    await site.stop()
    await offline(page)
    for text in ("eins", "zwei", "drei"):
        await write(page, text)
    await expect(own(page).locator(".state")).to_have_text(["等待发送"] * 3)

    await site.start()

    await expect(page.locator(".from-buyer")).to_have_count(3, timeout=20_000)
    await expect(own_words(page)).to_have_text(["eins", "zwei", "drei"])
    await expect(page.locator("#banner")).to_be_hidden()
    assert site.world.desk.said == ["eins", "zwei", "drei"]


async def test_waiting_messages_survive_a_reload(page: Page, site: Site) -> None:
    await enter(page, site)
    await page.route("**/api/messages", lambda route: route.abort())
    await write(page, "eins")
    await write(page, "zwei")
    await page.reload()
    await expect(own_words(page)).to_have_text(["eins", "zwei"])

    await page.unroute("**/api/messages")

    await expect(page.locator(".from-buyer")).to_have_count(2, timeout=20_000)
    assert site.world.desk.said == ["eins", "zwei"]
    await expect(own_words(page)).to_have_text(["eins", "zwei"])


async def test_the_page_opens_while_the_server_is_away(page: Page, site: Site) -> None:
    await enter(page, site)
    await write(page, "Guten Tag")
    await expect(messages(page)).to_have_count(3)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await online(page)
    await site.stop()
    await page.reload()
    await expect(own_words(page)).to_have_text(["Guten Tag"])
    await write(page, "zwei")
    await expect(own(page).last.locator(".state")).to_have_text("等待发送")

    await site.start()

    await expect(page.locator(".from-buyer")).to_have_count(2, timeout=20_000)
    assert site.world.desk.said == ["Guten Tag", "zwei"]


async def test_an_answer_lost_on_the_way_sends_nothing_twice(page: Page, site: Site) -> None:
    lost: list[str] = []

    async def lose_the_first(route: Route) -> None:
        await route.fetch()
        if lost:
            await route.fulfill(status=204)
        else:
            lost.append(route.request.post_data or "")
            await route.abort()

    await enter(page, site)
    await page.route("**/api/messages", lose_the_first)
    await write(page, "Guten Tag")
    async with asyncio.timeout(15):
        while await waiting(page) or not lost:  # noqa: ASYNC110  # the browser has no event
            await asyncio.sleep(0.05)

    assert site.world.desk.said == ["Guten Tag"]
    await expect(own_words(page)).to_have_text(["Guten Tag"])


async def test_a_server_that_stumbles_is_asked_again(page: Page, site: Site) -> None:
    await enter(page, site)
    site.world.desk.failures = 2
    await write(page, "Guten Tag")

    await expect(page.locator(".from-buyer")).to_have_count(1, timeout=20_000)
    assert site.world.desk.said == ["Guten Tag"]


async def test_a_refused_message_can_be_changed_and_holds_nobody_up(
    page: Page, site: Site
) -> None:
    async def refuse(route: Route) -> None:
        if "zu lang" in (route.request.post_data or ""):
            await route.fulfill(status=413, json={"error": "too_long", "text": "太长了"})
        else:
            await route.continue_()

    await enter(page, site)
    await page.route("**/api/messages", refuse)
    await write(page, "zu lang")
    await write(page, "kurz")
    await expect(page.locator(".from-buyer")).to_contain_text("kurz")
    await expect(page.get_by_role("alert")).to_contain_text("太长了")
    await page.get_by_role("button", name="修改").click()

    await expect(page.get_by_label("你的消息")).to_have_value("zu lang")
    await expect(own_words(page)).to_have_text(["kurz"])


async def test_an_unknown_browser_gives_its_name_again_and_loses_nothing(
    page: Page, site: Site
) -> None:
    await enter(page, site)
    await page.context.clear_cookies()
    await write(page, "Guten Tag")
    await expect(page.get_by_text("这个浏览器需要重新登记一次")).to_be_visible()
    await expect(page.get_by_label("你的名字")).to_have_value("李娜")
    await page.get_by_role("button", name="开始").click()

    await expect(page.locator(".from-buyer")).to_contain_text("Verstanden: Guten Tag")
    await expect(own_words(page)).to_have_text(["Guten Tag"])
    assert site.world.desk.said == ["Guten Tag"]


async def test_a_draft_survives_a_reload(page: Page, site: Site) -> None:
    await enter(page, site)
    await page.get_by_label("你的消息").fill("Sehr geehrte Frau Vogel,\n")
    await page.reload()

    await expect(page.get_by_label("你的消息")).to_have_value("Sehr geehrte Frau Vogel,\n")


async def test_the_page_asks_where_event_streams_are_held_back(page: Page, site: Site) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)  # never answered, as by a proxy that waits for the end

    await page.route("**/api/events*", hold)
    await page.goto(site.address)
    await page.get_by_label("你的名字").fill("李娜")
    await page.get_by_role("button", name="开始").click()
    await expect(messages(page)).to_have_count(1, timeout=15_000)
    await write(page, "Guten Tag")

    await expect(page.locator(".from-buyer")).to_contain_text("Verstanden: Guten Tag")
    assert held


async def waiting(page: Page) -> int:
    """How many messages the browser keeps for sending."""
    return int(
        await page.evaluate(
            "Object.keys(localStorage).filter(key => key.startsWith('kontor.out.')).length"
        )
    )
