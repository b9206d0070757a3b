"""What a person does on the page, for tests in a browser."""

from playwright.async_api import Locator, Page, expect

from tests.channels.web.serving import Site


async def enter(page: Page, site: Site, *, name: str = "李娜", query: str = "") -> None:
    """Open the page and come in; the first message is there."""
    await page.goto(site.address + "/" + query)
    await page.get_by_label("你的名字").fill(name)
    await page.get_by_role("button", name="开始").click()
    await expect(messages(page)).to_have_count(1)
    await online(page)


async def online(page: Page) -> None:
    await expect(page.locator("#connection")).to_have_attribute("data-state", "online")


async def offline(page: Page) -> None:
    await expect(page.locator("#banner")).to_contain_text("暂时连不上服务器", timeout=15_000)


async def write(page: Page, text: str) -> None:
    """Type and send with Enter."""
    field = page.get_by_label("你的消息")
    await field.fill(text)
    await field.press("Enter")


def messages(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("listitem")


def own(page: Page) -> Locator:
    """The learner's own messages."""
    return page.locator(".from-learner")


def own_words(page: Page) -> Locator:
    return page.locator(".from-learner .words")
