"""Issues that no trade term names: which words and figures of a message are meant for them."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId
from bot.domain.languages import Language
from bot.domain.reading import matters
from bot.domain.understanding import Act, Context, Stance, Topic, Understanding
from bot.language.understanding.phrases import alike
from bot.language.understanding.understander import SpacyUnderstander
from tests.domain.agency import make_agency

READER = SpacyUnderstander(today=lambda: date(2026, 9, 1))
MATTERS = {language: matters(make_agency(language.value).deal) for language in Language}


def read(
    language: str, text: str, *, about: IssueId | None = None, asked: Topic | None = None
) -> Understanding:
    known = MATTERS[Language(language)]
    context = Context(currency="EUR", matters=known, matter=about, asked=asked)
    return READER.read(text, Language(language), context)


def said(heard: Understanding, stance: Stance) -> list[str]:
    """``share 8``, ``scope dach``; of what has no value the name alone."""
    found = [one for one in heard.mentions if one.stance is stance]
    values = ((one.issue, one.option or one.amount) for one in found)
    return sorted(f"{issue} {'' if value is None else value}".strip() for issue, value in values)


PUT: list[tuple[str, str, list[str]]] = [
    ("en", "We can give you 8 % commission for two years.", ["period 24", "share 8"]),
    ("en", "How about 6% commission and a term of 18 months?", ["period 18", "share 6"]),
    ("en", "Commission: 7 percent. Territory: Germany only.", ["scope germany", "share 7"]),
    (
        "en",
        "You get Germany, Switzerland and Austria, with training by video.",
        ["scope dach", "service online"],
    ),
    ("en", "The agreement can be for a year, non-exclusive.", ["period 12", "scope open"]),
    ("en", "we offer online trainings and comission 8 %", ["service online", "share 8"]),
    ("en", "Not DACH, but only Germany is possible.", ["scope germany"]),
    ("en", "8 % is too much, we can do 6 %.", ["share 6"]),
    ("en", "If you order 500 pieces, we agree to DACH.", ["scope dach"]),
    (
        "de",
        "Wir bieten Ihnen 8 % Provision und eine Laufzeit von zwei Jahren.",
        ["period 24", "share 8"],
    ),
    (
        "de",
        "Die Provision beträgt 7 Prozent, der Trainer kommt vor Ort.",
        ["service on_site", "share 7"],
    ),
    (
        "de",
        "Schulungen vor Ort sind möglich, Vertrag über 24 Monate.",
        ["period 24", "service on_site"],
    ),
    ("de", "Nicht exklusiv, dafür 9 % Umsatzprovision.", ["scope open", "share 9"]),
    (
        "de",
        "Deutschland, Oesterreich und die Schweiz, anderthalb Jahre.",
        ["period 18", "scope dach"],
    ),
    ("fr", "Nous vous proposons 8 % de commission pour deux ans.", ["period 24", "share 8"]),
    (
        "fr",
        "La durée du contrat serait de 18 mois, sans exclusivité.",
        ["period 18", "scope open"],
    ),
    ("fr", "L'Allemagne, avec une formation en ligne.", ["scope germany", "service online"]),
    (
        "fr",
        "Pas l'Allemagne seulement, mais l'Allemagne, la Suisse et l'Autriche.",
        ["scope dach"],
    ),
]


@pytest.mark.parametrize(("language", "text", "put"), PUT)
def test_what_is_put_on_the_table_is_found(language: str, text: str, put: list[str]) -> None:
    heard = read(language, text)
    assert said(heard, Stance.PUT) == put
    assert heard.has(Act.OFFER, Act.ACCEPT)
    assert not heard.has(Act.OTHER)


NOT_PUT: list[tuple[str, str]] = [
    ("en", "We cannot give you DACH."),
    ("en", "8 % commission is too high for us."),
    ("en", "No on-site training, please."),
    ("en", "Cotton prices have risen by 8 %."),
    ("en", "30 % deposit, balance before shipment."),
    ("en", "We give you a discount of 5 %."),
    ("en", "Delivery in 14 months is too late."),
    ("en", "Payment 60 days after invoice, delivery in 45 days."),
    ("en", "Our offer is valid for 30 days."),
    ("en", "We have been in business for 20 years."),
    ("de", "Keine Exklusivität für DACH."),
    ("de", "DACH können wir Ihnen leider nicht geben."),
    ("de", "Lieferzeit sechs Wochen, 30 % Anzahlung."),
    ("de", "Drei Prozent Skonto können wir geben."),
    ("fr", "Pas d'exclusivité pour l'Allemagne."),
    ("fr", "Nous ne pouvons pas accepter la formation sur place."),
    ("fr", "12 % de commission, c'est trop."),
]


@pytest.mark.parametrize(("language", "text"), NOT_PUT)
def test_what_is_refused_or_meant_for_a_trade_term_is_not_put(language: str, text: str) -> None:
    assert said(read(language, text), Stance.PUT) == []


SPOKEN_OF: list[tuple[str, str, Stance, list[str]]] = [
    ("en", "What commission do you expect?", Stance.ASKED, ["share"]),
    ("en", "And which territory, please?", Stance.ASKED, ["scope"]),
    ("de", "Wie lang soll die Laufzeit sein?", Stance.ASKED, ["period"]),
    ("fr", "Quelle commission souhaitez-vous ?", Stance.ASKED, ["share"]),
    ("en", "The territory is fine.", Stance.GRANTED, ["scope"]),
    ("de", "Mit dem Gebiet sind wir einverstanden.", Stance.GRANTED, ["scope"]),
    ("fr", "D'accord pour la durée du contrat.", Stance.GRANTED, ["period"]),
    ("en", "But the term is too long.", Stance.DISPUTED, ["period"]),
    ("de", "Die Provision ist zu hoch.", Stance.DISPUTED, ["share"]),
    ("fr", "La commission est trop élevée.", Stance.DISPUTED, ["share"]),
    ("en", "We cannot give you DACH.", Stance.DISPUTED, ["scope"]),
]


@pytest.mark.parametrize(("language", "text", "stance", "issues"), SPOKEN_OF)
def test_what_is_asked_granted_and_disputed_by_name(
    language: str, text: str, stance: Stance, issues: list[str]
) -> None:
    heard = read(language, text)
    assert said(heard, stance) == issues
    assert Topic.OTHER not in heard.topics


def test_bare_figures_answer_what_was_asked() -> None:
    assert said(read("en", "8 %.", about=IssueId.SHARE), Stance.PUT) == ["share 8"]
    assert said(read("en", "We could do two years.", about=IssueId.PERIOD), Stance.PUT) == [
        "period 24"
    ]
    assert said(read("de", "Höchstens 6 Prozent.", about=IssueId.SHARE), Stance.PUT) == ["share 6"]


def test_figure_asked_for_as_a_trade_term_stays_one() -> None:
    heard = read("en", "30 %.", asked=Topic.PAYMENT)
    assert said(heard, Stance.PUT) == []
    assert heard.terms.payment is not None
    assert heard.terms.payment.deposit_pct == Decimal(30)


def test_share_and_deposit_stand_side_by_side() -> None:
    heard = read("en", "30 % deposit by T/T, 8 % commission.")
    assert said(heard, Stance.PUT) == ["share 8"]
    assert heard.terms.payment is not None
    assert heard.terms.payment.deposit_pct == Decimal(30)
    assert heard.terms.discount_pct is None


@pytest.mark.parametrize(
    ("language", "text", "issue", "by"),
    [
        ("en", "2 % more commission is possible.", IssueId.SHARE, 2),
        ("en", "We can make the term six months longer.", IssueId.PERIOD, 6),
        ("de", "Wir können 1 % mehr Provision geben.", IssueId.SHARE, 1),
        ("fr", "Nous acceptons 2 % de plus sur la commission.", IssueId.SHARE, 2),
    ],
)
def test_change_of_a_value_said_before_is_about_the_matter(
    language: str, text: str, issue: IssueId, by: int
) -> None:
    heard = read(language, text)
    changes = [(one.issue, one.change.by) for one in heard.references if one.change]
    assert changes == [(issue, Decimal(by))]
    assert said(heard, Stance.PUT) == []


def test_offer_of_what_is_no_option_is_told() -> None:
    heard = read("en", "We can offer you Poland as territory.")
    assert said(heard, Stance.PUT) == ["scope"]


def test_without_matters_nothing_is_mentioned() -> None:
    text = "We can give you 8 % commission for two years."
    assert READER.read(text, Language.EN, Context()).mentions == ()


@pytest.mark.parametrize(
    ("word", "wanted", "is_alike"),
    [
        ("schulungen", "schulung", True),
        ("exclusivity", "exclusive", True),
        ("umsatzprovision", "provision", True),
        ("comission", "commission", True),
        ("shops", "shop", True),
        ("germany", "geneva", False),
        ("online", "offline", False),
        ("part", "party", False),
        ("12", "120", False),
    ],
)
def test_words_are_alike_but_for_endings_and_slips(word: str, wanted: str, is_alike: bool) -> None:
    assert alike(word, wanted) is is_alike
