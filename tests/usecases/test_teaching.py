"""Groups, assignments and who has done them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import AssignmentReport, GroupWeek, Menu, Transcript
from bot.domain.understanding import Act, Understanding
from tests.usecases.world import Person, World


async def assign(teacher: Person, *, due: str = "2026-11-27 20:00") -> None:
    """The teacher's way to an assignment of the first group, with a typed due time."""
    await teacher.presses("give:1:desk_lamp")
    await teacher.says(due)


async def test_an_invitation_makes_one_teacher(world: World):
    link = (await world.teaching.invite(world.clock()))[0]
    payload = link.partition("start=")[2]
    wang, li = world.person("wang"), world.person("li")
    await wang.says(f"/start {payload}")
    assert await wang.gets() == ["teacher_now", "no_groups"]
    await li.says(f"/start {payload}")
    assert "invitation_void" in await li.gets()
    await li.says("/teach")
    assert "teachers_only" in await li.gets()


async def test_an_invitation_lasts_a_week(world: World):
    payload = (await world.teaching.invite(world.clock()))[0].partition("start=")[2]
    world.clock.advance(days=7)
    wang = world.person("wang")
    await wang.says(f"/start {payload}")
    assert "invitation_void" in await wang.gets()


async def test_a_group_has_a_code_and_a_link_for_every_channel(world: World):
    teacher = await world.teacher()
    await teacher.says("/teach")
    assert "group:1" in await teacher.actions()
    await teacher.presses("group:1")
    told = (await teacher.notice("group")).values
    assert told["code"] == teacher.code
    assert str(told["links"]).splitlines() == [
        f"https://web.example/?start=g_{teacher.code}",
        f"https://t.example/?start=g_{teacher.code}",
    ]
    assert len(teacher.code) == 8


@pytest.mark.parametrize("way", ["/start g_{code}", "/join {code}", "{code}", " {lower} "])
async def test_a_learner_joins_by_link_command_or_code(world: World, way: str):
    teacher, li = await world.teacher(), await world.learner()
    await li.says(way.format(code=teacher.code, lower=teacher.code.lower()))
    assert (await li.notice("joined")).values == {"group": "Trade 2301", "teacher": "Wang"}
    await li.says(f"/join {teacher.code}")
    assert "joined_before" in await li.gets()


async def test_a_wrong_code_is_said_to_be_wrong(world: World):
    li = await world.learner()
    await li.says("/join @nameless")
    assert "no group with the code nameless" in await li.shown_text()
    await li.says("/start g_NOPE")
    assert "group_unknown" in await li.gets()


async def test_a_stranger_with_a_group_link_joins_and_chooses(world: World):
    teacher, li = await world.teacher(), world.person("li")
    await li.says(f"/start g_{teacher.code}")
    assert await li.gets() == ["joined", "welcome", "choose_language"]


@pytest.mark.parametrize("name", ["@@", "@ @", "x" * 61])
async def test_a_group_needs_a_name_of_reasonable_length(world: World, name: str):
    teacher = await world.teacher()
    await teacher.presses("newgroup")
    await teacher.says(name)
    assert "group_name_length" in await teacher.gets()
    await teacher.says("  Trade\n 2302 ")
    assert (await teacher.notice("group")).values["group"] == "Trade 2302"


async def test_a_command_calls_the_question_off(world: World):
    teacher = await world.teacher()
    await teacher.presses("newgroup")
    await teacher.says("/menu")
    await teacher.news()
    await teacher.says("Trade 2302")
    assert await teacher.gets() == ["LearnerSaid", "no_talk"]


async def test_an_assignment_is_told_to_every_member_and_leads_to_the_talk(world: World):
    teacher = await world.teacher()
    li, wu = await world.learner("li"), await world.learner("wu")
    stranger = await world.learner("xu")
    for learner in (li, wu):
        await learner.says(teacher.code)
        await learner.news()
    await teacher.presses("assign:1")
    assert "give:1:desk_lamp" in await teacher.actions()
    await teacher.presses("give:1:desk_lamp")
    assert "due:1:desk_lamp:3" in await teacher.actions()
    await teacher.presses("due:1:desk_lamp:3")
    assert (await teacher.notice("assignment_made")).values["n"] == 2
    for learner in (li, wu):
        news = await learner.news()
        assert news[0].content.key == "assigned"
        assert news[0].content.at == datetime(2026, 11, 21, 12, tzinfo=UTC)
        assert news[0].buttons[0][0].action == "show:desk_lamp:1"
    assert await stranger.news() == []
    await li.says("/menu")
    (due,) = (await li.one(Menu)).due
    assert (due.exercise_id, due.is_done) == ("desk_lamp", False)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("2026-11-27 20:00", "assignment_made"),
        ("2026-11-27", "assignment_made"),
        ("2026-11-17", "due_past"),
        ("2026-11-18 09:59", "due_past"),
        ("2026-02-30", "due_unreadable"),
        ("2026-11-27 25:00", "due_unreadable"),
        ("0001-01-01 00:00", "due_unreadable"),
        ("9999-12-31 23:59", "due_unreadable"),
        ("next Friday", "due_unreadable"),
        ("27.11.2026", "due_unreadable"),
    ],
)
async def test_a_typed_due_time_is_taken_or_refused_in_words(
    world: World, typed: str, answer: str
):
    teacher = await world.teacher()
    await assign(teacher, due=typed)
    assert answer in await teacher.gets()
    if answer != "assignment_made":
        await teacher.says("2026-11-28 12:00")
        assert "assignment_made" in await teacher.gets(), "and can be typed again"


async def test_only_the_groups_teacher_may_do_anything_with_it(world: World):
    await world.teacher()
    stranger = await world.teacher("zhao", group="Another")
    for action in ("group:1", "assign:1", "give:1:desk_lamp", "due:1:desk_lamp:3", "groupweek:1"):
        await stranger.presses(action)
        assert await stranger.gets() == ["group_gone"], action


async def test_nobody_can_do_an_exercise_for_a_group_that_is_not_theirs(world: World):
    teacher, stranger = await world.teacher(), await world.learner()
    await assign(teacher)
    await stranger.begins(assignment=1)
    assert await stranger.gets() == ["assignment_gone"]


async def test_those_who_have_not_done_it_are_reminded_a_day_before(world: World):
    teacher = await world.teacher()
    li, wu = await world.learner("li"), await world.learner("wu")
    for learner in (li, wu):
        await learner.says(teacher.code)
    await assign(teacher, due="2026-11-27 20:00")
    await li.makes_a_deal(assignment=1)
    for learner in (li, wu):
        await learner.news()
    world.clock.now = datetime(2026, 11, 26, 12, tzinfo=UTC) - timedelta(seconds=1)
    await world.keep_time()
    await li.news()
    await wu.news()
    await world.pass_time(seconds=1)
    await world.keep_time()
    assert await li.gets() == []
    assert await wu.gets() == ["due_soon"]


async def test_the_report_names_who_has_done_it_who_is_at_it_and_who_is_not(world: World):
    teacher = await world.teacher()
    for id in ("li", "wu", "xu"):
        await (await world.learner(id)).says(teacher.code)
    await assign(teacher)
    await world.person("li").makes_a_deal()  # begun from the menu: it counts all the same
    await world.person("wu").begins(assignment=1)
    await teacher.news()
    await teacher.presses("results:1")
    news = await teacher.news()
    report = news[0].content
    assert isinstance(report, AssignmentReport)
    assert [(s.name, bool(s.attempts), s.is_running) for s in report.standings] == [
        ("Li", True, False),
        ("Wu", False, True),
        ("Xu", False, False),
    ]
    assert [button.key for line in news[0].buttons for button in line] == ["read"]


async def test_a_teacher_reads_what_was_done_for_the_own_group(world: World):
    teacher, colleague = await world.teacher(), await world.teacher("zhao", group="Another")
    li = await world.learner()
    await li.says(teacher.code)
    await assign(teacher)
    await li.makes_a_deal(assignment=1)
    await teacher.news()
    await teacher.presses("results:1")
    action = next(a for a in await teacher.actions() if a.startswith("read:"))
    await teacher.presses(action)
    transcript = await teacher.one(Transcript)
    assert transcript.learner == "Li"
    await colleague.presses(action)
    assert await colleague.gets() == ["talk_gone"]


async def test_only_the_teacher_sees_what_was_understood(world: World):
    teacher, li = await world.teacher(), await world.learner()
    await li.says(teacher.code)
    await assign(teacher)
    await li.begins(assignment=1)
    hardly = Understanding(acts=(Act.INFORM,), confidence=0.45)
    world.understander.meanings["hm"] = hardly
    await li.says("hm")
    for reader in (teacher, li):
        await reader.news()
        await reader.presses("read:1")
    seen = (await teacher.one(Transcript)).turns
    assert [turn.understood for turn in seen] == [None, hardly]
    own = (await li.one(Transcript)).turns
    assert [turn.understood for turn in own] == [None, None]
    assert own == tuple(replace(turn, understood=None) for turn in seen)


async def test_who_is_learner_and_teacher_reads_the_own_talk_as_a_learner(world: World):
    teacher = await world.teacher()
    await teacher.says(teacher.code)
    await assign(teacher)
    await teacher.makes_a_deal(assignment=1)
    await teacher.news()
    await teacher.presses("read:1")
    assert not any(turn.understood for turn in (await teacher.one(Transcript)).turns)


async def test_the_week_of_a_group_names_who_is_missing(world: World):
    teacher = await world.teacher()
    for id in ("li", "wu"):
        await (await world.learner(id)).says(teacher.code)
    await assign(teacher, due="2026-11-20 20:00")
    await world.person("li").makes_a_deal(assignment=1)
    await teacher.news()
    await teacher.presses("groupweek:1")
    week = await teacher.one(GroupWeek)
    assert (week.assigned, week.missing) == (1, ("Wu",))
