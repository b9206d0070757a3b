"""A learner disagrees with one press; the teacher sees it, and nobody else can do it."""

from bot.domain.messages import AssignmentReport, Corrections, Transcript
from bot.domain.understanding import Act
from tests.usecases.test_teaching import assign
from tests.usecases.world import Person, World, finding

TEXT = "Wir liefern in acht Woche."


async def corrected(world: World) -> tuple[Person, Person, str]:
    """A teacher, a learner whose message got a remark, and the action of its button."""
    teacher, li = await world.teacher(), await world.learner()
    await li.says(teacher.code)
    await assign(teacher)
    await li.begins(assignment=1)
    world.understander.means(TEXT, Act.INFORM)
    world.checker.findings[TEXT] = (finding(TEXT, "Woche", "Wochen"),)
    await li.news()
    await li.says(TEXT)
    (shown,) = [out for out in await li.news() if isinstance(out.content, Corrections)]
    ((button,),) = shown.buttons
    assert button.values == {"what": "Woche"}
    await teacher.news()
    return teacher, li, button.action


async def test_one_press_is_kept_thanked_for_and_shown_to_the_teacher(world: World):
    teacher, li, action = await corrected(world)
    await li.presses(action)
    assert await li.gets() == ["dispute.thanks"]
    await teacher.presses("read:1")
    turns = (await teacher.one(Transcript)).turns
    assert [turn.disputed for turn in turns] == [(), ("0",)]
    await teacher.presses("read:1")
    (line,) = [row for row in (await teacher.shown_text()).splitlines() if "⚑" in row]
    assert "Woche" in line and "Wochen" in line


async def test_second_press_changes_nothing(world: World):
    teacher, li, action = await corrected(world)
    for _ in range(2):
        await li.presses(action)
    assert await li.gets() == ["dispute.thanks", "dispute.known"]
    await teacher.presses("read:1")
    assert sum(len(t.disputed) for t in (await teacher.one(Transcript)).turns) == 1


async def test_same_press_delivered_twice_says_thanks_once(world: World):
    _, li, action = await corrected(world)
    for _ in range(2):
        await li.presses(action, key="the same")
    assert await li.gets() == ["dispute.thanks"]


async def test_how_a_message_was_understood_can_be_disputed_from_the_own_transcript(
    world: World,
):
    teacher, li, _ = await corrected(world)
    await li.presses("read:1")
    (action,) = [a for a in await li.actions() if a.startswith("dispute:")]
    await li.presses(action)
    await li.presses("read:1")
    assert not any(turn.disputed for turn in (await li.one(Transcript)).turns)
    await teacher.presses("read:1")
    shown = (await teacher.one(Transcript)).turns
    assert shown[1].disputed == ("understanding",)


async def test_teacher_is_offered_no_objections(world: World):
    teacher, _, _ = await corrected(world)
    await teacher.presses("read:1")
    assert not [a for a in await teacher.actions() if a.startswith("dispute:")]


async def test_objections_are_counted_in_the_report(world: World):
    teacher, li, action = await corrected(world)
    await li.presses(action)
    await li.presses("dispute:1:1:understanding")
    await li.presses("end")
    await teacher.presses("results:1")
    report = await teacher.one(AssignmentReport)
    assert [standing.disputes for standing in report.standings] == [2]
    await teacher.presses("results:1")
    assert "⚑ 2 objections" in await teacher.shown_text()


async def test_buttons_nobody_was_offered_are_old(world: World):
    _, li, action = await corrected(world)
    stranger = await world.learner("wu")
    await stranger.presses(action)
    assert await stranger.gets() == ["old_button"]
    for other in ("1:0:understanding", "1:7:0", "1:1:3", "9:1:0", "1:1:-1", "1:1:x", "1:1:²"):
        await li.presses(f"dispute:{other}")
    assert set(await li.gets()) == {"old_button"}
