"""Help during a talk, as much as the band gets."""

import pytest

from bot.domain.helps import Move
from bot.domain.messages import Calculation, Suggestions, TableOfIssues
from tests.usecases.world import GIFT, Person, World


async def talking(world: World, band: str = "B1") -> Person:
    """Somebody of a band in a talk that has just begun."""
    li = await world.learner()
    await li.presses(f"band:{band}")
    await li.begins()
    return li


async def test_beginner_gets_sentences_under_every_message_of_the_buyer(world: World):
    li = await talking(world, "A2")
    for _ in range(2):
        shown = await li.one(Suggestions)
        assert not shown.is_asked
        assert 2 <= len(shown.sentences) <= 3
        assert not any("{" in sentence for sentence in shown.sentences)
        await li.says("Guten Tag")


async def test_no_sentences_come_under_a_summary(world: World):
    li = await talking(world, "A2")
    await li.news()
    await li.says(GIFT)
    assert await li.gets() == ["LearnerSaid", "buyer"]


@pytest.mark.parametrize("band", ["B1", "B2", "C1"])
async def test_others_get_none_unasked(world: World, band: str):
    li = await talking(world, band)
    await li.says("Guten Tag")
    assert "Suggestions" not in await li.gets()


async def test_hint_is_sentences_then_moves_then_nothing(world: World):
    li = await talking(world, "B1")
    await li.news()
    await li.says("/hint")
    assert len((await li.one(Suggestions)).sentences) >= 2
    await li.presses("end")

    mei = await world.learner("mei")
    await mei.presses("band:B2")
    await mei.begins()
    await mei.news()
    await mei.presses("hint")
    shown = await mei.one(Suggestions)
    assert shown.sentences == ()
    assert set(shown.moves) <= set(Move)
    assert shown.moves

    wu = await world.learner("wu")
    await wu.presses("band:C1")
    await wu.begins()
    await wu.news()
    await wu.presses("hint")
    assert await wu.gets() == ["hint_none"]


@pytest.mark.parametrize(("band", "tables"), [("A2", 2), ("B1", 2), ("B2", 0), ("C1", 0)])
async def test_table_comes_every_third_turn_to_beginners(world: World, band: str, tables: int):
    li = await talking(world, band)
    for _ in range(7):
        await li.says("Wie wird die Ware verpackt?")
    assert (await li.gets()).count("TableOfIssues") == tables


@pytest.mark.parametrize(
    ("band", "has_points"), [("A2", True), ("B1", True), ("B2", True), ("C1", False)]
)
async def test_table_is_there_for_everybody_who_asks(world: World, band: str, has_points: bool):
    li = await talking(world, band)
    await li.news()
    await li.says("/table")
    assert (await li.one(TableOfIssues)).has_points == has_points
    await li.presses("table")
    assert len((await li.one(TableOfIssues)).table.rows) == 5


@pytest.mark.parametrize(
    ("band", "buttons"),
    [
        ("A2", ["hint", "table", "calc", "task", "end"]),
        ("B1", ["hint", "table", "calc", "task", "end"]),
        ("B2", ["hint", "table", "task", "end"]),
        ("C1", ["table", "task", "end"]),
    ],
)
async def test_buttons_are_those_of_the_band(world: World, band: str, buttons: list[str]):
    li = await world.learner()
    await li.presses(f"band:{band}")
    await li.news()
    await li.begins()
    assert await li.actions() == buttons


@pytest.mark.parametrize("band", ["A2", "B1", "B2", "C1"])
async def test_sums_can_be_typed_in_every_band(world: World, band: str):
    li = await talking(world, band)
    await li.news()
    await li.says("/calc 5000 x 8.20")
    shown = await li.one(Calculation)
    assert (shown.text, shown.exercise_id) == ("5000 x 8.20", "desk_lamp")
    await li.presses("calc")
    assert (await li.one(Calculation)).text == ""


async def test_sum_needs_no_talk(world: World):
    li = await world.learner()
    await li.says("/calc 5000 x 8.20")
    assert "41,000.00" in await li.shown_text()


@pytest.mark.parametrize("command", ["/table", "/hint", "/brief", "/end"])
async def test_without_a_talk_it_is_said_so(world: World, command: str):
    li = await world.learner()
    await li.says(command)
    assert await li.gets() == ["LearnerSaid", "no_talk"]


async def test_helps_are_no_turns(world: World):
    li = await talking(world)
    for aside in ("/table", "/hint", "/calc", "/brief", "/calc 1 x"):
        await li.says(aside)
    assert "buyer" not in (await li.gets())[3:]


async def test_conversation_has_hints_but_no_table(world: World):
    ids = [e.id for e in world.library.exercises.values() if not e.versions["de"].deal.issues]
    li = await world.learner()
    await li.presses(f"begin:{ids[0]}")
    assert await li.actions() == ["hint", "task", "end"]
    await li.says("/table")
    assert await li.gets() == ["LearnerSaid", "no_table"]
    await li.says("/hint")
    assert await li.gets() == ["LearnerSaid", "hint_wish"]
