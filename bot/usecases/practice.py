"""A learner's talk with a buyer: begin, take turns, end.

How the buyer decides is ``domain.negotiation``'s business, how texts are read and checked that of
the ports; what happens while the learner is away is ``aftercare``'s.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import negotiation
from bot.domain.doubts import meanings
from bot.domain.errors import NotFound, VersionConflict
from bot.domain.feedback import Check, counts_as_language
from bot.domain.languages import Band, Language
from bot.domain.messages import Incoming, LearnerSaid
from bot.domain.schedule import local_date
from bot.domain.session import Session
from bot.domain.talk import Phase, Reply, Talk
from bot.domain.understanding import Act, Understanding
from bot.ports import GrammarChecker, Narrator, Store, Understander
from bot.usecases.narration import Retold, retell
from bot.usecases.records import NOTHING_TO_CHECK, finish, record_exchange
from bot.usecases.scene import END, TASK, Scene, called, dice, reminder_key
from bot.usecases.visit import TO_MENU, Visit, row

CHECK_LIMIT_S = 2.5  # seconds the buyer waits for the grammar check; a reader's patience in chat
CONFLICTS = 8  # decisions made again before the update is given back to its channel

YES = Understanding(acts=(Act.ACCEPT,))
NO = Understanding(acts=(Act.REJECT,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Everything a learner does in a talk."""

    store: Store
    scene: Scene
    understander: Understander
    checker: GrammarChecker
    seeds: Callable[[], int]
    narrator: Narrator | None = None

    # --- begin and end ------------------------------------------------------------------------

    async def begin(self, visit: Visit, exercise_id: str, assignment_id: int | None) -> None:
        """Start a session and let the buyer open the talk."""
        exercise = self.scene.exercise(exercise_id)
        if await visit.work.running_session(visit.account.id):
            await visit.tell("already_talking", buttons=row(TASK, END))
            return
        given = await self._given(visit, exercise.id)
        if assignment_id is None:
            assignment_id = await self._first_open(visit, given)
        elif assignment_id not in given:
            raise NotFound("assignment_gone", assignment=assignment_id)
        language = visit.account.language or Language.EN
        version, seed = exercise.versions[language], self.seeds()
        talk, reply = negotiation.start(
            version,
            rng=dice(seed, 0),
            phrases=self.scene.library.speech[language],
            learner=called(visit.account.name),
            band=visit.account.band or Band.B1,
        )
        notes = await visit.work.preparation(visit.account.id, exercise.id, language)
        session = await visit.work.add_session(
            Session(
                id=0,
                account_id=visit.account.id,
                exercise_id=exercise.id,
                language=language,
                band=visit.account.band or Band.B1,
                assignment_id=assignment_id,
                seed=seed,
                talk=talk,
                preparation=notes or None,
                started_at=visit.at,
            )
        )
        await visit.work.drop_preparation(visit.account.id, exercise.id, language)
        aids = self.scene.aids(session)
        await visit.tell("talk_begins", buyer=version.persona.name, buttons=aids)
        await record_exchange(
            self.scene, visit, session, reply, key="", text="", understanding=None
        )

    async def end(self, visit: Visit) -> None:
        """End the running talk; the debrief follows."""
        session = await visit.work.running_session(visit.account.id)
        if session is None:
            await visit.tell("no_talk", buttons=TO_MENU)
            return
        is_gone = session.exercise_id not in self.scene.library.exercises
        if is_gone or not session.talk.heard:
            await visit.work.save_session(replace(session, ended_at=visit.at))
            await visit.work.cancel_timer(reminder_key(session))
            await _give_back_notes(visit, session)
            await visit.tell("exercise_gone" if is_gone else "ended_unsaid", buttons=TO_MENU)
            return
        talk, reply = negotiation.leave(
            self.scene.version(session),
            session.talk,
            rng=dice(session.seed, session.talk.turn + 1),
            phrases=self.scene.library.speech[session.language],
        )
        await self.scene.say(visit, session, self.scene.words(session, reply))
        await finish(self.scene, visit, await visit.work.save_session(replace(session, talk=talk)))

    # --- a turn -------------------------------------------------------------------------------

    async def say(self, incoming: Incoming, text: str) -> bool:
        """Take a turn in the running talk; ``False`` when the text is for nobody there.

        Raises:
            VersionConflict: the session kept changing meanwhile.
        """
        for _ in range(CONFLICTS):
            session = await self._running(incoming)
            if session is None:
                return False
            context = negotiation.context(self.scene.version(session), session.talk)
            understanding, check = await asyncio.gather(
                self.understander.understand(text, session.language, context),
                self.checker.check(text, session.language, timeout_s=CHECK_LIMIT_S),
            )
            if not _is_to_be_checked(text, understanding, check):
                check = NOTHING_TO_CHECK
            retold = await self._retold(incoming, session, understanding, text)
            try:
                return await self._turn(incoming, text, session, understanding, check, retold)
            except VersionConflict:
                continue
        raise VersionConflict("session_keeps_changing", session=str(incoming.chat))

    async def decide(self, visit: Visit, session_id: int, turn: int, *, is_yes: bool) -> None:
        """A press of yes or no under the buyer's summary."""
        session = await self._waiting(visit, session_id, turn)
        if session is None or session.talk.phase is not Phase.CONFIRMING:
            await visit.tell("old_button")
            return
        await self._pressed(visit, session, is_yes=is_yes)

    async def mean(self, visit: Visit, session_id: int, turn: int, *, is_yes: bool) -> None:
        """A press on one of the two meanings between which the buyer has asked back."""
        session = await self._waiting(visit, session_id, turn)
        if session is None or not meanings(session.talk):
            await visit.tell("old_button")
            return
        await self._pressed(visit, session, is_yes=is_yes)

    async def _waiting(self, visit: Visit, session_id: int, turn: int) -> Session | None:
        """The running session, if it is the one meant and nothing was said since that turn."""
        session = await visit.work.running_session(visit.account.id)
        is_it = session is not None and (session.id, session.talk.turn) == (session_id, turn)
        return session if is_it else None

    async def _pressed(self, visit: Visit, session: Session, *, is_yes: bool) -> None:
        turn = session.talk.turn
        reply, session = await self._respond(visit, session, YES if is_yes else NO)
        await record_exchange(
            self.scene, visit, session, reply, key=f"press:{turn}", text="", understanding=None
        )

    async def _turn(
        self,
        incoming: Incoming,
        text: str,
        read: Session,
        understanding: Understanding,
        check: Check,
        retold: Retold | None,
    ) -> bool:
        async with self.store.transaction() as work:
            if not await work.mark(incoming.chat, incoming.key, incoming.at):
                return True
            account = await work.account(read.account_id)
            visit = Visit(work=work, account=account, chat=incoming.chat, at=incoming.at)
            session = await work.session(read.id)
            if session.version != read.version:
                raise VersionConflict("session_changed", session=read.id)
            await visit.show(LearnerSaid(text=text, key=incoming.key))
            reply, session = await self._respond(visit, session, understanding, text)
            await record_exchange(
                self.scene,
                visit,
                session,
                reply,
                key=incoming.key,
                text=text,
                understanding=understanding,
                check=check,
                retold=retold,
            )
            return True

    async def _retold(
        self, incoming: Incoming, session: Session, understanding: Understanding, text: str
    ) -> Retold | None:
        """The reply to come in the narrator's words; it is decided again when it is stored."""
        if self.narrator is None:
            return None
        async with self.store.transaction() as work:
            account = await work.account(session.account_id)
            said = tuple(turn.reply for turn in await work.turns(session.id))
        today = local_date(incoming.at, account.timezone)
        _, reply = self._decided(session, understanding, today, text)
        return await retell(self.narrator, self.scene, session, reply, said)

    async def _respond(
        self, visit: Visit, session: Session, understanding: Understanding, text: str = ""
    ) -> tuple[Reply, Session]:
        today = local_date(visit.at, visit.account.timezone)
        talk, reply = self._decided(session, understanding, today, text)
        return reply, await visit.work.save_session(replace(session, talk=talk))

    def _decided(
        self, session: Session, understanding: Understanding, today: date, text: str
    ) -> tuple[Talk, Reply]:
        """The same for the same session, understanding, day and text."""
        return negotiation.respond(
            self.scene.version(session),
            session.talk,
            understanding,
            rng=dice(session.seed, session.talk.turn + 1),
            today=today,
            phrases=self.scene.library.speech[session.language],
            is_probe=understanding.probes,
            text=text,
        )

    # --- what it all rests on -----------------------------------------------------------------

    async def _running(self, incoming: Incoming) -> Session | None:
        async with self.store.transaction() as work:
            account = await work.account_of(incoming.chat)
            if account is None or account.awaiting is not None:
                return None
            return await work.running_session(account.id)

    async def _given(self, visit: Visit, exercise_id: str) -> list[int]:
        """The assignments of an exercise to this learner, by due time."""
        given = await visit.work.assignments_for(visit.account.id)
        return [assignment.id for assignment in given if assignment.exercise_id == exercise_id]

    async def _first_open(self, visit: Visit, given: Sequence[int]) -> int | None:
        for id in given:
            if not await visit.work.attempts(visit.account.id, assignment_id=id):
                return id
        return None


async def _give_back_notes(visit: Visit, session: Session) -> None:
    """What was prepared for a talk in which nothing was said is there for the next one."""
    if session.preparation is not None:
        await visit.work.save_preparation(
            visit.account.id, session.exercise_id, session.language, session.preparation
        )


def _is_to_be_checked(text: str, understanding: Understanding, check: Check) -> bool:
    """Another language, or a cat on the keyboard, has no mistakes of this language."""
    if understanding.foreign is not None:
        return False
    is_understood = understanding.acts != (Act.OTHER,)
    return is_understood or counts_as_language(text, check.findings or ())
