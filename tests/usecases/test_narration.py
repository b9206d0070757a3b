"""A narrator says the buyer's lines; what is to be signed keeps its own words."""

from dataclasses import replace

from bot.domain.messages import BuyerSays
from bot.domain.talk import Phase
from tests.fakes import FakeNarrator
from tests.usecases.test_talking import session, turns
from tests.usecases.world import GIFT, World


async def narrated(world: World) -> tuple[World, FakeNarrator]:
    narrator = FakeNarrator()
    return World(world.storage, world.library, clock=world.clock, narrator=narrator), narrator


async def test_the_buyer_speaks_in_the_narrators_words(world: World) -> None:
    loud, narrator = await narrated(world)
    li = await loud.learner()
    await li.begins()
    opening = await li.one(BuyerSays)
    assert opening.text != opening.text.upper()
    await li.says("Guten Tag!")
    said = await li.one(BuyerSays)
    assert said.text == said.text.upper()
    running = await session(li)
    stored = await turns(li, running.id)
    assert stored[-1].reply == said.text
    await li.says("Wie ist das Wetter?")
    assert narrator.said == [(opening.text,), (opening.text, said.text)]


async def test_a_summary_keeps_the_words_that_are_signed(world: World) -> None:
    loud, narrator = await narrated(world)
    li = await loud.learner()
    await li.begins()
    await li.news()
    await li.says(GIFT)
    summary = await li.one(BuyerSays)
    assert (await session(li)).talk.phase is Phase.CONFIRMING
    assert summary.text != summary.text.upper()
    assert narrator.said == []


async def test_words_made_from_another_reply_are_not_used(world: World) -> None:
    loud, narrator = await narrated(world)
    li = await loud.learner()
    await li.begins()
    await li.news()

    async def changes_the_seed() -> None:
        async with loud.storage.store.transaction() as work:
            running = await work.running_session((await work.account_of(li.chat)).id)
            await work.save_session(replace(running, seed=running.seed + 1))

    loud.understander.meanwhile = changes_the_seed
    await li.says("Guten Tag!")
    said = await li.one(BuyerSays)
    assert said.text == said.text.upper()
    assert len(narrator.said) == 2, "decided and told again after the conflict"
