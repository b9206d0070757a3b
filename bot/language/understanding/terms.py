"""Puts together the terms of a message from the figures that turned out to be some.

Decides which of several values counts: the last one said, for a quantity the first.
"""

from collections.abc import Iterable
from decimal import Decimal

from bot.domain.languages import Language
from bot.domain.terms import (
    Balance,
    Payment,
    PaymentMethod,
    Price,
    Quantity,
    Terms,
    Unit,
    Validity,
)
from bot.language.understanding.figures import Figure
from bot.language.understanding.roles import Role, captured
from bot.language.understanding.rules import Rules

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Days of a span; a month is 30 days, as in payment terms."""
_BULK = (Unit.TONNE, Unit.CONTAINER)
"""What costs hundreds at least."""
_HOME = {
    Language.EN: {"USD", "GBP", None},
    Language.DE: {"EUR", "CHF", None},
    Language.FR: {"EUR", "CHF", None},
}
"""The currencies whose figures follow the language's own way of writing them."""


def assemble(
    figures: tuple[Figure, ...], roles: dict[int, Role], texts: Iterable[str], rules: Rules
) -> Terms:
    """The terms of a message; ``texts`` are the parts of it in which something is put forward."""
    spoken = list(texts)

    def last(role: Role) -> Figure | None:
        found = [figures[i] for i in sorted(roles) if roles[i] is role]
        return found[-1] if found else None

    quantity = next((figures[i] for i in sorted(roles) if roles[i] is Role.QUANTITY), None)
    price, lead, date = last(Role.PRICE), last(Role.LEAD_TIME), last(Role.DELIVERY_DATE)
    discount, warranty = last(Role.DISCOUNT), last(Role.WARRANTY)
    incoterm, validity = last(Role.INCOTERM), last(Role.VALIDITY)
    return Terms(
        price=_price(price, quantity, rules.language) if price else None,
        quantity=_quantity(quantity) if quantity else None,
        incoterm=incoterm.incoterm if incoterm else None,
        payment=_payment(figures, roles, spoken, rules),
        lead_time_days=_days(lead) if lead else None,
        delivery_date=date.day if date else None,
        discount_pct=discount.amount if discount else None,
        warranty_months=_months(warranty) if warranty else None,
        validity=_validity(validity) if validity else None,
    )


def _is_two_ways(figure: Figure) -> bool:
    digits = figure.written
    return (
        len(digits) > 4
        and digits[-4] in ".,"
        and digits[-3:].isdigit()
        and (sum(c in ".,'" for c in digits) == 1 and not digits.startswith("0"))
    )


def _price(figure: Figure, quantity: Figure | None, language: Language) -> Price:
    amount, ambiguous = figure.amount, figure.ambiguous
    if _is_two_ways(figure):
        at_home = figure.currency in _HOME[language]
        if ambiguous and at_home:
            amount = Decimal(figure.written.replace(",", "."))
        # "1.250 EUR" may be meant for 1.25; "38.500 FCFA" and "1.980 EUR je Tonne" are not.
        is_small = len(figure.written) == len("1.250") and figure.unit not in _BULK
        ambiguous |= language is not Language.EN and "." in figure.written and is_small
    per = figure.unit or (quantity.unit if quantity and figure.each else None)
    return Price(amount=amount, currency=figure.currency, per=per, ambiguous=ambiguous)


def _quantity(figure: Figure) -> Quantity:
    ambiguous = figure.ambiguous or (
        _is_two_ways(figure) and not figure.unit and not figure.product and "." in figure.written
    )
    unit = figure.unit
    return Quantity(amount=figure.amount, unit=unit, ambiguous=ambiguous)


def _days(figure: Figure) -> int:
    return int((figure.amount * _DAYS[figure.span or "day"]).to_integral_value())


def _months(figure: Figure) -> int | None:
    factors = {"month": Decimal(1), "year": Decimal(12), "week": None, "day": None}
    factor = factors[figure.span or "day"]
    return int(figure.amount * factor) if factor else None


def _validity(figure: Figure) -> Validity:
    if figure.day:
        return Validity(until=figure.written)
    return Validity(days=_days(figure))


def _payment(
    figures: tuple[Figure, ...], roles: dict[int, Role], spoken: list[str], rules: Rules
) -> Payment | None:
    named = [figures[i] for i in sorted(roles) if roles[i] is Role.METHOD]
    deposits = [figures[i] for i in sorted(roles) if roles[i] is Role.DEPOSIT]
    credits = [i for i in sorted(roles) if roles[i] is Role.PAYMENT_DAYS]
    method = named[-1].method if named else None
    days = _days(figures[credits[-1]]) if credits else None
    if named and named[-1].sight and days is None:
        days = 0
    if credits and method is None:
        net = {
            i for text in spoken for i in captured(rules.patterns["net_means_open_account"], text)
        }
        method = PaymentMethod.OA if credits[-1] in net else None
    deposit = deposits[0].amount if deposits else None
    if deposit is None and any(rules.patterns["full_advance"].search(t) for t in spoken):
        deposit = Decimal(100)
    balance = _balance(spoken, rules)
    if method is None and deposit is None and days is None and balance is None:
        return None
    return Payment(method=method, deposit_pct=deposit, days=days, balance=balance)


def _balance(spoken: list[str], rules: Rules) -> Balance | None:
    for name, pattern in rules.balances.items():
        if any(pattern.search(text) for text in spoken):
            return Balance(name)
    return None
