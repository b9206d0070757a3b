"""Debian's Chromium for tests: ``browser`` once for all of them, ``page`` fresh for each.

Tests that use these run on the session's event loop:
``pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]``.
"""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name of a local network: http:// there is no secure context, unlike on localhost.
    "--host-resolver-rules=MAP kontor.lan 127.0.0.1",
]
PHONE = {"width": 360, "height": 740}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


async def new_phone(browser: Browser, **options: object) -> BrowserContext:
    """A phone as narrow as they come, with touch."""
    return await browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN", **options
    )


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A desktop page in Chinese; any error in its scripts fails the test."""
    context = await browser.new_context(locale="zh-CN", viewport={"width": 1100, "height": 800})
    context.set_default_timeout(10_000)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    await context.close()
    assert errors == []
