"""A yes takes what it names, or what is not disputed beside it; nothing is taken silently."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.exercise import Line
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act, Topic, Understanding

from .factories import best_offer, in_terms, say
from .talking import DEAL, go_on, lines, talk_of

ISSUES = [Topic.PRICE, Topic.PAYMENT, Topic.DELIVERY, Topic.INCOTERM]
BUT_PRICE = [Topic.PRICE]
ALL = {issue.id for issue in DEAL.issues}


def _half(
    *acts: Act,
    granted: Iterable[Topic] = (),
    disputed: Iterable[Topic] = (),
    terms: Terms | None = None,
) -> Understanding:
    heard = say(*acts, terms=terms)
    return replace(heard, granted=tuple(granted), disputed=tuple(disputed))


def _told() -> Talk:
    """The buyer has named everything, the learner nothing."""
    return talk_of(say(Act.ASK, topics=ISSUES))[0]


def _confirming() -> Talk:
    talk, _ = go_on(_told(), say(Act.ACCEPT))
    assert talk.phase is Phase.CONFIRMING
    return talk


@pytest.mark.parametrize("acts", [(Act.ACCEPT, Act.REJECT), (Act.REJECT,)])
def test_half_a_yes_takes_only_what_it_names(acts: tuple[Act, ...]) -> None:
    talk, reply = go_on(_told(), _half(*acts, granted=[Topic.PAYMENT], disputed=BUT_PRICE))
    assert talk.offered.issues == (IssueId.PAYMENT,)
    assert not talk.offered.differing(talk.standing)
    assert talk.disputed == (IssueId.PRICE,)
    assert talk.asked is IssueId.PRICE, "the disputed issue is what the answer is about"
    assert Line.ASK_PRICE in lines(reply)


def test_half_a_yes_without_a_name_takes_what_is_not_disputed() -> None:
    talk, _ = go_on(_told(), _half(Act.ACCEPT, Act.REJECT, disputed=BUT_PRICE))
    assert set(talk.offered.issues) == ALL - {IssueId.PRICE}
    assert talk.phase is Phase.TALKING
    assert talk.disputed == (IssueId.PRICE,)


def test_yes_and_no_without_a_name_take_nothing() -> None:
    talk, _ = go_on(_told(), _half(Act.ACCEPT, Act.REJECT))
    assert talk.offered == Offer()


def test_yes_to_one_point_is_no_yes_to_the_others() -> None:
    talk, _ = go_on(_told(), _half(Act.ACCEPT, granted=[Topic.DELIVERY]))
    assert talk.offered.issues == (IssueId.LEAD_TIME,)
    assert talk.phase is Phase.TALKING


def test_own_value_beside_half_a_yes() -> None:
    terms = Terms(price=Price(amount=Decimal("8.40")))
    message = _half(
        Act.OFFER, Act.ACCEPT, Act.REJECT, granted=[Topic.PAYMENT], disputed=BUT_PRICE, terms=terms
    )
    talk, _ = go_on(_told(), message)
    assert talk.offered.issues == (IssueId.PRICE, IssueId.PAYMENT)
    assert talk.offered.figures[IssueId.PRICE] == Decimal("8.40")
    assert talk.disputed == (), "it has a value of its own now"


def test_disputed_issue_with_a_value_on_both_sides_is_pressed_first() -> None:
    talk, _ = talk_of(say(Act.OFFER, terms=in_terms(DEAL, best_offer(DEAL))))
    talk, reply = go_on(talk, _half(Act.REJECT, disputed=[Topic.DELIVERY]))
    assert Line.PUSH_LEAD_TIME in lines(reply)
    assert Line.PUSH_PRICE not in lines(reply)


def test_disputed_issue_stays_open_until_it_is_named() -> None:
    talk, _ = talk_of(_half(Act.REJECT, disputed=[Topic.QUANTITY]))
    assert talk.disputed == (IssueId.QUANTITY,)
    rest = in_terms(DEAL, best_offer(DEAL).only(ALL - {IssueId.QUANTITY}))
    generous = Offer(
        figures={IssueId.PRICE: Decimal("7.20"), IssueId.LEAD_TIME: Decimal(28)},
        choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "oa60"},
    )
    talk, _ = go_on(talk, say(Act.OFFER, terms=rest))
    talk, _ = go_on(talk, say(Act.OFFER, terms=in_terms(DEAL, generous)))
    assert talk.phase is Phase.TALKING, "the wish of the opening was refused"
    talk, _ = go_on(
        talk,
        say(Act.OFFER, terms=in_terms(DEAL, Offer(figures={IssueId.QUANTITY: Decimal(5000)}))),
    )
    assert talk.disputed == ()
    assert talk.phase is Phase.CONFIRMING


@pytest.mark.parametrize("acts", [(Act.REJECT,), (Act.ACCEPT, Act.REJECT), (Act.ACCEPT,)])
def test_disputing_a_point_of_the_summary_reopens_that_point(acts: tuple[Act, ...]) -> None:
    before = _confirming()
    talk, reply = go_on(before, _half(*acts, disputed=BUT_PRICE))
    assert talk.phase is Phase.TALKING
    assert talk.agreement is None
    assert IssueId.PRICE not in talk.offered.issues
    assert talk.disputed == (IssueId.PRICE,)
    about = {id for s in reply.spoken if s.say.ours for id in s.say.ours.issues}
    assert talk.asked is IssueId.PRICE or IssueId.PRICE in about
