"""Marks of talks written down by hand."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.marks import assess
from bot.domain.swap import better_swap
from bot.domain.talk import Phase, Talk

from .factories import make_version

VERSION = make_version()
DEAL = VERSION.deal
AGREED = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("8.00"),
        IssueId.LEAD_TIME: Decimal(42),
    },
    choices={IssueId.INCOTERM: "fob", IssueId.PAYMENT: "bl_copy"},
)


def _signed(offer: Offer = AGREED, **more: object) -> Talk:
    talk = Talk(phase=Phase.AGREED, turn=4, standing=offer, offered=offer, agreement=offer)
    return replace(talk, **more)  # type: ignore[arg-type]


def test_points_are_the_sum_of_their_parts() -> None:
    marks = assess(VERSION, _signed())
    assert [(part.issue, part.points) for part in marks.parts] == [
        (IssueId.QUANTITY, Decimal(10)),
        (IssueId.PRICE, Decimal(20)),
        (IssueId.INCOTERM, Decimal(5)),
        (IssueId.PAYMENT, Decimal(12)),
        (IssueId.LEAD_TIME, Decimal(10)),
    ]
    assert marks.points == Decimal(57) == sum(part.points for part in marks.parts)
    assert marks.gain == Decimal(12)
    assert [part.most for part in marks.parts] == [Decimal(n) for n in (20, 40, 5, 20, 15)]


def test_share_of_the_surplus_is_gain_over_what_there_was_to_gain() -> None:
    marks = assess(VERSION, _signed())
    best = max(o.learner for o in DEAL.outcomes if o.buyer >= DEAL.buyer_reservation)
    assert marks.best.learner == best
    assert marks.surplus_share == (Decimal(12) / (best - 45)).quantize(Decimal("0.01"))


def test_frontier_gap_is_what_the_learner_could_have_had_more() -> None:
    marks = assess(VERSION, _signed())
    agreed = DEAL.outcome(AGREED)
    best = max(o.learner for o in DEAL.outcomes if o.buyer >= agreed.buyer)
    assert marks.frontier_gap == best - agreed.learner > 0
    assert marks.frontier_distance is not None
    assert 0 < marks.frontier_distance <= marks.frontier_gap


def test_agreement_on_the_frontier_leaves_nothing_to_swap() -> None:
    for outcome in DEAL.frontier:
        marks = assess(VERSION, _signed(outcome.offer))
        assert marks.frontier_gap == 0
        assert marks.frontier_distance == 0
        assert marks.swap is None
    assert assess(VERSION, _signed(DEAL.nash.offer)).nash_distance == 0


def test_swap_is_better_for_both_with_few_changes() -> None:
    swap = better_swap(DEAL, DEAL.outcome(AGREED))
    assert swap is not None
    assert swap.learner_gain > 0
    assert swap.buyer_gain > 0
    assert len(swap.issues) <= 2
    assert swap.outcome.offer.differing(AGREED) == swap.issues
    assert swap.outcome.learner == DEAL.payoff(Side.LEARNER, AGREED) + swap.learner_gain
