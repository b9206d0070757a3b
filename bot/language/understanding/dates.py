"""Reads calendar dates: "15 Oct", "Ende Oktober", "fin octobre", "15.11.2026".

Decides the year from the day it is given as today: the next such day. Knows no clock.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.domain.languages import Language
from bot.language.understanding.rules import Rules, rules_for

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(?P<y1>20\d\d)-(?P<m1>\d\d?)-(?P<d1>\d\d?)"
    r"|(?P<d2>\d\d?)(?P<s>[./-])(?P<m2>\d\d?)(?P=s)(?P<y2>20\d\d|\d\d)?)(?![\d,/-])"
)


_BEFORE_DAY = re.compile(r"(?:am|bis|zum|ab|vom|dem|den|spatestens) $")


@cache
def _written(language: Language) -> re.Pattern[str]:
    rules = rules_for(language)
    month = "|".join(sorted(rules.months, key=len, reverse=True))
    part = "|".join(sorted(rules.month_parts, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<part>{part})[ -]?(?P<mp>{month})"
        rf"|(?P<day>\d\d?)(?:{rules.ordinals})?(?:{rules.day_link})(?:the )?(?P<md>{month})"
        rf"|(?P<me>{month})\.? (?:the )?(?P<de>\d\d?)(?:st|nd|rd|th)?(?![\d.,%]))"
        rf"(?:\.?,? (?P<year>20\d\d))?(?!\w)"
    )


def find_dates(folded: str, rules: Rules, today: date) -> Iterator[tuple[int, int, date]]:
    """All calendar dates, each with its place."""
    for m in _written(rules.language).finditer(folded):
        month = rules.months[m["mp"] or m["md"] or m["me"]]
        year = int(m["year"]) if m["year"] else None
        # § 192 BGB: beginning, middle and end of a month are its 1st, 15th and last day.
        day = rules.month_parts[m["part"]] if m["part"] else int(m["day"] or m["de"])
        found = _next(day, month, year, today, clip=bool(m["part"]))
        if found:
            yield m.start(), m.end(), found
    for m in _NUMERIC.finditer(folded):
        if not m["y1"] and not m["y2"] and not _is_day_and_month(m, folded, rules):
            continue
        year = int(m["y1"] or m["y2"] or 0) or None
        if year and year < 100:
            year += 2000
        found = _next(int(m["d1"] or m["d2"]), int(m["m1"] or m["m2"]), year, today, clip=False)
        if found:
            yield m.start(), m.end(), found


def _is_day_and_month(match: re.Match[str], folded: str, rules: Rules) -> bool:
    """Whether "15.11." is a date: only after "bis", "am" ...; else it is a price."""
    if match["s"] != "." or rules.language is not Language.DE:
        return False
    before = folded[max(0, match.start() - 12) : match.start()]
    return bool(_BEFORE_DAY.search(before))


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
