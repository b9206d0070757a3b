"""A learner doing an exercise: the session, its turns, and the attempt it leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.feedback import Check, FindingKind
from bot.domain.languages import Band, Language
from bot.domain.preparation import Preparation
from bot.domain.talk import Talk
from bot.domain.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One learner doing one exercise once."""

    id: int
    account_id: int
    exercise_id: str
    language: Language
    band: Band
    assignment_id: int | None = None
    version: int = 1
    """Counts the saves; a save on an older version is refused."""
    seed: int
    """Of the buyer's randomness; turn ``n`` draws from ``Random(f"{seed}/{n}")``."""
    talk: Talk
    preparation: Preparation | None = None
    """What was written down before the start, if anything."""
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One learner message and the buyer's reply to it."""

    session_id: int
    number: int
    """From 1; 0 is the buyer's opening, with an empty ``text``."""
    key: str
    """Of the update that brought the text."""
    text: str
    understanding: Understanding | None
    check: Check
    reply: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """The immutable record of a finished session."""

    session_id: int
    account_id: int
    exercise_id: str
    language: Language
    band: Band
    assignment_id: int | None
    talk: Talk
    """As it ended: every mark is computed from it."""
    kinds: Mapping[FindingKind, int]
    """Findings of the whole session, by kind."""
    words: int
    """Words the learner wrote."""
    preparation: Preparation | None = None
    """What was written down before the start, if anything."""
    unchecked: int
    """Turns that nobody had checked when the session ended."""
    started_at: datetime
    ended_at: datetime
