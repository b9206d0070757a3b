"""Before a talk: four questions, each of which may be left out, and nothing typed is lost."""

from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.messages import Brief, Debrief, LearnerSaid, PreparationStep
from bot.domain.preparation import Preparation, Step
from bot.domain.session import Session
from bot.domain.terms import Payment, Price
from bot.domain.understanding import Act
from tests.usecases.world import GIFT, Person, World

TARGET = "8.40, 6 Wochen"


async def notes(person: Person) -> Preparation:
    """What is kept for the talk to come."""
    async with person.world.storage.store.transaction() as work:
        account = await work.account_of(person.chat)
        return await work.preparation(account.id, "desk_lamp", account.language)


async def running(person: Person) -> Session:
    async with person.world.storage.store.transaction() as work:
        account = await work.account_of(person.chat)
        session = await work.running_session(account.id)
        assert session is not None
        return session


async def preparing(world: World) -> Person:
    """Somebody who has just been asked the first question."""
    li = await world.learner()
    await li.presses("note:next:desk_lamp")
    await li.news()
    world.understander.means(
        TARGET, Act.OFFER, price=Price(amount=Decimal("8.40")), lead_time_days=42
    )
    return li


async def test_task_offers_to_write_things_down_or_to_begin(world: World):
    li = await world.learner()
    await li.presses("show:desk_lamp")
    assert await li.actions() == ["note:next:desk_lamp", "begin:desk_lamp", "rubric"]


async def test_questions_come_one_at_a_time_and_answers_are_read_and_kept(world: World):
    li = await preparing(world)
    await li.says(TARGET, key="answer")
    said, step = [out.content for out in await li.news()]
    assert said == LearnerSaid(text=TARGET, key="answer")
    assert isinstance(step, PreparationStep)
    assert (step.answered, step.asks) == (Step.TARGET, Step.OPENING)
    kept = await notes(li)
    assert kept.texts == {Step.TARGET: TARGET}
    assert kept.target == Offer(
        figures={IssueId.PRICE: Decimal("8.40"), IssueId.LEAD_TIME: Decimal(42)}
    )
    for text in ("8.80", "7.60", "Wann brauchen Sie die Ware?"):
        await li.says(text)
    last = (await li.news())[-1]
    assert isinstance(last.content, PreparationStep)
    assert last.content.asks is None
    assert next(button.action for row in last.buttons for button in row) == "begin:desk_lamp"
    assert (await notes(li)).questions == "Wann brauchen Sie die Ware?"


async def test_notes_go_with_the_session_and_its_attempt(world: World):
    li = await preparing(world)
    await li.says(TARGET)
    kept = await notes(li)
    await li.begins()
    assert (await running(li)).preparation == kept
    assert not await notes(li)
    await li.news()
    await li.says("/brief")
    assert (await li.one(Brief)).preparation == kept
    await li.says(GIFT)
    await li.presses(next(a for a in await li.actions() if a.startswith("yes:")))
    assert (await li.one(Debrief)).attempt.preparation == kept


async def test_each_question_can_be_skipped_and_so_can_the_whole(world: World):
    li = await preparing(world)
    for step in Step:
        await li.presses(f"skip:{step}:desk_lamp")
    steps = [out.content for out in await li.news()]
    assert [step.asks for step in steps] == [*list(Step)[1:], None]  # type: ignore[union-attr]
    assert not await notes(li)
    await li.begins()
    assert (await running(li)).preparation is None


async def test_beginning_at_once_asks_nothing_more(world: World):
    li = await preparing(world)
    await li.begins()
    await li.news()
    await li.says("Guten Tag")
    assert (await running(li)).talk.turn == 1


async def test_cancel_stops_asking_and_keeps_what_was_written(world: World):
    li = await preparing(world)
    await li.says(TARGET)
    await li.says("/cancel")
    assert (await li.gets())[-1] == "preparation.paused"
    await li.says("8.80")
    assert await li.gets() == ["LearnerSaid", "no_talk"]
    await li.presses("note:next:desk_lamp")
    assert (await li.one(PreparationStep)).asks is Step.OPENING
    assert (await notes(li)).texts == {Step.TARGET: TARGET}


async def test_cancel_without_a_question_is_answered_too(world: World):
    li = await world.learner()
    await li.says("/cancel")
    assert await li.gets() == ["LearnerSaid", "nothing_to_cancel"]
    wang = await world.teacher()
    await wang.presses("newgroup")
    await wang.says("/cancel")
    assert (await wang.gets())[-1] == "cancelled"


async def test_old_button_is_answered_politely(world: World):
    li = await preparing(world)
    await li.says(TARGET)
    await li.news()
    await li.presses("skip:target:desk_lamp")
    assert await li.gets() == ["old_button"]
    await li.says("8.80")
    assert (await notes(li)).texts[Step.OPENING] == "8.80"


@pytest.mark.parametrize(
    "action",
    ["skip:nonsense:desk_lamp", "note:target:nowhere", "skip:target", "note:x:desk_lamp:0"],
)
async def test_button_made_by_hand_is_answered_too(world: World, action: str):
    li = await preparing(world)
    await li.presses(action)
    assert await li.gets() in (["old_button"], ["exercise_gone"])


@pytest.mark.parametrize("aside", ["/help", "/brief", "/calc 5000 x 8.20", "/table", "/hint"])
async def test_looking_something_up_leaves_the_question_open(world: World, aside: str):
    li = await preparing(world)
    await li.says(aside)
    await li.says(TARGET)
    assert (await notes(li)).texts == {Step.TARGET: TARGET}


async def test_going_elsewhere_stops_asking(world: World):
    li = await preparing(world)
    await li.says("/menu")
    await li.news()
    await li.says(TARGET)
    assert await li.gets() == ["LearnerSaid", "no_talk"]


async def test_limit_below_that_of_the_task_is_remarked_once(world: World):
    li = await preparing(world)
    low = world.understander.means(
        "7.20",
        Act.OFFER,
        price=Price(amount=Decimal("7.20")),
        payment=Payment(days=60),
        lead_time_days=28,
    )
    await li.presses("note:walk_away:desk_lamp")
    await li.news()
    await li.says(low)
    warned = (await li.news())[-1]
    assert isinstance(warned.content, PreparationStep)
    assert warned.content.warns
    assert warned.buttons[0][0].action == "note:walk_away:desk_lamp"
    await li.presses("note:walk_away:desk_lamp")
    await li.news()
    await li.says(low)
    assert not (await li.one(PreparationStep)).warns


async def test_reasonable_limit_is_not_remarked(world: World):
    li = await preparing(world)
    await li.presses("note:walk_away:desk_lamp")
    await li.news()
    await li.says(TARGET)
    assert not (await li.one(PreparationStep)).warns


async def test_chinese_notes_are_read_with_the_words_of_trade(world: World):
    li = await preparing(world)
    await li.says("8.40 欧元，6周")
    read = [text for text, _ in world.understander.read]
    assert read == ["8.40 EUR , 6 weeks"]
    assert (await notes(li)).texts == {Step.TARGET: "8.40 欧元，6周"}


async def test_answer_repeated_is_one_answer(world: World):
    li = await preparing(world)
    for _ in range(3):
        await li.says(TARGET, key="same")
    assert (await li.gets()).count("PreparationStep") == 1


async def test_question_answered_elsewhere_meanwhile_is_not_answered_twice(
    world: World, other: World
):
    li = await preparing(world)
    there = Person(other, li.chat.id, name=li.name, locale=li.locale)

    async def elsewhere() -> None:
        await there.presses("skip:target:desk_lamp")

    world.understander.meanwhile = elsewhere
    await li.says(TARGET)
    assert (await notes(li)).texts == {Step.OPENING: TARGET}


async def test_notes_of_a_talk_in_which_nothing_was_said_are_there_for_the_next(world: World):
    li = await preparing(world)
    await li.says(TARGET)
    kept = await notes(li)
    await li.begins()
    await li.presses("end")
    assert (await li.gets())[-1] == "ended_unsaid"
    assert await notes(li) == kept


async def test_while_a_talk_is_running_there_is_nothing_to_prepare(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    await li.presses("note:next:desk_lamp")
    assert await li.gets() == ["already_talking"]


async def test_conversation_without_a_deal_needs_no_such_preparation(world: World):
    ids = [e.id for e in world.library.exercises.values() if not e.versions["de"].deal.issues]
    assert ids
    li = await world.learner()
    await li.presses(f"show:{ids[0]}")
    assert await li.actions() == [f"begin:{ids[0]}", "rubric"]
    await li.presses(f"note:next:{ids[0]}")
    assert await li.gets() == ["Brief"]
