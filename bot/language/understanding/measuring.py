"""Says what a number counts: money, pieces, days, percent, or nothing that is a term.

Decides by the words beside the number; whether the figure is a term is not known here.
"""

import re
from dataclasses import dataclass, replace

from bot.domain.terms import Unit
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.money import and_a_half, money
from bot.language.understanding.numbers import Number
from bot.language.understanding.rules import Rules

_TIMES = re.compile(r" ?[x*×] ?\d")
_LETTERS_BEFORE = re.compile(r"[a-z]-?$")
# "6204-2RS" is a model.
_NAME_GOES_ON = re.compile(r"[a-z]|-\d*[a-z]")
_NET_DAYS = (7, 10, 14, 15, 20, 21, 30, 45, 60, 75, 90, 120)
_PHONE_DIGITS = 8  # Judgement: that many digits in a row without a separator are a number to dial.
_LONG_METRES = 20  # Judgement: "3 m" is a size, "300 m" a quantity of cloth.
_BEFORE = 60  # Characters read in front of a number. Judgement.
_SIGNS = ("$", "€", "£")
_CONTAINER_FEET = (20, 40, 45)
_SINGLE = (Unit.PIECE, Unit.SET, Unit.KG, Unit.METRE)


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures the numbers of one message."""

    text: str
    folded: str
    rules: Rules

    def figure(self, number: Number, floor: int) -> Figure:
        """Say what a number counts; what stands before ``floor`` belongs to another figure."""
        before = self.folded[max(floor, number.start - _BEFORE) : number.start]
        plain = Figure(
            start=number.start,
            end=number.end,
            kind=Kind.BARE,
            amount=number.amount,
            ambiguous=number.ambiguous,
            written=number.written,
        )
        if found := self.rules.common.percent.match(self.folded, number.end):
            return replace(plain, kind=Kind.PERCENT, end=found.end())
        if span := self._span(plain):
            return span
        if number.is_article and self.folded[number.end : number.end + 1] in _SIGNS:
            return plain  # "A$": no article.
        if priced := money(plain, before, self.folded, self.rules):
            return priced
        if number.is_article:
            return self._one_container(plain)
        if number.amount in _CONTAINER_FEET and (
            size := self.rules.common.container_size.match(self.folded, number.end)
        ):
            return replace(plain, kind=Kind.NOISE, end=size.end())
        if self._is_name(number, before):
            return replace(plain, kind=Kind.NOISE)
        return self._count(plain) or self._net_days(plain, before) or self._goods(plain)

    def _span(self, plain: Figure) -> Figure | None:
        for span, pattern in self.rules.spans.items():
            if found := pattern.match(self.folded, plain.end):
                figure = replace(plain, kind=Kind.SPAN, span=span, end=found.end())
                return and_a_half(figure, self.folded, self.rules)
        return None

    def _one_container(self, article: Figure) -> Figure:
        found = self.rules.common.one_container.match(self.folded, article.end)
        if found is None:
            return article
        return replace(article, kind=Kind.COUNT, unit=Unit.CONTAINER, end=found.end())

    def _is_name(self, number: Number, before: str) -> bool:
        """Whether it is a size ("30 x 40"), a model, an order, phone or room number."""
        container = self.rules.common.units[Unit.CONTAINER].match(self.folded, number.end)
        if _TIMES.match(self.folded, number.end) and not container:
            return True
        digits = number.written.replace(" ", "")
        is_dialled = digits.isdigit() and (len(digits) >= _PHONE_DIGITS or number.is_year)
        naming = self.rules.common.naming.search(before[-24:])
        return is_dialled or bool(naming or _LETTERS_BEFORE.search(before))

    def _count(self, plain: Figure) -> Figure | None:
        units = self.rules.common.units
        for unit in sorted(units, key=lambda unit: unit is not Unit.CONTAINER):
            found = units[unit].match(self.folded, plain.end)
            if found:
                count = replace(plain, kind=Kind.COUNT, unit=unit, end=found.end())
                is_size = unit is Unit.METRE and plain.amount < _LONG_METRES
                if is_size or self._is_mere_one(plain, unit, found[0]):
                    return replace(count, kind=Kind.NOISE)
                return and_a_half(count, self.folded, self.rules)
        return None

    def _is_mere_one(self, plain: Figure, unit: Unit, found: str) -> bool:
        """Whether "one" counts nothing: "one piece of advice", "the rate for one 40HQ"."""
        if plain.amount != 1 or not plain.written.isalpha():
            return False
        is_size = unit is Unit.CONTAINER and not self.rules.common.one_container.match(found)
        return unit in _SINGLE or is_size

    def _net_days(self, plain: Figure, before: str) -> Figure | None:
        if self.rules.common.net.search(before) and plain.amount in _NET_DAYS:
            return replace(plain, kind=Kind.SPAN, span="day")
        return None

    def _goods(self, plain: Figure) -> Figure:
        """A number in front of goods, of technical data, or of nothing in particular."""
        rules = self.rules
        if found := rules.common.technical.match(self.folded, plain.end):
            return replace(plain, kind=Kind.NOISE, end=found.end())
        if _NAME_GOES_ON.match(self.folded, plain.end):
            return replace(plain, kind=Kind.NOISE)
        if plain.amount != plain.amount.to_integral_value() or plain.amount < 1:
            return plain
        if found := rules.products.match(self.folded, plain.end):
            unit = None if rules.common.unitless.search(found[0]) else Unit.PIECE
            return replace(plain, product=True, unit=unit)
        if rules.countable.match(self.text, plain.end) and not rules.not_goods.match(
            self.folded, plain.end
        ):
            return replace(plain, unit=Unit.PIECE)
        return plain
