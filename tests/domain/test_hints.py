"""Which help comes next: what was asked, else what is open, else where both are apart."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.deal import IssueId, Offer
from bot.domain.hints import Hint, Reason, hint_for
from bot.domain.talk import Talk

from .factories import make_version

VERSION = replace(make_version(), hints={id: f"About {id}: {{theirs}}." for id in IssueId})
WANTED = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("7.20"),
        IssueId.LEAD_TIME: Decimal(28),
    },
    choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "oa60"},
)
"""All that the buyer wants."""


def hint(talk: Talk) -> tuple[Reason, IssueId]:
    found = hint_for(VERSION, talk)
    return found.reason, found.issue


def test_first_hint_is_about_the_first_issue_and_opens_high() -> None:
    assert hint_for(VERSION, Talk(standing=WANTED)) == Hint(
        reason=Reason.OPEN,
        issue=IssueId.QUANTITY,
        sentence="About quantity: {theirs}.",
        value=Offer(figures={IssueId.QUANTITY: Decimal(8000)}),
    )


def test_option_is_suggested_by_what_it_is_worth_to_the_learner() -> None:
    talk = Talk(standing=WANTED, asked=IssueId.PAYMENT)
    assert hint_for(VERSION, talk).value == Offer(choices={IssueId.PAYMENT: "before"})


def test_what_the_buyer_asked_comes_first() -> None:
    talk = Talk(standing=WANTED, asked=IssueId.LEAD_TIME)
    assert hint(talk) == (Reason.ANSWER, IssueId.LEAD_TIME)


def test_what_has_been_answered_is_asked_no_more() -> None:
    offered = WANTED.only([IssueId.LEAD_TIME])
    talk = Talk(standing=WANTED, offered=offered, asked=IssueId.LEAD_TIME)
    assert hint(talk) == (Reason.OPEN, IssueId.QUANTITY)


def test_what_is_open_follows_the_order_of_the_deal() -> None:
    offered = WANTED.only([IssueId.QUANTITY, IssueId.INCOTERM])
    assert hint(Talk(standing=WANTED, offered=offered)) == (Reason.OPEN, IssueId.PRICE)


def test_where_both_are_apart_the_learners_own_value_is_in_the_sentence() -> None:
    mine = Offer(figures={IssueId.PRICE: Decimal("8.40")})
    talk = Talk(standing=WANTED, offered=mine.over(WANTED), spoken=tuple(IssueId))
    assert hint_for(VERSION, talk) == Hint(
        reason=Reason.APART,
        issue=IssueId.PRICE,
        sentence="About price: {theirs}.",
        value=mine,
    )


def test_a_wish_the_buyer_has_not_spoken_of_is_not_given_away() -> None:
    mine = Offer(figures={IssueId.PRICE: Decimal("8.40")})
    talk = Talk(standing=WANTED, offered=mine.over(WANTED), spoken=(IssueId.QUANTITY,))
    assert hint(talk) == (Reason.CLOSE, IssueId.QUANTITY)


def test_when_nothing_is_open_the_hint_is_to_close() -> None:
    talk = Talk(standing=WANTED, offered=WANTED, spoken=tuple(IssueId))
    assert hint(talk) == (Reason.CLOSE, IssueId.QUANTITY)
