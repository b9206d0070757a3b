"""Conversations at a table: the real understanding and the real counterpart, with many dice.

What the learners write stands in ``conversations.yaml``; the model sentences are the exercises'.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import srsly

from bot import content
from bot.channels.render import Renderer
from bot.channels.render.rendered import Words
from bot.channels.render.speech import speak
from bot.domain import negotiation
from bot.domain.conversation import awaited
from bot.domain.conversation_marks import assess_conversation
from bot.domain.exercise import Version
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Brief, Channel, Chat, Debrief, Outgoing
from bot.domain.session import Attempt
from bot.domain.talk import Phase, Talk
from bot.language.understanding import SpacyUnderstander
from bot.usecases.scene import dice
from tests.shipped import shipped

pytestmark = pytest.mark.deep

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
SEEDS = range(6)
WRITTEN = srsly.read_yaml(Path(__file__).parent / "conversations.yaml")
EVERY = [
    pytest.param(id, language, id=f"{id}-{language}") for id in WRITTEN for language in Language
]
YES = {Language.EN: "Yes, correct.", Language.DE: "Ja, richtig.", Language.FR: "Oui, c'est exact."}
REFUSALS = {
    Language.EN: ["That is not our problem.", "No, we cannot do that.", "It is not possible."],
    Language.DE: ["Das ist nicht unser Problem.", "Nein, das geht nicht.", "Das ist unmöglich."],
    Language.FR: ["Ce n'est pas notre problème.", "Non, impossible.", "Nous ne pouvons pas."],
}


@pytest.fixture(scope="session")
def library() -> content.Library:
    return shipped()


@pytest.fixture(scope="session")
def understander() -> SpacyUnderstander:
    return SpacyUnderstander(today=NOW.date)


class _Table:
    """Learner and counterpart face to face."""

    def __init__(
        self, understander: SpacyUnderstander, id: str, language: Language, seed: int
    ) -> None:
        self.version: Version = shipped().exercises[id].versions[language]
        self.said: list[str] = []
        self._understander, self._language, self._seed = understander, language, seed
        self._phrases = shipped().speech[language]
        self.talk: Talk
        self.talk, reply = negotiation.start(
            self.version, rng=dice(seed, 0), phrases=self._phrases, learner="Li Na"
        )
        self.said.append(speak(reply.spoken, self.version, language))

    def say(self, text: str) -> None:
        context = negotiation.context(self.version, self.talk)
        understanding = self._understander.read(text, self._language, context)
        self.talk, reply = negotiation.respond(
            self.version,
            self.talk,
            understanding,
            rng=dice(self._seed, self.talk.turn + 1),
            today=NOW.date(),
            phrases=self._phrases,
            is_probe=understanding.probes,
            text=text,
        )
        self.said += [f"> {text}", speak(reply.spoken, self.version, self._language)]

    def say_all(self, texts: Sequence[str]) -> None:
        for text in texts:
            if not self.talk.phase.is_over:
                self.say(text)

    @property
    def points(self) -> int:
        return assess_conversation(self.version, self.talk).points


@pytest.mark.parametrize(("id", "language"), EVERY)
def test_learner_with_faults_is_understood_and_satisfies(
    id: str, language: Language, understander: SpacyUnderstander
) -> None:
    for seed in SEEDS:
        table = _Table(understander, id, language, seed)
        table.say_all(WRITTEN[id][language])
        assert table.talk.phase is Phase.AGREED, "\n".join(table.said)
        assert table.points == 100, "\n".join(table.said)


@pytest.mark.parametrize(("id", "language"), EVERY)
def test_hints_lead_to_the_end(
    id: str, language: Language, understander: SpacyUnderstander
) -> None:
    table = _Table(understander, id, language, 1)
    for _ in range(20):
        if table.talk.phase.is_over:
            break
        wish = awaited(table.version, table.talk)
        assert wish is not None
        table.say(YES[language] if table.talk.phase is Phase.CONFIRMING else wish.hint)
    assert table.talk.phase is Phase.AGREED, "\n".join(table.said)
    assert table.points == 100, "\n".join(table.said)


@pytest.mark.parametrize(("id", "language"), EVERY)
def test_learner_who_only_refuses_satisfies_nobody(
    id: str, language: Language, understander: SpacyUnderstander
) -> None:
    table = _Table(understander, id, language, 2)
    table.say_all(REFUSALS[language] * 3)
    assert table.talk.phase is Phase.BROKEN_OFF, "\n".join(table.said)
    assert table.points == 0, "\n".join(table.said)


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize(("id", "language"), EVERY)
def test_brief_and_debrief_tell_of_every_wish(
    id: str,
    language: Language,
    interface: Interface,
    understander: SpacyUnderstander,
    library: content.Library,
) -> None:
    table = _Table(understander, id, language, 1)
    table.say_all(WRITTEN[id][language][:3])
    brief = _rendered(library, interface, Brief(exercise_id=id, language=language))
    attempt = Attempt(
        session_id=1,
        account_id=1,
        exercise_id=id,
        language=language,
        band=Band.B1,
        assignment_id=None,
        talk=table.talk,
        kinds={},
        words=30,
        unchecked=0,
        started_at=NOW,
        ended_at=NOW,
    )
    debrief = _rendered(library, interface, Debrief(attempt=attempt, examples=()))
    for wish in table.version.wishes:
        assert (wish.title[interface] in brief) is wish.shown
        assert wish.title[interface] in debrief
    assert f"<b>{table.points}</b>" in debrief


def _rendered(library: content.Library, interface: Interface, what: Brief | Debrief) -> str:
    chat = Chat(channel=Channel.WEB, id="1")
    parts = Renderer(library).render(Outgoing(chat=chat, interface=interface, content=what)).parts
    assert all(isinstance(part, Words) for part in parts)
    return "\n".join(part.html for part in parts if isinstance(part, Words))
