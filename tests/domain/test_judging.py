"""The eight error classes, each on a talk written down by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.errorclasses import ClassMark, ErrorClass, Why
from bot.domain.marks import assess
from bot.domain.models import Occasion
from bot.domain.preparation import Preparation
from bot.domain.talk import Phase, Talk
from bot.domain.understanding import Act

from .tables import AGREED, DEAL, MINE, THEIRS, VERSION, hear, make_signed, price, step


def judged(
    talk: Talk, cls: ErrorClass, preparation: Preparation | None = None
) -> ClassMark | None:
    """The mark of one class, if it was judged."""
    marks = [mark for mark in assess(VERSION, talk, preparation).classes if mark.cls is cls]
    assert len(marks) <= 1
    return marks[0] if marks else None


def why(talk: Talk, cls: ErrorClass, preparation: Preparation | None = None) -> Why | None:
    """What was seen of one class."""
    mark = judged(talk, cls, preparation)
    return mark.why if mark else None


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((Act.GREET, Act.OFFER), Why.ICE_BROKEN),
        ((Act.THANK,), Why.ICE_BROKEN),
        ((Act.OFFER,), Why.STRAIGHT_TO_BUSINESS),
    ],
)
def test_ice_is_broken_in_the_first_message_or_not_at_all(
    acts: tuple[Act, ...], expected: Why
) -> None:
    talk = make_signed(heard=(hear(1, *acts), hear(2, Act.GREET)))
    assert why(talk, ErrorClass.BREAKING_ICE) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((step(1, MINE, "8.80"), step(1, THEIRS, "7.20")), Why.OPENED_FIRST),
        ((step(1, THEIRS, "7.20"), step(2, MINE, "8.80")), Why.LET_BUYER_OPEN),
        ((step(0, THEIRS, "7.20"), step(1, MINE, "8.80")), None),
    ],
)
def test_first_offer_is_judged_unless_the_enquiry_named_the_price(
    path: tuple[object, ...], expected: Why | None
) -> None:
    assert why(make_signed(path=path), ErrorClass.FIRST_OFFER) is expected


@pytest.mark.parametrize(
    ("first", "share", "expected"),
    [
        ("8.80", "1", Why.OPENED_HIGH),
        ("8.40", "0.75", Why.OPENED_HIGH),
        ("8.00", "0.50", Why.OPENED_LOW),
    ],
)
def test_opening_is_ambitious_by_its_share_of_what_is_at_stake(
    first: str, share: str, expected: Why
) -> None:
    mark = judged(make_signed(path=(step(2, MINE, first),)), ErrorClass.AMBITIOUS_OPENING)
    assert mark is not None
    assert (mark.why, mark.share, mark.turns) == (expected, Decimal(share), (2,))
    if not mark.good:
        assert mark.better is not None and mark.better.first == price("8.80")


def test_counter_is_weak_by_the_share_of_the_gap_it_gives() -> None:
    start = (step(1, MINE, "8.80"), step(1, THEIRS, "7.20"))
    weak = judged(make_signed(path=(*start, step(2, MINE, "8.00"))), ErrorClass.STRONG_COUNTER)
    firm = judged(make_signed(path=(*start, step(2, MINE, "8.60"))), ErrorClass.STRONG_COUNTER)
    assert weak is not None and firm is not None
    assert (weak.why, weak.share, weak.points) == (Why.COUNTERED_WEAKLY, Decimal("0.50"), 20)
    assert (firm.why, firm.share) == (Why.COUNTERED_FIRMLY, Decimal("0.13"))
    assert weak.better is not None and weak.better.give is not None
    smaller = weak.better.give.figures[IssueId.PRICE]
    assert Decimal("8.00") < smaller < Decimal("8.80")


def test_who_gave_nothing_held_fast() -> None:
    talk = make_signed(path=(step(1, MINE, "8.80"), step(1, THEIRS, "7.20")))
    assert why(talk, ErrorClass.STRONG_COUNTER) is Why.HELD_FAST


def test_reasons_are_judged_by_the_offers_they_go_with() -> None:
    offers = [hear(turn, Act.OFFER, offered=price("8.00")) for turn in (1, 2, 3, 4)]
    none = judged(make_signed(heard=tuple(offers)), ErrorClass.RATIONALE)
    assert none is not None
    assert (none.why, none.turns) == (Why.NO_REASONS, (1, 2, 3, 4))
    assert none.better is not None and none.better.occasion is Occasion.REASON_PRICE

    one = [hear(1, Act.OFFER, Act.JUSTIFY, offered=price("8.00")), *offers[1:]]
    few = judged(make_signed(heard=tuple(one)), ErrorClass.RATIONALE)
    assert few is not None
    assert (few.why, few.count, few.turns) == (Why.FEW_REASONS, 1, (2, 3, 4))

    enough = judged(make_signed(heard=tuple(one[:3])), ErrorClass.RATIONALE)
    assert enough is not None and (enough.why, enough.turns) == (Why.GAVE_REASONS, (1,))


def test_meeting_in_the_middle_of_the_last_gap_is_seen() -> None:
    path = (step(1, MINE, "8.40"), step(1, THEIRS, "7.60"), step(2, MINE, "8.00"))
    mark = judged(make_signed(path=path), ErrorClass.STRATEGIC_CLOSING)
    assert mark is not None
    assert (mark.why, mark.turns, mark.offer) == (Why.SPLIT_THE_GAP, (2,), price("8.00"))
    assert mark.better is not None and mark.better.first == price("8.40")


@pytest.mark.parametrize(
    ("buyer_then", "is_conditional", "expected"),
    [
        ("7.20", False, Why.GAVE_IN_AT_THE_END),
        ("7.40", False, Why.CLOSED_FOR_SOMETHING),
        ("7.20", True, Why.CLOSED_FOR_SOMETHING),
    ],
)
def test_last_step_is_judged_by_what_it_brought(
    buyer_then: str, is_conditional: bool, expected: Why
) -> None:
    path = (
        step(1, MINE, "8.80"),
        step(1, THEIRS, "7.20"),
        step(2, MINE, "8.10"),
        step(2, THEIRS, buyer_then),
    )
    heard = (hear(2, Act.OFFER, is_conditional=is_conditional),)
    assert why(make_signed(path=path, heard=heard), ErrorClass.STRATEGIC_CLOSING) is expected


def test_who_signs_the_rest_as_the_buyer_wished_is_told_so() -> None:
    rest = AGREED.only([IssueId.PAYMENT, IssueId.LEAD_TIME])
    path = (
        step(0, THEIRS, rest),
        step(1, MINE, "8.00"),
        step(1, THEIRS, price("8.00").over(rest)),
        step(2, MINE, AGREED),
    )
    mark = judged(make_signed(path=path), ErrorClass.STRATEGIC_CLOSING)
    assert mark is not None
    assert (mark.why, mark.issues) == (Why.TOOK_THE_REST, rest.issues)
    assert mark.points == Decimal(8 + 5)
    assert mark.better is not None and mark.better.want is not None
    assert set(mark.better.want.issues) <= set(rest.issues)


def test_deal_below_the_limit_is_marked_with_what_would_have_lifted_it() -> None:
    poor = replace(AGREED, figures={**AGREED.figures, IssueId.PRICE: Decimal("7.20")})
    mark = judged(make_signed(poor), ErrorClass.WALK_AWAY)
    assert mark is not None
    assert (mark.why, mark.points, mark.good) == (Why.BELOW_LIMIT, Decimal(8), False)
    assert mark.better is not None and mark.better.want is not None
    lifted = DEAL.outcome(mark.better.want.over(poor))
    assert lifted.learner >= DEAL.learner_reservation
    assert lifted.buyer >= DEAL.buyer_reservation


def test_walking_away_is_right_when_nothing_reached_the_limit() -> None:
    low = replace(AGREED, figures={**AGREED.figures, IssueId.PRICE: Decimal("7.20")})
    left = Talk(phase=Phase.LEFT, turn=5, standing=low, spoken=low.issues)
    assert why(left, ErrorClass.WALK_AWAY) is Why.NOTHING_REACHED
    assert assess(VERSION, left).points is None
    assert assess(VERSION, left).swap is None


def test_walking_away_from_a_good_package_misses_a_deal() -> None:
    left = Talk(phase=Phase.LEFT, turn=5, standing=AGREED, spoken=AGREED.issues)
    mark = judged(left, ErrorClass.WALK_AWAY)
    assert mark is not None
    assert (mark.why, mark.points) == (Why.DEAL_MISSED, Decimal(12))
    assert mark.better is not None and mark.better.terms == AGREED


# --- with the notes of the preparation ----------------------------------------------------------


def test_target_is_judged_only_where_one_was_noted() -> None:
    assert why(make_signed(), ErrorClass.TARGET_PRICE) is None
    assert why(make_signed(), ErrorClass.TARGET_PRICE, Preparation()) is None
    high = Preparation(target=price("8.60"))
    assert why(make_signed(), ErrorClass.TARGET_PRICE, high) is Why.TARGET_HIGH
    low = judged(make_signed(), ErrorClass.TARGET_PRICE, Preparation(target=price("7.60")))
    assert low is not None and (low.why, low.share) == (Why.TARGET_LOW, Decimal("0.25"))


def test_limit_noted_below_that_of_the_task_is_an_error_even_if_nothing_came_of_it() -> None:
    least = min(DEAL.outcomes, key=lambda o: DEAL.payoff(Side.LEARNER, o.offer)).offer
    noted = Preparation(walk_away=least)
    mark = judged(make_signed(), ErrorClass.WALK_AWAY, noted)
    assert mark is not None
    assert (mark.why, mark.turns) == (Why.LIMIT_NOTED_TOO_LOW, (0,))
    assert mark.points == DEAL.learner_reservation - DEAL.payoff(Side.LEARNER, least)


def test_empty_talk_is_judged_without_a_word() -> None:
    assert assess(VERSION, Talk()).classes == ()
    assert assess(VERSION, Talk(offered=Offer())).process.concessions == ()


def test_without_a_price_the_first_offer_is_judged_on_the_figure_that_matters_most() -> None:
    issues = tuple(issue for issue in DEAL.issues if issue.id is not IssueId.PRICE)
    deal = replace(DEAL, issues=issues)
    quantity = Offer(figures={IssueId.QUANTITY: Decimal(5000)})
    path = (step(1, THEIRS, quantity), step(2, MINE, quantity))
    marks = assess(replace(VERSION, deal=deal), Talk(path=path))
    (mark,) = [mark for mark in marks.classes if mark.cls is ErrorClass.FIRST_OFFER]
    assert (mark.why, mark.offer) == (Why.LET_BUYER_OPEN, quantity)
