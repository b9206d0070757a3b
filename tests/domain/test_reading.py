"""How the values of a message become values of a deal."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.reading import Reading, read
from bot.domain.talk import Talk
from bot.domain.terms import (
    Balance,
    Incoterm,
    IncotermCode,
    Payment,
    PaymentMethod,
    Price,
    Quantity,
    Terms,
    Unit,
)

from .factories import TODAY, make_deal

DEAL = make_deal()


def _read(terms: Terms, talk: Talk | None = None) -> Reading:
    return read(DEAL, terms, talk=talk or Talk(), today=TODAY)


def _price(amount: str, **more: object) -> Terms:
    return Terms(price=Price(amount=Decimal(amount), **more))  # type: ignore[arg-type]


def _quantity(amount: str, **more: object) -> Terms:
    return Terms(quantity=Quantity(amount=Decimal(amount), **more))  # type: ignore[arg-type]


def _figure(id: IssueId, value: str) -> Offer:
    return Offer(figures={id: Decimal(value)})


def _option(id: IssueId, option: str) -> Offer:
    return Offer(choices={id: option})


def test_price_in_range_is_an_offer() -> None:
    assert _read(_price("8.40", currency="EUR")).offer == _figure(IssueId.PRICE, "8.40")


def test_price_in_another_currency_is_asked_about() -> None:
    dollars = _price("8.40", currency="USD")
    assert _read(dollars) == Reading(foreign=dollars.price)


def test_price_above_the_range_cannot_be_discussed() -> None:
    assert _read(_price("9.50")) == Reading(beyond=_figure(IssueId.PRICE, "9.50"))


def test_price_a_little_below_the_range_is_legal() -> None:
    assert _read(_price("7.00")).offer == _figure(IssueId.PRICE, "7.00")


@pytest.mark.parametrize("slip", ["0.84", "84", "840"])
def test_price_off_by_a_power_of_ten_is_asked_about(slip: str) -> None:
    (doubt,) = _read(_price(slip)).doubts
    assert doubt.first.figures[IssueId.PRICE] == Decimal("8.4")
    assert doubt.second.figures[IssueId.PRICE] == Decimal(slip)


def test_answer_to_a_doubt_is_not_doubted_again() -> None:
    talk = Talk(doubt=(_figure(IssueId.PRICE, "8.4"), _figure(IssueId.PRICE, "84")))
    assert _read(_price("84"), talk) == Reading(beyond=_figure(IssueId.PRICE, "84"))


def test_ambiguous_figure_is_asked_about_with_the_plausible_reading_first() -> None:
    (doubt,) = _read(_quantity("4.250", ambiguous=True)).doubts
    assert doubt.first == _figure(IssueId.QUANTITY, "4250")
    assert doubt.second == _figure(IssueId.QUANTITY, "4.250")


def test_ambiguous_figure_that_was_said_before_needs_no_question() -> None:
    talk = Talk(standing=_figure(IssueId.QUANTITY, "5000"), spoken=(IssueId.QUANTITY,))
    terms = _quantity("5.000", ambiguous=True)
    assert _read(terms, talk) == Reading(offer=_figure(IssueId.QUANTITY, "5000"))


def test_quantity_in_another_unit_fits_nothing() -> None:
    assert _read(_quantity("2", unit=Unit.CONTAINER)).misfits == (IssueId.QUANTITY,)


def test_figure_that_is_nothing_or_less_fits_nothing() -> None:
    assert _read(_quantity("0")).misfits == (IssueId.QUANTITY,)
    assert _read(_price("NaN")).misfits == (IssueId.PRICE,)


def test_delivery_date_becomes_days_from_today() -> None:
    terms = Terms(delivery_date=date(2026, 10, 13))
    assert _read(terms).offer == _figure(IssueId.LEAD_TIME, "42")


def test_lead_time_longer_than_the_longest_cannot_be_discussed() -> None:
    assert _read(Terms(lead_time_days=70)).beyond == _figure(IssueId.LEAD_TIME, "70")


def test_discount_is_taken_off_the_learners_own_last_price() -> None:
    talk = Talk(offered=_figure(IssueId.PRICE, "8.40"))
    terms = Terms(discount_pct=Decimal(5))
    assert _read(terms, talk).offer == _figure(IssueId.PRICE, "7.98")
    assert _read(terms).misfits == (IssueId.PRICE,)


def test_payment_that_fits_one_option_is_that_option() -> None:
    terms = Terms(payment=Payment(balance=Balance.BL_COPY))
    assert _read(terms).offer == _option(IssueId.PAYMENT, "bl_copy")


def test_payment_that_fits_two_options_is_asked_about() -> None:
    (doubt,) = _read(Terms(payment=Payment(deposit_pct=Decimal(30)))).doubts
    assert {doubt.first.choices[IssueId.PAYMENT], doubt.second.choices[IssueId.PAYMENT]} == {
        "bl_copy",
        "before",
    }


def test_payment_that_fits_two_options_means_the_one_offered_before() -> None:
    talk = Talk(offered=_option(IssueId.PAYMENT, "before"))
    terms = Terms(payment=Payment(deposit_pct=Decimal(30)))
    assert _read(terms, talk).offer == _option(IssueId.PAYMENT, "before")


def test_payment_nobody_has_foreseen_fits_nothing() -> None:
    terms = Terms(payment=Payment(method=PaymentMethod.PAYPAL))
    assert _read(terms).misfits == (IssueId.PAYMENT,)


def test_sixty_days_by_transfer_are_open_account() -> None:
    terms = Terms(payment=Payment(method=PaymentMethod.TT, days=60))
    assert _read(terms).offer == _option(IssueId.PAYMENT, "oa60")


@pytest.mark.parametrize("place", [None, "Ningbo", "ningbo port", "Nigbo"])
def test_delivery_term_fits_by_code_and_place(place: str | None) -> None:
    terms = Terms(incoterm=Incoterm(code=IncotermCode.FOB, place=place))
    assert _read(terms).offer == _option(IssueId.INCOTERM, "fob")


def test_delivery_term_at_another_place_fits_nothing() -> None:
    terms = Terms(incoterm=Incoterm(code=IncotermCode.FOB, place="Shanghai"))
    assert _read(terms).misfits == (IssueId.INCOTERM,)


def test_everything_in_one_message_is_read() -> None:
    terms = replace(_price("8.40"), lead_time_days=42, quantity=Quantity(amount=Decimal(5000)))
    assert _read(terms).offer.issues == (IssueId.QUANTITY, IssueId.PRICE, IssueId.LEAD_TIME)
