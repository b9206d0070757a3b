"""How much the buyer asks for at any moment, and how it comes towards the learner.

Pure arithmetic on offers: targets, budgets, single concessions. When to concede at all, and in
which words, is ``negotiation``'s business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.deal import ChoiceIssue, Deal, FigureIssue, IssueId, Offer, Side
from bot.domain.exercise import Version
from bot.domain.talk import Promise, Talk
from bot.domain.tempers import MANNERS, Manner
from bot.domain.terms import Span

CAUTION = Decimal("0.35")  # share of an issue's range, feared to be lost until it is discussed
_PRICE_GRAINS = 32  # steps of a spoken price within its range; 1.60 makes steps of 0.05
_FIGURE_GRAINS = 16  # the same for other figures
_WEEK = Decimal(7)  # days
_SPOKEN_SPANS = {
    Span.DAY: (_WEEK, Decimal(1)),
    Span.MONTH: (Decimal(6), Decimal(3), Decimal(1)),
    Span.YEAR: (Decimal(1),),
}
"""Steps in which one speaks of a period, the coarse ones first; house judgement."""


def grain(issue: FigureIssue) -> Decimal:
    """The step in which the buyer names figures of ``issue``: weeks, or a round number."""
    span = issue.high - issue.low
    if issue.id is IssueId.LEAD_TIME:
        return _WEEK if span >= 2 * _WEEK else Decimal(1)
    if issue.id is IssueId.PERIOD:
        return next(s for s in _SPOKEN_SPANS[issue.unit or Span.MONTH] if 2 * s <= span or s == 1)
    raw = span / (_PRICE_GRAINS if issue.id is IssueId.PRICE else _FIGURE_GRAINS)
    power = Decimal(1).scaleb(raw.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    return max(step, Decimal(1)) if issue.id is IssueId.QUANTITY else step


def opening(version: Version) -> Offer:
    """The buyer's first value for every issue: its best, or for the price a little less."""
    manner = MANNERS[version.persona.temper]
    figures: dict[IssueId, Decimal] = {}
    choices: dict[IssueId, str] = {}
    for issue in version.deal.issues:
        if isinstance(issue, ChoiceIssue):
            choices[issue.id] = max(issue.options, key=lambda option: option.buyer).id
            continue
        best = max(issue.points, key=lambda point: point.buyer).value
        figures[issue.id] = best
        if issue.id is IssueId.PRICE and issue.id not in version.opening_names:
            step = grain(issue)
            away = ((issue.high - issue.low) * manner.opening / step).to_integral_value() * step
            figures[issue.id] = best + (away if best == issue.low else -away)
    return Offer(figures=figures, choices=choices)


def estimate(deal: Deal, offer: Offer, discussed: Iterable[IssueId]) -> Decimal:
    """Points the buyer expects of ``offer`` when issues not yet discussed may still cost it."""
    known = set(discussed)
    fear = sum(
        (CAUTION * span(deal, id) for id in offer.issues if id not in known), start=Decimal(0)
    )
    return deal.payoff(Side.BUYER, offer) - fear


def span(deal: Deal, id: IssueId) -> Decimal:
    """Points between the buyer's best and worst value of an issue."""
    issue = deal.issue(id)
    if isinstance(issue, ChoiceIssue):
        points = [option.buyer for option in issue.options]
    else:
        points = [point.buyer for point in issue.points]
    return max(points) - min(points)


def cost(deal: Deal, id: IssueId, *, of: Offer, to: Offer) -> Decimal:
    """Points the buyer loses on one issue by going from its value in ``of`` to that in ``to``."""
    before, after = of.value(id), to.value(id)
    if before is None or after is None:
        return Decimal(0)
    return deal.payoff_of(Side.BUYER, id, before) - deal.payoff_of(Side.BUYER, id, after)


def target(version: Version, talk: Talk) -> Decimal:
    """Points below which the buyer does not go in this turn; never below its reservation value."""
    deal, manner = version.deal, MANNERS[version.persona.temper]
    first, least = _top(version), floor(version)
    by_time = first - _elapsed(deal, talk, manner) * (first - least)
    by_favour = first - manner.reciprocity * received(deal, talk)
    return max(least, min(by_time, by_favour))


def floor(version: Version) -> Decimal:
    """Points it tries to keep until the deadline: its reservation value and a margin."""
    least = version.deal.buyer_reservation
    gain = max(_top(version) - least, Decimal(0))
    return least + MANNERS[version.persona.temper].margin * gain


def _top(version: Version) -> Decimal:
    return version.deal.payoff(Side.BUYER, opening(version))


def _elapsed(deal: Deal, talk: Talk, manner: Manner) -> Decimal:
    """Share of the way conceded by now: Faratin's alpha(t) = (t / deadline) ** (1 / beta).

    For one who stands still time passes more slowly: idle turns are held against the learner.
    """
    passed = counted(talk) - manner.grudge * talk.idle
    share = min(Decimal(passed) / Decimal(deal.deadline_turns), Decimal(1))
    return share ** (1 / manner.exponent) if share > 0 else Decimal(0)


def counted(talk: Talk) -> int:
    """Turns that count against the deadline; at most one deadline's worth is excused."""
    return talk.turn - talk.excused


def received(deal: Deal, talk: Talk) -> Decimal:
    """Points the learner has given the buyer since first naming each issue."""
    steps = [step.offer for step in talk.path if step.side is Side.LEARNER]
    first = Offer()
    for offer in steps:
        first = first.over(offer)
    given = sum(
        (-cost(deal, id, of=first, to=talk.offered) for id in talk.offered.issues),
        start=Decimal(0),
    )
    return max(given, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """A move of the buyer within a budget of points."""

    standing: Offer
    taken: tuple[IssueId, ...] = ()
    """Issues on which it now has the learner's value."""
    eased: tuple[IssueId, ...] = ()
    """Issues on which it came part of the way."""


def concede(
    deal: Deal, standing: Offer, offered: Offer, *, budget: Decimal, moves: int
) -> Concession:
    """Come towards ``offered``: cheap issues wholly, then the dearest part of the way."""
    gaps = sorted(
        standing.differing(offered), key=lambda id: cost(deal, id, of=standing, to=offered)
    )
    taken: list[IssueId] = []
    left: list[IssueId] = []
    for id in gaps:
        price = cost(deal, id, of=standing, to=offered)
        if price <= 0 or (price <= budget and moves > 0):
            moves -= price > 0
            budget -= max(price, Decimal(0))
            taken.append(id)
        else:
            left.append(id)
    result = offered.only(taken).over(standing)
    eased: list[IssueId] = []
    for id in reversed(left):
        part = _part(deal, id, result, offered, budget) if moves > 0 else Offer()
        if part:
            budget -= cost(deal, id, of=result, to=part)
            moves -= 1
            eased.append(id)
            result = part.over(result)
    return Concession(standing=result, taken=tuple(taken), eased=tuple(eased))


def _part(deal: Deal, id: IssueId, standing: Offer, goal: Offer, budget: Decimal) -> Offer:
    """The longest step towards ``goal`` on one issue that ``budget`` pays; empty if none."""
    full = cost(deal, id, of=standing, to=goal)
    costs = [
        (cost(deal, id, of=standing, to=step), step) for step in steps(deal, id, standing, goal)
    ]
    paid = [(price, step) for price, step in costs if 0 < price <= budget and price < full]
    return max(paid, key=lambda pair: pair[0])[1] if paid else Offer()


def steps(deal: Deal, id: IssueId, standing: Offer, goal: Offer) -> list[Offer]:
    """The values from one offer's to the other's that the buyer could name, ends not included."""
    issue = deal.issue(id)
    if isinstance(issue, ChoiceIssue):
        return [Offer(choices={id: option.id}) for option in issue.options]
    step = grain(issue)
    start, end = sorted((standing.figures[id], goal.figures[id]))
    first = (start / step).to_integral_value(rounding="ROUND_FLOOR") + 1
    count = int((end / step).to_integral_value(rounding="ROUND_CEILING") - first)
    return [Offer(figures={id: (first + index) * step}) for index in range(count)]


def keep(deal: Deal, standing: Offer, promise: Promise) -> Offer:
    """``standing`` after a promise has been redeemed; what was better for the learner stays."""
    worse = [id for id in promise.give.issues if cost(deal, id, of=standing, to=promise.give) > 0]
    return promise.give.only(worse).over(standing)


def in_force(deal: Deal, standing: Offer, promises: Iterable[Promise]) -> Offer:
    """``standing`` for a learner who takes it whole: the conditions in it are then met."""
    result = standing
    for promise in promises:
        if not promise.want.differing(standing):
            result = keep(deal, result, promise)
    return result


def on_the_table(deal: Deal, talk: Talk) -> Offer:
    """What a plain yes means: all the buyer has named, with the conditions it has stated."""
    return in_force(deal, talk.standing, talk.promises).only(talk.spoken)


def worst_case(deal: Deal, standing: Offer, promises: Iterable[Promise]) -> Offer:
    """``standing`` after every promise has been redeemed."""
    for promise in promises:
        standing = keep(deal, standing, promise)
    return standing
