"""What a deal must keep to so that bargaining makes sense. Its messages never carry a payoff."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.content.source import Loc
from bot.domain.deal import NAMED, ChoiceIssue, Deal, FigureIssue, Issue, IssueId, Option, Side
from bot.domain.terms import Incoterm, Payment

TOP = Decimal(100)
"""Points of each side's dream deal, so that marks compare across exercises."""
LEAST_FRONTIER = 5
"""Outcomes on the Pareto frontier; with fewer there is nothing to trade across issues."""
LEAST_TURNS = 6

MEANS: dict[IssueId, type[Payment] | type[Incoterm] | None] = {
    IssueId.PAYMENT: Payment,
    IssueId.INCOTERM: Incoterm,
    IssueId.SCOPE: None,
    IssueId.SERVICE: None,
}
"""The issues settled by options, and what these stand for: ``None`` where words tell them.

All others are figures.
"""
WORDS = range(2, 7)
"""Phrases that name an option told by words: a learner says it in one of several ways."""
PERCENT = Decimal(100)

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
        *_in_words(deal.issues),
    ]
    yield from found
    if not deal.issues:
        yield ("issues",), "needs at least one issue"
    elif not found:
        yield from _in_payoffs(deal)


def _in(issue: Issue) -> Found:
    if issue.id in NAMED and not issue.called:
        yield ("called",), "is missing"
    if issue.id not in NAMED:
        for key in ("name", "called"):
            if getattr(issue, key):
                yield (key,), "is only for issues that no trade term names"
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
    yield from _in_kind(issue)
    if issue.step is not None and (issue.step <= 0 or (issue.high - issue.low) % issue.step):
        yield ("step",), "must divide the range from the first to the last point"


def _in_kind(issue: FigureIssue) -> Found:
    """What holds for shares and periods alone."""
    is_span = issue.id is IssueId.PERIOD
    if is_span and issue.unit is None:
        yield ("unit",), "is missing"
    if not is_span and issue.unit is not None:
        yield ("unit",), "is only for a period"
    if issue.id not in NAMED:
        return
    for index, point in enumerate(issue.points):
        if issue.id is IssueId.SHARE and not 0 <= point.value <= PERCENT:
            yield ("points", index, "value"), "is no percentage"
        if is_span and (point.value <= 0 or point.value % 1):
            yield ("points", index, "value"), "must be a whole number above zero"
        if index and point.buyer <= issue.points[index - 1].buyer:
            yield ("points", index, "buyer"), "must be more than before: a buyer wants more of it"


def _in_choice(issue: ChoiceIssue) -> Found:
    if issue.id not in MEANS:
        yield ("options",), f"{issue.id} is settled by points, not by options"
        return
    kind = MEANS[issue.id]
    if len(issue.options) < 2:
        yield ("options",), "needs at least two"
    for index, option in enumerate(issue.options):
        yield from ((("options", index, *loc), m) for loc, m in _in_option(option, kind))
    yield from _doublets([option.id for option in issue.options], ("options",), "id")
    means = [option.means or option.id for option in issue.options]
    yield from _doublets(means, ("options",), "means")


def _in_option(option: Option, kind: type[Payment] | type[Incoterm] | None) -> Found:
    if kind is not None:
        if option.words:
            yield ("words",), "are for options that no trade term names"
        if not isinstance(option.means, kind):
            yield ("means",), f"is no {kind.__name__.lower()}"
        return
    if option.means is not None:
        yield ("means",), "must be left out: words name this option"
    if len(option.words) not in WORDS:
        yield ("words",), f"needs {WORDS.start} to {WORDS.stop - 1} phrases"


def _in_words(issues: Sequence[Issue]) -> Found:
    """No phrase may name two options of the deal."""
    seen: set[str] = set()
    for index, issue in enumerate(issues):
        for at, option in enumerate(issue.options if isinstance(issue, ChoiceIssue) else ()):
            for position, phrase in enumerate(option.words):
                loc = ("issues", index, "options", at, "words", position)
                if not any(map(str.isalnum, phrase)):
                    yield loc, "names nothing"
                elif phrase.casefold() in seen:
                    yield loc, "is there twice"
                seen.add(phrase.casefold())


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
