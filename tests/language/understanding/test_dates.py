"""Dates with a month in words, in every month of every language."""

from datetime import date

import pytest

from bot.domain.languages import Language
from bot.domain.understanding import Context
from bot.language.understanding import SpacyUnderstander

UNDERSTANDER = SpacyUnderstander(today=lambda: date(2026, 11, 23))
MONTHS = {
    Language.EN: "January February March April May June July August September October November "
    "December",
    Language.DE: "Januar Februar März April Mai Juni Juli August September Oktober November "
    "Dezember",
    Language.FR: "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
}
SENTENCES = {
    Language.EN: "We can ship by 28 {month} 2027.",
    Language.DE: "Wir können bis zum 28. {month} 2027 liefern.",
    Language.FR: "Nous pouvons livrer avant le 28 {month} 2027.",
}


@pytest.mark.parametrize(
    ("language", "number", "month"),
    [
        (language, number, month)
        for language, names in MONTHS.items()
        for number, month in enumerate(names.split(), start=1)
    ],
)
def test_a_date_is_read_in_every_month(language: Language, number: int, month: str) -> None:
    text = SENTENCES[language].format(month=month)
    read = UNDERSTANDER.read(text, language, Context())
    assert read.terms.delivery_date == date(2027, number, 28)


def test_march_is_read_without_its_umlaut_too() -> None:
    text = "Wir liefern am 1. Maerz 2027."
    read = UNDERSTANDER.read(text, Language.DE, Context())
    assert read.terms.delivery_date == date(2027, 3, 1)
