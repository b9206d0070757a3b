"""Unsure between two meanings, the buyer asks back; the answer, written or pressed, settles it."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.doubts import meanings
from bot.domain.exercise import Line
from bot.domain.marks import assess
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Payment, Price, Quantity, Terms
from bot.domain.understanding import Act, Topic, Understanding

from .factories import best_offer, in_terms, say
from .talking import DEAL, VERSION, go_on, lines, talk_of

YES, NO = say(Act.ACCEPT), say(Act.REJECT)
EVERYTHING = [Topic.PRICE, Topic.PAYMENT, Topic.DELIVERY, Topic.INCOTERM]


def _price(amount: str) -> Offer:
    return Offer(figures={IssueId.PRICE: Decimal(amount)})


def _offers(**terms: object) -> Understanding:
    return say(Act.OFFER, terms=Terms(**terms))  # type: ignore[arg-type]


def _unsure(
    first: Act, second: Act, *acts: Act, price: str = "", topics: Iterable[Topic] = ()
) -> Understanding:
    terms = Terms(price=Price(amount=Decimal(price))) if price else Terms()
    heard = say(first, *acts, terms=terms, topics=topics)
    return replace(heard, doubt=(first, second))


QUANTITY = _offers(quantity=Quantity(amount=Decimal("4.250"), ambiguous=True))
SLIP = _offers(price=Price(amount=Decimal("76.00")))
DEPOSIT = _offers(payment=Payment(deposit_pct=Decimal(30)))


@pytest.mark.parametrize(
    ("message", "line", "first", "second"),
    [
        (
            QUANTITY,
            Line.UNCLEAR_FIGURE,
            Offer(figures={IssueId.QUANTITY: Decimal(4250)}),
            Offer(figures={IssueId.QUANTITY: Decimal("4.250")}),
        ),
        (SLIP, Line.UNCLEAR_FIGURE, _price("7.60"), _price("76")),
        (
            DEPOSIT,
            Line.UNCLEAR_OPTION,
            Offer(choices={IssueId.PAYMENT: "bl_copy"}),
            Offer(choices={IssueId.PAYMENT: "before"}),
        ),
    ],
)
def test_value_that_reads_two_ways_is_asked_about(
    message: Understanding, line: Line, first: Offer, second: Offer
) -> None:
    talk, reply = talk_of(message)
    assert line in lines(reply)
    assert [(one.offer, one.is_yes) for one in reply.meanings] == [(first, True), (second, False)]
    assert talk.offered == Offer()
    assert talk.turn - talk.excused == 0
    assert go_on(talk, YES)[0].offered == first


def test_no_is_the_other_reading() -> None:
    talk, _ = talk_of(DEPOSIT, NO)
    assert talk.offered == Offer(choices={IssueId.PAYMENT: "before"})
    talk, reply = talk_of(SLIP, NO)
    assert talk.offered == Offer()
    assert IssueId.PRICE in {id for s in reply.spoken if s.say.ours for id in s.say.ours.issues}


def test_nonsense_in_between_leaves_the_question_open_and_anything_else_drops_it() -> None:
    talk, reply = talk_of(DEPOSIT, say(Act.OTHER))
    assert len(reply.meanings) == 2
    assert talk.turn - talk.excused == 0
    talk, reply = go_on(talk, say(Act.ASK, topics=[Topic.MARKET]))
    assert reply.meanings == ()


def test_price_in_another_currency_may_be_meant_in_the_deals() -> None:
    dollars = Price(amount=Decimal("8.40"), currency="USD")
    talk, reply = talk_of(_offers(price=dollars))
    assert lines(reply)[0] is Line.UNCLEAR_CURRENCY
    assert (reply.spoken[0].say.foreign, reply.spoken[0].say.second) == (dollars, _price("8.40"))
    assert [one.foreign for one in reply.meanings] == [None, dollars]
    assert talk.offered == Offer()
    assert talk.turn - talk.excused == 0
    assert go_on(talk, YES)[0].offered == _price("8.40")

    talk, reply = go_on(talk, NO)
    assert lines(reply)[0] is Line.CURRENCY
    assert reply.spoken[0].say.currency == "EUR"
    assert talk.offered == Offer()
    assert talk.asked is IssueId.PRICE


def test_price_that_cannot_be_meant_in_the_deals_currency_is_asked_for_in_it() -> None:
    _, reply = talk_of(_offers(price=Price(amount=Decimal("62"), currency="CNY")))
    assert lines(reply)[0] is Line.CURRENCY
    assert reply.meanings == ()


def test_perhaps_an_offer() -> None:
    talk, reply = talk_of(_unsure(Act.OFFER, Act.REJECT, Act.JUSTIFY, price="8.40"))
    assert Line.UNCLEAR_OFFER in lines(reply)
    assert reply.spoken[0].say.first == _price("8.40")
    assert [(one.act, one.is_yes) for one in reply.meanings] == [
        (Act.OFFER, True),
        (Act.REJECT, False),
    ]
    assert talk.offered == Offer()
    assert talk.turn - talk.excused == 0
    assert talk.heard[-1].acts == (Act.JUSTIFY,), "a reason is a reason all the same"
    assert go_on(talk, YES)[0].offered == _price("8.40")
    refused, _ = go_on(talk, NO)
    assert refused.offered == Offer()
    assert refused.heard[-1].acts == (Act.REJECT,)


def test_perhaps_a_question() -> None:
    talk, _ = talk_of(_unsure(Act.ASK, Act.OFFER, price="8.40"))
    asked, reply = go_on(talk, NO)
    assert asked.heard[-1].acts == (Act.ASK,)
    assert asked.offered == Offer()
    assert Line.ANSWER_PRICE in lines(reply)


def test_perhaps_a_yes() -> None:
    talk, _ = talk_of(say(Act.ASK, topics=[Topic.PRICE]))
    talk, reply = go_on(talk, _unsure(Act.REJECT, Act.ACCEPT, topics=[Topic.PRICE]))
    assert Line.UNCLEAR_YES in lines(reply)
    price = talk.standing.only([IssueId.PRICE])
    assert reply.spoken[0].say.first == price
    assert [one.act for one in reply.meanings] == [Act.REJECT, Act.ACCEPT], "likelier first"
    assert go_on(talk, YES)[0].offered == price
    refused, _ = go_on(talk, NO)
    assert refused.offered == Offer()
    assert refused.disputed == (IssueId.PRICE,)


def test_what_makes_no_difference_is_not_asked() -> None:
    talk, _ = talk_of(say(Act.ASK, topics=[Topic.PRICE]))
    same = str(talk.standing.figures[IssueId.PRICE])
    talk, reply = go_on(talk, _unsure(Act.OFFER, Act.ACCEPT, price=same))
    assert reply.meanings == ()
    assert talk.offered == _price(same)


def test_the_second_time_the_likelier_reading_is_acted_on() -> None:
    message = _unsure(Act.OFFER, Act.REJECT, price="8.40")
    talk, reply = talk_of(message, message)
    assert reply.meanings == ()
    assert talk.offered == _price("8.40")


def _confirming() -> Talk:
    talk, _ = talk_of(say(Act.ASK, topics=EVERYTHING), YES)
    assert talk.phase is Phase.CONFIRMING
    return talk


def test_nothing_is_signed_by_half_a_yes() -> None:
    talk, reply = go_on(_confirming(), _unsure(Act.ACCEPT, Act.REJECT))
    assert talk.phase is Phase.CONFIRMING
    assert reply.asks_confirmation
    assert reply.meanings == ()
    assert Line.SUMMARY in lines(reply)
    assert go_on(talk, YES)[0].phase is Phase.AGREED


def test_being_asked_back_is_no_step_in_the_marks() -> None:
    best = say(Act.OFFER, terms=in_terms(DEAL, best_offer(DEAL)))
    plain, _ = talk_of(best)
    asked, _ = go_on(plain, SLIP)
    assert assess(VERSION, asked).process.concessions == ()
    assert meanings(asked)
