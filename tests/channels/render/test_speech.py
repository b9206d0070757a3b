"""How the buyer's figures are written in each practice language."""

from decimal import Decimal

import pytest

from bot.channels.render.figures import lead_time, price, quantity
from bot.channels.render.speech import package, speak, terms_line
from bot.domain.deal import IssueId, Offer
from bot.domain.exercise import Line
from bot.domain.languages import Language
from bot.domain.talk import Say, Spoken
from bot.domain.terms import Unit
from tests.domain.agency import make_agency
from tests.domain.factories import make_version

EN, DE, FR = Language.EN, Language.DE, Language.FR
VERSION = make_version()
PRICE = Offer(figures={IssueId.PRICE: Decimal("8.4")})
WEEKS = Offer(figures={IssueId.LEAD_TIME: Decimal(42)})
WHOLE = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("8.40"),
        IssueId.LEAD_TIME: Decimal(42),
    },
    choices={IssueId.INCOTERM: "fob", IssueId.PAYMENT: "oa60"},
)


@pytest.mark.parametrize(
    ("language", "written"), [(EN, "EUR 8.40"), (DE, "8,40 EUR"), (FR, "8,40\xa0EUR")]
)
def test_price_stands_as_traders_write_it(language: Language, written: str) -> None:
    assert price(Decimal("8.4"), "EUR", language) == written


@pytest.mark.parametrize(
    ("language", "written"), [(EN, "5,000 pieces"), (DE, "5.000 Stück"), (FR, "5\u202f000 pièces")]
)
def test_quantity_has_the_thousands_mark_of_its_language(language: Language, written: str) -> None:
    assert quantity(Decimal(5000), Unit.PIECE, language) == written


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (42, ("six weeks", "sechs Wochen", "six semaines")),
        (7, ("one week", "eine Woche", "une semaine")),
        (45, ("45 days", "45 Tage", "45 jours")),
        (1, ("1 day", "1 Tag", "1 jour")),
        (98, ("14 weeks", "14 Wochen", "14 semaines")),
    ],
)
def test_lead_time_is_in_weeks_where_it_can_be(days: int, written: tuple[str, str, str]) -> None:
    assert tuple(lead_time(Decimal(days), one) for one in (EN, DE, FR)) == written


def test_package_joins_price_and_delivery_term() -> None:
    assert package(WHOLE, VERSION, DE) == "5.000 Stück, 8,40 EUR fob, oa60 und sechs Wochen"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (EN, "5,000 pieces DL-20 at EUR 8.40, fob, oa60, delivery in six weeks"),
        (DE, "5.000 Stück DL-20 zu 8,40 EUR, fob, oa60, Lieferzeit sechs Wochen"),
        (FR, "5\u202f000 pièces DL-20 à 8,40\xa0EUR, fob, oa60, délai de six semaines"),
    ],
)
def test_all_terms_stand_in_one_line(language: Language, written: str) -> None:
    assert terms_line(WHOLE, VERSION, language) == written


def test_slot_at_the_start_of_a_sentence_gets_a_capital() -> None:
    says = [Spoken(phrase="{theirs} ist zu lang. {ours}?", say=Say(theirs=WEEKS, ours=PRICE))]
    assert speak(says, VERSION, DE) == "Sechs Wochen ist zu lang. 8,40 EUR?"


def test_slot_after_an_abbreviation_gets_no_capital() -> None:
    says = [Spoken(phrase="Vielleicht z. B. {ours}.", say=Say(ours=WEEKS))]
    assert speak(says, VERSION, DE) == "Vielleicht z. B. sechs Wochen."


def test_open_issues_are_nouns_with_their_articles() -> None:
    ids = (IssueId.PAYMENT, IssueId.LEAD_TIME)
    says = [Spoken(phrase="Offen: {issues}.", say=Say(issues=ids))]
    assert speak(says, VERSION, DE) == "Offen: die Zahlung und die Lieferzeit."
    assert speak(says, VERSION, FR) == "Offen: le paiement et le délai de livraison."


def test_nobody_is_called_by_a_missing_name() -> None:
    says = [Spoken(phrase=phrase, say=Say()) for phrase in ("Hi {name}.", "Bye, {name}!")]
    assert speak(says, VERSION, EN) == "Hi. Bye!"


# --- issues that an author names ----------------------------------------------------------------

AGENCY = {language: make_agency(language.value) for language in Language}
AGREED = Offer(
    figures={IssueId.SHARE: Decimal(8), IssueId.PERIOD: Decimal(24)},
    choices={IssueId.SCOPE: "germany"},
)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (EN, "8% commission, 24 months for the term, germany"),
        (DE, "8\xa0% Provision, 24 Monate Laufzeit, germany"),
        (FR, "8\u202f%\xa0de commission, 24 mois pour la durée du contrat, germany"),
    ],
)
def test_summary_tells_what_a_share_and_a_period_are_of(language: Language, written: str) -> None:
    assert _even(terms_line(AGREED, AGENCY[language], language)) == _even(written)


def _even(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "phrase", "written"),
    [
        (EN, "On {issues}, {ours} is fine.", "On the term, 24 months is fine."),
        (DE, "{issues}: Wir rechnen mit {ours}.", "Die Laufzeit: Wir rechnen mit 24 Monaten."),
        (DE, "{ours}, das passt.", "24 Monate, das passt."),
        (FR, "Pour {issues}, disons {ours}.", "Pour la durée du contrat, disons 24 mois."),
    ],
)
def test_line_about_an_issue_names_it_and_its_bare_value(
    language: Language, phrase: str, written: str
) -> None:
    say = Say(
        line=Line.ANSWER_PERIOD, issues=(IssueId.PERIOD,), ours=AGREED.only([IssueId.PERIOD])
    )
    assert speak((Spoken(phrase=phrase, say=say),), AGENCY[language], language) == written


def test_what_is_open_is_told_by_the_authors_name() -> None:
    say = Say(line=Line.OPEN_ISSUES, issues=(IssueId.SHARE, IssueId.SCOPE))
    spoken = (Spoken(phrase="Still open: {issues}.", say=say),)
    assert speak(spoken, AGENCY[EN], EN) == "Still open: the commission and the territory."
