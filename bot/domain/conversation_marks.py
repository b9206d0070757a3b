"""What a finished conversation was worth, as arithmetic anybody can repeat from the stored talk.

Knows wishes, acts and turns. Which words say so, and how the language was, is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.exercise import Version
from bot.domain.talk import Phase, Talk
from bot.domain.understanding import Act
from bot.domain.wishes import Wish

SPARE_TURNS = 2  # turns a good talk needs beside one for each wish; house judgement


class Tact(StrEnum):
    """What can be observed of order and manners."""

    GREETED = "greeted"
    NO_GREETING = "no_greeting"
    APOLOGY_FIRST = "apology_first"  # turn: before any reason
    EXCUSE_FIRST = "excuse_first"  # turn of the reason
    NO_APOLOGY = "no_apology"
    UNASKED = "unasked"  # count: wishes met before they were brought up
    PRESSED = "pressed"  # count, turn of the first time
    REFUSED = "refused"  # count, turn of the first: a flat no with nothing in its place
    REASONS = "reasons"  # count
    NO_REASONS = "no_reasons"
    QUESTIONS = "questions"  # count
    NO_QUESTIONS = "no_questions"
    THANKED = "thanked"
    NO_THANKS = "no_thanks"
    TOOK_LEAVE = "took_leave"
    LEFT_EARLY = "left_early"
    BRIEF = "brief"  # count of turns
    LONG = "long"  # count of turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing the learner did or left undone."""

    tact: Tact
    good: bool
    count: int | None = None
    turn: int | None = None
    """Where it was seen; ``None``: the whole talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishPart:
    """One wish's part of the points."""

    wish: str
    points: int
    most: int
    turn: int | None = None
    """Where it was met; ``None``: it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationMarks:
    """The mark of one conversation."""

    phase: Phase
    parts: tuple[WishPart, ...]
    seen: tuple[Seen, ...]

    @property
    def points(self) -> int:
        """What the learner has reached."""
        return sum(part.points for part in self.parts)

    @property
    def most(self) -> int:
        """What there was to reach."""
        return sum(part.most for part in self.parts)

    @property
    def missed(self) -> tuple[WishPart, ...]:
        """What brought less than it could have, the dearest first."""
        short = [part for part in self.parts if part.points < part.most]
        return tuple(sorted(short, key=lambda part: part.points - part.most))


def assess_conversation(version: Version, talk: Talk) -> ConversationMarks:
    """The marks of a conversation that is over (or of one that stands still)."""
    return ConversationMarks(
        phase=talk.phase,
        parts=tuple(_part(wish, talk) for wish in version.wishes),
        seen=tuple(_observe(version, talk)),
    )


def reached(version: Version, talk: Talk) -> int:
    """The points of a conversation."""
    return sum(_part(wish, talk).points for wish in version.wishes)


def _part(wish: Wish, talk: Talk) -> WishPart:
    met = next((one for one in talk.met if one.wish == wish.id), None)
    if met is None:
        return WishPart(wish=wish.id, points=0, most=wish.points)
    worth = wish.points // 2 if met.is_half else wish.points
    return WishPart(wish=wish.id, points=worth, most=wish.points, turn=met.turn)


def _observe(version: Version, talk: Talk) -> Iterator[Seen]:
    if not talk.heard:
        return
    yield from _of_apology(version, talk)
    yield from _of_pressure(talk)
    yield _either(_turns(talk, Act.GREET), Tact.GREETED, Tact.NO_GREETING)
    reasons = _done(version, talk, Act.JUSTIFY)
    if reasons or _wanting(version, Act.JUSTIFY):
        yield _either(reasons, Tact.REASONS, Tact.NO_REASONS)
    yield _either(_turns(talk, Act.ASK, Act.REQUEST), Tact.QUESTIONS, Tact.NO_QUESTIONS)
    yield _either(_turns(talk, Act.THANK), Tact.THANKED, Tact.NO_THANKS)
    if talk.phase is Phase.LEFT:
        yield Seen(tact=Tact.LEFT_EARLY, good=False, turn=talk.turn)
    elif talk.heard[-1].turn in _turns(talk, Act.CLOSE, Act.THANK):
        yield Seen(tact=Tact.TOOK_LEAVE, good=True)
    yield from _of_length(version, talk)


def _of_apology(version: Version, talk: Talk) -> Iterator[Seen]:
    """Where an apology is due, it comes before the reason."""
    if not _wanting(version, Act.APOLOGISE):
        return
    sorry, reasons = (_done(version, talk, act) for act in (Act.APOLOGISE, Act.JUSTIFY))
    if not sorry:
        yield Seen(tact=Tact.NO_APOLOGY, good=False)
    elif reasons and reasons[0] < sorry[0]:
        yield Seen(tact=Tact.EXCUSE_FIRST, good=False, turn=reasons[0])
    else:
        yield Seen(tact=Tact.APOLOGY_FIRST, good=True, turn=sorry[0])


def _of_pressure(talk: Talk) -> Iterator[Seen]:
    unasked = sum(not met.was_raised and not met.is_half for met in talk.met)
    if unasked:
        yield Seen(tact=Tact.UNASKED, good=True, count=unasked)
    pressed = talk.pressed
    if pressed:
        yield Seen(tact=Tact.PRESSED, good=False, count=len(pressed), turn=pressed[0].turn)
    met = {one.turn for one in talk.met}
    refusals = [turn for turn in _turns(talk, Act.REJECT) if turn not in met]
    if refusals and talk.phase is not Phase.AGREED:
        yield Seen(tact=Tact.REFUSED, good=False, count=len(refusals), turn=refusals[0])


def _of_length(version: Version, talk: Talk) -> Iterator[Seen]:
    if talk.phase is not Phase.AGREED:
        return
    is_brief = talk.turn <= len(version.wishes) + SPARE_TURNS
    yield Seen(tact=Tact.BRIEF if is_brief else Tact.LONG, good=is_brief, count=talk.turn)


def _wanting(version: Version, act: Act) -> set[str]:
    """The wishes that are met by an act."""
    return {w.id for w in version.wishes for need in w.needs if act in need.acts}


def _done(version: Version, talk: Talk, act: Act) -> list[int]:
    """The turns with ``act``, and those that met the wish for it in other words."""
    wishes = _wanting(version, act)
    told = {met.turn for met in talk.met if met.wish in wishes and not met.is_half}
    return sorted({*told, *_turns(talk, act)})


def _turns(talk: Talk, *acts: Act) -> list[int]:
    return [heard.turn for heard in talk.heard if set(acts) & set(heard.acts)]


def _either(turns: list[int], good: Tact, bad: Tact) -> Seen:
    if not turns:
        return Seen(tact=bad, good=False)
    return Seen(tact=good, good=True, count=len(turns))
