"""Everybody can use the page: keyboard, Chinese input, screen readers, contrast."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.domain.messages import Button
from tests.channels.web.acting import enter, messages, own, own_words
from tests.channels.web.browser import new_phone
from tests.channels.web.fakes import ACHT_WOCHE
from tests.channels.web.serving import Site

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]


async def test_a_whole_visit_needs_only_the_keyboard(page: Page, site: Site) -> None:
    keys = page.keyboard
    await page.goto(site.address)
    await expect(page.get_by_label("你的名字")).to_be_focused()
    await keys.type("Li Na")
    await keys.press("Enter")
    await expect(page.get_by_label("你的消息")).to_be_focused()
    await keys.type(f"In {ACHT_WOCHE}")
    await keys.press("Shift+Enter")
    await keys.type("ja")
    await keys.press("Enter")
    await expect(page.locator("mark")).to_be_visible()
    assert site.world.desk.said == [f"In {ACHT_WOCHE}\nja"]

    await tab_to(page, "mark", back=True)
    await keys.press("Enter")
    await expect(own(page).locator(".fix")).to_be_visible()
    await tab_to(page, ".choices:not(.past) .choice")
    await keys.press("Space")
    await expect(messages(page).last).to_contain_text("pressed hint")

    await tab_to(page, "#menu-button")
    await keys.press("Enter")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await expect(own_words(page).last).to_have_text("帮助")
    await expect(page.locator("#menu-button")).to_be_focused()


async def tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    for _ in range(40):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        focused = await page.evaluate(
            "selector => document.activeElement.matches(selector)"
            " && getComputedStyle(document.activeElement).outlineStyle",
            selector,
        )
        if focused:
            assert focused != "none"
            return
    raise AssertionError(f"no way by Tab to {selector}")


async def test_enter_that_ends_a_chinese_composition_sends_nothing(page: Page, site: Site) -> None:
    await enter(page, site)
    field = page.get_by_label("你的消息")
    await field.focus()
    session = await page.context.new_cdp_session(page)
    await session.send(
        "Input.imeSetComposition", {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6}
    )
    for kind in ("rawKeyDown", "keyUp"):
        await session.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229},
        )
    await session.send("Input.insertText", {"text": "你好"})
    await expect(field).to_have_value("你好")
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "keyCode": 13})
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": False, "keyCode": 229})
    await expect(field).to_have_value("你好")
    assert site.world.desk.said == []

    await field.press("Enter")

    await expect(own_words(page)).to_have_text("你好")


async def test_new_messages_are_announced_and_old_ones_are_not(page: Page, site: Site) -> None:
    await enter(page, site)
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")

    source = await page.content()

    assert 'aria-live="off"' not in source
    assert 'aria-live="off"' in await (await page.request.get(site.address)).text()


async def test_nothing_moves_for_those_who_asked_for_it(browser: Browser, site: Site) -> None:
    context = await browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = await context.new_page()
    await enter(page, site)
    await page.locator("#typing").evaluate("element => element.hidden = false")

    dot = page.locator(".dots i").first
    animation = await dot.evaluate("element => getComputedStyle(element).animationName")

    assert animation == "none"
    await context.close()


@pytest_asyncio.fixture(loop_scope="session", params=["light", "dark"])
async def phone(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    context = await new_phone(browser, color_scheme=request.param, reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


async def test_axe_finds_nothing_to_object_to(phone: Page, site: Site) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    await phone.goto(site.address)
    assert await objections(axe, phone) == []
    await enter(phone, site, query="?start=g_1")
    site.world.notice("<b>fett</b> <code>FOB</code> <a href='https://example.org'>x</a>")
    site.world.notice("picture", buttons=((Button(action="x", key="看全部"),),))
    await phone.get_by_label("你的消息").fill(f"In {ACHT_WOCHE}")
    await phone.get_by_role("button", name="发送").tap()
    await phone.locator("mark").tap()
    await expect(phone.get_by_role("img", name="Deal map")).to_be_visible()
    assert await objections(axe, phone) == []

    await phone.get_by_role("button", name="菜单").tap()
    assert await objections(axe, phone) == []
    await phone.keyboard.press("Escape")
    await phone.get_by_role("img", name="Deal map").click()
    assert await objections(axe, phone) == []
    await phone.get_by_role("button", name="关闭").tap()
    await site.stop()
    await phone.get_by_label("你的消息").fill("Noch etwas")
    await phone.get_by_role("button", name="发送").tap()
    await expect(phone.locator("#banner")).to_be_visible(timeout=15_000)
    assert await objections(axe, phone) == []


async def objections(axe: object, page: Page) -> list[str]:
    results = await axe.run(page)  # type: ignore[attr-defined]
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
