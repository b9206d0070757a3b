"""Whatever is typed, in whatever script and however much of it, is answered."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.languages import Language
from bot.domain.understanding import Act, Context, Topic, Understanding
from bot.language.understanding import SpacyUnderstander, as_json
from bot.language.understanding.normalise import MAX_CHARACTERS, normalise

LANGUAGES = st.sampled_from(list(Language))
CONTEXTS = st.builds(
    Context,
    currency=st.sampled_from([None, "USD", "EUR"]),
    asked=st.sampled_from([None, *Topic]),
    confirming=st.booleans(),
)
ANYTHING = st.characters(exclude_categories=["Cs"])
"""Every code point there is, controls and unassigned ones included; but see ``HALVES``."""

HALVES = ["\ud800", "We offer 8.20 USD \ud83d", "\udc00" * 10]
"""Halves of surrogate pairs, as a broken emoji leaves them: the tokenizer refuses the text."""

LETTERS_AND_FIGURES = st.sampled_from(
    "8.40,1250 %€$¥£/-+()<>mncptdiy?!\n\t\u200e\u200b\u200d\u0301，。；０１²½Ⅷ٣४七百ßİſﬁ﷽𝟜👩\0"
)
"""What figures, marks and words are made of, and characters that change length when folded."""

TEXTS = st.text(ANYTHING, max_size=200) | st.text(LETTERS_AND_FIGURES, max_size=200)
LONG = 5_000  # characters


def assert_answered(found: Understanding) -> None:
    assert found.acts
    assert found.acts == (Act.OTHER,) or Act.OTHER not in found.acts
    assert 0 <= found.confidence <= 1
    assert json.dumps(as_json(found))


@given(text=TEXTS, language=LANGUAGES, context=CONTEXTS)
@settings(max_examples=30, deadline=None)
def test_any_text_is_answered(
    understander: SpacyUnderstander, text: str, language: Language, context: Context
) -> None:
    assert_answered(understander._read(text, language, context))  # read() would hide a raise


@pytest.mark.deep
@given(text=TEXTS, language=LANGUAGES, context=CONTEXTS)
@settings(max_examples=400, deadline=None)
def test_many_texts_are_answered(
    understander: SpacyUnderstander, text: str, language: Language, context: Context
) -> None:
    assert_answered(understander._read(text, language, context))


@pytest.mark.deep
@given(piece=TEXTS.filter(bool), language=LANGUAGES)
@settings(max_examples=30, deadline=None)
def test_thousands_of_characters_of_noise_are_answered(
    understander: SpacyUnderstander, piece: str, language: Language
) -> None:
    noise = (piece * LONG)[:LONG]
    assert_answered(understander._read(noise, language, Context()))


@pytest.mark.parametrize("text", HALVES)
async def test_halves_of_characters_are_answered_too(
    understander: SpacyUnderstander, text: str
) -> None:
    assert_answered(await understander.understand(text, Language.EN, Context()))


@given(piece=TEXTS.filter(bool))
@settings(max_examples=30, deadline=None)
def test_no_more_than_the_limit_is_read(piece: str) -> None:
    assert len(normalise((piece * LONG)[: 4 * LONG])) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    ("language", "offer", "filler"),
    [
        (Language.EN, "We offer 5000 pcs at USD 8.20.", "The lamps are very nice. "),
        (Language.DE, "Wir bieten 5000 Stück zu 8,20 USD.", "Die Lampen sind sehr schön. "),
        (Language.FR, "Nous offrons 5000 pièces à 8,20 USD.", "Les lampes sont très belles. "),
    ],
)
def test_a_long_message_is_read_up_to_the_limit(
    understander: SpacyUnderstander, language: Language, offer: str, filler: str
) -> None:
    def read(text: str) -> Understanding:
        return understander._read(text, language, Context())

    short = read(offer).terms
    assert short.price
    assert short.quantity
    room = MAX_CHARACTERS - len(offer)
    within = filler * (room // len(filler))
    assert read(within + offer).terms == short
    assert read(offer + filler * LONG).terms == short
    beyond = filler * (MAX_CHARACTERS // len(filler) + 1)
    assert not read(beyond + offer).terms
