"""LanguageTool is killed while it checks a text: the learner is told, the talk goes on, and the
corrections come when it is back, which it is by itself."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bot.channels.render.messages import Messages
from bot.domain.languages import Interface
from tests.emulator import Emulator, Person, Received
from tests.kontor import Kontor, lend_languagetool
from tests.language.grammar.running import data_dir
from tests.whole.drill import begin_talk, ended, environment, new_app

pytestmark = [pytest.mark.real, pytest.mark.timeout(400)]

READY_S = 180
PATIENCE_S = 60  # on a busy machine even a warm server may miss the buyer's time limit
LATE_S = 150  # the first late check comes after 15 s; while the server warms up, later ones
WORDS = Messages()
LATE = "Nachträglich geprüft"


async def test_text_whose_check_was_killed_is_checked_later(emulator: Emulator, tmp_path: Path):
    settings = environment(emulator)
    del settings["KONTOR_LANGUAGETOOL_URL"]
    app = new_app(tmp_path / "app", settings)
    lend_languagetool(app.data, installed=data_dir())
    async with ended(app):
        await app.start()
        person = emulator.user(7, language_code="de")
        await begin_talk(person)
        first = await _ready(app)

        await person.send("Wir könen Ihnen 8,70 EUR pro Stück anbieten.")
        await person.wait_for(_from_buyer, timeout=30)
        await person.wait_for("können", timeout=PATIENCE_S)

        first.suspend()  # so that the check is under way, and not over, when the kill comes
        await person.send("Wir könten Ihnen 8,60 EUR pro Stük anbieten.")
        await _typing(emulator, person, times=2)
        first.kill()
        await person.wait_for(_from_buyer, timeout=30)
        await person.wait_for(WORDS.plain(Interface.DE, "unchecked"))

        await person.send("Welche Menge brauchen Sie?")
        await person.wait_for(_from_buyer, timeout=30)

        await person.wait_for(_is_late_about("Stük → Stück"), timeout=LATE_S)
        second = await _ready(app)
        assert second.pid != first.pid

        await person.send("Wir könen Ihnen 8,50 EUR pro Stück anbieten.")
        await person.wait_for(_from_buyer, timeout=30)
        await person.wait_for("können", timeout=PATIENCE_S)
        assert "Traceback" not in app.log.read_text()

        assert await app.stop(limit_s=10) == 0
        assert not second.is_running()


async def _ready(app: Kontor) -> psutil.Process:
    """LanguageTool's process, once every language is warm."""
    async with asyncio.timeout(READY_S):
        while (await app.health())["languagetool"] != "ready":  # noqa: ASYNC110 (a process)
            await asyncio.sleep(0.2)
    (java,) = [
        child
        for child in psutil.Process(app.pid).children(recursive=True)
        if "org.languagetool.server.HTTPServer" in child.cmdline()
    ]
    return java


async def _typing(emulator: Emulator, person: Person, *, times: int) -> None:
    def is_seen() -> bool:
        calls = emulator.calls_of("sendChatAction")
        return sum(str(call.fields["chat_id"]) == str(person.id) for call in calls) == times

    await emulator.wait_until(is_seen)


def _is_late_about(correction: str) -> Callable[[Received], bool]:
    return lambda message: LATE in message.text and correction in message.text


def _from_buyer(message: Received) -> bool:
    return message.text.startswith("Katrin Vogel")
