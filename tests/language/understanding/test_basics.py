"""The basics of the corpus are understood exactly as they are labelled."""

from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks.reading import BASICS, TODAY, context_of, corpus
from bot.domain.languages import Language
from bot.domain.understanding import Act, Context, Topic
from bot.language.understanding import SpacyUnderstander, as_json

EN, DE, FR = Language.EN, Language.DE, Language.FR
MESSAGES = [
    pytest.param(language, item, id=f"{language}-{item['text'][:60]}")
    for language in Language
    for item in corpus(language)
    if item["situation"] == BASICS
]


@pytest.fixture(scope="module")
def reader() -> SpacyUnderstander:
    """All three languages, on the day of the corpus."""
    return SpacyUnderstander(today=lambda: TODAY)


@pytest.mark.deep
@pytest.mark.parametrize(("language", "item"), MESSAGES)
def test_message_is_understood_exactly_as_it_is_labelled(
    reader: SpacyUnderstander, language: Language, item: Mapping[str, Any]
) -> None:
    found = as_json(reader.read(item["text"], language, context_of(item)))
    assert (set(found["acts"]), set(found["topics"]), found["terms"]) == (
        set(item["acts"]),
        set(item["topics"]),
        item["terms"],
    )


@pytest.mark.parametrize("language", list(Language))
def test_basics_are_many_and_over_all_acts(language: Language) -> None:
    basics = [item for item in corpus(language) if item["situation"] == BASICS]
    assert len(basics) >= 240
    assert {act for item in basics for act in item["acts"]} == set(Act)


@pytest.mark.parametrize(
    ("language", "message", "topic"),
    [
        (EN, "Can you lower the price?", Topic.PRICE),
        (EN, "Well, that sounds good, but can you deliver earlier?", Topic.DELIVERY),
        (EN, "can you increase the quantity a little", Topic.QUANTITY),
        (DE, "Könnten Sie uns einen besseren Preis geben?", Topic.PRICE),
        (DE, "Wir hoffen, dass Sie mehr bestellen können", Topic.QUANTITY),
        (DE, "Können Sie bitte ein Muster schicken?", Topic.SAMPLE),
        (FR, "Pouvez-vous baisser le prix ?", Topic.PRICE),
        (FR, "Pouvez-vous nous envoyer un échantillon ?", Topic.SAMPLE),
    ],
)
def test_the_talk_knows_what_a_request_is_about_json_gives_topics_of_questions(
    reader: SpacyUnderstander, language: Language, message: str, topic: Topic
) -> None:
    found = reader.read(message, language, Context())
    assert found.has(Act.REQUEST)
    assert found.topics == (topic,)
    assert as_json(found)["topics"] == []


@pytest.mark.parametrize(
    ("language", "message", "foreign"),
    [
        (EN, "我们可以接受这个价格", "zh"),
        (EN, "Wir können das leider nicht für diesen Preis liefern", "de"),
        (EN, "Nous ne pouvons pas accepter ce prix pour les lampes", "fr"),
        (DE, "我们同意", "zh"),
        (DE, "We can not accept this price for the lamps", "en"),
        (DE, "Nous pouvons livrer dans les quatre semaines pour vous", "fr"),
        (FR, "我们同意", "zh"),
        (FR, "We can not accept this price for the lamps", "en"),
        (FR, "Wir können das leider nicht für diesen Preis liefern", "de"),
    ],
)
def test_a_message_in_another_language_is_noticed_and_not_read(
    reader: SpacyUnderstander, language: Language, message: str, foreign: str
) -> None:
    found = reader.read(message, language, Context())
    assert (found.foreign, found.acts) == (foreign, (Act.OTHER,))
