"""Where a talk takes place: the authored exercise and the buyer's voice."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.conversation import awaited
from bot.domain.doubts import meanings
from bot.domain.errors import NotFound
from bot.domain.exercise import Exercise, Version
from bot.domain.helps import HELPS, Phrases
from bot.domain.hints import Hint, hint_for
from bot.domain.messages import Button, BuyerSays, Rows
from bot.domain.schedule import next_morning
from bot.domain.session import Session
from bot.domain.talk import Meaning, Phase, Reply, Say, Spoken
from bot.domain.wishes import Wish
from bot.ports import Library, Speaker, Timer
from bot.usecases.visit import Visit, column, row

HINT = Button(action="hint", key="hint")
TABLE = Button(action="table", key="table")
CALCULATION = Button(action="calc", key="calculation")
TASK = Button(action="task", key="task")
END = Button(action="end", key="end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The authored content and the voice that speaks it."""

    library: Library
    speaker: Speaker

    def exercise(self, exercise_id: str) -> Exercise:
        """The exercise called ``exercise_id``.

        Raises:
            NotFound: there is none (any more).
        """
        try:
            return self.library.exercises[exercise_id]
        except KeyError:
            raise NotFound("exercise_gone", exercise=exercise_id) from None

    def version(self, session: Session) -> Version:
        """The exercise of a session in its practice language."""
        return self.exercise(session.exercise_id).versions[session.language]

    def words(self, session: Session, reply: Reply) -> str:
        """The buyer's reply in words."""
        return self.speaker.speak(reply.spoken, self.version(session), session.language)

    async def say(
        self, visit: Visit, session: Session, words: str, reply: Reply | None = None
    ) -> None:
        """Let the buyer say ``words``, with buttons for the answers it waits for."""
        if not words:
            return
        name = self.version(session).persona.name
        says = BuyerSays(name=name, text=words, language=session.language)
        await visit.show(says, self._answers(session, reply) if reply else ())

    def hint(self, session: Session) -> tuple[Hint, str]:
        """The next helpful sentence, and its words."""
        hint = hint_for(self.version(session), session.talk)
        return hint, self._words(session, hint.sentence, Say(theirs=hint.value))

    def aids(self, session: Session) -> Rows:
        """The helps of a talk as buttons, as far as the learner's band gets them."""
        helps, deal = HELPS[session.band], self.version(session).deal
        has_hint = helps.phrases is not Phrases.NONE
        offered = (
            *((HINT,) if has_hint else ()),
            *((TABLE,) if deal.issues else ()),
            *((CALCULATION,) if deal.issues and helps.calculation_has_button else ()),
        )
        return tuple(filter(None, (offered, (TASK, END))))

    def example(self, session: Session) -> str:
        """What one can write now: an answer to what the buyer waits for, else the hint."""
        pending = meanings(session.talk)
        if session.talk.phase is Phase.CONFIRMING:
            return f"@button.agree_{session.language}"
        if session.talk.unsure and pending:
            return f"@button.mean_{pending[0].act}_{session.language}"
        wish = self.awaited(session)
        if wish is not None:
            return wish.hint
        return self._value(session, pending[0]) if pending else self.hint(session)[1]

    def awaited(self, session: Session) -> Wish | None:
        """In a conversation: what the counterpart waits for."""
        return awaited(self.version(session), session.talk)

    def _answers(self, session: Session, reply: Reply) -> Rows:
        at = f"{session.id}:{session.talk.turn}"
        if reply.asks_confirmation:
            return row(
                Button(action=f"yes:{at}", key=f"agree_{session.language}"),
                Button(action=f"no:{at}", key=f"change_{session.language}"),
            )
        return column(*(self._button(session, at, meaning) for meaning in reply.meanings))

    def _button(self, session: Session, at: str, meaning: Meaning) -> Button:
        answer = "yes" if meaning.is_yes else "no"
        if session.talk.unsure:
            return Button(
                action=f"mean:{at}:{answer}", key=f"mean_{meaning.act}_{session.language}"
            )
        value = self._value(session, meaning)
        return Button(action=f"mean:{at}:{answer}", key="mean", values={"value": value})

    def _value(self, session: Session, meaning: Meaning) -> str:
        slot = "{foreign}" if meaning.foreign else "{first}"
        say = Say(first=meaning.offer, foreign=meaning.foreign)
        return self._words(session, slot, say)

    def _words(self, session: Session, phrase: str, say: Say) -> str:
        spoken = [Spoken(phrase=phrase, say=say)]
        return self.speaker.speak(spoken, self.version(session), session.language)

    def reminder(self, session: Session, now: datetime) -> Timer:
        """The timer by which the buyer asks again, should the learner fall silent."""
        zone = ZoneInfo(self.version(session).persona.timezone)
        return Timer(
            key=reminder_key(session),
            due_at=next_morning(now, zone),
            kind="reminder",
            values={"session": str(session.id)},
        )


def reminder_key(session: Session) -> str:
    """The key of a session's reminder."""
    return f"reminder:{session.id}"


def dice(seed: int, turn: int) -> Random:
    """The buyer's randomness in one turn: the same for the same session and turn."""
    return Random(f"{seed}/{turn}")


def called(name: str) -> str | None:
    """How a foreign buyer addresses the learner: by a name in Latin letters, or not at all."""
    letters = [letter for letter in name if letter.isalpha()]
    is_latin = bool(letters) and all(ord(letter) < 0x250 for letter in letters)
    return name.strip() if is_latin else None
