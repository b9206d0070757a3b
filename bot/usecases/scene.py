"""Where a talk takes place: the authored exercise and the buyer's voice."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.errors import NotFound
from bot.domain.exercise import Exercise, Version
from bot.domain.messages import Button, BuyerSays
from bot.domain.schedule import next_morning
from bot.domain.session import Session
from bot.domain.talk import Reply
from bot.ports import Library, Speaker, Timer
from bot.usecases.visit import Visit, row

AIDS = row(
    Button(action="hint", key="hint"),
    Button(action="task", key="task"),
    Button(action="end", key="end"),
)


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

    async def say(self, visit: Visit, session: Session, words: str, *, asks: bool = False) -> None:
        """Let the buyer say ``words``, with buttons for yes and no when it ``asks``."""
        if not words:
            return
        at = f"{session.id}:{session.talk.turn}"
        buttons = row(
            Button(action=f"yes:{at}", key=f"agree_{session.language}"),
            Button(action=f"no:{at}", key=f"change_{session.language}"),
        )
        name = self.version(session).persona.name
        says = BuyerSays(name=name, text=words, language=session.language)
        await visit.show(says, buttons if asks else ())

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
