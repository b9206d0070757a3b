"""What a finished talk was worth, as arithmetic anybody can repeat from the stored talk.

Knows points, offers and turns. Which words say so, and how the language was, is decided elsewhere.
Definitions as in GENIUS and NegMAS: distance to the Pareto frontier and to the Nash point are
Euclidean, in points.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.deal import Deal, IssueId, Offer, Outcome, Side
from bot.domain.errorclasses import ClassMark
from bot.domain.exercise import Version
from bot.domain.judging import judge
from bot.domain.preparation import Preparation
from bot.domain.process import Process, process_of
from bot.domain.slips import Slip, slips_of
from bot.domain.swap import Swap, better_swap
from bot.domain.talk import Phase, Talk

_GRAIN = Decimal("0.01")  # points, and share; distances are irrational numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One issue's part of the points."""

    issue: IssueId
    value: Offer
    """The agreed value, alone."""
    points: Decimal
    most: Decimal
    """The most this issue could bring the learner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The deal mark of one talk; the fields about the agreement are ``None`` without one."""

    phase: Phase
    reservation: Decimal
    """The learner's: below it no deal is better."""
    best: Outcome
    """The learner's best that the buyer could have signed."""
    nash: Outcome
    classes: tuple[ClassMark, ...]
    process: Process
    slips: tuple[Slip, ...]
    """Mistakes of language that changed an offer."""
    agreement: Outcome | None = None
    parts: tuple[Part, ...] = ()
    gain: Decimal | None = None
    """Points over reservation, negative below it."""
    surplus_share: Decimal | None = None
    """Gain as a share of what there was to gain: 0 to 1, negative below reservation."""
    frontier_gap: Decimal | None = None
    """Points more the learner could have had with the buyer no worse off."""
    frontier_distance: Decimal | None = None
    nash_distance: Decimal | None = None
    swap: Swap | None = None

    @property
    def points(self) -> Decimal | None:
        """The learner's points, if there was a deal."""
        return self.agreement.learner if self.agreement else None


def assess(version: Version, talk: Talk, preparation: Preparation | None = None) -> Marks:
    """The marks of a talk that is over (or of one that stands still)."""
    deal = version.deal
    process = process_of(deal, talk)
    led = Marks(
        phase=talk.phase,
        reservation=deal.learner_reservation,
        best=deal.best_for_learner,
        nash=deal.nash,
        classes=judge(version, talk, process, preparation),
        process=process,
        slips=slips_of(deal, talk),
    )
    if talk.agreement is None:
        return led
    agreed = deal.outcome(talk.agreement)
    gain = agreed.learner - deal.learner_reservation
    return replace(
        led,
        agreement=agreed,
        parts=_parts(deal, talk.agreement),
        gain=gain,
        surplus_share=_surplus_share(deal, gain),
        frontier_gap=_frontier_gap(deal, agreed),
        frontier_distance=_frontier_distance(deal, agreed),
        nash_distance=_distance(agreed, deal.nash),
        swap=better_swap(deal, agreed) if _frontier_distance(deal, agreed) else None,
    )


def _parts(deal: Deal, offer: Offer) -> tuple[Part, ...]:
    return tuple(
        Part(
            issue=id,
            value=offer.only([id]),
            points=deal.payoff(Side.LEARNER, offer.only([id])),
            most=max(outcome.learner for outcome in _alone(deal, id)),
        )
        for id in offer.issues
    )


def _alone(deal: Deal, id: IssueId) -> tuple[Outcome, ...]:
    return tuple(deal.outcome(Offer(figures=f, choices=c)) for f, c in _settings(deal, id))


def _settings(deal: Deal, id: IssueId) -> list[tuple[dict[IssueId, Decimal], dict[IssueId, str]]]:
    return [
        ({id: value}, {}) if isinstance(value, Decimal) else ({}, {id: value})
        for value in deal.issue(id).values
    ]


def _surplus_share(deal: Deal, gain: Decimal) -> Decimal | None:
    available = deal.best_for_learner.learner - deal.learner_reservation
    return _rounded(gain / available) if available > 0 else None


def _frontier_gap(deal: Deal, agreed: Outcome) -> Decimal:
    """0 on the frontier, and for a value off the map's grid that is better than the map."""
    at_least = [o.learner for o in deal.frontier if o.buyer >= agreed.buyer]
    return max(max(at_least, default=agreed.learner) - agreed.learner, Decimal(0))


def _frontier_distance(deal: Deal, agreed: Outcome) -> Decimal:
    if not any(outcome.dominates(agreed) for outcome in deal.frontier):
        return Decimal(0)
    return min(_distance(agreed, outcome) for outcome in deal.frontier)


def _distance(one: Outcome, other: Outcome) -> Decimal:
    squares = (one.learner - other.learner) ** 2 + (one.buyer - other.buyer) ** 2
    return _rounded(squares.sqrt())


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_GRAIN, rounding=ROUND_HALF_UP)
