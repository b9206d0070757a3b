"""Finds every figure of a message, says what kind it is, and leaves a mark in its place.

Decides what a figure counts (money, pieces, days ...); whether it is a term is not known here.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.domain.terms import Incoterm, PaymentMethod, Unit
from bot.language.understanding.dates import find_dates
from bot.language.understanding.normalise import fold
from bot.language.understanding.numbers import Number, find_numbers
from bot.language.understanding.rules import Rules
from bot.language.understanding.tradewords import find_incoterms, find_methods


class Kind(StrEnum):
    """What a figure counts; its letter stands in the mark."""

    MONEY = "m"
    COUNT = "c"
    PERCENT = "p"
    SPAN = "t"
    DATE = "d"
    BARE = "n"
    INCOTERM = "i"
    METHOD = "y"
    NOISE = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure (or trade term) of a message."""

    start: int
    end: int
    kind: Kind
    amount: Decimal = Decimal(0)
    ambiguous: bool = False
    currency: str | None = None
    unit: Unit | None = None
    """What is counted, or what a price is for."""
    each: bool = False
    """A price said to be for each of what was counted."""
    span: str | None = None
    day: date | None = None
    incoterm: Incoterm | None = None
    method: PaymentMethod | None = None
    sight: bool = False
    product: bool = False
    """A bare number in front of goods."""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A message whose figures are marks: ``we offer <m0> for <c1>``."""

    text: str
    figures: tuple[Figure, ...]
    places: tuple[int, ...] = field(default=())
    """Where each figure's mark begins in ``text``."""


_SPLIT = re.compile(r"(?<![\d.,/])(\d0) ?%? ?/ ?(\d0) ?%?(?![\d/.,])")
_TIMES = re.compile(r" ?[x*×] ?\d")
_LETTERS_BEFORE = re.compile(r"[a-z]-?$")
# "6204-2RS" is a model.
_NAME_GOES_ON = re.compile(r"[a-z]|-\d*[a-z]")
_NET_DAYS = (7, 10, 14, 15, 20, 21, 30, 45, 60, 75, 90, 120)
_PHONE_DIGITS = 8  # Judgement: that many digits in a row without a separator are a number to dial.
_KELVIN = 1_000  # From here on "K" after a number is a colour temperature, not "thousand".
_PHONE = re.compile(r"(?<![\w+])\+\d{1,3}(?:[ /-]?\d{2,5}){2,5}(?!\d)")
_ONE_OF = re.compile(r" (?:une?|eine?|einen|one|a|per|pro|le|la|je) ")
_MOST_FIGURES = 40  # Judgement: a message has fewer; noise need not be read to its end.
_LONG_METRES = 20  # Judgement: "3 m" is a size, "300 m" a quantity of cloth.


def mark(text: str, rules: Rules, today: date) -> Marked:
    """Find the figures of a normalised message."""
    folded = fold(text)
    found: list[Figure] = []
    for start, end, term in find_incoterms(text, folded, rules):
        found.append(Figure(start=start, end=end, kind=Kind.INCOTERM, incoterm=term))
    for start, end, method, sight in find_methods(folded, rules):
        found.append(Figure(start=start, end=end, kind=Kind.METHOD, method=method, sight=sight))
    for start, end, day in find_dates(folded, rules, today):
        found.append(
            Figure(start=start, end=end, kind=Kind.DATE, day=day, written=text[start:end])
        )
    for phone in _PHONE.finditer(folded):
        found.append(Figure(start=phone.start(), end=phone.end(), kind=Kind.NOISE))
    for share in _SPLIT.finditer(folded):
        if int(share[1]) + int(share[2]) == 100:
            found.append(
                Figure(
                    start=share.start(),
                    end=share.end(),
                    kind=Kind.PERCENT,
                    amount=Decimal(share[1]),
                    written="split",
                )
            )
    taken = bytearray(len(folded))
    for figure in found:
        taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
    numbers = [n for n in find_numbers(folded, rules) if not any(taken[n.start : n.end])]
    found += _figures(numbers, folded, rules)
    return _write(folded, _without_overlap(found))


def _figures(numbers: list[Number], folded: str, rules: Rules) -> list[Figure]:
    figures: list[Figure] = []
    skip: set[int] = set()
    for index, number in enumerate(numbers[:_MOST_FIGURES]):
        if index in skip or (figures and number.start < figures[-1].end):
            continue
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        floor = figures[-1].end if figures else 0
        figure = _with_cents(_figure(number, folded, rules, floor), following, folded, rules)
        if following and figure.end >= following.end:
            skip.add(index + 1)
        if figure.kind in (Kind.BARE, Kind.SPAN, Kind.MONEY, Kind.COUNT, Kind.PERCENT):
            figure = replace(figure, written=folded[number.start : number.end])
        if figures and _is_range(figures[-1], figure, folded, rules):
            figures[-1] = replace(figure, start=figures[-1].start)
        else:
            figures.append(figure)
    articles = str(rules.number["one"]).split("|")
    return [f for f in figures if not (f.kind is Kind.BARE and f.written in articles)]


def _is_range(earlier: Figure, later: Figure, folded: str, rules: Rules) -> bool:
    """Whether two figures are the ends of one range; its later end counts."""
    if later.kind not in (Kind.SPAN, Kind.MONEY, Kind.COUNT, Kind.PERCENT):
        return False
    same = earlier.kind is later.kind and earlier.span == later.span
    if earlier.kind is not Kind.BARE and not same:
        return False
    between = folded[earlier.end : later.start].strip()
    links = fold(str(rules.number["between"])).split("|")
    loose = {"and", "und", "et", "or", "oder", "ou"}
    if between not in links or (later.kind is Kind.COUNT and between in loose | {"a"}):
        return False
    if not earlier.amount < later.amount:
        return False
    if between not in loose:
        return True
    # "4 or 5 weeks" is a range; "7.95 and 45 days" are two terms.
    whole = earlier.amount == earlier.amount.to_integral_value()
    return earlier.kind is Kind.BARE and whole and later.amount <= 2 * earlier.amount


def _figure(number: Number, folded: str, rules: Rules, floor: int) -> Figure:
    """Say what a number counts; what stands before ``floor`` belongs to another figure."""
    shared = rules.common
    start, end, amount = number.start, number.end, number.amount
    before, plain = (
        folded[max(floor, start - 24) : start],
        Figure(start=start, end=end, kind=Kind.BARE, amount=amount, ambiguous=number.ambiguous),
    )
    if found := shared.percent.match(folded, end):
        return replace(plain, kind=Kind.PERCENT, end=found.end())
    for span, pattern in rules.spans.items():
        if found := pattern.match(folded, end):
            return _and_a_half(
                replace(plain, kind=Kind.SPAN, span=span, end=found.end()), folded, rules
            )
    if money := _money(plain, before, folded, rules):
        return money
    if number.is_article:
        container = shared.units[Unit.CONTAINER].match(folded, end)
        if container is None:
            return plain
        return replace(plain, kind=Kind.COUNT, unit=Unit.CONTAINER, end=container.end())
    if _TIMES.match(folded, end) and not shared.units[Unit.CONTAINER].match(folded, end):
        return replace(plain, kind=Kind.NOISE)
    if _LETTERS_BEFORE.search(before) or shared.naming.search(before) or _is_dialled(number):
        return replace(plain, kind=Kind.NOISE)
    for unit, pattern in sorted(shared.units.items(), key=lambda item: item[0] != "container"):
        if (found := pattern.match(folded, end)) and not (
            unit is Unit.METRE and amount < _LONG_METRES
        ):
            count = replace(plain, kind=Kind.COUNT, unit=unit, end=found.end())
            return _and_a_half(count, folded, rules)
    if shared.net.search(before) and amount in _NET_DAYS:
        return replace(plain, kind=Kind.SPAN, span="day")
    if found := shared.technical.match(folded, end):
        return replace(plain, kind=Kind.NOISE, end=found.end())
    if _NAME_GOES_ON.match(folded, end):
        return replace(plain, kind=Kind.NOISE)
    if found := rules.products.match(folded, end):
        return replace(plain, product=True)
    return plain


def _and_a_half(figure: Figure, folded: str, rules: Rules) -> Figure:
    """Join "un mois et demi", "a month and a half"."""
    if found := rules.and_half.match(folded, figure.end):
        return replace(figure, amount=figure.amount + Decimal("0.5"), end=found.end())
    return figure


def _is_dialled(number: Number) -> bool:
    digits = number.written.replace(" ", "")
    return digits.isdigit() and (len(digits) >= _PHONE_DIGITS or number.is_year)


def _money(plain: Figure, before: str, folded: str, rules: Rules) -> Figure | None:
    if found := rules.common.cents.match(folded, plain.end):
        currency = None if rules.language == "en" else "EUR"
        cents = replace(plain, kind=Kind.MONEY, amount=plain.amount / 100, currency=currency)
        return _per(replace(cents, end=found.end()), folded, rules)
    for currency, (front, behind) in rules.common.currencies.items():
        ahead, after = front.search(before), behind.match(folded, plain.end)
        if ahead or after:
            start = plain.start - (len(before) - ahead.start()) if ahead else plain.start
            end = after.end() if after else plain.end
            each = bool(rules.each_before.search(folded[:start]))
            money = replace(
                plain, kind=Kind.MONEY, currency=currency, start=start, end=end, each=each
            )
            return _per(
                _and_a_half(money, folded, rules),
                folded,
                rules,
                before[: ahead.start()] if ahead else before,
            )
    priced = _per(plain, folded, rules)
    if priced.end > plain.end and not priced.each:
        return replace(priced, kind=Kind.MONEY)
    return None


def _per(figure: Figure, folded: str, rules: Rules, before: str = "") -> Figure:
    """Take in what the price is for: "/pc", "pro Stück", "l'unité", "each"."""
    for unit, link in rules.per.items():
        fits = unit is not Unit.METRE or figure.kind is Kind.MONEY
        if fits and (found := link.match(folded, figure.end)):
            return replace(figure, unit=unit, end=found.end())
    if found := rules.each.match(folded, figure.end):
        return replace(figure, each=True, end=found.end())
    if figure.currency and figure.unit is None:
        for unit, bare in rules.per_bare.items():
            if found := bare.match(folded, figure.end):
                return replace(figure, unit=unit, end=found.end())
            if rules.per_before[unit].search(before):
                return replace(figure, unit=unit)
    return figure


def _with_cents(figure: Figure, following: Number | None, folded: str, rules: Rules) -> Figure:
    """Join "eight dollars forty", "8 Euro 40"."""
    if figure.kind is not Kind.MONEY or following is None or figure.currency is None:
        return figure
    between = folded[figure.end : following.start]
    whole = figure.amount == figure.amount.to_integral_value()
    if between not in (" ", " and ", " und ", " et ", "") or not 0 < following.amount < 100:
        return figure
    alone = _figure(following, folded, rules, figure.end)
    is_cents = rules.common.cents.match(folded, following.end)
    bare = alone.kind is Kind.BARE or (alone.kind is Kind.MONEY and alone.currency is None)
    if not whole or following.is_article or not (bare or is_cents):
        return figure
    if (alone.product and not _ONE_OF.match(folded, following.end)) or (
        following.amount != following.amount.to_integral_value()
    ):
        return figure
    end = is_cents.end() if is_cents else following.end
    amount = (figure.amount + following.amount / 100).quantize(Decimal("0.01"))
    return _per(replace(figure, amount=amount, end=end), folded, rules)


def _without_overlap(figures: list[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (f.start, -f.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def _write(folded: str, figures: list[Figure]) -> Marked:
    parts: list[str] = []
    places: list[int] = []
    last = length = 0
    for index, figure in enumerate(figures):
        plain = folded[last : figure.start]
        lead = "" if not plain or plain[-1] in " \n(" else " "
        token = f"<{figure.kind.value}{index}>"
        trail = " " if figure.end < len(folded) and folded[figure.end].isalnum() else ""
        parts += [plain, lead, token, trail]
        places.append(length + len(plain) + len(lead))
        length += len(plain) + len(lead) + len(token) + len(trail)
        last = figure.end
    parts.append(folded[last:])
    return Marked("".join(parts), tuple(figures), tuple(places))
