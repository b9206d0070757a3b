"""Reads money: the currency before or behind a number, cents after it, and what a price is for.

Decides by what stands next to the number; whether the price stands is not known here.
"""

from dataclasses import replace
from decimal import Decimal

from bot.domain.terms import Unit
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.numbers import Number
from bot.language.understanding.rules import UNNAMED_CURRENCY, Rules

_JOINS = (" ", "")
_LOOSE_JOINS = (" and ", " und ", " et ", " e ")
_LEAST_CENTS = 10  # "8 Euro 50", but hardly "8 Euro 5". Judgement.
_PACKS = (Unit.BOX, Unit.CARTON, Unit.PALLET, Unit.CONTAINER)
_NEAR = 24  # Characters in which a currency or "each" stands before its number. Judgement.


def money(plain: Figure, before: str, folded: str, rules: Rules) -> Figure | None:
    """``plain`` as money, when a currency or what the price is for stands beside it."""
    if found := rules.common.cents.match(folded, plain.end):
        currency = None if rules.language == "en" else "EUR"
        cents = replace(plain, kind=Kind.MONEY, amount=plain.amount / 100, currency=currency)
        return _priced(replace(cents, end=found.end()), before, folded, rules)
    for currency, (front, behind) in rules.currencies.items():
        ahead, after = front.search(before[-_NEAR:]), behind.match(folded, plain.end)
        if not (ahead or after):
            continue
        prefix = ahead[0] if ahead else ""
        figure = replace(
            plain,
            kind=Kind.MONEY,
            currency=None if currency == UNNAMED_CURRENCY else currency,
            start=plain.start - len(prefix),
            end=after.end() if after else plain.end,
        )
        before = before[: len(before) - len(prefix)]
        figure = replace(figure, each=bool(rules.each_before.search(before[-_NEAR:])))
        return _priced(and_a_half(figure, folded, rules), before, folded, rules)
    return _money_by_unit(plain, before, folded, rules)


def _money_by_unit(plain: Figure, before: str, folded: str, rules: Rules) -> Figure | None:
    """A number without currency in front of what a price is for."""
    priced = _per_unit(plain, folded, rules)
    if priced.unit is None:
        each = None if plain.written.isalnum() else rules.each.match(folded, plain.end)
        return replace(plain, kind=Kind.MONEY, each=True, end=each.end()) if each else None
    if priced.unit in _PACKS and plain.written.isalnum() and not rules.price_ahead.search(before):
        return replace(priced, kind=Kind.NOISE)  # "500 per carton" says how goods are packed.
    return replace(priced, kind=Kind.MONEY)


def _priced(figure: Figure, before: str, folded: str, rules: Rules) -> Figure:
    """Take in what the price is for: "/pc", "pro Stück", "each", "Stückpreis"."""
    figure = _per_unit(figure, folded, rules)
    if figure.unit:
        return figure
    if found := rules.each.match(folded, figure.end):
        return replace(figure, each=True, end=found.end())
    for unit, bare in rules.per_bare.items():
        if figure.currency and (found := bare.match(folded, figure.end)):
            return replace(figure, unit=unit, end=found.end())
    for unit, ahead in rules.per_before.items():
        if ahead.search(before[-2 * _NEAR :]):
            return replace(figure, unit=unit)
    return figure


def _per_unit(figure: Figure, folded: str, rules: Rules) -> Figure:
    for unit, link in rules.per.items():
        fits = unit is not Unit.METRE or figure.kind is Kind.MONEY or not figure.written.isalnum()
        if fits and (found := link.match(folded, figure.end)):
            return replace(figure, unit=unit, end=found.end())
    if figure.kind is not Kind.MONEY and figure.written.isalnum():
        return figure
    if found := rules.per_goods.match(folded, figure.end):
        return replace(figure, unit=Unit.PIECE, end=found.end())
    return figure


def and_a_half(figure: Figure, folded: str, rules: Rules) -> Figure:
    """Join "un mois et demi", "a month and a half"."""
    if found := rules.and_half.match(folded, figure.end):
        return replace(figure, amount=figure.amount + Decimal("0.5"), end=found.end())
    return figure


def with_cents(
    figure: Figure, following: Number, alone: Figure, folded: str, rules: Rules
) -> Figure:
    """Join "eight dollars forty", "8 Euro 40"; ``alone`` is the second number by itself."""
    if figure.kind is not Kind.MONEY or figure.currency is None or figure.unit:
        return figure
    is_cents = rules.common.cents.match(folded, following.end)
    between = folded[figure.end : following.start]
    if between not in _JOINS and not (is_cents and between in _LOOSE_JOINS):
        return figure
    amounts = figure.amount, following.amount
    if any(a != a.to_integral_value() for a in amounts) or following.is_article:
        return figure
    if not (0 if is_cents else _LEAST_CENTS - 1) < following.amount < 100:
        return figure
    bare = alone.kind is Kind.BARE or (alone.kind is Kind.MONEY and alone.currency is None)
    if not is_cents and (not bare or _counts_goods(alone, following, folded, rules)):
        return figure
    amount = (figure.amount + following.amount / 100).quantize(Decimal("0.01"))
    end = is_cents.end() if is_cents else following.end
    return _priced(replace(figure, amount=amount, end=end), "", folded, rules)


def _counts_goods(alone: Figure, following: Number, folded: str, rules: Rules) -> bool:
    """Whether the number counts what is sold: "8 Euro 50 Lampen", but not "8 Euro 50 la lampe"."""
    return (alone.product or alone.kind is Kind.COUNT) and not rules.one_of.match(
        folded, following.end
    )
