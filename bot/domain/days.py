"""The day or the time a message names for a promise: "on 24 November", "next Monday", "in 3 days".

Decides by words and figures of the practice languages alone. Delivery dates of an offer are found
by the understanding; this is for promises, where a figure is no term of trade.
"""

import re
from datetime import date, timedelta

from bot.domain.spotting import words_of

_MONTHS = (
    "january januar janner janvier",
    "february februar fevrier",
    "march marz mars",
    "april avril",
    "may mai",
    "june juni juin",
    "july juli juillet",
    "august aout",
    "september septembre",
    "october oktober octobre",
    "november novembre",
    "december dezember decembre",
)
_WEEKDAYS = (
    "monday montag lundi",
    "tuesday dienstag mardi",
    "wednesday mittwoch mercredi",
    "thursday donnerstag jeudi",
    "friday freitag vendredi",
    "saturday samstag samedi",
    "sunday sonntag dimanche",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|ten)?")
_NUMERIC = re.compile(r"(?<![\d.,/])(\d{1,2})[./](\d{1,2})(?:[./](?:\d{2,4})?)?(?![\d%])")
_SPAN = re.compile(
    r"(?<![\d.,])(\d{1,2})\s*(?:(?:working|business|banking|calendar)\s+)?"
    r"(?:days?|(?:werk|bank|arbeits)?tage?n?|jours?)\b",
    re.IGNORECASE,
)
_WEEK = 7  # days


def day_named(text: str, *, today: date) -> date | None:
    """The first day that ``text`` names, the next such day from ``today`` on."""
    words = words_of(text)
    for index, word in enumerate(words):
        if word in _MONTH:
            for beside in (*words[max(index - 2, 0) : index][::-1], *words[index + 1 : index + 2]):
                figure = _ORDINAL.fullmatch(beside)
                if figure and (found := _next(int(figure[1]), _MONTH[word], today)):
                    return found
    for match in _NUMERIC.finditer(text):
        if found := _next(int(match[1]), int(match[2]), today):
            return found
    weekday = next((_WEEKDAY[word] for word in words if word in _WEEKDAY), None)
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)


def days_named(text: str) -> int | None:
    """The first span of days that ``text`` names."""
    match = _SPAN.search(text)
    return int(match[1]) if match else None


def _next(day: int, month: int, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found >= today:
            return found
    return None
