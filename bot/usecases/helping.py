"""Help during a talk: a hint, the table of the issues, a sum; asked for or by the learner's band.

Who gets which help is ``domain.helps``' decision.
"""

from dataclasses import dataclass

from bot.domain.helps import HELPS, Phrases, is_table_due, moves_for
from bot.domain.messages import Calculation, Suggestions, TableOfIssues
from bot.domain.session import Session
from bot.domain.table import latest, table_of
from bot.domain.talk import Reply
from bot.usecases.scene import Scene
from bot.usecases.visit import TO_MENU, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """The helps a learner can ask for."""

    scene: Scene

    async def hint(self, visit: Visit) -> None:
        """Help with the next sentence, as much as the learner's band gets."""
        session = await visit.work.running_session(visit.account.id)
        if session is None:
            await visit.tell("no_talk", buttons=TO_MENU)
        elif HELPS[session.band].phrases is Phrases.NONE:
            await visit.tell("hint_none")
        elif not await _hint_wish(self.scene, visit, session):
            await visit.show(suggestions(self.scene, session, is_asked=True))

    async def table(self, visit: Visit) -> None:
        """Where the talk stands, issue by issue."""
        session = await visit.work.running_session(visit.account.id)
        if session is None:
            await visit.tell("no_talk", buttons=TO_MENU)
        elif not self.scene.version(session).deal.issues:
            await visit.tell("no_table")
        else:
            await visit.show(_table(self.scene, session))

    async def calculate(self, visit: Visit, text: str) -> None:
        """Work out a sum, or explain how to type one."""
        session = await visit.work.running_session(visit.account.id)
        if session is None:
            await visit.show(Calculation(text=text))
            return
        await visit.show(
            Calculation(
                text=text,
                exercise_id=session.exercise_id,
                language=session.language,
                known=latest(session.talk),
            )
        )


async def help_along(scene: Scene, visit: Visit, session: Session, reply: Reply) -> None:
    """What comes unasked after the buyer's message."""
    deal, helps = scene.version(session).deal, HELPS[session.band]
    is_waiting = reply.asks_confirmation or bool(reply.meanings)
    is_helped = reply.needs_hint or reply.needs_language
    if session.talk.phase.is_over or is_waiting or is_helped or not deal.issues:
        return
    if is_table_due(session.band, session.talk.turn):
        await visit.show(_table(scene, session))
    if helps.phrases is Phrases.UNASKED:
        await visit.show(suggestions(scene, session, is_asked=False))


async def _hint_wish(scene: Scene, visit: Visit, session: Session) -> bool:
    """In a conversation the hint is about what the counterpart waits for."""
    wish = scene.awaited(session)
    if wish is None:
        return False
    named = f"@wish:{session.exercise_id}:{session.language}:{wish.id}"
    await visit.tell("hint_wish", wish=named, sentence=wish.hint)
    return True


def suggestions(scene: Scene, session: Session, *, is_asked: bool) -> Suggestions:
    """What one could say next; sentences or moves, as the band gets them."""
    hint, sentence = scene.hint(session)
    moves = moves_for(session.talk, hint.reason)
    gets_moves = HELPS[session.band].phrases is Phrases.MOVES
    model = [scene.library.moves[move][session.language] for move in moves]
    is_opening = not (is_asked or session.talk.turn)  # which begins with thanks
    sentences = (model[0], sentence, *model[1:]) if is_opening else (sentence, *model)
    return Suggestions(
        exercise_id=session.exercise_id,
        language=session.language,
        hint=hint,
        sentences=() if gets_moves else sentences,
        moves=moves if gets_moves else (),
        is_asked=is_asked,
    )


def _table(scene: Scene, session: Session) -> TableOfIssues:
    return TableOfIssues(
        exercise_id=session.exercise_id,
        language=session.language,
        table=table_of(scene.version(session).deal, session.talk),
        has_points=HELPS[session.band].table_has_points,
    )
