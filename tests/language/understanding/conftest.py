"""One understander for all tests here: loading French costs seconds."""

import pytest

from bot.language.understanding import SpacyUnderstander
from tests.language.understanding.tables import TODAY


@pytest.fixture(scope="session")
def understander() -> SpacyUnderstander:
    """All three languages, on a fixed day."""
    return SpacyUnderstander(today=lambda: TODAY)
