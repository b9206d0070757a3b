"""SIGTERM, the friendly kill: the app ends by itself, soon and with status 0, whatever is open."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from bot.domain.languages import Language
from tests.emulator import Emulator
from tests.kontor import Kontor, free_port
from tests.whole.drill import (
    Drill,
    begin_talk,
    by_webhook,
    database_of,
    ended,
    environment,
    new_app,
)

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

LIMIT_S = 10


async def test_app_ends_with_event_streams_and_a_long_poll_open(
    emulator: Emulator, tmp_path: Path
):
    app = new_app(tmp_path / "app", environment(emulator))
    async with ended(app), AsyncExitStack() as pages:
        await app.start()
        await asyncio.gather(*(_talk_in(emulator, language) for language in Language))
        for number in range(3):
            await _open_page(pages, app, number)
        assert emulator.calls_of("getUpdates")[-1].status == 0, "a long poll is open"

        began = time.monotonic()
        assert await app.stop(limit_s=LIMIT_S) == 0
        print(f"ended after {time.monotonic() - began:.1f} s")
        assert "Traceback" not in app.log.read_text()


async def test_app_told_to_end_amid_updates_loses_and_repeats_nothing(
    emulator: Emulator, tmp_path: Path
):
    port = free_port()
    settings = environment(emulator, KONTOR_PORT=str(port))
    app = new_app(tmp_path / "app", settings | by_webhook(f"http://127.0.0.1:{port}"))
    drill = Drill(emulator, database_of(app))
    async with ended(app):
        await app.start()
        await drill.begin()
        await drill.all_at_once()
        await drill.until_answers(30)
        assert await app.stop(limit_s=LIMIT_S) == 0

        await app.start()
        print(await drill.verdict(twice_at_most=0))
        assert await app.stop(limit_s=LIMIT_S) == 0
        assert "Traceback" not in app.log.read_text()


async def test_app_told_to_end_while_it_starts_ends(emulator: Emulator, tmp_path: Path):
    app = new_app(tmp_path / "app", environment(emulator))
    async with ended(app):
        await app.start()
        assert await app.stop(limit_s=LIMIT_S) == 0
        starting = asyncio.create_task(app.start())
        while "Starting" not in app.log.read_text().split("here:")[-1]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        app.terminate()
        with pytest.raises(AssertionError, match="the app ended"):
            await starting


async def _talk_in(emulator: Emulator, language: Language) -> None:
    """Once a message is answered, its language is loaded, which nothing could interrupt."""
    person = emulator.user(1 + list(Language).index(language))
    await begin_talk(person, language=language)
    await person.send("8.20 EUR FOB Ningbo")
    await person.wait_for("check is not available", timeout=60)


async def _open_page(pages: AsyncExitStack, app: Kontor, number: int) -> None:
    """Come in, and listen until the stream is live."""
    http = await pages.enter_async_context(aiohttp.ClientSession())
    body = {"key": f"{number:032x}", "name": "李娜", "interface": "zh"}
    async with http.post(f"{app.url}/api/enter", json=body) as answer:
        assert answer.status == 204
    stream = await pages.enter_async_context(http.get(f"{app.url}/api/events"))
    async with asyncio.timeout(10):
        async for line in stream.content:
            if line.startswith(b"event: ready"):
                return
