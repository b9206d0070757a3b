"""What a message points at in the talk becomes a value, is asked back about, or is left alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.exercise import Line
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Price, Terms
from bot.domain.understanding import (
    Act,
    Change,
    Measure,
    Reference,
    Topic,
    Understanding,
    Whose,
)

from .factories import best_offer, in_terms, say
from .talking import DEAL, go_on, lines, talk_of

ASK = say(Act.ASK, topics=[Topic.PRICE, Topic.DELIVERY])
BEST = say(Act.OFFER, terms=in_terms(DEAL, best_offer(DEAL)))
PERCENT, AMOUNT, DAYS = Measure.PERCENT, Measure.AMOUNT, Measure.DAYS


def _points(
    topic: Topic | None = None,
    whose: Whose = Whose.LAST,
    change: tuple[Measure, str] | None = None,
    heard: Understanding | None = None,
) -> Understanding:
    by = Change(measure=change[0], by=Decimal(change[1])) if change else None
    reference = Reference(topic=topic, whose=whose, change=by)
    return replace(heard or say(Act.OTHER), references=(reference,))


def _between(mine: str, theirs: str) -> Talk:
    """Both have named a price, far enough apart."""
    talk, _ = talk_of(BEST)
    price = IssueId.PRICE
    return replace(
        talk,
        offered=Offer(figures={price: Decimal(mine)}).over(talk.offered),
        standing=Offer(figures={price: Decimal(theirs)}).over(talk.standing),
        spoken=(*talk.spoken, price),
        disputed=(),
    )


def _price(talk: Talk) -> Decimal | None:
    return talk.offered.figures.get(IssueId.PRICE)


@pytest.mark.parametrize(
    ("whose", "change", "price"),
    [
        (Whose.LAST, (AMOUNT, "-0.05"), "8.55"),
        (Whose.LAST, (AMOUNT, "0.05"), "7.45"),
        (Whose.LAST, (PERCENT, "-5"), "8.17"),
        (Whose.LAST, (PERCENT, "5"), "7.77"),
        (Whose.THEIRS, (AMOUNT, "0.20"), "7.60"),
        (Whose.OWN, (PERCENT, "-10"), "7.74"),
        (Whose.THEIRS, None, "7.40"),
        (Whose.OWN, None, "8.60"),
        (Whose.LAST, None, "8.60"),
    ],
)
def test_change_goes_from_the_value_that_makes_sense(
    whose: Whose, change: tuple[Measure, str] | None, price: str
) -> None:
    talk, _ = go_on(_between("8.60", "7.40"), _points(Topic.PRICE, whose, change))
    assert _price(talk) == Decimal(price)
    assert Act.OFFER in talk.heard[-1].acts


def test_ten_days_earlier() -> None:
    talk, _ = talk_of(ASK, BEST)
    assert talk.offered.figures[IssueId.LEAD_TIME] == 56
    talk, _ = go_on(talk, _points(Topic.DELIVERY, change=(DAYS, "-10")))
    assert talk.offered.figures[IssueId.LEAD_TIME] == 46


def test_change_that_fits_both_values_is_asked_about() -> None:
    talk, reply = go_on(_between("8.60", "8.00"), _points(Topic.PRICE, change=(AMOUNT, "0.00")))
    assert Line.UNCLEAR_FIGURE in lines(reply)
    assert {one.offer.figures[IssueId.PRICE] for one in reply.meanings} == {
        Decimal("8.60"),
        Decimal("8.00"),
    }
    assert _price(talk) == Decimal("8.60"), "as it was"


@pytest.mark.parametrize(
    "message",
    [
        _points(Topic.PRICE),
        _points(Topic.PRICE, Whose.OWN),
        _points(Topic.PRICE, change=(PERCENT, "-10")),
        _points(whose=Whose.OWN),
        _points(whose=Whose.BOTH),
        _points(Topic.PAYMENT, change=(DAYS, "10")),
    ],
)
def test_what_nobody_has_said_is_asked_back(message: Understanding) -> None:
    talk, reply = talk_of(message)
    assert Line.UNCLEAR_REFERENCE in lines(reply)
    assert talk.offered == Offer()
    assert talk.turn - talk.excused == 0
    assert talk.idle_in_row == 0


def test_the_rest_as_before_adds_nothing_to_what_was_named() -> None:
    named = say(Act.OFFER, terms=Terms(price=Price(amount=Decimal("8.40"))))
    talk, reply = talk_of(BEST, _points(heard=named))
    assert talk.offered == Offer(figures={IssueId.PRICE: Decimal("8.40")}).over(best_offer(DEAL))
    assert Line.UNCLEAR_REFERENCE not in lines(reply)
    talk, reply = talk_of(_points(heard=named))
    assert talk.offered == Offer(figures={IssueId.PRICE: Decimal("8.40")})
    assert Line.UNCLEAR_REFERENCE not in lines(reply)


def test_named_value_goes_before_the_one_pointed_at() -> None:
    named = say(Act.OFFER, terms=Terms(price=Price(amount=Decimal("8.40"))))
    talk, _ = go_on(_between("8.60", "7.40"), _points(Topic.PRICE, Whose.THEIRS, heard=named))
    assert _price(talk) == Decimal("8.40")


def test_both_are_the_two_values_just_named() -> None:
    talk, _ = talk_of(ASK)
    assert set(talk.named) == {IssueId.PRICE, IssueId.LEAD_TIME}
    talk, _ = go_on(talk, _points(whose=Whose.BOTH, heard=say(Act.ACCEPT)))
    assert set(talk.offered.issues) == {IssueId.PRICE, IssueId.LEAD_TIME}
    assert not talk.standing.differing(talk.offered)


def test_both_after_one_or_three_values_takes_nothing() -> None:
    for topics in ([Topic.PRICE], [Topic.PRICE, Topic.DELIVERY, Topic.PAYMENT]):
        both = _points(whose=Whose.BOTH, heard=say(Act.ACCEPT))
        talk, reply = talk_of(say(Act.ASK, topics=topics), both)
        assert talk.offered == Offer()
        assert Line.UNCLEAR_REFERENCE in lines(reply)


def test_half_of_it_now_is_a_deposit_if_the_deal_knows_it() -> None:
    half = _points(Topic.PAYMENT, change=(PERCENT, "50"))
    talk, reply = talk_of(half)
    assert IssueId.PAYMENT not in talk.offered.issues
    assert Line.ANSWER_PAYMENT in lines(reply), "no option of this deal"
    thirty = _points(Topic.PAYMENT, change=(PERCENT, "30"))
    talk, reply = talk_of(thirty)
    assert Line.UNCLEAR_OPTION in lines(reply)


def test_your_last_offer_is_all_the_buyer_has_named() -> None:
    talk, _ = talk_of(ASK)
    talk, _ = go_on(talk, _points(whose=Whose.THEIRS, heard=say(Act.ACCEPT)))
    assert set(talk.offered.issues) == {IssueId.QUANTITY, IssueId.PRICE, IssueId.LEAD_TIME}
    assert not talk.standing.differing(talk.offered)


def test_both_beside_the_summary_signs_nothing_and_reopens_nothing() -> None:
    everything = [Topic.PRICE, Topic.PAYMENT, Topic.DELIVERY, Topic.INCOTERM]
    talk, _ = talk_of(say(Act.ASK, topics=everything), say(Act.ACCEPT))
    talk, reply = go_on(talk, _points(whose=Whose.BOTH, heard=say(Act.ACCEPT)))
    assert talk.phase is Phase.CONFIRMING
    assert lines(reply) == [Line.SUMMARY]
