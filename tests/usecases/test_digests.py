"""The weekly summaries: on request, and on Monday morning, once."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.messages import LearnerWeek
from tests.usecases.world import World

MONDAY_0800 = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # in Shanghai
WEEK = timedelta(days=7)


async def test_the_digest_comes_on_monday_at_eight_and_only_once(world: World):
    li = await world.learner()
    await li.makes_a_deal()
    await li.news()
    world.clock.now = MONDAY_0800 - timedelta(seconds=1)
    await world.keep_time()
    assert await li.news() == []
    await world.pass_time(seconds=1)
    await world.keep_time()
    week = await li.one(LearnerWeek)
    assert (week.monday, len(week.attempts), week.before) == (date(2026, 11, 16), 1, ())
    await world.pass_time(days=6)
    assert await li.news() == []
    await world.pass_time(days=1)
    week = await li.one(LearnerWeek)
    assert (week.monday, len(week.attempts), len(week.before)) == (date(2026, 11, 23), 0, 1)


async def test_who_has_done_nothing_for_two_weeks_is_left_in_peace(world: World):
    li = await world.learner()
    for _ in range(4):
        await world.pass_time(days=7)
    assert await li.news() == []
    await li.makes_a_deal()
    await li.news()
    await world.pass_time(days=7)
    assert "LearnerWeek" in await li.gets(), "the clock has gone on all the while"


async def test_two_processes_send_one_digest_and_set_one_next_timer(world: World, other: World):
    teacher, li = await world.teacher(), await world.learner()
    await li.says(teacher.code)
    await li.makes_a_deal()
    await li.news()
    world.clock.now = MONDAY_0800
    due = await world.storage.timers.due(now=world.clock(), limit=20)
    for timer in due:
        for process in (world, other, world):
            await process.timekeeping._carry_out(timer, world.clock())
    assert (await li.gets()).count("LearnerWeek") == 1
    assert (await teacher.gets()).count("GroupWeek") == 1
    later = await world.storage.timers.due(now=MONDAY_0800 + WEEK, limit=20)
    weekly = [t for t in later if t.kind in ("learner_week", "group_week")]
    assert {t.due_at for t in weekly} == {MONDAY_0800 + WEEK}
    assert len({t.key for t in weekly}) == len(weekly) == 3  # two people, one group


async def test_a_digest_missed_while_the_program_was_off_is_sent_late_and_once(world: World):
    li = await world.learner()
    await li.makes_a_deal()
    await li.news()
    world.clock.now = MONDAY_0800 + timedelta(days=2)
    await world.keep_time()
    await world.keep_time()
    weeks = [o.content for o in await li.news() if isinstance(o.content, LearnerWeek)]
    assert [week.monday for week in weeks] == [date(2026, 11, 16)]


async def test_the_group_decides_the_time_zone(world: World):
    teacher, li = await world.teacher(), await world.learner()
    async with world.storage.store.transaction() as work:
        account = await work.account_of(teacher.chat)
        group = await work.add_group(
            teacher_id=account.id,
            name="Paris",
            code="PARIS123",
            timezone="Europe/Paris",
            at=world.clock(),
        )
    await li.says(group.code)
    await li.makes_a_deal()
    await li.news()
    world.clock.now = MONDAY_0800
    await world.keep_time()
    assert await li.news() == []
    await world.pass_time(hours=7)
    assert await li.gets() == ["LearnerWeek"]


async def test_a_week_can_be_asked_for_by_its_iso_number(world: World):
    li = await world.learner()
    await li.makes_a_deal()
    await li.news()
    for text, monday, done in [
        ("/weekly", date(2026, 11, 16), 1),
        ("/weekly 2026-W47", date(2026, 11, 16), 1),
        ("/weekly 2026W46", date(2026, 11, 9), 0),
        ("/weekly 2026-W53", date(2026, 12, 28), 0),
    ]:
        await li.says(text)
        week = await li.one(LearnerWeek)
        assert (week.monday, len(week.attempts)) == (monday, done), text
    await li.presses("week:2026-11-09")
    assert (await li.one(LearnerWeek)).monday == date(2026, 11, 9)


async def test_a_talk_on_sunday_night_belongs_to_the_week_that_ends(world: World):
    li = await world.learner()
    world.clock.now = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)  # Sunday 23:59 in Shanghai
    await li.makes_a_deal()
    await li.news()
    await li.says("/weekly 2026-W47")
    assert len((await li.one(LearnerWeek)).attempts) == 1
    await li.says("/weekly 2026-W48")
    assert len((await li.one(LearnerWeek)).attempts) == 0
