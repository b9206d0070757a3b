"""What happens to a talk while its learner is away."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.domain.messages import BuyerSays, Corrections, Debrief, Transcript
from tests.usecases.world import World, finding

ACHT = "Die Lieferzeit ist acht Woche."


async def test_an_unchecked_text_is_said_to_be_so_once_and_corrected_later(world: World):
    li = await world.learner()
    await li.begins()
    await li.news()
    world.checker.is_away = True
    for text in (ACHT, "Guten Tag", "Bitte"):
        await li.says(text)
    got = await li.gets()
    assert got.count("unchecked") == 1
    assert got.count("buyer") == 3

    world.checker.is_away = False
    world.checker.findings[ACHT] = (finding(ACHT, "Woche", "Wochen"),)
    await world.pass_time(seconds=15)
    late = [out.content for out in await li.news() if isinstance(out.content, Corrections)]
    assert [(one.text, len(one.findings), one.is_late) for one in late] == [
        (ACHT, 1, True),
        ("Guten Tag", 0, True),
        ("Bitte", 0, True),
    ]
    await world.pass_time(days=1)
    assert [c for c in await li.gets() if c == "Corrections"] == []


async def test_it_is_told_again_when_the_checker_was_there_in_between(world: World):
    li = await world.learner()
    await li.begins()
    for is_away in (True, False, True):
        world.checker.is_away = is_away
        await li.says("Guten Tag")
    assert (await li.gets()).count("unchecked") == 2


async def test_a_late_check_is_tried_again_in_growing_pauses(world: World):
    li = await world.learner()
    await li.begins()
    world.checker.is_away = True
    await li.says(ACHT)
    tried: list[datetime] = []
    for _ in range(40):
        before = len(world.checker.checked)
        await world.pass_time(seconds=15)
        if len(world.checker.checked) > before:
            tried.append(world.clock())
    pauses = [(b - a) // timedelta(seconds=15) for a, b in pairwise(tried)]
    assert pauses == sorted(pauses)
    assert pauses[:3] == [2, 4, 8]


async def test_an_unchecked_text_is_never_shown_as_right(world: World):
    li = await world.learner()
    await li.begins()
    world.checker.is_away = True
    await li.says(ACHT)
    await li.news()
    await li.says("/end")
    debrief = (await li.one(Debrief)).attempt
    assert debrief.unchecked == 1
    await li.presses(f"read:{debrief.session_id}")
    assert (await li.one(Transcript)).turns[1].findings is None

    world.checker.is_away = False
    await world.pass_time(minutes=1)
    assert "Corrections" in await li.gets(), "the corrections come even after the end"
    await li.presses(f"read:{debrief.session_id}")
    assert (await li.one(Transcript)).turns[1].findings == ()


async def test_the_buyer_asks_once_the_next_working_morning_in_its_own_time_zone(world: World):
    li = await world.learner()
    await li.begins()
    await li.says("Guten Tag")
    await li.news()
    berlin_0910 = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)
    world.clock.now = berlin_0910 - timedelta(seconds=1)
    await world.keep_time()
    assert await li.news() == []
    world.clock.now = berlin_0910
    await world.keep_time()
    await world.keep_time()
    assert "Guten Morgen" in (await li.one(BuyerSays)).text
    await world.pass_time(days=30)
    assert "buyer" not in await li.gets()


async def test_nobody_is_asked_at_the_weekend(world: World):
    li = await world.learner()
    world.clock.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday
    await li.begins()
    await li.news()
    world.clock.now = datetime(2026, 11, 23, 8, 9, tzinfo=UTC)  # the Monday after
    await world.keep_time()
    assert "buyer" not in await li.gets()
    await world.pass_time(minutes=1)
    assert "buyer" in await li.gets()


async def test_an_answer_in_time_moves_the_reminder(world: World):
    li = await world.learner()
    await li.begins()
    world.clock.now = datetime(2026, 11, 19, 8, 9, tzinfo=UTC)
    await li.says("Guten Tag")
    await li.news()
    await world.pass_time(minutes=1)
    assert await li.news() == []
    await world.pass_time(days=1)
    assert "buyer" in await li.gets()


async def test_a_talk_that_is_over_is_not_asked_about(world: World):
    li = await world.learner()
    await li.begins()
    await li.says("Guten Tag")
    await li.says("/end")
    await li.news()
    await world.pass_time(days=2)
    assert await li.news() == []


async def test_two_processes_remind_and_check_only_once(world: World, other: World):
    li = await world.learner()
    await li.begins()
    world.checker.is_away = True
    await li.says(ACHT)
    world.checker.is_away = False
    await li.news()
    world.clock.advance(days=1, hours=7)
    due = await world.storage.timers.due(now=world.clock(), limit=20)
    assert {timer.kind for timer in due} == {"check", "reminder"}
    for process in (world, other):
        for timer in due:
            await process.timekeeping._carry_out(timer, world.clock())
    assert sorted(await li.gets()) == ["Corrections", "buyer"]
