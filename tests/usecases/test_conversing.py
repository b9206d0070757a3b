"""A conversation without a deal, from the brief to the debrief, through use cases and store."""

from bot.domain.messages import Brief, Debrief
from bot.domain.talk import Phase
from bot.domain.understanding import Act
from tests.usecases.world import World

ID = "late_shipment_call"
SORRY = "Es tut mir leid. Der Hafen ist überlastet, Ankunft am 14. Dezember."
REST = (
    "Wir haben Vorrang beantragt, Sie bekommen die Mitteilung der Reederei, "
    "und ich halte Sie auf dem Laufenden."
)


async def test_conversation_runs_from_the_brief_to_the_debrief(world: World) -> None:
    world.understander.means(SORRY, Act.GREET, Act.APOLOGISE)
    world.understander.means(REST, Act.PROMISE)
    li = await world.learner()
    await li.presses(f"show:{ID}")
    assert (await li.one(Brief)).exercise_id == ID

    await li.presses(f"begin:{ID}")
    await li.news()
    await li.says("/hint")
    hint = await li.notice("hint_wish")
    assert hint.values["wish"] == f"@wish:{ID}:de:cause"
    await li.says(SORRY)
    await li.news()
    await li.says(REST)
    await li.presses(next(a for a in await li.actions() if a.startswith("yes:")))

    debrief = await li.one(Debrief)
    assert debrief.attempt.talk.phase is Phase.AGREED
    assert debrief.attempt.talk.agreement is None
    await li.says("/progress")
    assert "100" in await li.shown_text()
