"""What is exported for labelling: doubtful messages, without names, with what was before them."""

import json
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from bot.corpus import line
from bot.domain.languages import Language
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act, Context, Topic, Understanding
from bot.usecases.doubts import Doubt, Doubts
from tests.usecases.world import GIFT, Person, World


def doubts(world: World) -> Doubts:
    return Doubts(records=world.storage.records, scene=world.practice.scene)


def mumbles(world: World, said: str, confidence: float = 0.35, **read: Any) -> str:
    """From now on ``said`` is understood with this ``confidence``."""
    values = {"acts": (Act.INFORM,), "confidence": confidence, **read}
    world.understander.meanings[said] = Understanding(**values)
    return said


async def texts(world: World, **options: Any) -> list[str]:
    return [doubt.text for doubt in await doubts(world).collect(**options)]


@pytest.fixture
async def li(world: World) -> Person:
    """In the desk-lamp talk."""
    learner = await world.learner("li", name="Li Na")
    await learner.begins()
    return learner


async def test_nothing_is_doubtful_before_anybody_has_talked(world: World):
    assert await doubts(world).collect() == ()


async def test_the_most_doubtful_come_first_and_sure_ones_not_at_all(world: World, li: Person):
    for said, confidence in (("eins", 0.5), ("zwei", 0.15), ("drei", 0.6), ("vier", 0.35)):
        await li.says(mumbles(world, said, confidence))
    assert await texts(world) == ["zwei", "vier", "eins"]
    assert await texts(world, limit=2) == ["zwei", "vier"]
    assert await texts(world, below=0.2) == ["zwei"]
    assert await texts(world, below=0.9) == ["zwei", "vier", "eins", "drei"]
    assert await texts(world, language=Language.FR) == []


async def test_the_same_text_comes_once_at_its_most_doubtful(world: World, li: Person):
    wu = await world.learner("wu", name="Wu Jie")
    await wu.begins()
    await li.says(mumbles(world, "Hier ist Li Na von Lampe", 0.5))
    await wu.says(mumbles(world, "Hier ist Wu Jie von Lampe", 0.3))
    (found,) = await doubts(world).collect()
    assert found.text == "Hier ist Xiao Ming von Lampe"
    assert found.understanding.confidence == 0.3


async def test_the_writer_cannot_be_recognised(world: World, li: Person):
    await li.says(mumbles(world, "Li Na hier, lina@163.com, @lina_lamps, 13812345678, li.cn/x"))
    printed = "".join(line(doubt) for doubt in await doubts(world).collect())
    assert json.loads(printed)["text"] == (
        "Xiao Ming hier, name@example.com, @example, +86 138 0000 0000, www.example.com"
    )
    assert not {"account_id", "session_id", "situation", "id"} & set(json.loads(printed))


async def test_what_was_before_a_message_is_rebuilt(world: World, li: Person):
    await li.says(mumbles(world, "hm"))
    await li.says(GIFT)
    await li.says(mumbles(world, "na ja"))
    found = {doubt.text: doubt.context for doubt in await doubts(world).collect()}
    assert found["hm"] == Context(currency="EUR")
    assert found["na ja"] == Context(currency="EUR", confirming=True)


async def test_what_was_before_is_rebuilt_across_a_press(world: World, li: Person):
    await li.says(GIFT)
    await li.presses(next(a for a in await li.actions() if a.startswith("no:")))
    await li.says(mumbles(world, "na ja"))
    (found,) = await doubts(world).collect()
    assert found.context is not None
    assert not found.context.confirming


async def test_the_rebuilt_context_is_the_one_the_message_was_read_in(world: World, li: Person):
    read: list[Context] = []
    understand = world.understander.understand

    async def listening(said: str, language: Language, context: Context) -> Understanding:
        read.append(context)
        return await understand(said, language, context)

    world.understander.understand = listening  # type: ignore[method-assign]
    price = Terms(price=Price(amount=Decimal("8.40")))
    said = [
        mumbles(world, "ja", 0.1),
        mumbles(world, "8,40", 0.2, acts=(Act.OFFER,), terms=price),
        mumbles(world, "warum", 0.3, acts=(Act.ASK,), topics=(Topic.QUANTITY,)),
        mumbles(world, "nein", 0.4, acts=(Act.REJECT,)),
    ]
    for one in said:
        await li.says(one)
    assert [doubt.context for doubt in await doubts(world).collect()] == read


async def test_without_the_same_answers_today_there_is_no_context(world: World, li: Person):
    await li.says(mumbles(world, "hm", 0.1))
    await li.says(mumbles(world, "na ja", 0.2))
    async with world.storage.database.writing() as connection:
        await connection.execute(text("UPDATE turns SET reply = 'Anders.' WHERE number = 1"))
    first, second = await doubts(world).collect()
    assert first.context is not None
    assert second.context is None


async def test_an_exercise_that_is_gone_leaves_the_messages(world: World, li: Person):
    await li.says(mumbles(world, "hm"))
    async with world.storage.database.writing() as connection:
        await connection.execute(text("UPDATE sessions SET exercise_id = 'gone'"))
    (found,) = await doubts(world).collect()
    assert (found.text, found.context) == ("hm", None)


def test_a_line_has_the_form_of_the_corpus():
    doubt = Doubt(
        text="8,40 vielleicht?",
        language=Language.DE,
        context=Context(currency="EUR", asked=Topic.PRICE),
        understanding=Understanding(
            acts=(Act.OFFER,),
            topics=(Topic.PRICE,),
            terms=Terms(price=Price(amount=Decimal("8.40"))),
            confidence=0.42,
        ),
    )
    assert json.loads(line(doubt)) == {
        "lang": "de",
        "text": "8,40 vielleicht?",
        "context": {"currency": "EUR", "asked": "price"},
        "acts": ["offer"],
        "topics": [],
        "terms": {"price": {"amount": "8.40"}},
        "confidence": 0.42,
    }
