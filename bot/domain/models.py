"""Which better sentence fits where something went wrong, with the learner's own figures.

Decides the occasion and its figures; the sentences are authored, in ``dialogues/advice``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.concession import grain
from bot.domain.deal import ChoiceIssue, Deal, IssueId, Offer, Outcome, Side


class Occasion(StrEnum):
    """When a better sentence is shown."""

    BELOW_LIMIT = "below_limit"  # want: what would lift the deal to the limit
    DEAL_MISSED = "deal_missed"  # terms: the package that was on the table
    TARGET = "target"  # first: the values to aim at
    ICE = "ice"  # name: the buyer, as one addresses it
    FIRST_OFFER = "first_offer"  # first: the figure to open with
    OPENING = "opening"  # first: the package to open with
    COUNTER = "counter"  # give, want: a small step, and what for
    REASON_PRICE = "reason_price"  # first: the offer that had no reason
    REASON_QUANTITY = "reason_quantity"
    REASON_PAYMENT = "reason_payment"
    REASON_INCOTERM = "reason_incoterm"
    REASON_LEAD_TIME = "reason_lead_time"
    REASON = "reason"  # first: on whatever else
    LAST_STEP = "last_step"  # give, want: the last concession, and what for
    REST = "rest"  # want: something on an issue nobody has bargained about
    SPLIT = "split"  # first, want: the own last price, and what instead of the middle


_FIRST = frozenset({"first"})
REQUIRED_SLOTS: Mapping[Occasion, frozenset[str]] = {
    Occasion.DEAL_MISSED: frozenset({"terms"}),
    Occasion.TARGET: _FIRST,
    Occasion.ICE: frozenset({"name"}),
    Occasion.FIRST_OFFER: _FIRST,
    Occasion.OPENING: _FIRST,
    Occasion.COUNTER: frozenset({"give"}),
    **{occasion: _FIRST for occasion in Occasion if occasion.value.startswith("reason")},
    Occasion.LAST_STEP: frozenset({"give"}),
}
"""What every phrase of an occasion must use."""
OPTIONAL_SLOTS: Mapping[Occasion, frozenset[str]] = {
    Occasion.BELOW_LIMIT: frozenset({"want"}),
    Occasion.COUNTER: frozenset({"want"}),
    Occasion.LAST_STEP: frozenset({"want"}),
    Occasion.REST: frozenset({"want"}),
    Occasion.SPLIT: frozenset({"first", "want"}),
}
"""What it may use: there is not always anything to want."""

_FOR_OFFERS = ("give", "want", "first", "terms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A better sentence to be: its occasion and what fills its slots."""

    occasion: Occasion
    give: Offer | None = None
    want: Offer | None = None
    first: Offer | None = None
    terms: Offer | None = None

    @property
    def slots(self) -> frozenset[str]:
        """The slots that can be filled."""
        return frozenset({"name", *(slot for slot in _FOR_OFFERS if getattr(self, slot))})


def reason_for(offer: Offer) -> Model:
    """A reason for the weightiest value of ``offer``."""
    ids = [id for id in (IssueId.PRICE, *IssueId) if id in offer.issues]
    names = {f"reason_{id.value}" for id in ids[:1]} & set(Occasion)
    return Model(
        occasion=Occasion(names.pop()) if names else Occasion.REASON, first=offer.only(ids[:1])
    )


def best_of(deal: Deal, ids: Iterable[IssueId]) -> Offer:
    """The learner's best values of some issues."""
    return _over(max(values(deal, id), key=lambda o: deal.payoff(Side.LEARNER, o)) for id in ids)


def smaller_step(deal: Deal, before: Offer, after: Offer) -> Offer:
    """A third of the cheapest step that leads from ``before`` to ``after``."""
    cheapest = min(after.issues, key=lambda id: _worth(deal, before, id) - _worth(deal, after, id))
    issue = deal.issue(cheapest)
    if isinstance(issue, ChoiceIssue):
        return after.only([cheapest])
    start, end = before.figures[cheapest], after.figures[cheapest]
    step = grain(issue)
    steps = max(((abs(end - start) / 3) / step).to_integral_value(), Decimal(1))
    moved = min(steps * step, abs(end - start))
    return Offer(figures={cheapest: start + moved if end > start else start - moved})


def demand(
    deal: Deal, table: Offer, *, besides: Iterable[IssueId], given: Decimal = Decimal(0)
) -> Offer | None:
    """What to ask for in return for ``given`` points: as much at least, if there is so much.

    It brings the learner most for what it costs the buyer; of several the smallest step.
    """
    taken = set(besides)
    found = [
        (gain >= given, gain - cost, -gain, offer)
        for id in table.issues
        if id not in taken
        for offer in values(deal, id)
        if (gain := _worth(deal, offer, id) - _worth(deal, table, id)) > 0
        for cost in [_worth(deal, table, id, Side.BUYER) - _worth(deal, offer, id, Side.BUYER)]
    ]
    return max(found, key=lambda row: row[:3])[3] if found else None


def lift(deal: Deal, agreed: Offer) -> Offer | None:
    """The change of one issue, or two, to the learner's limit that the buyer feels least."""
    signable = [
        outcome
        for outcome in deal.outcomes
        if outcome.learner >= deal.learner_reservation
        and outcome.buyer >= deal.buyer_reservation
        and len(outcome.offer.differing(agreed)) <= 2
    ]
    if not signable:
        return None

    def least_felt(outcome: Outcome) -> tuple[int, Decimal]:
        return -len(outcome.offer.differing(agreed)), outcome.buyer

    best = max(signable, key=least_felt)
    return best.offer.only(best.offer.differing(agreed))


def values(deal: Deal, id: IssueId) -> list[Offer]:
    """Every value of an issue on the deal map, alone."""
    return [
        Offer(choices={id: value}) if isinstance(value, str) else Offer(figures={id: value})
        for value in deal.issue(id).values
    ]


def _worth(deal: Deal, offer: Offer, id: IssueId, side: Side = Side.LEARNER) -> Decimal:
    return deal.payoff(side, offer.only([id]))


def _over(offers: Iterable[Offer]) -> Offer:
    whole = Offer()
    for offer in offers:
        whole = offer.over(whole)
    return whole
