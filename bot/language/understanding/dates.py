"""Reads calendar dates: "15 Oct", "Ende Oktober", "fin octobre", "15.11.2026", "2027-02-10".

Decides the year from the day it is given as today: the next such day. Knows no clock.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.domain.languages import Language
from bot.language.understanding.numbers import whole_in_words
from bot.language.understanding.patterns import folded_pattern
from bot.language.understanding.rules import Rules, rules_for

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(?P<y1>20\d\d)(?P<s1>[./-])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)"
    r"|(?P<d2>\d\d?)(?P<s>[./-])(?P<m2>\d\d?)(?:(?P=s)(?P<y2>20\d\d|\d\d)?)?)"
    r"(?![\d/%-]|[,.]\d)"
)
_HARDLY_A_PRICE = 12  # "until 18.12": a day past that is no price in these talks. Judgement.
_CHINESE = re.compile(r"(?:(?P<y>20\d\d) ?年 ?)?(?P<m>\d\d?) ?月(?: ?(?P<d>\d\d?) ?[日号號])")
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_and_month(day: date) -> str:
    """A day as all three languages' messages are noted: "30 June"."""
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]}"


@cache
def _written(language: Language) -> re.Pattern[str]:
    rules = rules_for(language)
    month = "|".join(sorted(rules.months, key=len, reverse=True))
    part = "|".join(sorted(rules.month_parts, key=len, reverse=True))
    number = folded_pattern(rules.number["words"])
    words = rf"(?:{number})(?:[ -](?:et[ -])?(?:{number}))?"
    ordinal = "|".join(rules.day_words)
    return re.compile(
        rf"(?<!\w)(?:(?P<part>{part})[ -]?(?P<mp>{month})"
        rf"|(?:(?P<day>\d\d?) ?(?:{rules.ordinals})?|(?P<dw>{ordinal}|{words}))"
        rf"(?:{rules.day_link})(?:the )?(?P<md>{month})"
        rf"|(?P<me>{month})\.? (?:the )?(?P<de>\d\d?)(?:st|nd|rd|th)?(?![\d%]|[.,]\d))"
        rf"(?:\.?,? (?P<year>20\d\d))?(?!\w)"
    )


def find_dates(folded: str, rules: Rules, today: date) -> Iterator[tuple[int, int, date]]:
    """All calendar dates, each with its place."""
    for m in _written(rules.language).finditer(folded):
        month = rules.months[m["mp"] or m["md"] or m["me"]]
        # § 192 BGB: beginning, middle and end of a month are its 1st, 15th and last day.
        day = rules.month_parts[m["part"]] if m["part"] else _day(m, rules)
        year = int(m["year"]) if m["year"] else None
        if found := _next(day, month, year, today, clip=bool(m["part"])):
            yield m.start(), m.end(), found
    for m in _CHINESE.finditer(folded):
        year = int(m["y"]) if m["y"] else None
        if found := _next(int(m["d"]), int(m["m"]), year, today, clip=False):
            yield m.start(), m.end(), found
    for m in _NUMERIC.finditer(folded):
        if not m["y1"] and not m["y2"] and not _is_day_and_month(m, folded, rules):
            continue
        if found := _numeric(m, rules, today):
            yield m.start(), m.end(), found
    for m in rules.this_month.finditer(folded):
        yield m.start(), m.end(), _end_of_month(today)


def _day(match: re.Match[str], rules: Rules) -> int:
    if match["dw"]:
        return rules.day_words.get(match["dw"]) or whole_in_words(match["dw"], rules.language) or 0
    return int(match["day"] or match["de"])


def _numeric(match: re.Match[str], rules: Rules, today: date) -> date | None:
    year = int(match["y1"] or match["y2"] or 0) or None
    if year and year < 100:
        year += 2000
    day, month = int(match["d1"] or match["d2"]), int(match["m1"] or match["m2"])
    if month > 12 and rules.language is Language.EN:
        day, month = month, day
    return _next(day, month, year, today, clip=False)


def _is_day_and_month(match: re.Match[str], folded: str, rules: Rules) -> bool:
    """Whether "15.11." or "30/11" is a date: only after "until", "bis", "le" ...; else a price."""
    before = folded[max(0, match.start() - 16) : match.start()]
    if match["s"] == "-" or not rules.before_date.search(before):
        return False
    if match["s"] == "/":
        return True
    # Without a second stop "bis 8.10" is rather a price; "bis 30.11" is none.
    is_closed = match[0].endswith(".") and rules.language is Language.DE
    return is_closed or (int(match["d2"]) > _HARDLY_A_PRICE and len(match["m2"]) == 2)


def _end_of_month(today: date) -> date:
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def _next(day: int, month: int, year: int | None, today: date, *, clip: bool) -> date | None:
    for candidate in [year] if year else [today.year, today.year + 1]:
        if not 1 <= month <= 12:
            return None
        last = calendar.monthrange(candidate, month)[1]
        if not 1 <= day <= last and not clip:
            continue
        found = date(candidate, month, min(day, last))
        if year or found >= today:
            return found
    return None
