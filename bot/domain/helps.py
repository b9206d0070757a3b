"""Which helps a learner of a band gets during a talk: they fade as the band rises.

Decides who gets what and when, not what a help says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.hints import Reason
from bot.domain.languages import Band
from bot.domain.talk import Talk


class Phrases(StrEnum):
    """How much of the next sentence is given."""

    UNASKED = "unasked"
    """Under every message of the buyer."""
    ASKED = "asked"
    """On request."""
    MOVES = "moves"
    """On request, and only what one could do."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helps:
    """The three helps of one band."""

    phrases: Phrases
    table_every: int | None
    """Turns between two tables of the issues that come unasked; ``None``: on request alone."""
    table_has_points: bool
    calculation_has_button: bool


TABLE_EVERY = 3  # turns; the issues are few enough to keep in mind that long (house judgement)

HELPS: Mapping[Band, Helps] = {
    Band.A2: Helps(
        phrases=Phrases.UNASKED,
        table_every=TABLE_EVERY,
        table_has_points=True,
        calculation_has_button=True,
    ),
    Band.B1: Helps(
        phrases=Phrases.ASKED,
        table_every=TABLE_EVERY,
        table_has_points=True,
        calculation_has_button=True,
    ),
    Band.B2: Helps(
        phrases=Phrases.MOVES,
        table_every=None,
        table_has_points=True,
        calculation_has_button=False,
    ),
    Band.C1: Helps(
        phrases=Phrases.NONE,
        table_every=None,
        table_has_points=False,
        calculation_has_button=False,
    ),
}


class Move(StrEnum):
    """What one can do next in a negotiation."""

    THANK = "thank"
    ASK_PRIORITIES = "ask_priorities"
    ASK_WHY = "ask_why"
    GIVE_REASON = "give_reason"
    TRADE = "trade"
    PACKAGE = "package"
    HOLD = "hold"
    SUM_UP = "sum_up"
    LAST_RETURN = "last_return"


_FIRST = (Move.THANK, Move.ASK_PRIORITIES)
_NEXT: Mapping[Reason, tuple[Move, ...]] = {
    Reason.ANSWER: (Move.GIVE_REASON, Move.ASK_PRIORITIES),
    Reason.OPEN: (Move.ASK_PRIORITIES, Move.PACKAGE),
    Reason.APART: (Move.TRADE, Move.ASK_WHY, Move.GIVE_REASON, Move.HOLD),
    Reason.CLOSE: (Move.SUM_UP, Move.LAST_RETURN),
}
MOVES_AT_ONCE = 2  # beside the sentence about the issue; more is not read in a chat


def moves_for(talk: Talk, reason: Reason) -> tuple[Move, ...]:
    """What helps most now; where there is more than is shown at once, turn by turn another."""
    if not talk.turn:
        return _FIRST
    moves = _NEXT[reason]
    start = talk.turn % len(moves) if len(moves) > MOVES_AT_ONCE else 0
    return (*moves[start:], *moves[:start])[:MOVES_AT_ONCE]


def is_table_due(band: Band, turn: int) -> bool:
    """Whether the table of the issues comes unasked after ``turn``."""
    every = HELPS[band].table_every
    return every is not None and turn > 0 and turn % every == 0
