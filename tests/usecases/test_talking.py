"""A session from the first word to the attempt it leaves behind."""

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.errors import VersionConflict
from bot.domain.feedback import FindingKind
from bot.domain.messages import (
    Brief,
    BuyerSays,
    Corrections,
    Debrief,
    LearnerSaid,
    Transcript,
)
from bot.domain.session import Attempt, Session, Turn
from bot.domain.talk import Phase
from bot.domain.terms import Price
from bot.domain.understanding import Act, Topic, Understanding
from tests.usecases.world import GIFT, Person, World, finding

ACHT = "Die Lieferzeit ist acht Woche."


async def attempts(person: Person) -> tuple[Attempt, ...]:
    async with person.world.storage.store.transaction() as work:
        account = await work.account_of(person.chat)
        return await work.attempts(account.id)


async def session(person: Person) -> Session | None:
    async with person.world.storage.store.transaction() as work:
        account = await work.account_of(person.chat)
        return await work.running_session(account.id)


async def turns(person: Person, session_id: int) -> tuple[Turn, ...]:
    async with person.world.storage.store.transaction() as work:
        return await work.turns(session_id)


async def test_the_buyer_opens_in_the_practice_language(world: World):
    li = await world.learner()
    await li.begins()
    notice, says = [out.content for out in await li.news()]
    assert notice.key == "talk_begins"
    assert isinstance(says, BuyerSays)
    assert (says.name, says.language) == ("Katrin Vogel", "de")


async def test_the_brief_shows_the_task_before_and_during_the_talk(world: World):
    li = await world.learner()
    await li.presses("show:desk_lamp")
    assert isinstance((await li.news())[0].content, Brief)
    await li.begins()
    await li.news()
    await li.presses("task")
    assert (await li.one(Brief)).exercise_id == "desk_lamp"


async def test_a_turn_is_the_learners_words_the_answer_and_then_the_corrections(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    world.checker.findings[ACHT] = (finding(ACHT, "Woche", "Wochen"),)
    await li.says(ACHT, key="turn-1")
    said, answered, corrected = [out.content for out in await li.news()]
    assert said == LearnerSaid(text=ACHT, key="turn-1")
    assert isinstance(answered, BuyerSays)
    assert isinstance(corrected, Corrections)
    assert (corrected.key, corrected.findings) == ("turn-1", world.checker.findings[ACHT])


async def test_at_most_three_corrections_are_shown_and_all_are_kept(world: World):
    li = await world.learner()
    await li.begins()
    text = "eins zwei drei vier fünf"
    world.checker.findings[text] = tuple(finding(text, word, "x") for word in text.split())
    await li.news()
    await li.says(text)
    assert len((await li.one(Corrections)).findings) == 3
    await li.presses("end")
    assert sum((await li.one(Debrief)).attempt.kinds.values()) == 5


async def test_a_repeated_update_is_one_turn(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    for _ in range(3):
        await li.says("Guten Tag", key="same")
    assert (await li.gets()).count("buyer") == 1
    running = await session(li)
    assert running is not None
    assert running.talk.turn == 1


async def test_a_second_talk_waits_for_the_first(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    await li.begins()
    assert await li.gets() == ["already_talking"]


async def test_the_practice_language_of_a_running_talk_stays(world: World):
    li = await world.learner()
    await li.begins()
    await li.presses("language:en")
    await li.news()
    await li.says("Guten Tag")
    assert (await li.one(BuyerSays)).language == "de"
    assert world.understander.read[-1] == ("Guten Tag", "de")


async def test_a_talk_goes_on_days_later_where_it_was(world: World, other: World):
    li = await world.learner()
    await li.begins()
    await li.says(world.understander.means("8,80 EUR", Act.OFFER))
    before = await session(li)
    world.clock.advance(days=9)
    again = other.person("li")
    await again.news()
    await again.says("Da bin ich wieder.", key="nine-days-later")
    after = await session(again)
    assert before is not None
    assert after is not None
    assert (after.id, after.talk.turn) == (before.id, before.talk.turn + 1)
    assert (await again.gets())[:2] == ["LearnerSaid", "buyer"]


async def test_a_turn_decided_on_an_old_state_is_decided_again(world: World, other: World):
    li, elsewhere = await world.learner(), other.person("li")
    await li.begins()
    await li.news()

    async def say_elsewhere() -> None:
        await elsewhere.says("Erst das.", key="elsewhere")

    world.understander.meanwhile = say_elsewhere
    await li.says("Dann dies.", key="here")

    running = await session(li)
    assert running is not None
    told = await turns(li, running.id)
    assert [turn.text for turn in told] == ["", "Erst das.", "Dann dies."]
    assert [turn.number for turn in told] == [0, 1, 2]
    assert (await li.gets()).count("buyer") == 2


async def test_a_session_that_never_rests_gives_the_update_back(world: World, other: World):
    li, elsewhere = await world.learner(), other.person("li")
    await li.begins()

    async def say_elsewhere() -> None:
        await elsewhere.says("Und noch etwas.")
        world.understander.meanwhile = say_elsewhere

    world.understander.meanwhile = say_elsewhere
    with pytest.raises(VersionConflict):
        await li.says("Guten Tag", key="here")
    world.understander.meanwhile = None
    await li.news()
    await li.says("Guten Tag", key="here")
    assert "buyer" in await li.gets(), "tried again, the same update is handled"


async def test_yes_by_button_signs_and_shows_the_debrief(world: World):
    li = await world.learner()
    await li.makes_a_deal()
    news = await li.news()
    debrief = next(out.content for out in news if isinstance(out.content, Debrief))
    assert debrief.attempt.talk.phase is Phase.AGREED
    assert {"show:desk_lamp", "menu"} < {b.action for out in news for r in out.buttons for b in r}
    assert await session(li) is None
    assert (await attempts(li)) == (debrief.attempt,)


async def test_yes_in_words_signs_too(world: World):
    li = await world.learner()
    await li.begins()
    await li.says(GIFT)
    await li.says(world.understander.means("Einverstanden.", Act.ACCEPT))
    assert (await li.one(Debrief)).attempt.talk.phase is Phase.AGREED


async def test_no_by_button_reopens_the_talk(world: World):
    li = await world.learner()
    await li.begins()
    await li.says(GIFT)
    actions = await li.actions()
    await li.presses(next(a for a in actions if a.startswith("no:")))
    assert await li.gets() == ["buyer"]
    await li.presses(next(a for a in actions if a.startswith("yes:")))
    assert await li.gets() == ["old_button"], "the summary is no longer on the table"
    running = await session(li)
    assert running is not None
    assert running.talk.phase is Phase.TALKING


async def test_a_yes_button_counts_once_and_only_for_its_own_talk(world: World):
    li, wu = await world.learner("li"), await world.learner("wu")
    await li.begins()
    await li.says(GIFT)
    yes = next(a for a in await li.actions() if a.startswith("yes:"))
    await wu.presses(yes)
    assert await wu.gets() == ["old_button"]
    await li.presses(yes)
    await li.news()
    await li.presses(yes)
    assert await li.gets() == ["old_button"]
    assert len(await attempts(li)) == 1


async def test_ending_without_a_word_leaves_nothing_behind(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    await li.says("/end")
    assert await li.gets() == ["LearnerSaid", "ended_unsaid"]
    assert await attempts(li) == ()
    assert await session(li) is None


async def test_ending_after_words_is_an_attempt_without_a_deal(world: World):
    li = await world.learner()
    await li.begins()
    await li.says("Guten Tag")
    await li.news()
    await li.says("/end")
    assert await li.gets() == ["LearnerSaid", "buyer", "Debrief"]
    (attempt,) = await attempts(li)
    assert attempt.talk.phase is Phase.LEFT
    assert attempt.words == 2
    await li.says("/end")
    assert await li.gets() == ["LearnerSaid", "no_talk"]


async def test_an_attempt_cannot_be_changed(world: World):
    li = await world.learner()
    await li.makes_a_deal()
    (attempt,) = await attempts(li)
    with pytest.raises(FrozenInstanceError):
        attempt.words = 0  # type: ignore[misc]
    await li.makes_a_deal()
    assert (await attempts(li))[0] == attempt


async def test_progress_tells_of_every_attempt(world: World):
    li = await world.learner()
    await li.makes_a_deal()
    await li.begins()
    await li.says("Guten Tag")
    await li.says("/end")
    await li.news()
    await li.says("/progress")
    text = await li.shown_text()
    assert "2 talks finished" in text
    assert "no deal" in text


async def test_hints_are_given_in_the_talk(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    await li.says("/hint")
    await li.presses("hint")
    assert await li.gets() == ["LearnerSaid", "Suggestions", "Suggestions"]


async def test_twice_not_understood_brings_help_in_the_interface_language(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    for text in ("xyzzy", "plugh"):
        await li.says(world.understander.means(text, Act.OTHER))
    assert await li.gets() == ["LearnerSaid", "buyer", "LearnerSaid", "buyer", "not_understood"]


@pytest.mark.parametrize(("length", "is_taken"), [(5_000, True), (7_000, False)])
async def test_a_very_long_message_is_read_or_refused_in_words(
    world: World, length: int, is_taken: bool
):
    li = await world.learner()
    await li.begins()
    await li.news()
    await li.says("a" * length)
    got = await li.gets()
    assert got == (["LearnerSaid", "buyer"] if is_taken else ["LearnerSaid", "too_long"])
    running = await session(li)
    assert running is not None
    assert running.talk.turn == int(is_taken)


async def test_a_talk_is_read_by_its_learner_only(world: World):
    li, wu = await world.learner("li"), await world.learner("wu")
    await li.makes_a_deal()
    session_id = (await attempts(li))[0].session_id
    await li.news()
    await li.presses(f"read:{session_id}")
    transcript = await li.one(Transcript)
    assert transcript.turns[1].text == GIFT
    await wu.presses(f"read:{session_id}")
    assert await wu.gets() == ["talk_gone"]
    teacher = await world.teacher()
    await teacher.presses(f"read:{session_id}")
    assert await teacher.gets() == ["talk_gone"], "not done for this teacher's group"


@pytest.mark.parametrize("name", ["李娜", "@title:desk_lamp", "Li <Na>", ""])
async def test_any_name_can_lead_a_talk_and_be_read_about(world: World, name: str):
    li = await world.learner(name=name)
    await li.makes_a_deal()
    await li.news()
    await li.presses(f"read:{(await attempts(li))[0].session_id}")
    assert (await li.one(Transcript)).learner == name.lstrip("@")


async def test_who_refuses_the_summary_of_a_mere_yes_is_back_at_the_own_last_offer(world: World):
    li = await world.learner()
    await li.begins()
    means = world.understander.means
    await li.says(means("8,80", Act.OFFER, price=Price(amount=Decimal("8.80"))))
    await li.says(means("und der Rest?", Act.ASK, topics=[Topic.PAYMENT, Topic.INCOTERM]))
    await li.says(means("ok", Act.ACCEPT))
    await li.says(means("nein, 8,60", Act.REJECT, Act.OFFER, price=Price(amount=Decimal("8.60"))))
    running = await session(li)
    assert running is not None
    talk = running.talk
    assert talk.offered == Offer(figures={IssueId.PRICE: Decimal("8.60")})
    assert talk.idle_in_row == 0, "from 8.80 to 8.60 is a move, though 'ok' was said in between"


async def test_what_is_not_in_the_practice_language_is_not_corrected(world: World):
    li = await world.learner()
    await li.begins()
    for text, understanding in {
        "We speak English now": Understanding(acts=(Act.OTHER,), foreign="en"),
        "asdf qwer zxcv": Understanding(acts=(Act.OTHER,)),
    }.items():
        world.understander.meanings[text] = understanding
        world.checker.findings[text] = tuple(
            replace(finding(text, word, "x"), kind=FindingKind.SPELLING) for word in text.split()
        )
        await li.news()
        await li.says(text)
        assert "Corrections" not in await li.gets()
    await li.says("/end")
    assert (await li.one(Debrief)).attempt.kinds == {}
