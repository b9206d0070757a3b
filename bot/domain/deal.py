"""A multi-issue deal as arithmetic: issues, payoffs, outcomes, frontier, bargaining points.

Knows nothing of talk: who says what when is ``negotiation``'s business. Payoffs are points of an
additive utility (Raiffa 1982); the terms frontier, Nash point and reservation value are used as in
GENIUS and NegMAS. The buyer's payoffs are secret while a session runs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise, product

from bot.domain.terms import Incoterm, Payment, Span, Unit


class IssueId(StrEnum):
    """What can be negotiated. Its order is the order in which a deal is summed up."""

    QUANTITY = "quantity"
    PRICE = "price"
    INCOTERM = "incoterm"
    PAYMENT = "payment"
    LEAD_TIME = "lead_time"
    SHARE = "share"
    """A percentage the buyer receives, say a commission."""
    PERIOD = "period"
    """A span of time that is no delivery time, say the term of a contract."""
    SCOPE = "scope"
    SERVICE = "service"


NAMED = frozenset({IssueId.SHARE, IssueId.PERIOD, IssueId.SCOPE, IssueId.SERVICE})
"""Issues that are another matter in every deal, so that its author gives them their name."""


_ORDER = tuple(IssueId)
_REMEMBERED = 4096  # payoffs of a deal kept at hand; its map has fewer values


class Side(StrEnum):
    """The two parties of a deal."""

    LEARNER = "learner"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one figure is worth to both sides."""

    value: Decimal
    learner: Decimal
    buyer: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureIssue:
    """An issue settled by a number; payoffs run straight from point to point."""

    __pydantic_config__ = {"extra": "forbid"}

    id: IssueId
    points: tuple[Point, ...]
    """At least two, ascending by value."""
    step: Decimal | None = None
    """Grid of the deal map between the first and the last point; ``None``: the points alone."""
    unit: Span | None = None
    """What a period is counted in."""
    words: tuple[str, ...] = ()
    """Words of the practice language beside which a figure is meant for it: ``commission``."""
    name: Mapping[str, str] = field(default_factory=dict)
    """A bare noun in every interface language, for the issues in ``NAMED``."""
    called: str = ""
    """The same with its article, in the practice language."""

    @property
    def low(self) -> Decimal:
        """The least value that can be discussed."""
        return self.points[0].value

    @property
    def high(self) -> Decimal:
        """The greatest value that can be discussed."""
        return self.points[-1].value

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The values on the deal map."""
        if self.step is None:
            return tuple(point.value for point in self.points)
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * index for index in range(count + 1))

    def payoff(self, side: Side, value: Decimal) -> Decimal:
        """Points of ``value`` for ``side``: linear between points, straight on beyond."""
        pairs = list(pairwise(self.points))
        left, right = next((pair for pair in pairs if value <= pair[1].value), pairs[-1])
        start, end = (getattr(point, side.value) for point in (left, right))
        share = (value - left.value) / (right.value - left.value)
        return Decimal(start + (end - start) * share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to settle a ``ChoiceIssue``, what it means and what it is worth."""

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    means: Payment | Incoterm | None = None
    words: tuple[str, ...] = ()
    """Phrases of the practice language that name it, where no trade term does."""
    label: Mapping[str, str]
    """A noun phrase in every interface language."""
    learner: Decimal
    buyer: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceIssue:
    """An issue settled by one of a few options."""

    __pydantic_config__ = {"extra": "forbid"}

    id: IssueId
    options: tuple[Option, ...]
    name: Mapping[str, str] = field(default_factory=dict)
    """A bare noun in every interface language, for the issues in ``NAMED``."""
    called: str = ""
    """The same with its article, in the practice language."""

    @property
    def values(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(option.id for option in self.options)

    def option(self, id: str) -> Option:
        """The option called ``id``."""
        return next(option for option in self.options if option.id == id)

    def payoff(self, side: Side, value: str) -> Decimal:
        """Points of the option for ``side``."""
        return Decimal(getattr(self.option(value), side.value))


Issue = FigureIssue | ChoiceIssue


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A complete or partial assignment of values to issues."""

    figures: Mapping[IssueId, Decimal] = field(default_factory=dict)
    choices: Mapping[IssueId, str] = field(default_factory=dict)
    """Ids of options."""

    @property
    def issues(self) -> tuple[IssueId, ...]:
        """The issues it settles, in the order of ``IssueId``."""
        return tuple(id for id in _ORDER if id in self.figures or id in self.choices)

    def __bool__(self) -> bool:
        return bool(self.figures or self.choices)

    def value(self, issue: IssueId) -> Decimal | str | None:
        """The value for ``issue``, or ``None`` where it is open."""
        return self.figures.get(issue, self.choices.get(issue))

    def over(self, other: "Offer") -> "Offer":
        """This offer laid over ``other``: own values win."""
        return Offer(
            figures={**other.figures, **self.figures}, choices={**other.choices, **self.choices}
        )

    def only(self, issues: Iterable[IssueId]) -> "Offer":
        """The part of it that settles ``issues``."""
        kept = set(issues)
        return Offer(
            figures={id: value for id, value in self.figures.items() if id in kept},
            choices={id: value for id, value in self.choices.items() if id in kept},
        )

    def differing(self, other: "Offer") -> tuple[IssueId, ...]:
        """The issues that both settle, differently."""
        both = set(self.issues) & set(other.issues)
        return tuple(id for id in _ORDER if id in both and self.value(id) != other.value(id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A complete offer and what it is worth to both sides."""

    offer: Offer
    learner: Decimal
    buyer: Decimal

    def dominates(self, other: "Outcome") -> bool:
        """At least as good for both and better for one (Pareto)."""
        at_least = self.learner >= other.learner and self.buyer >= other.buyer
        return at_least and (self.learner, self.buyer) != (other.learner, other.buyer)


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class Deal:
    """Issues with both sides' payoffs, their reservation values and the time there is."""

    __pydantic_config__ = {"extra": "forbid"}

    currency: str
    """ISO 4217 code of every price in it."""
    unit: Unit
    issues: tuple[FigureIssue | ChoiceIssue, ...]
    learner_reservation: Decimal
    """Points below which no deal is better, for the learner."""
    buyer_reservation: Decimal
    """The same for the buyer; secret while the session runs."""
    deadline_turns: int
    """Turns after which the buyer must have decided."""

    def issue(self, id: IssueId) -> Issue:
        """The issue called ``id``."""
        return self._by_id[id]

    @cached_property
    def _by_id(self) -> Mapping[IssueId, Issue]:
        return {issue.id: issue for issue in self.issues}

    def payoff_of(self, side: Side, id: IssueId, value: Decimal | str) -> Decimal:
        """Points of one value of one issue for ``side``."""
        return self._payoff_of(side, id, value)

    @cached_property
    def _payoff_of(self) -> Callable[[Side, IssueId, Decimal | str], Decimal]:
        return lru_cache(_REMEMBERED)(self._work_out)

    def _work_out(self, side: Side, id: IssueId, value: Decimal | str) -> Decimal:
        match self.issue(id), value:
            case FigureIssue() as issue, Decimal():
                return issue.payoff(side, value)
            case ChoiceIssue() as issue, str():
                return issue.payoff(side, value)
        raise TypeError(f"{id}: {value!r} does not fit the issue")

    def payoff(self, side: Side, offer: Offer) -> Decimal:
        """Points of all that ``offer`` settles, for ``side``."""
        values = ((id, offer.value(id)) for id in offer.issues)
        return sum(
            (self.payoff_of(side, id, value) for id, value in values if value is not None),
            start=Decimal(0),
        )

    def is_complete(self, offer: Offer) -> bool:
        """Whether ``offer`` settles every issue of the deal."""
        return {issue.id for issue in self.issues} <= set(offer.issues)

    def outcome(self, offer: Offer) -> Outcome:
        """``offer`` with what it is worth to both."""
        return Outcome(
            offer=offer,
            learner=self.payoff(Side.LEARNER, offer),
            buyer=self.payoff(Side.BUYER, offer),
        )

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every combination of the values on the deal map."""
        ids = [issue.id for issue in self.issues]
        spans: list[tuple[Decimal | str, ...]] = [issue.values for issue in self.issues]
        return tuple(
            self.outcome(_offer(dict(zip(ids, values, strict=True)))) for values in product(*spans)
        )

    @cached_property
    def frontier(self) -> tuple[Outcome, ...]:
        """The outcomes that no other dominates, from the learner's best to the buyer's best."""
        best: list[Outcome] = []
        for outcome in sorted(self.outcomes, key=lambda o: (-o.learner, -o.buyer)):
            if not best or outcome.buyer > best[-1].buyer:
                best.append(outcome)
        return tuple(best)

    @cached_property
    def nash(self) -> Outcome:
        """The greatest product of both sides' gains over reservation (Nash 1950)."""

        def gains(outcome: Outcome) -> Decimal:
            mine = outcome.learner - self.learner_reservation
            theirs = outcome.buyer - self.buyer_reservation
            return mine * theirs if mine > 0 and theirs > 0 else min(mine, theirs, Decimal(0))

        return max(self.frontier, key=gains)

    @cached_property
    def kalai_smorodinsky(self) -> Outcome:
        """Both get the same share of the most they could gain (Kalai & Smorodinsky 1975).

        Outcomes are few, so equal shares seldom exist: the greatest lesser share counts, then
        the greatest other one. It is the Nash point where nobody can gain.
        """
        mine, theirs = self.learner_reservation, self.buyer_reservation
        signable = [o for o in self.frontier if o.learner >= mine and o.buyer >= theirs]
        most_mine = max((o.learner - mine for o in signable), default=Decimal(0))
        most_theirs = max((o.buyer - theirs for o in signable), default=Decimal(0))
        if not (most_mine and most_theirs):
            return self.nash

        def shares(outcome: Outcome) -> list[Decimal]:
            gains = (outcome.learner - mine) * most_theirs, (outcome.buyer - theirs) * most_mine
            return sorted(gains)

        return max(signable, key=shares)

    @cached_property
    def utilitarian(self) -> Outcome:
        """The greatest sum of both sides' points (Bentham's rule; "max welfare" in NegMAS)."""
        return max(self.frontier, key=lambda outcome: outcome.learner + outcome.buyer)

    @property
    def best_for_learner(self) -> Outcome:
        """The learner's best outcome that the buyer could still sign."""
        return max(
            (o for o in self.frontier if o.buyer >= self.buyer_reservation),
            key=lambda outcome: outcome.learner,
        )


def _offer(values: Mapping[IssueId, Decimal | str]) -> Offer:
    return Offer(
        figures={id: value for id, value in values.items() if isinstance(value, Decimal)},
        choices={id: value for id, value in values.items() if isinstance(value, str)},
    )
