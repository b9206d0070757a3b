"""The sums of a trader, exactly: totals, discounts, FOB to CIF, margins.

Decides what was typed and what it comes to; how figures are written for a reader, it does not
know.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from bot.domain.typed_sums import CannotCalculate, Fault, Kind, Name, Token, read_number, tokens

INSURED = Decimal("1.1")  # share of the CIF value: cover for 110 %, Incoterms 2020 CIF, A5
PRECISION = 60  # digits; the product of two of the longest numbers and a percentage fits
_FINEST = Decimal("0.0001")  # places of a unit price in trade: screws are priced by them
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)  # per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """So many at that price."""

    quantity: Decimal
    price: Decimal
    change_pct: Decimal
    """Above zero a surcharge, below a discount on the whole."""
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A price with a discount (below zero) or a surcharge."""

    price: Decimal
    change_pct: Decimal
    result: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Cif:
    """From FOB to CIF for one unit, or for all of them."""

    fob: Decimal
    freight: Decimal
    rate_pct: Decimal
    """Premium in per cent of the sum insured."""
    cif: Decimal
    insured: Decimal
    premium: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What a price leaves over the own cost."""

    price: Decimal
    cost: Decimal
    margin: Decimal
    of_price_pct: Decimal
    of_cost_pct: Decimal


Result = Total | Change | Cif | Margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated:
    """A sum and its currency, where one is known."""

    result: Result
    currency: str | None


def calculate(
    text: str, *, cost: Decimal | None = None, currency: str | None = None
) -> Calculated:
    """Work out what was typed: ``5000 x 8.20``, ``8.20 - 5%``, ``cif 8.20 freight 0.35 ins 0.3%``.

    ``cost`` is the own cost, for a margin without one; ``currency`` that of the deal.

    Raises:
        CannotCalculate: with the place that could not be read.
    """
    pieces = list(tokens(text))
    named = {token.text for token in pieces if token.kind is Kind.CURRENCY}
    if len(named) > 1:
        raise CannotCalculate(Fault.CURRENCIES, " / ".join(sorted(named)))
    terms = [token for token in pieces if token.kind is not Kind.CURRENCY]
    with localcontext(prec=PRECISION):
        result = _result(terms, text, cost)
    return Calculated(result=result, currency=next(iter(named), currency))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """An amount as it can be written."""

    value: Decimal
    is_exact: bool


def rounded(amount: Decimal) -> Rounded:
    """``amount`` to the places of a unit price where that is all of it, else to cents."""
    with localcontext(prec=PRECISION):
        exact = amount.quantize(_FINEST)
        is_exact = exact == amount
        value = exact if is_exact else amount.quantize(_CENT, ROUND_HALF_UP)
    return Rounded(value=value, is_exact=is_exact)


def margin(price: Decimal, cost: Decimal) -> Margin:
    """What ``price`` leaves over ``cost``."""
    left = price - cost
    return Margin(
        price=price,
        cost=cost,
        margin=left,
        of_price_pct=left / price * _HUNDRED,
        of_cost_pct=left / cost * _HUNDRED,
    )


_COST = re.compile(
    r"\bcosts?\b[^.\d]{0,40}?(?:([A-Z]{3})\s*(\d[\d.,]*\d)|(\d[\d.,]*\d)\s*([A-Z]{3}))", re.I
)


def cost_in(facts: str, currency: str) -> Decimal | None:
    """The own cost of one unit as the English facts of a product name it, if they do."""
    for found in _COST.finditer(facts):
        before, first, second, after = found.groups()
        if (before or after).upper() == currency:
            return read_number(first or second)
    return None


# --- the sums ---------------------------------------------------------------------------------


def _result(pieces: list[Token], text: str, cost: Decimal | None) -> Result:
    if any(token.kind is Kind.NAME for token in pieces):
        return _named(pieces, text, cost)
    match [token.kind for token in pieces]:
        case [Kind.NUMBER, Kind.TIMES, Kind.NUMBER]:
            return _total(pieces[0], pieces[2], Decimal(0))
        case [Kind.NUMBER, Kind.TIMES, Kind.NUMBER, Kind.SIGN, Kind.PERCENT]:
            return _total(pieces[0], pieces[2], _signed(pieces[3], pieces[4]))
        case [Kind.NUMBER, Kind.SIGN, Kind.PERCENT]:
            pct, price = _signed(pieces[1], pieces[2]), _some(pieces[0])
            return Change(price=price, change_pct=pct, result=price * (1 + pct / _HUNDRED))
        case [Kind.NUMBER, Kind.SIGN, Kind.NUMBER]:
            raise CannotCalculate(Fault.PERCENT, pieces[2].text)
        case [*_, Kind.TIMES | Kind.SIGN]:
            raise CannotCalculate(Fault.AFTER, pieces[-1].text)
    raise CannotCalculate(Fault.FORM, text.strip())


def _total(first: Token, second: Token, change_pct: Decimal) -> Total:
    """The quantity comes first, but a figure with a fraction beside a whole one is a price."""
    quantity, price = _some(first), _some(second)
    if quantity % 1 and not price % 1:
        quantity, price = price, quantity
    total = quantity * price * (1 + change_pct / _HUNDRED)
    return Total(quantity=quantity, price=price, change_pct=change_pct, total=total)


def _named(pieces: list[Token], text: str, cost: Decimal | None) -> Result:
    figures = _by_name(pieces)
    match set(figures):
        case names if names == {Name.CIF, Name.FREIGHT, Name.INSURANCE}:
            return _cif(*(figures[name] for name in (Name.CIF, Name.FREIGHT, Name.INSURANCE)))
        case names if names == {Name.CIF, Name.FREIGHT}:
            raise CannotCalculate(Fault.AFTER, figures[Name.FREIGHT].text)
        case names if names == {Name.MARGIN, Name.COST}:
            return margin(_some(figures[Name.MARGIN]), _some(figures[Name.COST]))
        case names if names == {Name.MARGIN}:
            if cost is None:
                raise CannotCalculate(Fault.NO_COST, figures[Name.MARGIN].text)
            return margin(_some(figures[Name.MARGIN]), cost)
    raise CannotCalculate(Fault.FORM, text.strip())


def _by_name(pieces: list[Token]) -> dict[Name, Token]:
    figures: dict[Name, Token] = {}
    rest = iter(pieces)
    for token in rest:
        if token.kind is not Kind.NAME:
            raise CannotCalculate(Fault.FORM, token.text)
        name = Name(token.text)
        figure = next(rest, None)
        if figure is not None and figure.kind is Kind.NAME and name is Name.CIF:
            name, figure = Name(figure.text), next(rest, None)  # "cif fob 8.20"
            name = Name.CIF if name is Name.CIF else name
        if figure is None or figure.kind not in (Kind.NUMBER, Kind.PERCENT):
            raise CannotCalculate(Fault.AFTER, token.text)
        is_rate = name is Name.INSURANCE
        if is_rate != (figure.kind is Kind.PERCENT):
            fault = Fault.PERCENT if is_rate else Fault.FORM
            raise CannotCalculate(fault, figure.text)
        figures[name] = figure
    return figures


def _cif(fob: Token, freight: Token, rate: Token) -> Cif:
    share = INSURED * rate.value / _HUNDRED
    if share >= 1:
        raise CannotCalculate(Fault.RATE, rate.text)
    cif = (_some(fob) + freight.value) / (1 - share)
    insured = cif * INSURED
    return Cif(
        fob=fob.value,
        freight=freight.value,
        rate_pct=rate.value,
        cif=cif,
        insured=insured,
        premium=insured * rate.value / _HUNDRED,
    )


def _signed(sign: Token, percent: Token) -> Decimal:
    if sign.text == "+":
        return percent.value
    if percent.value >= _HUNDRED:
        raise CannotCalculate(Fault.RATE, percent.text)
    return -percent.value


def _some(token: Token) -> Decimal:
    if not token.value:
        raise CannotCalculate(Fault.ZERO, token.text)
    return token.value
