"""The JSON form of an understanding, as the table of terms in the design gives it.

Decides names and number forms only. ``balance`` is the talk's own business and left out.
"""

from decimal import Decimal
from typing import Any

from bot.domain.terms import Payment, Price, Quantity, Terms
from bot.domain.understanding import Act, Understanding


def as_json(understanding: Understanding) -> dict[str, Any]:
    """An understanding as a dictionary ready for JSON; absent values are left out."""
    found: dict[str, Any] = {
        "acts": [act.value for act in understanding.acts],
        "topics": [topic.value for topic in understanding.topics if understanding.has(Act.ASK)],
        "terms": terms_as_json(understanding.terms),
        "register": understanding.register.value if understanding.register else None,
        "confidence": understanding.confidence,
    }
    if understanding.foreign:
        found["foreign"] = understanding.foreign
    return found


def terms_as_json(terms: Terms) -> dict[str, Any]:
    """The terms alone."""
    incoterm, validity, date = terms.incoterm, terms.validity, terms.delivery_date
    return _present(
        price=_price(terms.price) if terms.price else None,
        quantity=_quantity(terms.quantity) if terms.quantity else None,
        incoterm=_present(code=incoterm.code.value, place=incoterm.place) if incoterm else None,
        payment=_payment(terms.payment) if terms.payment else None,
        lead_time_days=terms.lead_time_days,
        delivery_date=date.isoformat() if date else None,
        discount_pct=None if terms.discount_pct is None else f"{terms.discount_pct:f}",
        warranty_months=terms.warranty_months,
        validity=_present(until=validity.until, days=validity.days) if validity else None,
    )


def _price(price: Price) -> dict[str, Any]:
    return _present(
        amount=f"{price.amount:f}",
        currency=price.currency,
        per=price.per.value if price.per else None,
        ambiguous=price.ambiguous or None,
    )


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return _present(
        amount=_plain(quantity.amount),
        unit=quantity.unit.value if quantity.unit else None,
        ambiguous=quantity.ambiguous or None,
    )


def _payment(payment: Payment) -> dict[str, Any] | None:
    deposit = payment.deposit_pct
    return (
        _present(
            method=payment.method.value if payment.method else None,
            deposit_pct=None if deposit is None else _plain(deposit),
            days=payment.days,
        )
        or None
    )


def _plain(amount: Decimal) -> int | str:
    return int(amount) if amount == amount.to_integral_value() else f"{amount:f}"


def _present(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
