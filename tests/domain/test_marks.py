"""Marks of talks written down by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.marks import assess
from bot.domain.observations import Code, Observation
from bot.domain.swap import better_swap
from bot.domain.talk import Heard, Phase, Step, Talk
from bot.domain.understanding import Act

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


def _price(value: str) -> Offer:
    return Offer(figures={IssueId.PRICE: Decimal(value)})


def _step(turn: int, side: Side, price: str) -> Step:
    return Step(turn=turn, side=side, offer=_price(price))


def _signed(offer: Offer = AGREED, **more: object) -> Talk:
    talk = Talk(phase=Phase.AGREED, turn=4, standing=offer, offered=offer, agreement=offer)
    return replace(talk, **more)  # type: ignore[arg-type]


def _seen(talk: Talk, code: Code) -> list[Observation]:
    return [one for one in assess(VERSION, talk).observations if one.code is code]


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


def test_first_price_with_room_is_praised() -> None:
    talk = _signed(path=(_step(1, Side.LEARNER, "8.80"),))
    (seen,) = _seen(talk, Code.AMBITIOUS_OPENING)
    assert (seen.turn, seen.share, seen.good) == (1, Decimal(1), True)
    assert _seen(talk, Code.OPENED_FIRST)


def test_first_price_without_room_is_marked() -> None:
    talk = _signed(path=(_step(1, Side.BUYER, "7.20"), _step(2, Side.LEARNER, "8.00")))
    (seen,) = _seen(talk, Code.MODEST_OPENING)
    assert (seen.turn, seen.share, seen.good) == (2, Decimal("0.50"), False)
    assert not _seen(talk, Code.OPENED_FIRST)


@pytest.mark.parametrize(
    ("buyer_then", "is_conditional", "code"),
    [
        ("7.20", False, Code.FREE_CONCESSION),
        ("7.40", False, Code.RETURNED_CONCESSION),
        ("7.20", True, Code.CONDITIONAL_CONCESSION),
    ],
)
def test_concession_is_judged_by_what_it_brought(
    buyer_then: str, is_conditional: bool, code: Code
) -> None:
    talk = _signed(
        path=(
            _step(1, Side.LEARNER, "8.80"),
            _step(1, Side.BUYER, "7.20"),
            _step(2, Side.LEARNER, "8.40"),
            _step(2, Side.BUYER, buyer_then),
        ),
        heard=(Heard(turn=2, acts=(Act.OFFER,), is_conditional=is_conditional),),
    )
    (seen,) = _seen(talk, code)
    assert (seen.turn, seen.points, seen.issues) == (2, Decimal(10), (IssueId.PRICE,))
    (total,) = _seen(talk, Code.CONCESSIONS)
    assert (total.count, total.points) == (1, Decimal(10))


def test_meeting_in_the_middle_of_the_last_gap_is_seen() -> None:
    path = (
        _step(1, Side.LEARNER, "8.40"),
        _step(1, Side.BUYER, "7.60"),
        _step(2, Side.LEARNER, "8.00"),
    )
    (seen,) = _seen(_signed(path=path), Code.SPLIT_LAST_GAP)
    assert seen.turn == 2


def test_questions_and_reasons_are_counted_with_their_first_turn() -> None:
    heard = tuple(Heard(turn=turn, acts=(Act.ASK, Act.JUSTIFY)) for turn in (2, 3))
    (asked,) = _seen(_signed(heard=heard), Code.QUESTIONS)
    assert (asked.turn, asked.count, asked.good) == (2, 2, True)
    assert _seen(_signed(heard=heard), Code.REASONS)[0].count == 2
    assert _seen(_signed(), Code.NO_QUESTIONS)
    assert _seen(_signed(), Code.NO_REASONS)


def test_deal_below_the_limit_is_marked() -> None:
    poor = replace(AGREED, figures={**AGREED.figures, IssueId.PRICE: Decimal("7.20")})
    marks = assess(VERSION, _signed(poor))
    assert marks.gain == Decimal(-8)
    (seen,) = _seen(_signed(poor), Code.BELOW_LIMIT)
    assert (seen.points, seen.good) == (Decimal(8), False)


def test_walking_away_is_right_when_nothing_reached_the_limit() -> None:
    low = replace(AGREED, figures={**AGREED.figures, IssueId.PRICE: Decimal("7.20")})
    left = Talk(phase=Phase.LEFT, turn=5, standing=low, spoken=low.issues)
    assert _seen(left, Code.LEFT_RIGHTLY)
    assert assess(VERSION, left).points is None
    assert assess(VERSION, left).swap is None


def test_walking_away_from_a_good_package_misses_a_deal() -> None:
    left = Talk(phase=Phase.LEFT, turn=5, standing=AGREED, spoken=AGREED.issues)
    (seen,) = _seen(left, Code.DEAL_MISSED)
    assert (seen.points, seen.good) == (Decimal(12), False)
