"""Finds one concrete change of an agreement by which both sides would have gained."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from bot.domain.concession import grain
from bot.domain.deal import ChoiceIssue, Deal, IssueId, Offer, Outcome

MOST_CHANGES = 3  # issues; a trade one can say in one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Another outcome that is better for both."""

    outcome: Outcome
    issues: tuple[IssueId, ...]
    """Those that differ from the agreement."""
    learner_gain: Decimal
    buyer_gain: Decimal


def better_swap(deal: Deal, agreed: Outcome) -> Swap | None:
    """The swap with the fewest changes, of these the one with the greatest lesser gain.

    One that lifts the learner over the limit, where there is one, goes before all others.
    """
    return _best(deal, agreed, deal.learner_reservation) or _best(deal, agreed, None)


def _best(deal: Deal, agreed: Outcome, limit: Decimal | None) -> Swap | None:
    for count in range(1, MOST_CHANGES + 1):
        swaps = [
            swap
            for ids in combinations([issue.id for issue in deal.issues], count)
            for swap in _swaps(deal, agreed, ids)
            if limit is None or swap.outcome.learner >= limit
        ]
        if swaps:
            return max(swaps, key=_merit)
    return None


def _merit(swap: Swap) -> tuple[Decimal, Decimal]:
    gains = swap.learner_gain, swap.buyer_gain
    return min(gains), sum(gains, start=Decimal(0))


def _swaps(deal: Deal, agreed: Outcome, ids: tuple[IssueId, ...]) -> Iterator[Swap]:
    for values in product(*(_others(deal, id, agreed.offer) for id in ids)):
        offer = agreed.offer
        for value in values:
            offer = value.over(offer)
        outcome = deal.outcome(offer)
        mine, theirs = outcome.learner - agreed.learner, outcome.buyer - agreed.buyer
        if mine > 0 and theirs > 0:
            yield Swap(outcome=outcome, issues=ids, learner_gain=mine, buyer_gain=theirs)


def _others(deal: Deal, id: IssueId, offer: Offer) -> list[Offer]:
    issue = deal.issue(id)
    if isinstance(issue, ChoiceIssue):
        return [Offer(choices={id: value}) for value in issue.values if value != offer.choices[id]]
    step = grain(issue)
    count = int((issue.high - issue.low) / step)
    figures = (issue.low + step * index for index in range(count + 1))
    return [Offer(figures={id: value}) for value in figures if value != offer.figures[id]]
