"""Whole negotiations on the page, as wide as a phone: the real app in Chromium.

With KONTOR_SCREENSHOTS=1 the pictures of the README are made anew on the way; Chromium then needs
a Chinese font (Debian: fonts-noto-cjk).
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.channels.web.browser import browser, new_phone
from tests.kontor import ROOT, Kontor, running
from tests.whole.on_page import OnPage
from tests.whole.pictures import check_map
from tests.whole.ready import real_languagetool, with_languagetool
from tests.whole.talks import names, perform, read

__all__ = ["browser"]

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]
SHOT = "de_web"
TALL = {"width": 390, "height": 844}  # of a common phone
_TO_THE_TOP = """li => {
    li.previousElementSibling.style.scrollMarginTop = '12px';
    li.previousElementSibling.scrollIntoView({block: 'start'});
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def app(tmp_path: Path) -> AsyncIterator[Kontor]:
    url = await real_languagetool()
    async with running(tmp_path / "data", KONTOR_LANGUAGETOOL_URL=url) as app:
        await with_languagetool(app)
        yield app
    assert "Traceback" not in app.log.read_text()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await new_phone(browser, device_scale_factor=2)
    context.set_default_timeout(15_000)
    yield context
    await context.close()


@pytest.mark.parametrize("name", names("web"))
async def test_a_whole_negotiation_at_phone_width(
    name: str, app: Kontor, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    transcript = read(name)
    stage = OnPage(page, app)

    await perform(transcript, stage)

    check_map(await stage.picture())
    expected = {
        remark.partition(" →")[0] for step in transcript.talk for remark in step.corrections or ()
    }
    marked = {mark for line in stage.lines for mark in line.marks}
    assert expected <= marked, "what is corrected is marked where it was written"
    width = await page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 360, "nothing is wider than the phone"
    await expect(page.locator("#log img").last).to_be_visible()
    if name == SHOT and os.environ.get("KONTOR_SCREENSHOTS"):
        await _take_screenshots(page, stage)
    assert errors == []


async def _take_screenshots(page: Page, stage: OnPage) -> None:
    (ROOT / "docs" / "deal-map.png").write_bytes(await stage.picture())
    await page.set_viewport_size(TALL)
    await page.evaluate("() => document.activeElement.blur()")
    marked = page.locator("#log li:has(mark)").first
    await marked.evaluate(_TO_THE_TOP)
    await expect(page.locator("#to-end")).to_be_visible()
    await page.locator("#to-end").evaluate("button => { button.style.visibility = 'hidden'; }")
    await page.screenshot(path=ROOT / "docs" / "screenshot-negotiation.png")
