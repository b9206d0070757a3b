"""Every message of the tables is understood exactly as its row says."""

from typing import Any

import pytest

from bot.domain.languages import Language
from bot.language.understanding import SpacyUnderstander
from tests.language.understanding.tables import context_of, expected, read_table, short

TABLES = [f"{kind}{language}" for kind in ("", "unseen_", "talk_") for language in Language]
ROWS = [
    pytest.param(name[-2:], *row, id=f"{name}-{row[0][:60]}")
    for name in TABLES
    for row in read_table(name)
]


@pytest.mark.parametrize(("language", "message", "acts", "topics", "terms", "extra"), ROWS)
def test_message_is_understood_as_its_row_says(
    understander: SpacyUnderstander,
    language: str,
    message: str,
    acts: str,
    topics: str,
    terms: str,
    extra: dict[str, Any],
) -> None:
    found = understander.read(message, Language(language), context_of(extra))
    assert short(found) == expected(acts, topics, terms, extra)


@pytest.mark.parametrize("language", list(Language))
def test_tables_hold_enough_messages_over_all_acts(language: Language) -> None:
    rows = read_table(language.value)
    assert len(rows) >= 120
    assert len({act for row in rows for act in row[1].split()}) == 15
