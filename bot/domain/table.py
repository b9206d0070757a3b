"""Where a talk stands, issue by issue, as the learner may see it: both sides' spoken values.

The learner's points alone; the buyer's wishes that were never spoken stay unknown.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.deal import Deal, IssueId, Offer, Side
from bot.domain.talk import Promise, Talk


class State(StrEnum):
    """How far an issue is."""

    SETTLED = "settled"
    """Both name the same."""
    APART = "apart"
    """Both have named a value, or one was refused, and they differ."""
    OPEN = "open"
    """One side, or both, has not named a value yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How far one issue is."""

    issue: IssueId
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What one side has named so far, and what that is worth to the learner."""

    offer: Offer
    points: Decimal

    @property
    def named(self) -> int:
        """Issues it settles."""
        return len(self.offer.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTable:
    """All issues of a talk at a glance."""

    rows: tuple[Row, ...]
    mine: Package
    """The learner's latest values."""
    theirs: Package
    """The buyer's latest spoken values."""
    promises: tuple[Promise, ...] = ()
    """What the buyer would give for something else, as it has said."""
    limit: Decimal
    """The learner's points below which no deal is better."""

    @property
    def settled(self) -> int:
        """How many issues are settled."""
        return sum(row.state is State.SETTLED for row in self.rows)


def table_of(deal: Deal, talk: Talk) -> IssueTable:
    """The issues of ``deal`` as they stand in ``talk``."""
    ids = [issue.id for issue in deal.issues]
    mine, theirs = talk.offered.only(ids), talk.said.only(ids)
    return IssueTable(
        rows=tuple(Row(issue=id, state=_state(id, mine, theirs, talk)) for id in ids),
        mine=Package(offer=mine, points=deal.payoff(Side.LEARNER, mine)),
        theirs=Package(offer=theirs, points=deal.payoff(Side.LEARNER, theirs)),
        promises=() if talk.phase.is_over else talk.promises,  # the last one may be unsaid
        limit=deal.learner_reservation,
    )


def latest(talk: Talk) -> Offer:
    """What was named last on each issue, by the learner or else by the buyer."""
    return talk.offered.over(talk.said)


def _state(id: IssueId, mine: Offer, theirs: Offer, talk: Talk) -> State:
    both = mine.value(id), theirs.value(id)
    if id in talk.disputed and both != (None, None):
        return State.APART
    if None in both:
        return State.OPEN
    return State.APART if mine.differing(theirs.only([id])) else State.SETTLED
