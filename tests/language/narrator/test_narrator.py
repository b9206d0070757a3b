"""The narrator against a real server that rephrases well, lies, stalls and breaks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import pytest

from bot.domain.exercise import Persona, Temper
from bot.domain.languages import Band, Interface, Language
from bot.language.narrator import Model, ModelNarrator
from bot.language.understanding import SpacyUnderstander
from tests.language.narrator.talker import Talker, talking

TODAY = date(2026, 11, 18)
PERSONA = Persona(
    name="Mike Sullivan",
    address="Mike",
    role=dict.fromkeys(Interface, "buyer"),
    company="Prairie Lane Home, Inc.",
    town="Chicago",
    timezone="America/Chicago",
    temper=Temper.HARD_BARGAINER,
)
LINE = {
    Language.EN: "I can't take USD 9.20. My offer right now: USD 7.80 and four weeks.",
    Language.DE: "8,80 EUR kann ich nicht annehmen. Mein Vorschlag: 7,60 EUR und vier Wochen.",
    Language.FR: "Je ne peux pas accepter 8,80 EUR. Je vous propose 7,60 EUR et quatre semaines.",
}
GOOD = {
    Language.EN: "Sorry, I cannot accept USD 9.20. I can offer USD 7.80 and 4 weeks.",
    Language.DE: "Leider kann ich 8,80 EUR nicht annehmen. Ich biete Ihnen 7,60 EUR und 4 Wochen.",
    Language.FR: (
        "Désolé, je ne peux pas accepter 8,80 EUR. Ma proposition\xa0: 7,60 EUR, 4 semaines."
    ),
}


@pytest.fixture(scope="module")
def understander() -> Iterator[SpacyUnderstander]:
    one = SpacyUnderstander(today=lambda: TODAY)
    yield one
    one.close()


@pytest.fixture
async def talker() -> AsyncIterator[Talker]:
    async with talking() as one:
        yield one


@pytest.fixture
async def narrator(
    talker: Talker, understander: SpacyUnderstander
) -> AsyncIterator[ModelNarrator]:
    model = Model(talker.url, name="small", key="k-1234", limit_s=5.0)
    one = ModelNarrator(model, understander, today=lambda: TODAY)
    yield one
    await one.close()


async def told(
    narrator: ModelNarrator, language: Language = Language.EN, said: tuple[str, ...] = ()
) -> str:
    return await narrator.narrate(
        LINE[language], persona=PERSONA, language=language, band=Band.B1, said=said
    )


@pytest.mark.parametrize("language", Language)
async def test_a_line_that_says_the_same_is_sent(
    talker: Talker, narrator: ModelNarrator, language: Language
) -> None:
    talker.says = lambda _: GOOD[language]
    assert await told(narrator, language) == GOOD[language]


async def test_the_model_is_told_the_line_and_the_person_and_nothing_of_the_deal(
    talker: Talker, narrator: ModelNarrator
) -> None:
    await told(narrator)
    (asked,) = talker.asked
    assert asked["model"] == "small"
    assert talker.headers[0]["Authorization"] == "Bearer k-1234"
    system, user = asked["messages"]
    assert user == {"role": "user", "content": LINE[Language.EN]}
    assert "Mike Sullivan" in system["content"]
    assert "hard" not in system["content"]
    assert not [word for word in ("limit", "points", "payoff") if word in system["content"]]


LIES = {
    "another price": "Sorry, USD 9.20 is not for me. I offer you USD 8.80 and four weeks.",
    "one figure more": "Sorry, not USD 9.20. I offer USD 7.80 and four weeks, or even 8.50.",
    "a figure lost": "Sorry, USD 9.20 is not for me. I offer you four weeks.",
    "another currency": "Sorry, USD 9.20 is not for me. I offer you EUR 7.80 and four weeks.",
    "another time": "Sorry, USD 9.20 is not for me. I offer you USD 7.80 and four days.",
    "a yes for a no": "Great, I accept USD 9.20. And USD 7.80 and four weeks are fine as well.",
    "a question more": "I can't take USD 9.20. My offer: USD 7.80 and four weeks. Is that okay?",
    "the limit in words": (
        "I can't take USD 9.20. My offer: USD 7.80, four weeks. I stop at eight dollars fifty."
    ),
    "another language": (
        "Ich kann USD 9.20 nicht annehmen, mein Vorschlag ist jetzt USD 7.80 und vier Wochen."
    ),
    "out of the role": "As an AI I can't take USD 9.20. My offer: USD 7.80 and four weeks.",
    "a list": "- I can't take USD 9.20.\n- My offer right now: USD 7.80 and four weeks.",
    "a novel": LINE[Language.EN] + " And let me tell you about my week." * 9,
    "nothing": "   ",
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_line_that_says_something_else_is_not_sent(
    talker: Talker, narrator: ModelNarrator, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    talker.says = lambda _: LIES[lie]
    assert await told(narrator) == LINE[Language.EN]
    assert "the authored one is sent" in caplog.text
    assert "8.80" not in caplog.text


async def test_a_sentence_said_before_does_not_come_again(
    talker: Talker, narrator: ModelNarrator
) -> None:
    talker.says = lambda _: GOOD[Language.EN]
    earlier = "Sorry, I cannot accept USD 9.20. Anything else?"
    assert await told(narrator, said=(earlier,)) == LINE[Language.EN]


BROKEN: dict[str, Any] = {
    "no choices": {"choices": []},
    "no message": {"choices": [{}]},
    "no text": {"choices": [{"message": {"content": None}}]},
    "an error object": {"error": {"message": "no such model"}},
    "a bare list": [],
    "a flood": {"choices": [{"message": {"content": "x" * 100_000}}]},
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_a_broken_answer_is_no_answer(
    talker: Talker, narrator: ModelNarrator, broken: str
) -> None:
    talker.body = lambda _: BROKEN[broken]
    assert await told(narrator) == LINE[Language.EN]


@pytest.mark.parametrize("status", [302, 401, 404, 429, 500])
async def test_an_error_is_no_answer(talker: Talker, narrator: ModelNarrator, status: int) -> None:
    talker.status, talker.says = status, lambda _: GOOD[Language.EN]
    assert await told(narrator) == LINE[Language.EN]


async def test_a_server_that_stalls_is_not_waited_for(
    talker: Talker, understander: SpacyUnderstander
) -> None:
    talker.waits, talker.says = asyncio.Event(), lambda _: GOOD[Language.EN]
    model = Model(talker.url, name="small", key=None, limit_s=0.1)
    impatient = ModelNarrator(model, understander, today=lambda: TODAY)
    assert await told(impatient) == LINE[Language.EN]
    await impatient.close()


async def test_a_server_that_is_down_is_left_alone_for_a_while(
    talker: Talker, narrator: ModelNarrator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    talker.status = 500
    for _ in range(5):
        assert await told(narrator) == LINE[Language.EN]
    assert len(talker.asked) == 3
