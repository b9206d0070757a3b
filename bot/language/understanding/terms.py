"""Puts together the terms of a message from the figures that turned out to be some.

Decides which of several values counts: the last one said, for a quantity the first or the one
that goes with the last price; of several ways to pay the last, whole.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.domain.languages import Language
from bot.domain.terms import (
    Balance,
    Incoterm,
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
_PAYMENT = (Role.METHOD, Role.DEPOSIT, Role.BALANCE, Role.PAYMENT_DAYS)
_MARK = re.compile(r"<[a-z](\d+)>")
_OR = re.compile(r"(?<!\w)(?:or|oder|ou|otherwise|sonst|sinon)(?!\w)")


def assemble(
    figures: tuple[Figure, ...], roles: dict[int, Role], texts: Iterable[str], rules: Rules
) -> Terms:
    """The terms of a message; ``texts`` are the parts of it in which something is put forward."""
    spoken = list(texts)

    def last(role: Role) -> Figure | None:
        found = [figures[i] for i in sorted(roles) if roles[i] is role]
        return found[-1] if found else None

    quantity = _ordered(figures, roles)
    price, lead, date = last(Role.PRICE), last(Role.LEAD_TIME), last(Role.DELIVERY_DATE)
    discount, warranty = last(Role.DISCOUNT), last(Role.WARRANTY)
    validity = last(Role.VALIDITY)
    return Terms(
        price=_price(price, quantity, rules.language) if price else None,
        quantity=_quantity(quantity) if quantity else None,
        incoterm=_incoterm(figures, roles),
        payment=_payment(figures, roles, spoken, rules),
        lead_time_days=days_of(lead) if lead else None,
        delivery_date=date.day if date else None,
        discount_pct=discount.amount if discount else None,
        warranty_months=_months(warranty) if warranty else None,
        validity=_validity(validity) if validity else None,
    )


def _ordered(figures: tuple[Figure, ...], roles: dict[int, Role]) -> Figure | None:
    """The quantity: the first, or where there are several prices the one of the last price."""
    quantities = [i for i in sorted(roles) if roles[i] is Role.QUANTITY]
    prices = [i for i in sorted(roles) if roles[i] is Role.PRICE]
    if not quantities:
        return None
    if len(prices) < 2 or len(quantities) < 2:
        return figures[quantities[0]]
    behind = [i for i in quantities if i > prices[-1]]
    if behind and prices[0] < quantities[0]:
        return figures[behind[0]]
    ahead = [i for i in quantities if i < prices[-1]]
    return figures[ahead[-1] if ahead else quantities[0]]


def _incoterm(figures: tuple[Figure, ...], roles: dict[int, Role]) -> Incoterm | None:
    """The last delivery term, with the place another mention of it may have named."""
    named = [figures[i].incoterm for i in sorted(roles) if roles[i] is Role.INCOTERM]
    if not named or named[-1] is None or named[-1].place:
        return named[-1] if named else None
    code = named[-1].code
    return next(
        (one for one in reversed(named) if one and one.code is code and one.place), named[-1]
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


def days_of(figure: Figure) -> int:
    """The days a span stands for."""
    return int((figure.amount * _DAYS[figure.span or "day"]).to_integral_value())


def _months(figure: Figure) -> int | None:
    factors = {"month": Decimal(1), "year": Decimal(12), "week": None, "day": None}
    factor = factors[figure.span or "day"]
    return int(figure.amount * factor) if factor else None


def _validity(figure: Figure) -> Validity:
    if figure.day:
        return Validity(until=figure.written)
    return Validity(days=days_of(figure))


def _payment(
    figures: tuple[Figure, ...], roles: dict[int, Role], spoken: list[str], rules: Rules
) -> Payment | None:
    roles = _one_way(roles, spoken)
    named = [figures[i] for i in sorted(roles) if roles[i] is Role.METHOD]
    deposits = [figures[i] for i in sorted(roles) if roles[i] is Role.DEPOSIT]
    credits = [i for i in sorted(roles) if roles[i] is Role.PAYMENT_DAYS]
    method = next((figure.method for figure in reversed(named) if figure.method), None)
    days = days_of(figures[credits[-1]]) if credits else None
    if days is None and any(figure.sight for figure in named):
        days = 0
    if credits and (method is None or (method is PaymentMethod.TT and not deposits)):
        net = {
            i for text in spoken for i in captured(rules.patterns["net_means_open_account"], text)
        }
        method = PaymentMethod.OA if credits[-1] in net else method
    deposit = deposits[0].amount if deposits else None
    balance = _balance(spoken, rules)
    if method is None and deposit is None and days is None and balance is None:
        return None
    return Payment(method=method, deposit_pct=deposit, days=days, balance=balance)


def _one_way(roles: dict[int, Role], spoken: list[str]) -> dict[int, Role]:
    """Of "30% T/T or L/C at sight" only the last: two ways of paying do not mix."""
    left = dict(roles)
    for text in spoken:
        ways = [{int(mark[1]) for mark in _MARK.finditer(way)} for way in _OR.split(text)]
        ways = [way for way in ways if any(roles.get(i) is Role.METHOD for i in way)]
        for way in ways[:-1]:
            left = {i: r for i, r in left.items() if i not in way or r not in _PAYMENT}
    return left


def _balance(spoken: list[str], rules: Rules) -> Balance | None:
    for name, pattern in rules.balances.items():
        if any(pattern.search(text) for text in spoken):
            return Balance(name)
    return None
