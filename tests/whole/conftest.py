"""The whole bot: real processes, a Bot API server, real databases."""

from collections.abc import AsyncIterator

import pytest

from tests.emulator import Emulator
from tests.postgres import postgres
from tests.whole.drill import TOKEN

__all__ = ["postgres"]


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """Telegram, with pauses between repeated deliveries twenty times as short; every call of the
    bot is held against its rules at the end."""
    async with Emulator.start(token=TOKEN, time_scale=0.05) as emulator:
        yield emulator
        assert emulator.violations == []
