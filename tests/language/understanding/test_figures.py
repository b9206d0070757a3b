"""Figures in every way of writing them: money, what a price is for, counts, dates, and noise."""

from datetime import date

import pytest

from bot.domain.languages import Language
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.marking import mark
from bot.language.understanding.normalise import normalise
from bot.language.understanding.rules import rules_for

EN, DE, FR = Language.EN, Language.DE, Language.FR
TODAY = date(2026, 11, 23)


def figures(text: str, language: Language) -> list[Figure]:
    """All figures but noise."""
    marked = mark(normalise(text), rules_for(language), TODAY)
    return [figure for figure in marked.figures if figure.kind is not Kind.NOISE]


@pytest.mark.parametrize(
    ("language", "text", "money"),
    [
        (EN, "19.90 MYR per set", "19.90 MYR set"),
        (EN, "C$28.50 per pc", "28.50 CAD piece"),
        (EN, "A$0.18/pc", "0.18 AUD piece"),
        (EN, "AUD 310 a set", "310 AUD set"),
        (EN, "92 kronor", "92 SEK"),
        (EN, "600 francs", "600 CHF"),
        (EN, "two kroner per brush", "2 None piece"),
        (DE, "kostet 640 Dirham", "640 AED"),
        (FR, "640 dirhams l'unité", "640 MAD piece"),
        (FR, "62 000 fcfa la pièce", "62000 XOF piece"),
        (FR, "trois mille deux cents francs cfa l'un", "3200 XOF piece"),
        (FR, "54 cad le carton", "54 CAD carton"),
        (FR, "0,21 dollar canadien", "0.21 CAD"),
        (EN, "one pound seventy per mug", "1.70 GBP piece"),
        (DE, "acht Euro zwanzig", "8.20 EUR"),
        (DE, "8 Euro 50", "8.50 EUR"),
        (FR, "huit euros vingt", "8.20 EUR"),
        (FR, "7e50 par maillot", "7.50 EUR piece"),
        (EN, "€ 689,- per unit", "689 EUR piece"),
        (EN, "94 SEK pr piece", "94 SEK piece"),
        (EN, "€ 689,- pre unit", "689 EUR piece"),
        (DE, "3.150,- $ pro Container", "3150 USD container"),
        (DE, "689 Euro pro Rad", "689 EUR piece"),
        (DE, "Stückpreis 52,40 EUR", "52.40 EUR piece"),
        (EN, "The pallet price is 480 EUR", "480 EUR pallet"),
        (FR, "prix unitaire : 14,50 EUR", "14.50 EUR piece"),
        (DE, "einem Kilo 42 Euro", "42 EUR kg"),
        (DE, "Ein Meter kostet bei uns 3,40 Euro", "3.40 EUR metre"),
        (DE, "ein Karton 45 Euro", "45 EUR carton"),
        (FR, "au mètre 0,27 euro", "0.27 EUR metre"),
        (EN, "260 dollars the set", "260 USD set"),
        (EN, "EUR 8.90 a spool", "8.90 EUR piece"),
        (EN, "£1.85 each", "1.85 GBP piece"),
        (EN, "75 usd one time", "75 USD"),
        (EN, "120 USD per day", "120 USD"),
        (FR, "1 900 € pour un trimestre", "1900 EUR"),
    ],
)
def test_money_is_read_with_its_currency_and_what_it_is_for(
    language: Language, text: str, money: str
) -> None:
    found = [f for f in figures(text, language) if f.kind is Kind.MONEY]
    assert [" ".join(filter(None, (f"{f.amount:f} {f.currency}", f.unit))) for f in found] == [
        money
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("For the 2 x 20GP we say USD 1,350 each", "container"),
        ("22 pallets at AED 425 each", "pallet"),
        ("600 sets, 2.10 each", "set"),
        ("$27.90 apiece", "piece"),
    ],
)
def test_each_is_for_what_was_counted_else_for_a_piece(text: str, unit: str) -> None:
    assert [f.unit for f in figures(text, EN) if f.kind is Kind.MONEY] == [unit]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        (EN, "two 40-foot containers", "2 container"),
        (EN, "2x20GP", "2 container"),
        (DE, "einen vollen 40-Fuß-Container", "1 container"),
        (FR, "un conteneur entier", "1 container"),
        (EN, "20 tons", "20 tonne"),
        (EN, "43,200 mugs", "43200 piece"),
        (EN, "1500 mats", "1500 piece"),
        (EN, "2000 pairs", "2000 None"),
        (DE, "120 Räder", "120 piece"),
        (DE, "zweieinhalbtausend Wellen", "2500 piece"),
        (DE, "bei einer halben Million Taschen", "500000 piece"),
        (FR, "deux mille cinq cents sacs", "2500 piece"),
        (FR, "un demi-million de boîtes", "500000 box"),
        (FR, "120 maillots", "120 piece"),
    ],
)
def test_what_is_counted_is_read_with_its_unit(language: Language, text: str, count: str) -> None:
    found = figures(text, language)
    assert [f"{f.amount:f} {f.unit}" for f in found if f.kind in (Kind.COUNT, Kind.BARE)] == [
        count
    ]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        (EN, "effective to １１月３０日", date(2026, 11, 30)),
        (EN, "on ２０２７.１.８", date(2027, 1, 8)),
        (EN, "latest on 2027-02-10", date(2027, 2, 10)),
        (EN, "only until 30/11", date(2026, 11, 30)),
        (EN, "until 11/30", date(2026, 11, 30)),
        (EN, "till 5 dec", date(2026, 12, 5)),
        (EN, "until 15th of December", date(2026, 12, 15)),
        (EN, "through December 31.", date(2026, 12, 31)),
        (EN, "until 18.12. is ok", date(2026, 12, 18)),
        (DE, "gilt bis 30.11", date(2026, 11, 30)),
        (DE, "bis Ende Juni", date(2027, 6, 30)),
        (DE, "bis zum fünfzehnten Januar", date(2027, 1, 15)),
        (FR, "fini 30/11", date(2026, 11, 30)),
        (FR, "jusqu'au trente janvier", date(2027, 1, 30)),
        (FR, "jusqu'à la fin de janvier", date(2027, 1, 31)),
        (FR, "le premier février", date(2027, 2, 1)),
    ],
)
def test_dates_are_read_in_all_forms(language: Language, text: str, day: date) -> None:
    assert [f.day for f in figures(text, language)] == [day]


def test_a_date_is_noted_by_day_and_english_month() -> None:
    assert [f.written for f in figures("bis 15. Dezember", DE)] == ["15 December"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "rating 4.7/5"),
        (EN, "4.7 stars"),
        (EN, "hotline 24/7"),
        (EN, "call at 14h30"),
        (EN, "cable 1.2 m"),
        (EN, "a 550 Wp panel"),
        (EN, "packed 500 per carton"),
        (EN, "the rate for one 40HQ"),
        (EN, "AQL 1.5"),
        (EN, "we have 430k fans"),
        (EN, "see www.kettle2000.com/8.20"),
        (DE, "die Nummer ist CN 4471 8820 DE"),
        (DE, "noch ein Stück entgegenkommen"),
        (DE, "Rolle 2,70 m"),
        (FR, "un 20 pieds"),
        (FR, "rendez-vous à 16:30"),
        (EN, "we want half a page"),
    ],
)
def test_technical_figures_are_none(language: Language, text: str) -> None:
    assert figures(text, language) == []
