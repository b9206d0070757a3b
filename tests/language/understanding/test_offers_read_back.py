"""Whatever is offered, in whatever usual way it is written, is understood as it was meant."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.offers import (
    COMMA_BETWEEN_DIGITS,
    LIKE_A_YEAR,
    LIKE_FIGURES_BELOW,
    QUANTITY_BELOW,
    Writer,
    differences,
    framed,
    name_of,
    names_in,
    politely,
    ways_of,
    write_offer,
)
from benchmarks.reading import TODAY, context_of, corpus, is_held_out
from benchmarks.ways import FRAMES, POLITE, Paid, Term
from bot.domain.languages import Language
from bot.domain.terms import Terms
from bot.domain.understanding import Act, Context
from bot.language.understanding import SpacyUnderstander

EN, DE, FR = Language.EN, Language.DE, Language.FR
UNREAD: Mapping[tuple[Language, str], str] = {
    **{
        (language, pattern): "a date that ends in a figure is not read in front of a comma"
        for language, pattern in (
            *((language, "y-MM-dd") for language in Language),
            (DE, "dd.MM.y"),
            (DE, "d.M.y"),
            (FR, "dd/MM/y"),
        )
    },
    (EN, "MMMM d, y"): "a comma between the day and the year: no date at all",
    **{
        (language, word): "without 'sterling' it is no currency: it may be the weight"
        for language, word in ((EN, "pounds"), (DE, "Pfund"), (FR, "livres"))
    },
    **{(language, "fas"): "FAS is read in capitals only" for language in Language},
    **{
        (language, COMMA_BETWEEN_DIGITS): "a full-width comma between two terms makes one number"
        for language in Language
    },
    **{
        (language, "T/T {p}/{q}"): "in front of a comma or a full stop the split is lost"
        for language in Language
    },
    **{
        (language, LIKE_A_YEAR): "a quantity from 1990 to 1999 or 2020 to 2039 is taken for a year"
        for language in Language
    },
    **{
        (language, QUANTITY_BELOW): "a bare quantity on a line below another term is lost"
        for language in Language
    },
    **{
        (language, LIKE_FIGURES_BELOW): "a share or a time takes its sense from the line above"
        for language in Language
    },
    (EN, "{a} {word} for one {per}"): "'8 yuan for one metre' is 8.01: 'one' is taken for cents",
    (FR, "valide jusqu'au {d}"): "'valide' is taken for an agreement",
    (FR, "validité {n} jours"): "'nous offrons validité' is taken for an agreement",
    (FR, "net {n} jours"): "after another number of days both are misread",
    (FR, "livraison au plus tard le {d}"): "in front of 'valable 15 jours' it is no delivery date",
}
"""Ways of writing that are not read reliably yet. One that is read belongs in here no more."""


@pytest.fixture(scope="module")
def understander() -> SpacyUnderstander:
    """All three languages, on the day that the offers take for today."""
    return SpacyUnderstander(today=lambda: TODAY)


OFFERS = st.randoms(use_true_random=False)
FEW = settings(max_examples=25, deadline=None)
MANY = settings(max_examples=250, deadline=None)


def assert_read_back(understander: SpacyUnderstander, random: Random) -> None:
    offer = write_offer(random, UNREAD)
    found = understander._read(offer.text, offer.language, Context())
    assert differences(offer.terms, found.terms) == {}, offer
    assert found.has(Act.OFFER), offer


@given(random=OFFERS)
@FEW
def test_an_offer_is_read_back(understander: SpacyUnderstander, random: Random) -> None:
    assert_read_back(understander, random)


@pytest.mark.deep
@given(random=OFFERS)
@MANY
def test_many_offers_are_read_back(understander: SpacyUnderstander, random: Random) -> None:
    assert_read_back(understander, random)


def every_way() -> Iterator[tuple[Language, Term, str | Paid]]:
    return (
        (language, term, way)
        for language in Language
        for term in Term
        for way in ways_of(language, term)
        if (language, name_of(way)) not in UNREAD
    )


@pytest.mark.deep
@pytest.mark.parametrize(
    ("language", "term", "way"),
    [pytest.param(*one, id=f"{one[0]}-{name_of(one[2])}") for one in every_way()],
)
def test_every_way_of_writing_is_read_by_itself(
    understander: SpacyUnderstander, language: Language, term: Term, way: str | Paid
) -> None:
    writer = Writer(Random(f"{language} {way}"), language, UNREAD)
    for frame in FRAMES[language]:
        said = writer.term(term, way)
        text = framed(writer, [said.text], frame)
        found = understander._read(text, language, Context())
        assert differences(Terms(**{term.value: said.value}), found.terms) == {}, text


@pytest.mark.parametrize("language", list(Language))
def test_what_is_listed_as_unread_is_a_way_of_writing(language: Language) -> None:
    """A way that was renamed would stand in the list for nothing."""
    assert {name for of, name in UNREAD if of is language} <= names_in(language)


# --- polite words -----------------------------------------------------------------------------


def assert_politeness_changes_nothing(understander: SpacyUnderstander, random: Random) -> None:
    offer = write_offer(random, UNREAD)
    text = politely(random, offer.text, *POLITE[offer.language])
    found = understander._read(text, offer.language, Context())
    assert differences(offer.terms, found.terms) == {}, text
    assert found.has(Act.OFFER), text


@given(random=OFFERS)
@FEW
def test_polite_words_change_no_offer(understander: SpacyUnderstander, random: Random) -> None:
    assert_politeness_changes_nothing(understander, random)


@pytest.mark.deep
@given(random=OFFERS)
@MANY
def test_polite_words_change_none_of_many_offers(
    understander: SpacyUnderstander, random: Random
) -> None:
    assert_politeness_changes_nothing(understander, random)


GLUED = ", "
"""A salutation that ends so is left out below: in front of "5 dollars??" it hides the echo."""

SPLIT_LAST = re.compile(r"\d0/\d0$")
"""Left out as well: the full stop after "T/T 30/70" that polite words need loses the split."""

EVERY = 6
"""Every sixth message of the corpus is tried; all of them take minutes."""


@pytest.mark.deep
@pytest.mark.parametrize("language", list(Language))
def test_polite_words_change_no_terms_of_any_message(
    understander: SpacyUnderstander, language: Language
) -> None:
    before, after = POLITE[language]
    whole = [words for words in before if not words.endswith(GLUED)]
    changed = []
    for item in islice(corpus(language), None, None, EVERY):
        if is_held_out(item) or SPLIT_LAST.search(item["text"]):
            continue
        plain = understander._read(item["text"], language, context_of(item))
        if plain.foreign:
            continue
        text = politely(Random(item["text"]), item["text"], whole, after)
        found = understander._read(text, language, context_of(item))
        if differences(plain.terms, found.terms):
            changed.append(text)
    assert changed == []
