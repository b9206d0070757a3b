"""The sums of a trader, exactly: totals, discounts, FOB to CIF, margins.

Decides what was typed and what it comes to; how figures are written for a reader, it does not
know.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

INSURED = Decimal("1.1")  # share of the CIF value: cover for 110 %, Incoterms 2020 CIF, A5
LONGEST_NUMBER = 12  # digits; no contract here is larger
PRECISION = 60  # digits; the product of two of the longest numbers and a percentage fits
_FINEST = Decimal("0.0001")  # places of a unit price in trade: screws are priced by them
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)  # per cent


class Fault(StrEnum):
    """Why a sum could not be worked out."""

    WORD = "word"
    """Something that is no part of any sum."""
    FORM = "form"
    """Readable bit by bit, but no sum."""
    AFTER = "after"
    """A figure is missing behind it."""
    PERCENT = "percent"
    """A rate that needs a percent sign."""
    ZERO = "zero"
    """A figure that must not be nothing."""
    TOO_LARGE = "too_large"
    RATE = "rate"
    """A percentage that leaves nothing."""
    NO_COST = "no_cost"
    """The brief names no cost, so that it must be typed."""
    CURRENCIES = "currencies"
    """Two currencies in one sum."""


class CannotCalculate(Exception):  # it is an answer, not a failure
    """What was typed is no sum; ``at`` is the place, as typed."""

    def __init__(self, fault: Fault, at: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.at = at


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
    tokens = list(_tokens(text))
    named = {token.text for token in tokens if token.kind is _Kind.CURRENCY}
    if len(named) > 1:
        raise CannotCalculate(Fault.CURRENCIES, " / ".join(sorted(named)))
    terms = [token for token in tokens if token.kind is not _Kind.CURRENCY]
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


def read_number(text: str) -> Decimal:
    """A number as anybody writes it; one mark before exactly three digits is a thousands mark.

    Only behind a zero it is not: ``0.350``.
    """
    bare = re.sub(r"[\s'’]", "", text)
    marks = re.findall(r"[.,]", bare)
    whole, mark, rest = bare.rpartition(marks[-1]) if marks else (bare, "", "")
    is_decimal = len(set(marks)) == 2 or (
        len(marks) == 1 and (len(rest) != 3 or whole.strip("0") == "")
    )
    if not mark or not is_decimal:
        return Decimal(re.sub(r"[.,]", "", bare))
    return Decimal(re.sub(r"[.,]", "", whole) + "." + rest)


# --- what was typed ---------------------------------------------------------------------------


class _Kind(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"
    TIMES = "times"
    SIGN = "sign"
    CURRENCY = "currency"
    NAME = "name"


class _Name(StrEnum):
    CIF = "cif"
    FREIGHT = "freight"
    INSURANCE = "insurance"
    MARGIN = "margin"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: _Kind
    text: str
    value: Decimal = Decimal(0)


_NUMBER = r"\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d+)?(?![\d.,]*\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})(?P<percent>\s*%)?|(?P<times>[x*×✕⨯·])|(?P<sign>[-+])"
    r"|(?P<currency>[€$£¥])|(?P<word>[^\W\d_]+\.?)|(?P<other>\S)"
)
_SYMBOLS: Mapping[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "CNY"}
_CURRENCIES = frozenset(
    ("EUR", "USD", "GBP", "CHF", "CNY", "RMB", "JPY", "CAD", "AUD", "HKD", "SGD")
)
_NAMES: Mapping[str, _Name] = {
    word: name
    for name, words in {
        _Name.CIF: "cif fob",
        _Name.FREIGHT: "freight fracht seefracht fret 运费 海运费",
        _Name.INSURANCE: "ins insurance versicherung assurance 保险 保险费 保险费率 保费率",
        _Name.MARGIN: "margin marge gewinn profit bénéfice 利润 毛利",
        _Name.COST: "cost costs kosten coût coûts cout couts 成本",
    }.items()
    for word in words.split()
}
_TIMES = frozenset(("x", "times", "mal", "fois", "乘", "乘以"))
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("minus", "moins", "减"), "-"),
    **dict.fromkeys(("plus", "加"), "+"),
}
_PASSED_OVER = frozenset(
    word
    for words in (
        "pcs pc piece pieces set sets box boxes carton cartons kg tonne tonnes t m metre metres",
        "stück stueck st karton kartons tonnen meter pièce pièces lot lots mètre mètres",
        "each per at of and pro je zu und par à et",
        "件 台 个 只 套 箱 盒 吨 公斤 米 每 的 和",
    )
    for word in words.split()
)
"""Words that may stand beside a figure and change nothing."""


def _tokens(text: str) -> Iterator[_Token]:
    plain = unicodedata.normalize("NFKC", text)
    for dash in "–−—":
        plain = plain.replace(dash, "-")
    plain = plain.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("=", " ")
    for found in _TOKEN.finditer(plain):
        yield from _token(found)


def _token(found: re.Match[str]) -> Iterator[_Token]:
    typed = found[0]
    if found["number"]:
        if sum(digit.isdigit() for digit in found["number"]) > LONGEST_NUMBER:
            raise CannotCalculate(Fault.TOO_LARGE, typed)
        kind = _Kind.PERCENT if found["percent"] else _Kind.NUMBER
        yield _Token(kind=kind, text=typed, value=read_number(found["number"]))
    elif found["times"]:
        yield _Token(kind=_Kind.TIMES, text=typed)
    elif found["sign"]:
        yield _Token(kind=_Kind.SIGN, text=typed)
    elif found["currency"]:
        yield _Token(kind=_Kind.CURRENCY, text=_SYMBOLS[typed])
    elif found["word"]:
        yield from _word(typed)
    elif typed not in ",;:/()":
        raise CannotCalculate(Fault.WORD, typed)


def _word(typed: str) -> Iterator[_Token]:
    word = typed.rstrip(".").casefold()
    if word in _TIMES:
        yield _Token(kind=_Kind.TIMES, text=typed)
    elif word in _SIGNS:
        yield _Token(kind=_Kind.SIGN, text=_SIGNS[word])
    elif word in _NAMES:
        yield _Token(kind=_Kind.NAME, text=_NAMES[word])
    elif word.upper() in _CURRENCIES:
        yield _Token(kind=_Kind.CURRENCY, text=word.upper().replace("RMB", "CNY"))
    elif word not in _PASSED_OVER:
        raise CannotCalculate(Fault.WORD, typed)


# --- the sums ---------------------------------------------------------------------------------


def _result(tokens: list[_Token], text: str, cost: Decimal | None) -> Result:
    if any(token.kind is _Kind.NAME for token in tokens):
        return _named(tokens, text, cost)
    match [token.kind for token in tokens]:
        case [_Kind.NUMBER, _Kind.TIMES, _Kind.NUMBER]:
            return _total(tokens[0], tokens[2], Decimal(0))
        case [_Kind.NUMBER, _Kind.TIMES, _Kind.NUMBER, _Kind.SIGN, _Kind.PERCENT]:
            return _total(tokens[0], tokens[2], _signed(tokens[3], tokens[4]))
        case [_Kind.NUMBER, _Kind.SIGN, _Kind.PERCENT]:
            pct, price = _signed(tokens[1], tokens[2]), _some(tokens[0])
            return Change(price=price, change_pct=pct, result=price * (1 + pct / _HUNDRED))
        case [_Kind.NUMBER, _Kind.SIGN, _Kind.NUMBER]:
            raise CannotCalculate(Fault.PERCENT, tokens[2].text)
        case [*_, _Kind.TIMES | _Kind.SIGN]:
            raise CannotCalculate(Fault.AFTER, tokens[-1].text)
    raise CannotCalculate(Fault.FORM, text.strip())


def _total(first: _Token, second: _Token, change_pct: Decimal) -> Total:
    """The larger of two figures is the quantity, as in nearly every contract."""
    price, quantity = sorted((_some(first), _some(second)))
    total = quantity * price * (1 + change_pct / _HUNDRED)
    return Total(quantity=quantity, price=price, change_pct=change_pct, total=total)


def _named(tokens: list[_Token], text: str, cost: Decimal | None) -> Result:
    figures = _by_name(tokens)
    match set(figures):
        case names if names == {_Name.CIF, _Name.FREIGHT, _Name.INSURANCE}:
            return _cif(*(figures[name] for name in (_Name.CIF, _Name.FREIGHT, _Name.INSURANCE)))
        case names if names == {_Name.CIF, _Name.FREIGHT}:
            raise CannotCalculate(Fault.AFTER, figures[_Name.FREIGHT].text)
        case names if names == {_Name.MARGIN, _Name.COST}:
            return margin(_some(figures[_Name.MARGIN]), _some(figures[_Name.COST]))
        case names if names == {_Name.MARGIN}:
            if cost is None:
                raise CannotCalculate(Fault.NO_COST, figures[_Name.MARGIN].text)
            return margin(_some(figures[_Name.MARGIN]), cost)
    raise CannotCalculate(Fault.FORM, text.strip())


def _by_name(tokens: list[_Token]) -> dict[_Name, _Token]:
    figures: dict[_Name, _Token] = {}
    rest = iter(tokens)
    for token in rest:
        if token.kind is not _Kind.NAME:
            raise CannotCalculate(Fault.FORM, token.text)
        name = _Name(token.text)
        figure = next(rest, None)
        if figure is not None and figure.kind is _Kind.NAME and name is _Name.CIF:
            name, figure = _Name(figure.text), next(rest, None)  # "cif fob 8.20"
            name = _Name.CIF if name is _Name.CIF else name
        if figure is None or figure.kind not in (_Kind.NUMBER, _Kind.PERCENT):
            raise CannotCalculate(Fault.AFTER, token.text)
        is_rate = name is _Name.INSURANCE
        if is_rate != (figure.kind is _Kind.PERCENT):
            fault = Fault.PERCENT if is_rate else Fault.FORM
            raise CannotCalculate(fault, figure.text)
        figures[name] = figure
    return figures


def _cif(fob: _Token, freight: _Token, rate: _Token) -> Cif:
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


def _signed(sign: _Token, percent: _Token) -> Decimal:
    if sign.text == "+":
        return percent.value
    if percent.value >= _HUNDRED:
        raise CannotCalculate(Fault.RATE, percent.text)
    return -percent.value


def _some(token: _Token) -> Decimal:
    if not token.value:
        raise CannotCalculate(Fault.ZERO, token.text)
    return token.value
