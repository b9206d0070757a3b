"""Whole negotiations on Telegram: the real app, python-telegram-bot, LanguageTool and spaCy."""

from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.kontor import running
from tests.whole.drill import TOKEN
from tests.whole.on_telegram import OnTelegram
from tests.whole.pictures import check_map
from tests.whole.ready import real_languagetool, with_languagetool
from tests.whole.talks import names, perform, read

pytestmark = pytest.mark.real


@pytest.mark.parametrize("name", names("telegram"))
async def test_a_whole_negotiation(name: str, emulator: Emulator, tmp_path: Path) -> None:
    transcript = read(name)
    person = emulator.user(7, first_name=transcript.name, language_code="ja")
    async with running(
        tmp_path / "data",
        TELEGRAM_TOKEN=TOKEN,
        KONTOR_TELEGRAM_API_URL=emulator.url,
        KONTOR_LANGUAGETOOL_URL=await real_languagetool(),
    ) as app:
        await with_languagetool(app)
        stage = OnTelegram(emulator, app, person)
        await perform(transcript, stage)
        check_map(await stage.picture())
    assert "Traceback" not in app.log.read_text()
