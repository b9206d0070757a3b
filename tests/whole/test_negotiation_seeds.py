"""The transcripts at a table: the real understanding and the real buyer, with many dice.

No app, no channel, no checker: what a transcript says of the buyer must hold whatever the dice
say, otherwise the runs through the app would fail by chance.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random

import pytest

from bot import content
from bot.channels.render import Renderer
from bot.channels.render.rendered import Picture
from bot.channels.render.speech import BuyerVoice
from bot.domain import negotiation
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Channel, Chat, Debrief, Outgoing
from bot.domain.session import Attempt
from bot.domain.talk import Phase, Reply
from bot.domain.understanding import Act, Understanding
from bot.language.understanding import SpacyUnderstander
from bot.usecases.scene import called, dice
from tests.shipped import shipped
from tests.whole.talks import Line, Transcript, names, perform, plain, read

pytestmark = pytest.mark.deep

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
SEEDS = range(12)


@pytest.fixture(scope="session")
def library() -> content.Library:
    return shipped()


@pytest.fixture(scope="session")
def understander() -> SpacyUnderstander:
    return SpacyUnderstander(today=NOW.date)


@pytest.mark.parametrize("name", names())
def test_a_transcript_holds_whatever_the_dice_say(
    name: str, library: content.Library, understander: SpacyUnderstander
) -> None:
    for seed in SEEDS:
        stage = _Table(library, understander, seed)
        try:
            _run(perform(read(name), stage))
        except AssertionError as error:
            talk = "\n".join(f"{line.who}: {line.text}" for line in stage.lines)
            raise AssertionError(f"seed {seed}: {error}\n{talk}") from None


def _run(coroutine: object) -> None:
    """Nothing at the table waits for anything."""
    try:
        coroutine.send(None)  # type: ignore[attr-defined]
    except StopIteration:
        return
    raise RuntimeError("somebody waits")


class _Table:
    """A stage without channels: learner and buyer face to face."""

    has_coach = False

    def __init__(
        self, library: content.Library, understander: SpacyUnderstander, seed: int
    ) -> None:
        self.lines: list[Line] = []
        self._library = library
        self._understander = understander
        self._seed = seed
        self._voice = BuyerVoice()

    async def begin(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._language = Language(transcript.language)
        self._version = self._library.exercises["desk_lamp"].versions[self._language]
        self._phrases = self._library.speech[self._language]
        self._talk, reply = negotiation.start(
            self._version,
            rng=dice(self._seed, 0),
            phrases=self._phrases,
            learner=called(transcript.name),
        )
        self._hear(reply)

    async def say(self, text: str) -> None:
        self.lines.append(Line(who="learner", text=text))
        context = negotiation.context(self._version, self._talk)
        self._answer(self._understander.read(text, self._language, context))

    async def press(self, action: str) -> None:
        assert action.startswith("yes:")
        self._answer(Understanding(acts=(Act.ACCEPT,)))

    async def come_back(self) -> None:
        """Nobody has been away."""

    async def until(self, is_reached: Callable[[Sequence[Line]], bool]) -> None:
        assert is_reached(self.lines), "not reached"

    async def picture(self) -> bytes:
        return b""

    def _answer(self, understanding: Understanding) -> None:
        self._talk, reply = negotiation.respond(
            self._version,
            self._talk,
            understanding,
            rng=self._dice(),
            today=NOW.date(),
            phrases=self._phrases,
            is_probe=understanding.probes,
        )
        self._hear(reply)
        if self._talk.phase.is_over:
            assert self._talk.phase is Phase.AGREED, self._talk.phase
            self._debrief()

    def _dice(self) -> Random:
        return dice(self._seed, self._talk.turn + 1)

    def _hear(self, reply: Reply) -> None:
        text = self._voice.speak(reply.spoken, self._version, self._language)
        assert text, "the buyer is never silent"
        actions = ("yes:1:1",) if reply.asks_confirmation else ()
        self.lines.append(Line(who="buyer", text=plain(text), actions=actions))

    def _debrief(self) -> None:
        attempt = Attempt(
            session_id=1,
            account_id=1,
            exercise_id="desk_lamp",
            language=self._language,
            band=Band(self._transcript.band),
            assignment_id=None,
            talk=self._talk,
            kinds={},
            words=100,
            unchecked=0,
            started_at=NOW,
            ended_at=NOW,
        )
        outgoing = Outgoing(
            chat=Chat(channel=Channel.WEB, id="1"),
            interface=Interface(self._transcript.interface),
            content=Debrief(attempt=attempt, examples=()),
        )
        for part in Renderer(self._library).render(outgoing).parts:
            text = part.caption if isinstance(part, Picture) else part.html
            self.lines.append(
                Line(who="coach", text=plain(text), has_picture=isinstance(part, Picture))
            )
