"""Transcripts played on the page in Chromium, with the app as a process."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from playwright.async_api import Error, Page, expect

from tests.kontor import Kontor
from tests.whole.ready import with_languagetool
from tests.whole.talks import Line, Transcript, plain

PATIENCE_S = 60.0  # for an answer; a machine that runs many tests at once is slow
_READ = """() => [...document.querySelectorAll('#log > li')].map(li => ({
    who: li.dataset.from,
    text: [...li.querySelectorAll('.words, figcaption')].map(part => part.innerText).join('\\n'),
    actions: [...li.querySelectorAll('.choice')].map(button => button.dataset.action),
    has_picture: !!li.querySelector('img'),
    marks: [...li.querySelectorAll('mark')].map(mark => mark.textContent),
}))"""
_CHANGED = """before => document.getElementById('log').innerHTML.length !== before"""
_FETCH = """async () => {
    const images = [...document.querySelectorAll('#log img')];
    const answer = await fetch(images[images.length - 1].src);
    return [...new Uint8Array(await answer.arrayBuffer())];
}"""


class OnPage:
    """A stage: one person's page."""

    has_coach = True

    def __init__(self, page: Page, app: Kontor) -> None:
        self.page = page
        self._app = app
        self._lines: list[Line] = []

    async def begin(self, transcript: Transcript) -> None:
        """See ``talks.Stage``."""
        await self.enter(name=transcript.name, interface=transcript.interface)
        for action in (
            f"language:{transcript.language}",
            f"band:{transcript.band}",
            "show:desk_lamp",
            "begin:desk_lamp",
        ):
            await self.offered(action)
            await self.press(action)
        await self.until(lambda lines: any(line.who == "buyer" for line in lines))

    async def enter(self, *, name: str, interface: str, query: str = "") -> None:
        """Open the page and come in."""
        await self.page.goto(f"{self._app.url}/{query}")
        await self.page.locator(f"input[name=interface][value={interface}]").check()
        await self.page.locator("#name").fill(name)
        await self.page.locator("#enter-go").click()
        await self.until(bool)

    async def offered(self, action: str) -> None:
        """Wait for a button with this action."""
        await self.until(lambda lines: any(action in line.actions for line in lines))

    async def say(self, text: str) -> None:
        """See ``talks.Stage``."""
        field = self.page.locator("#text")
        await field.fill(text)
        await self.page.locator("#send").click()  # on a phone, Enter begins a new line
        await expect(field).to_have_value("")

    async def press(self, action: str) -> None:
        """See ``talks.Stage``."""
        await self.page.locator(f'[data-action="{action}"]').last.click()

    async def come_back(self) -> None:
        """See ``talks.Stage``; the page stays open."""
        await self._app.kill()
        await self._app.start()
        await with_languagetool(self._app)
        connection = self.page.locator("#connection")
        await expect(connection).to_have_attribute("data-state", "online", timeout=30_000)

    async def until(self, is_reached: Callable[[Sequence[Line]], bool]) -> None:
        """See ``talks.Stage``."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    length = await self.page.evaluate(
                        "() => document.getElementById('log').innerHTML.length"
                    )
                    await self._look()
                    if is_reached(self._lines):
                        return
                    await self.page.wait_for_function(_CHANGED, arg=length, timeout=0)
        except (TimeoutError, Error) as error:
            seen = "\n".join(f"{line.who}: {line.text}" for line in self._lines)
            raise TimeoutError(f"what was expected did not come:\n{seen}") from error

    @property
    def lines(self) -> Sequence[Line]:
        """See ``talks.Stage``."""
        return self._lines

    async def picture(self) -> bytes:
        """See ``talks.Stage``."""
        return bytes(await self.page.evaluate(_FETCH))

    async def _look(self) -> None:
        seen: list[dict[str, Any]] = await self.page.evaluate(_READ)
        self._lines = [
            Line(
                who=one["who"],
                text=plain(one["text"]),
                actions=tuple(one["actions"]),
                has_picture=one["has_picture"],
                marks=tuple(one["marks"]),
            )
            for one in seen
        ]
