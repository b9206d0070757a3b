"""After a deal its twin is offered; who has played both sees both attempts side by side."""

from bot.domain.messages import Debrief
from tests.usecases.world import Person, World

TWIN = "thermos_inquiry"


async def end_a_talk(person: Person, exercise_id: str) -> Debrief:
    """Begin a talk, say something, end it."""
    await person.presses(f"begin:{exercise_id}")
    await person.says("Guten Tag")
    await person.news()
    await person.presses("end")
    return await person.one(Debrief)


async def test_debrief_leads_to_the_twin(world: World):
    li = await world.learner()
    assert world.library.exercises["desk_lamp"].twin == TWIN
    await li.makes_a_deal()
    actions = await li.actions()
    assert f"show:{TWIN}" in actions
    await li.presses(f"show:{TWIN}")
    assert f"begin:{TWIN}" in await li.actions()


async def test_both_attempts_stand_side_by_side_when_both_are_done(world: World):
    li = await world.learner()
    first = await end_a_talk(li, "desk_lamp")
    assert first.twin is None
    again = await end_a_talk(li, "desk_lamp")
    assert again.twin is None
    second = await end_a_talk(li, TWIN)
    assert second.twin == again.attempt


async def test_attempt_in_another_language_is_no_match(world: World):
    li = await world.learner()
    await end_a_talk(li, "desk_lamp")
    await li.presses("language:fr")
    assert (await end_a_talk(li, TWIN)).twin is None
