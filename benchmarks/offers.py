"""Draws offers written in some usual way, with the terms that they mean."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from benchmarks.reading import TODAY
from benchmarks.ways import (
    COUNTED,
    DATES,
    FRAMES,
    IN_WORDS,
    LISTED,
    MONEY,
    PAYMENTS,
    PER,
    PLACES,
    SPANS,
    Paid,
    Term,
)
from bot.domain.languages import Language
from bot.domain.terms import (
    Incoterm,
    IncotermCode,
    Payment,
    Price,
    Quantity,
    Terms,
    Unit,
    Validity,
)

DAYS = {"day": 1, "week": 7, "month": 30}

# Names of what is no single way of writing, for lists of ways that are not read.
COMMA_BETWEEN_DIGITS = "4，5"
LIKE_A_YEAR = "2025 pcs"
QUANTITY_BELOW = "...\n5,000 pcs"
LIKE_FIGURES_BELOW = "- ... 5 %\n- 30 % ..."
SPANNING = (Term.LEAD_TIME, Term.WARRANTY, Term.VALIDITY, Term.PAYMENT)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Said:
    """A part of an offer, and what it means."""

    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Offered:
    """A whole offer, and what it means."""

    language: Language
    text: str
    terms: Terms

    def __repr__(self) -> str:
        return f"{self.language}: {self.text!r}"


class Writer:
    """Writes terms in one language, by chance, without what is in ``unread``."""

    def __init__(
        self, random: Random, language: Language, unread: Collection[tuple[Language, str]] = ()
    ) -> None:
        self.random, self.language, self._unread = random, language, unread

    def one(self, *choices: Any) -> Any:
        """One of ``choices``."""
        return self.random.choice([one for one in choices if self.is_read(name_of(one))])

    def is_read(self, name: Any) -> bool:
        """Whether a template, a pattern or a word is one that is read."""
        return (self.language, name) not in self._unread

    def whole(self, least: int, most: int) -> int:
        """A whole number."""
        return self.random.randint(least, most)

    def term(self, term: Term, way: str | Paid) -> Said:
        """``term`` written in this ``way``."""
        said: Said = getattr(self, f"_{term.value}")(way)
        return said

    def _price(self, way: str) -> Said:
        amount = Decimal(self.whole(5, self.one(1_000, 20_000, 999_999))) / 100
        words = {code: by_language[self.language] for code, (_, by_language) in MONEY.items()}
        code = self.one(*(c for c in MONEY if "{word}" not in way or self.is_read(words[c])))
        per = self.one(*PER[self.language])
        name = self.one(*PER[self.language][per])
        text = way.format(
            a=self._amount(amount),
            code=code,
            symbol=self.one(*MONEY[code][0]),
            word=words[code],
            per=name,
            the=_the(name),
        )
        named = per if "{per}" in way else Unit.PIECE if "unit price" in way else None
        return Said(text, Price(amount=amount, currency=code, per=named))

    def _amount(self, amount: Decimal) -> str:
        grouping = self.one("#,##0.00", "0.00") if amount < 1000 else "#,##0.00"
        if amount == amount.to_integral_value():
            grouping = self.one(grouping, "0")
        return _spaced(format_decimal(amount, grouping, locale=self.language.value))

    def _quantity(self, way: str) -> Said:
        unit = self.one(*COUNTED[self.language])
        amount, written = self._count("{n} " in way)
        text = way.format(n=written, unit=self.one(*COUNTED[self.language][unit]))
        return Said(text, Quantity(amount=Decimal(amount), unit=unit))

    def _count(self, has_room: bool) -> tuple[int, str]:
        style = self.one("plain", "grouped", "k", "words") if has_room else "plain"
        if style == "words":
            amount = self.one(*IN_WORDS[self.language])
            return amount, IN_WORDS[self.language][amount]
        amount = self.whole(20, 99) * 1000 if style == "k" else self.whole(20, 99_999)
        if style == "k":
            return amount, f"{amount // 1000}k"
        if style == "plain" and _is_year(amount) and not self.is_read(LIKE_A_YEAR):
            amount += 100
        pattern = "#,##0" if style == "grouped" else "0"
        return amount, _spaced(format_decimal(amount, pattern, locale=self.language.value))

    def _incoterm(self, way: str) -> Said:
        rule, place = self.one(*IncotermCode), self.one(*PLACES)
        if not self.is_read(rule.value.lower()):
            way = way.replace("{lower}", "{rule}")
        text = way.format(rule=rule.value, lower=rule.value.lower(), place=place)
        return Said(text, Incoterm(code=rule, place=place))

    def _payment(self, way: Paid) -> Said:
        share, days = self.one(10, 20, 30, 40, 50, 60, 70), self.one(30, 45, 60, 90, 120)
        text = way.way.format(p=share, q=100 - share, n=days)
        return Said(
            text,
            Payment(
                method=way.method,
                deposit_pct=Decimal(share) if "{p}" in way.way else None,
                days=0 if way.at_sight else days if "{n}" in way.way else None,
            ),
        )

    def _lead_time_days(self, way: str) -> Said:
        span = self.one("day", "week", "month")
        n = self.whole(2, {"day": 120, "week": 30, "month": 6}[span])
        return Said(way.format(n=n, span=self._span(span)), n * DAYS[span])

    def _span(self, span: str) -> str:
        return SPANS[self.language][span]

    def _delivery_date(self, way: str) -> Said:
        day, written = self._day()
        return Said(way.format(d=written), day)

    def _day(self) -> tuple[date, str]:
        pattern = self.one(*DATES[self.language])
        day = TODAY + timedelta(days=self.whole(1, 360))
        return day, str(format_date(day, pattern, locale=self.language.value))

    def _discount_pct(self, way: str) -> Said:
        percent = self.whole(2, 90) / Decimal(2)
        pattern = "0.#"
        written = format_decimal(percent, pattern, locale=self.language.value)
        return Said(way.format(n=written), percent)

    def _warranty_months(self, way: str) -> Said:
        span = self.one("month", "year")
        n = self.whole(2, 36 if span == "month" else 10)
        return Said(way.format(n=n, span=self._span(span)), n * (12 if span == "year" else 1))

    def _validity(self, way: str) -> Said:
        if "{d}" in way:
            day, written = self._day()
            return Said(way.format(d=written), Validity(until=f"{day.day} {day:%B}"))
        days = self.one(7, 10, 14, 15, 30, 60, 90)
        return Said(way.format(n=days), Validity(days=days))


def _is_year(amount: int) -> bool:
    return amount in range(1990, 2000) or amount in range(2020, 2040)


def _the(noun: str) -> str:
    feminine = ("pièce", "boîte", "palette", "tonne")
    return "l'" if noun == "unité" else "la " if noun in feminine else "le "


def _spaced(number: str) -> str:
    """French groups digits by a narrow no-break space, which nobody types."""
    return number.replace("\u202f", " ")


def ways_of(language: Language, term: Term) -> tuple[str | Paid, ...]:
    """All ways of writing ``term``."""
    return PAYMENTS[language] if term is Term.PAYMENT else LISTED[language][term]


def name_of(choice: Any) -> Any:
    """What a choice is called where some are left out: a way by its template."""
    return choice.way if isinstance(choice, Paid) else choice


def names_in(language: Language) -> set[str]:
    """Everything that a list of ways that are not read can name."""
    ways = {name_of(way) for term in Term for way in ways_of(language, term)}
    words = {by_language[language] for _, by_language in MONEY.values()}
    rules = {rule.value.lower() for rule in IncotermCode}
    others = {COMMA_BETWEEN_DIGITS, LIKE_A_YEAR, QUANTITY_BELOW, LIKE_FIGURES_BELOW}
    return ways | words | rules | set(DATES[language]) | others


def framed(writer: Writer, parts: list[str], frame: tuple[str, str, str]) -> str:
    """The parts as one message, now and then in a Chinese keyboard's full-width digits."""
    before, between, after = frame
    text = before + between.join(parts) + after
    if not writer.is_read(COMMA_BETWEEN_DIGITS):
        text = re.sub(r"(?<=\d)，(?=\d)", "， ", text)
    return text.translate(FULL_WIDTH) if "，" in between and writer.one(True, False) else text


def write_offer(random: Random, unread: Collection[tuple[Language, str]] = ()) -> Offered:
    """Any offer in any usual way of writing, but for those in ``unread``."""
    writer = Writer(random, random.choice(list(Language)), unread)
    terms = random.sample(list(Term), random.randint(1, 5))
    if {Term.LEAD_TIME, Term.DELIVERY_DATE} <= set(terms):
        terms.remove(Term.DELIVERY_DATE)
    frame = writer.one(*FRAMES[writer.language])
    said = {}
    for term in _ordered(writer, terms, frame[1]):
        said[term] = writer.term(term, writer.one(*ways_of(writer.language, term)))
    text = framed(writer, [one.text for one in said.values()], frame)
    meant = Terms(**{term.value: one.value for term, one in said.items()})
    return Offered(writer.language, text, meant)


def politely(random: Random, text: str, before: Sequence[str], after: Sequence[str]) -> str:
    """``text`` with polite words before it, after it or both."""
    end = "" if text.rstrip()[-1] in ".!?。" else "."
    return random.choice(("", *before)) + text.rstrip() + end + random.choice(after)


def _ordered(writer: Writer, terms: list[Term], between: str) -> list[Term]:
    """The terms of a list, but for an order and a neighbourhood that are not read."""
    if between == "\n" and not writer.is_read(QUANTITY_BELOW):
        return sorted(terms, key=lambda term: term is not Term.QUANTITY)
    if between == "\n- " and not writer.is_read(LIKE_FIGURES_BELOW):
        shares = [term for term in terms if term in (Term.DISCOUNT, Term.PAYMENT)]
        spans = [term for term in terms if term in SPANNING]
        return [term for term in terms if term not in {*shares[1:], *spans[1:]}]
    return terms


def differences(meant: Terms, found: Terms) -> dict[str, tuple[Any, Any]]:
    """What was understood otherwise than it was meant, by term."""
    names = [field.name for field in fields(meant)]
    pairs = {name: (_plain(meant, name), _plain(found, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _plain(terms: Terms, name: str) -> Any:
    """A term in a form in which equal things are equal."""
    value = getattr(terms, name)
    match value:
        case Payment(method=method, deposit_pct=deposit, days=days):
            return (method, deposit, days)
        case Validity(until=str(until)):
            return _day_and_month(until)
        case _:
            return value


def _day_and_month(until: str) -> tuple[int, int] | str:
    """How the end of a validity is written is not the question here."""
    return _ends().get(until.casefold(), until)


@cache
def _ends() -> dict[str, tuple[int, int]]:
    days = [TODAY + timedelta(days=offset) for offset in range(366)]
    return {
        format_date(day, pattern, locale=language.value).casefold(): (day.day, day.month)
        for language in Language
        for pattern in (*DATES[language], "d MMMM", "d MMM", "MMMM d")
        for day in days
    }
