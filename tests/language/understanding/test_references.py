"""What a message takes up of the talk: values said before, corrections, points agreed on.

The notation: ``<topic or *> <whose> [<change><%|d|nothing>]``; corrections as ``!``, what is
agreed to by name as ``+topic``, what is disputed as ``-topic``.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.languages import Language
from bot.domain.understanding import Context, Measure, Topic, Understanding
from bot.language.understanding import SpacyUnderstander, as_json

SIGNS = {Measure.PERCENT: "%", Measure.DAYS: "d", Measure.AMOUNT: ""}

TAKES_UP = [
    ("en", "same price", "price last"),
    ("en", "Same price, 6 weeks delivery", "price last"),
    ("en", "payment as before", "payment last"),
    ("en", "like last time", "* last"),
    ("en", "both", "* both"),
    ("en", "Both are fine for us.", "* both"),
    ("en", "We accept your last offer.", "* theirs"),
    ("en", "I stay with my last offer.", "* own"),
    ("en", "10 % less than that", "price last -10%"),
    ("en", "5 cents more", "price last +0.05"),
    ("en", "20 cents more than your price", "price theirs +0.2"),
    ("en", "your price plus 0.20 USD", "price theirs +0.20"),
    ("en", "10 % less than our offer", "price own -10%"),
    ("en", "ten days earlier", "delivery last -10d"),
    ("en", "We can ship one week earlier.", "delivery last -7d"),
    ("en", "We need two weeks more time because copper rose 10 %.", "delivery last +14d"),
    ("en", "1,000 pieces more", "quantity last +1000"),
    ("en", "agreed on payment, but the price is too low", "+payment -price"),
    ("en", "payment ok, but the price is too low", "+payment -price"),
    ("en", "Delivery is fine, but 60 days credit is too long.", "+delivery -payment"),
    ("en", "OK, but the price is too low.", "-price"),
    ("en", "sorry, I meant 7.80", "! plain"),
    ("en", "No, I meant 8.80, not 8.70.", "! plain"),
    ("en", "Sorry, typo. The price is 7.80 USD.", "! plain"),
    ("en", "no, 8.80!", "! terse"),
    ("de", "gleicher Preis", "price last"),
    ("de", "Wir bleiben bei unserem letzten Angebot.", "* own"),
    ("de", "Ihr letztes Angebot passt.", "* theirs"),
    ("de", "wie besprochen", "* last"),
    ("de", "Zahlung wie beim letzten Mal", "payment last"),
    ("de", "10 % weniger", "price last -10%"),
    ("de", "Ihr Preis plus 20 Cent", "price theirs +0.2"),
    ("de", "5 Cent mehr", "price last +0.05"),
    ("de", "zehn Tage früher", "delivery last -10d"),
    ("de", "beides", "* both"),
    ("de", "Beides ist in Ordnung.", "* both"),
    ("de", "Zahlung ok, aber der Preis ist zu niedrig.", "+payment -price"),
    (
        "de",
        "Zahlung wie besprochen, aber der Preis ist zu niedrig",
        "payment last +payment -price",
    ),
    ("de", "nein, ich meinte 7,80", "! plain"),
    ("de", "Entschuldigung, ich meinte 7,80 EUR.", "! plain"),
    ("de", "nein, 8,80!", "! terse"),
    ("fr", "même prix", "price last"),
    ("fr", "comme convenu", "* last"),
    ("fr", "le paiement comme la dernière fois", "payment last"),
    ("fr", "10 % de moins", "price last -10%"),
    ("fr", "5 centimes de plus", "price last +0.05"),
    ("fr", "dix jours plus tôt", "delivery last -10d"),
    ("fr", "les deux", "* both"),
    ("fr", "Les deux me conviennent.", "* both"),
    ("fr", "votre dernière offre", "* theirs"),
    ("fr", "D'accord pour le paiement, mais le prix est trop bas.", "+payment -price"),
    ("fr", "pardon, 7,80 et non 8,70", "! plain"),
    ("fr", "Je voulais dire 7,80 EUR.", "! plain"),
    ("fr", "non, 8,80 !", "! terse"),
]
TAKES_UP_NOTHING = [
    ("en", "half of it now"),
    ("de", "die Hälfte jetzt"),
    ("fr", "la moitié maintenant"),
    ("en", "7.80 is a fair price for both sides."),
    ("en", "Copper is 10 % more expensive this year."),
    ("en", "Our price is USD 8.20 less 3 % discount."),
    ("en", "Not 8.20 but 7.90."),
    ("en", "We can give you 5 % discount."),
    ("en", "Is the payment ok for you?"),
    ("en", "Can you keep the same price?"),
    ("en", "We offer 5,000 pieces at USD 8.40, 30 days."),
    ("en", "You both did a good job."),
    ("de", "Kupfer ist 10 % teurer geworden."),
    ("de", "Wir geben Ihnen 5 % Rabatt."),
    ("de", "Können Sie früher liefern?"),
    ("de", "8,40 EUR, 5.000 Stück, sechs Wochen."),
    ("fr", "Nous vous accordons une remise de 5 %."),
    ("fr", "Le cuivre a augmenté de 10 %."),
    ("fr", "8,40 EUR, 5 000 pièces, six semaines."),
]


def written(heard: Understanding) -> Iterator[str]:
    for one in heard.references:
        yield f"{one.topic.value if one.topic else '*'} {one.whose.value}"
        if one.change:
            yield f"{one.change.by:+f}{SIGNS[one.change.measure]}"
    if heard.corrects:
        yield f"! {heard.corrects.value}"
    yield from (f"+{topic.value}" for topic in heard.granted)
    yield from (f"-{topic.value}" for topic in heard.disputed)


@pytest.mark.parametrize(("language", "text", "wanted"), TAKES_UP)
def test_what_is_taken_up_is_found(
    understander: SpacyUnderstander, language: str, text: str, wanted: str
) -> None:
    heard = understander.read(text, Language(language), Context(currency="EUR"))
    assert " ".join(written(heard)) == wanted


@pytest.mark.parametrize(("language", "text"), TAKES_UP_NOTHING)
def test_nothing_is_found_where_nothing_is_taken_up(
    understander: SpacyUnderstander, language: str, text: str
) -> None:
    heard = understander.read(text, Language(language), Context(currency="EUR"))
    assert " ".join(written(heard)) == ""


@pytest.mark.parametrize(
    ("language", "text"), [row[:2] for row in TAKES_UP if row[2][-1] in "%d" or "+0" in row[2]]
)
def test_figure_of_a_reference_is_at_most_a_discount(
    understander: SpacyUnderstander, language: str, text: str
) -> None:
    found = understander.read(text, Language(language), Context(currency="EUR")).terms
    assert not replace(found, discount_pct=None)


def test_figure_that_means_both_is_no_price(understander: SpacyUnderstander) -> None:
    asked = Context(currency="EUR", asked=Topic.PRICE)
    assert not understander.read("Les deux me conviennent.", Language.FR, asked).terms


def test_json_form_does_not_show_it(understander: SpacyUnderstander) -> None:
    heard = understander.read("5 cents more, as before", Language.EN, Context())
    assert heard.references
    assert set(as_json(heard)) == {"acts", "topics", "terms", "register", "confidence"}
