"""Messages that were hardly understood, without names, for people who label a corpus.

Decides which ones, and what of the talk around them goes along; the form is somebody else's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import negotiation
from bot.domain.errors import NotFound
from bot.domain.languages import Language
from bot.domain.pseudonyms import without_names
from bot.domain.schedule import local_date
from bot.domain.session import Turn
from bot.domain.talk import Reply, Talk
from bot.domain.understanding import DOUBTFUL_BELOW, Act, Context, Understanding
from bot.ports import Record, Records
from bot.usecases.scene import Scene, dice

PRESSES = (Understanding(acts=(Act.ACCEPT,)), Understanding(acts=(Act.REJECT,)))
"""What the press of a button can have meant; which one was pressed is not stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A message that was hardly understood."""

    text: str
    """Without names."""
    language: Language
    context: Context | None
    """``None`` when the talk before it cannot be played again."""
    understanding: Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Collects doubtful messages."""

    records: Records
    scene: Scene

    async def collect(
        self,
        *,
        below: float = DOUBTFUL_BELOW,
        language: Language | None = None,
        limit: int | None = None,
    ) -> tuple[Doubt, ...]:
        """At most ``limit`` messages, the most doubtful first, each text of a language once."""
        records = await self.records.doubtful(below=below, language=language)
        found = [doubt for record in records for doubt in self._of(record, below)]
        found.sort(key=lambda d: (d.understanding.confidence, d.language, d.text))
        once: dict[tuple[Language, str], Doubt] = {}
        for doubt in found:
            once.setdefault((doubt.language, doubt.text), doubt)
        return tuple(once.values())[:limit]

    def _of(self, record: Record, below: float) -> Iterator[Doubt]:
        contexts = dict(self._contexts(record))
        for turn in record.turns:
            if turn.text and turn.understanding and turn.understanding.confidence < below:
                yield Doubt(
                    text=without_names(turn.text, record.learner.name),
                    language=record.session.language,
                    context=contexts.get(turn.number),
                    understanding=turn.understanding,
                )

    def _contexts(self, record: Record) -> Iterator[tuple[int, Context]]:
        """What could be expected of each message, as far as the talk comes out the same again."""
        try:
            version = self.scene.version(record.session)
        except NotFound:
            return
        opening, *turns = record.turns
        talk, reply = negotiation.start(
            version,
            rng=dice(record.session.seed, 0),
            phrases=self.scene.library.speech[record.session.language],
            learner=record.session.talk.learner,
            band=record.session.talk.band,
        )
        if self.scene.words(record.session, reply) != opening.reply:
            return
        for turn in turns:
            yield turn.number, negotiation.context(version, talk)
            following = self._following(record, talk, turn)
            if following is None:
                return
            talk = following

    def _following(self, record: Record, talk: Talk, turn: Turn) -> Talk | None:
        """The talk after ``turn``; ``None`` when the buyer would answer otherwise today."""
        if talk.phase.is_over:
            return None
        for heard in (turn.understanding,) if turn.understanding else PRESSES:
            after, reply = self._played(record, talk, turn, heard)
            if self.scene.words(record.session, reply) == turn.reply:
                return after
        return None

    def _played(
        self, record: Record, talk: Talk, turn: Turn, heard: Understanding
    ) -> tuple[Talk, Reply]:
        return negotiation.respond(
            self.scene.version(record.session),
            talk,
            heard,
            rng=dice(record.session.seed, turn.number),
            today=local_date(turn.at, record.learner.timezone),
            phrases=self.scene.library.speech[record.session.language],
            is_probe=heard.probes,
            text=turn.text,
        )
