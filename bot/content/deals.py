"""What a deal must keep to so that bargaining makes sense. Its messages never carry a payoff."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.content.source import Loc
from bot.domain.deal import ChoiceIssue, Deal, FigureIssue, Issue, IssueId, Side
from bot.domain.terms import Incoterm, Payment

TOP = Decimal(100)
"""Points of each side's dream deal, so that marks compare across exercises."""
LEAST_FRONTIER = 5
"""Outcomes on the Pareto frontier; with fewer there is nothing to trade across issues."""
LEAST_TURNS = 6

MEANS: dict[IssueId, type[Payment] | type[Incoterm]] = {
    IssueId.PAYMENT: Payment,
    IssueId.INCOTERM: Incoterm,
}
"""The issues settled by options, and what these stand for; all others are figures."""

Found = Iterator[tuple[Loc, str]]


def in_deal(deal: Deal) -> Found:
    """Everything wrong with ``deal``."""
    if not (len(deal.currency) == 3 and deal.currency.isalpha() and deal.currency.isupper()):
        yield ("currency",), "must be an ISO 4217 code"
    if deal.deadline_turns < LEAST_TURNS:
        yield ("deadline_turns",), f"must be at least {LEAST_TURNS}"
    found = [
        *_doublets([issue.id for issue in deal.issues], ("issues",), "id"),
        *(
            (("issues", i, *loc), m)
            for i, issue in enumerate(deal.issues)
            for loc, m in _in(issue)
        ),
    ]
    yield from found
    if not deal.issues:
        yield ("issues",), "needs at least one issue"
    elif not found:
        yield from _in_payoffs(deal)


def _in(issue: Issue) -> Found:
    match issue:
        case FigureIssue():
            yield from _in_figure(issue)
        case ChoiceIssue():
            yield from _in_choice(issue)


def _in_figure(issue: FigureIssue) -> Found:
    if issue.id in MEANS:
        yield ("points",), f"{issue.id} is settled by options, not by points"
    if len(issue.points) < 2:
        yield ("points",), "needs at least two"
        return
    for index, (left, right) in enumerate(pairwise(issue.points), start=1):
        if right.value <= left.value:
            yield ("points", index, "value"), "must be greater than the one before"
    if issue.step is not None and (issue.step <= 0 or (issue.high - issue.low) % issue.step):
        yield ("step",), "must divide the range from the first to the last point"


def _in_choice(issue: ChoiceIssue) -> Found:
    kind = MEANS.get(issue.id)
    if kind is None:
        yield ("options",), f"{issue.id} is settled by points, not by options"
        return
    if len(issue.options) < 2:
        yield ("options",), "needs at least two"
    for index, option in enumerate(issue.options):
        if not isinstance(option.means, kind):
            yield ("options", index, "means"), f"is no {kind.__name__.lower()}"
    yield from _doublets([option.id for option in issue.options], ("options",), "id")
    yield from _doublets([option.means for option in issue.options], ("options",), "means")


def _doublets(values: Sequence[object], at: Loc, key: str) -> Found:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield (*at, index, key), "is there twice"


def _in_payoffs(deal: Deal) -> Found:
    for side in Side:
        if sum(_best(issue, side) for issue in deal.issues) != TOP:
            yield ("issues",), f"the best payoffs of the {side} must add up to {TOP}"
    zone = [
        outcome
        for outcome in deal.outcomes
        if outcome.learner >= deal.learner_reservation and outcome.buyer >= deal.buyer_reservation
    ]
    if not zone:
        yield (), "has no outcome that both sides could sign"
    elif len(deal.frontier) < LEAST_FRONTIER:
        yield (), f"has fewer than {LEAST_FRONTIER} outcomes on its frontier"


def _best(issue: Issue, side: Side) -> Decimal:
    match issue:
        case FigureIssue():
            return max(issue.payoff(side, value) for value in issue.values)
        case ChoiceIssue():
            return max(issue.payoff(side, value) for value in issue.values)
