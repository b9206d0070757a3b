"""How a talk was led, counted from what is stored of it: questions, reasons, concessions, manners.

Counts and points only, each with its turn. Whether that was good is ``errorclasses``' business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from bot.domain.deal import Deal, IssueId, Offer, Side
from bot.domain.talk import Heard, Talk, Trick
from bot.domain.understanding import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """A step of the learner's towards the buyer."""

    turn: int
    points: Decimal
    """Given, in the learner's points."""
    received: Decimal
    """The learner's points by which the buyer's answer in the same turn came nearer."""
    before: Offer
    """The values given up."""
    after: Offer
    """The values in their place."""
    is_conditional: bool
    """Tied to something in return, or with a gain in the same message."""

    @property
    def issues(self) -> tuple[IssueId, ...]:
        """What was given on."""
        return self.after.issues

    @property
    def is_free(self) -> bool:
        """Whether nothing was asked for it and nothing came."""
        return not (self.is_conditional or self.received > 0)


class GestureKind(StrEnum):
    """What a turn does to the relationship."""

    GREETED = "greeted"
    THANKED = "thanked"
    APOLOGISED = "apologised"
    CHATTED = "chatted"
    TOO_FAMILIAR = "too_familiar"  # du, tu, slang
    BLUNT = "blunt"  # refused, and not a word more
    STOOD_STILL = "stood_still"  # said the same again, without a reason or question

    @property
    def is_kind(self) -> bool:
        """Whether it does the relationship good."""
        return self in (self.GREETED, self.THANKED, self.APOLOGISED, self.CHATTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """One of them, where it was seen."""

    kind: GestureKind
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A trick the buyer tried, and what the learner's next turn gave for it."""

    trick: Trick
    given: Decimal
    """The learner's points given next on what the trick pressed, and nothing for it; 0: met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The figures of one talk."""

    questions: tuple[int, ...]
    """The turn of each question, once per thing asked about."""
    reasons: tuple[int, ...]
    """The turns with a reason."""
    concessions: tuple[Concession, ...]
    gestures: tuple[Gesture, ...]
    tricks: tuple[Answered, ...]

    @property
    def given(self) -> Decimal:
        """All points given."""
        return sum((one.points for one in self.concessions), start=Decimal(0))

    @property
    def received(self) -> Decimal:
        """All points that came in the same turns."""
        return sum((one.received for one in self.concessions), start=Decimal(0))

    @property
    def tied(self) -> int:
        """Concessions that were not free."""
        return sum(not one.is_free for one in self.concessions)

    @property
    def relationship(self) -> int:
        """Kind gestures less unkind ones."""
        return sum(1 if gesture.kind.is_kind else -1 for gesture in self.gestures)


def process_of(deal: Deal, talk: Talk) -> Process:
    """The figures of a talk."""
    concessions = tuple(_concessions(deal, talk))
    return Process(
        questions=tuple(
            heard.turn
            for heard in talk.heard
            if Act.ASK in heard.acts
            for _ in heard.topics or (None,)
        ),
        reasons=tuple(heard.turn for heard in talk.heard if Act.JUSTIFY in heard.acts),
        concessions=concessions,
        gestures=tuple(
            Gesture(kind=kind, turn=heard.turn)
            for heard in talk.heard
            for kind in _gestures(talk, heard)
        ),
        tricks=tuple(
            Answered(trick=trick, given=_given_for(trick, concessions)) for trick in talk.tricks
        ),
    )


def _given_for(trick: Trick, concessions: tuple[Concession, ...]) -> Decimal:
    pressed = set(trick.offer.issues)
    answers = (one for one in concessions if one.turn == trick.turn + 1)
    return sum(
        (
            one.points
            for one in answers
            if one.is_free and (not pressed or pressed & set(one.issues))
        ),
        start=Decimal(0),
    )


def _concessions(deal: Deal, talk: Talk) -> Iterator[Concession]:
    heard = {one.turn: one for one in talk.heard}
    mine = [step for step in talk.path if step.side is Side.LEARNER]
    for before, after in pairwise(mine):
        changed = before.offer.differing(after.offer)
        lost = {id: _loss(deal, id, before.offer, after.offer) for id in changed}
        given = tuple(id for id in changed if lost[id] > 0)
        said = heard.get(after.turn)
        if given:
            yield Concession(
                turn=after.turn,
                points=sum((lost[id] for id in given), start=Decimal(0)),
                received=_received(deal, talk, after.turn),
                before=before.offer.only(given),
                after=after.offer.only(given),
                is_conditional=len(given) < len(changed)
                or (said is not None and said.is_conditional),
            )


def _loss(deal: Deal, id: IssueId, before: Offer, after: Offer) -> Decimal:
    worth = [deal.payoff(Side.LEARNER, offer.only([id])) for offer in (before, after)]
    return worth[0] - worth[1]


def _received(deal: Deal, talk: Talk, turn: int) -> Decimal:
    """What the buyer's answer in ``turn`` is worth more to the learner than its last offer."""
    now = table_at(talk, turn)
    before = table_at(talk, turn - 1)
    gains = (-_loss(deal, id, before, now) for id in before.differing(now))
    return sum((gain for gain in gains if gain > 0), start=Decimal(0))


def table_at(talk: Talk, turn: int, side: Side = Side.BUYER) -> Offer:
    """All that ``side`` had on the table after ``turn``."""
    steps = (step for step in reversed(talk.path) if step.side is side and step.turn <= turn)
    return next((step.offer for step in steps), Offer())


_KIND = {
    Act.GREET: GestureKind.GREETED,
    Act.THANK: GestureKind.THANKED,
    Act.APOLOGISE: GestureKind.APOLOGISED,
    Act.SMALL_TALK: GestureKind.CHATTED,
}
_PRESSING = frozenset({Act.OFFER, Act.REQUEST})


def _gestures(talk: Talk, heard: Heard) -> Iterator[GestureKind]:
    acts = set(heard.acts)
    yield from (kind for act, kind in _KIND.items() if act in acts)
    if heard.is_informal:
        yield GestureKind.TOO_FAMILIAR
    if acts == {Act.REJECT}:
        yield GestureKind.BLUNT
    own = table_at(talk, heard.turn, Side.LEARNER)
    before = table_at(talk, heard.turn - 1, Side.LEARNER)
    explains = acts & {Act.ASK, Act.JUSTIFY, Act.ACCEPT}
    is_same = bool(heard.offered) and own == before and not (heard.slip or heard.readings)
    if acts & _PRESSING and is_same and not explains:
        yield GestureKind.STOOD_STILL
