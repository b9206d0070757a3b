"""Finds every figure of a message and leaves a mark in its place.

Decides which figures belong together (ranges, a price and what it is for); what a single number
counts is ``measuring``'s, whether it is a term is not known here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.terms import Unit
from bot.language.understanding.dates import day_and_month, find_dates
from bot.language.understanding.figures import Figure, Kind, Marked
from bot.language.understanding.measuring import Measure
from bot.language.understanding.money import with_cents
from bot.language.understanding.normalise import fold
from bot.language.understanding.numbers import Number, find_numbers
from bot.language.understanding.rules import Rules
from bot.language.understanding.tradewords import find_incoterms, find_methods, find_shares

_SPLIT = re.compile(r"(?<![\d.,/])(\d0) ?%? ?/ ?(\d0) ?%?(?![\d/]|[.,]\d)")
_NOISE = re.compile(
    r"(?<![\w+])\+\d{1,3}(?:[ /-]?\d{2,5}){2,5}(?!\d)"  # a phone number
    r"|(?<![\w.,:])\d{1,2}(?::[0-5]\d|h[0-5]\d)(?![\w:])"  # a time of day
    r"|(?<![\w.,/])24 ?/ ?7(?![\w/])"
    r"|(?<![\w.,])[0-9][.,]\d ?/ ?(?:5|10|20)(?![\w/])"  # a rating
    r"|(?<!\w)[a-z]{2} ?(?:\d{3,4} ?){2,4}[a-z]{2}(?!\w)"  # a parcel
    r"|(?<!\w)(?:https?://|www\.)[^\s<]{1,200}|(?<!\w)[\w.+-]{1,64}@[\w.-]{1,80}"
)
_MOST_FIGURES = 40  # Judgement: a message has fewer; noise need not be read to its end.
_ONE_COSTS = re.compile(
    r"[ ,:=(]*(?:(?:is|costs?|at|for|kostet|bei uns|zu|fur|macht|ist|a|coute|c'est|est|pour|fait)"
    r"[ ,:=]+){0,3}"
)


def mark(text: str, rules: Rules, today: date) -> Marked:
    """Find the figures of a normalised message."""
    folded = fold(text)
    found = list(_named(text, folded, rules, today))
    taken = bytearray(len(folded))
    for figure in found:
        taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
    numbers = [n for n in find_numbers(folded, rules) if not any(taken[n.start : n.end])]
    counted = _figures(numbers, Measure(text, folded, rules))
    return write(folded, _without_overlap(found + _with_units(counted, folded)))


def _named(text: str, folded: str, rules: Rules, today: date) -> Iterator[Figure]:
    """What is no plain number: delivery terms, methods, dates, splits, and noise."""
    for start, end, term in find_incoterms(text, folded, rules):
        yield Figure(start=start, end=end, kind=Kind.INCOTERM, incoterm=term)
    for start, end, method, sight in find_methods(folded, rules):
        yield Figure(start=start, end=end, kind=Kind.METHOD, method=method, sight=sight)
    for start, end, day in find_dates(folded, rules, today):
        yield Figure(start=start, end=end, kind=Kind.DATE, day=day, written=day_and_month(day))
    for start, end, amount in find_shares(folded, rules):
        yield Figure(start=start, end=end, kind=Kind.PERCENT, amount=amount, written="split")
    for noise in _NOISE.finditer(folded):
        yield Figure(start=noise.start(), end=noise.end(), kind=Kind.NOISE)
    for share in _SPLIT.finditer(folded):
        first, second = int(share[1]), int(share[2])
        if first + second == 100:
            yield Figure(
                start=share.start(),
                end=share.end(),
                kind=Kind.PERCENT,
                amount=Decimal(first),
                written="split",
            )


def _figures(numbers: list[Number], measure: Measure) -> list[Figure]:
    figures: list[Figure] = []
    skip: set[int] = set()
    folded, rules = measure.folded, measure.rules
    for index, number in enumerate(numbers[:_MOST_FIGURES]):
        if index in skip or (figures and number.start < figures[-1].end):
            continue
        floor = max((f.end for f in figures[-2:] if not _is_article(f, rules)), default=0)
        figure = measure.figure(number, floor)
        if index + 1 < len(numbers):
            following = numbers[index + 1]
            alone = measure.figure(following, figure.end)
            figure = with_cents(figure, following, alone, folded, rules)
            if figure.end >= following.end:
                skip.add(index + 1)
        if figures and _is_range(figures[-1], figure, folded, rules):
            figures[-1] = replace(figure, start=figures[-1].start)
        else:
            figures.append(figure)
    return [f for f in figures if not _is_article(f, rules)]


def _is_article(figure: Figure, rules: Rules) -> bool:
    """Whether it is a mere "a" or "half a", which counts nothing by itself."""
    mere = rules.halves.get(
        figure.written, Decimal(1) if figure.written in rules.articles else None
    )
    return figure.kind is Kind.BARE and figure.amount == mere


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


def _with_units(figures: list[Figure], folded: str) -> list[Figure]:
    """Say what "each" stands for, and that "one set at 40 dollars" is the price of a set."""
    counts = [f for f in figures if f.kind is Kind.COUNT]
    found: list[Figure] = []
    for figure in figures:
        last, unit = found[-1] if found else None, figure.unit
        if figure.kind is Kind.MONEY and unit is None:
            if figure.each:
                before = [count for count in counts if count.start < figure.start]
                nearest = [*counts[:1], *before]
                unit = nearest[-1].unit if nearest else Unit.PIECE
            elif last and last.unit and _is_for_one(last, figure, folded):
                found[-1] = replace(last, kind=Kind.NOISE)
                unit = last.unit
        found.append(replace(figure, unit=unit))
    return found


def _is_for_one(count: Figure, price: Figure, folded: str) -> bool:
    if count.kind not in (Kind.COUNT, Kind.NOISE) or count.amount != 1:
        return False
    return bool(_ONE_COSTS.fullmatch(folded, count.end, price.start))


def _without_overlap(figures: list[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (f.start, -f.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def write(folded: str, figures: list[Figure]) -> Marked:
    """``folded`` with marks in the places of ``figures``, which stand in order and apart."""
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
