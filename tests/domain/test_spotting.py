"""Phrases found in what learners write, and not found in what they deny or ask."""

from datetime import date

import pytest

from bot.domain.days import day_named, days_named
from bot.domain.spotting import says

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("we will refund you the full amont", "refund* amount"),
        ("Das Geld erstatten wir.", "erstatt*"),
        ("Wir schicken es zurueck", "zurück"),
        ("L'ETIQUETTE DE RETOUR est gratuite", "étiquette de retour"),
        ("a refund is no problem", "refund"),
        ("We send you a new lamp, is that OK?", "new lamp"),
        ("Mindestmenge ist 300 Stück", "# Stück"),
        ("le camoin est réservé", "camion"),
        ("No problem, we refund it", "refund"),
        ("I do not like it but we will refund you", "refund"),
    ],
)
def test_phrase_is_found_as_learners_write_it(text: str, phrase: str) -> None:
    assert says(text, [phrase])


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("we cannot refund", "refund*"),
        ("we don't give refunds", "refund*"),
        ("Wir erstatten das nicht.", "erstatt*"),
        ("kein Ersatz", "Ersatz"),
        ("nous ne remboursons pas", "rembours*"),
        ("Do you want a refund?", "refund"),
        ("the return took very long, as far as I can see, label", "return label"),
        ("Mindestmenge ist klein", "Mindestmenge #"),
        ("refuse", "refund"),
    ],
)
def test_phrase_is_not_found_where_it_is_not_said(text: str, phrase: str) -> None:
    assert not says(text, [phrase])


def test_question_counts_where_a_question_is_wanted() -> None:
    assert says("Do you want a refund?", ["refund"], questions=True)


def test_phrase_that_denies_is_found_in_a_denial() -> None:
    assert says("You do not need to return it", ["not need to return"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by the 24th of November", date(2026, 11, 24)),
        ("November 24", date(2026, 11, 24)),
        ("am 24. November", date(2026, 11, 24)),
        ("bis 24.11.", date(2026, 11, 24)),
        ("le 1er décembre", date(2026, 12, 1)),
        ("am 2. Februar", date(2027, 2, 2)),
        ("next Monday", date(2026, 11, 23)),
        ("d'ici mercredi", date(2026, 11, 25)),
        ("31 February", None),
        ("500 pieces", None),
        ("soon", None),
    ],
)
def test_day_of_a_promise_is_the_next_one_of_that_name(text: str, day: date | None) -> None:
    assert day_named(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in 3 working days", 3),
        ("sous 2 jours", 2),
        ("innerhalb von 5 Werktagen", 5),
        ("1.5 days", None),
        ("30 %", None),
    ],
)
def test_time_of_a_promise_is_counted_in_days(text: str, days: int | None) -> None:
    assert days_named(text) == days
