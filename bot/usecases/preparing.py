"""Before a talk: the task, and up to four questions about what one wants from it.

What an answer means is read by the understanding; what it is worth, ``domain.preparation`` says.
"""

from dataclasses import dataclass, replace

from bot.domain import negotiation
from bot.domain.deal import Offer
from bot.domain.errors import VersionConflict
from bot.domain.exercise import Version
from bot.domain.languages import Language
from bot.domain.messages import Brief, Button, Incoming, LearnerSaid, PreparationStep, Rows
from bot.domain.people import Account
from bot.domain.preparation import (
    Preparation,
    Step,
    glossed,
    is_chinese,
    noted,
    shortfall,
)
from bot.domain.schedule import local_date
from bot.domain.talk import Talk
from bot.ports import Store, Understander
from bot.usecases.scene import END, TASK, Scene
from bot.usecases.visit import TO_MENU, Visit, row

CONFLICTS = 4  # readings again before the update is given back to its channel
_AWAITING = "prepare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The question whose answer the next text is."""

    step: Step
    exercise_id: str
    assignment_id: int | None = None

    @property
    def target(self) -> str:
        """The exercise and the assignment as a button's action names them."""
        given = f":{self.assignment_id}" if self.assignment_id else ""
        return f"{self.exercise_id}{given}"

    @property
    def awaiting(self) -> str:
        """As the account keeps it."""
        return f"{_AWAITING}:{self.step}:{self.target}"


def pending(account: Account) -> Pending | None:
    """The question of a preparation that a person has not answered yet."""
    kind, _, rest = (account.awaiting or "").partition(":")
    if kind != _AWAITING:
        return None
    step, exercise_id, *assignment = rest.split(":")
    return Pending(
        step=Step(step),
        exercise_id=exercise_id,
        assignment_id=int(assignment[0]) if assignment else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """Everything a learner does before a talk."""

    store: Store
    scene: Scene
    understander: Understander

    async def brief(self, visit: Visit, exercise_id: str, assignment_id: int | None) -> None:
        """Show the task of an exercise, with buttons to prepare and to begin."""
        exercise = self.scene.exercise(exercise_id)
        language = _language(visit)
        due_at = (await visit.work.assignment(assignment_id)).due_at if assignment_id else None
        notes = await visit.work.preparation(visit.account.id, exercise_id, language)
        at = Pending(step=Step.TARGET, exercise_id=exercise_id, assignment_id=assignment_id)
        write = Button(action=f"note:next:{at.target}", key="rewrite" if notes else "write_down")
        can_prepare = bool(exercise.versions[language].deal.issues)
        await visit.show(
            Brief(
                exercise_id=exercise.id,
                language=language,
                due_at=due_at,
                timezone=visit.account.timezone,
                preparation=notes or None,
            ),
            row(
                *([write] if can_prepare else ()),
                Button(action=f"begin:{at.target}", key="begin_now" if can_prepare else "begin"),
                Button(action="rubric", key="rubric"),
            ),
        )

    async def task(self, visit: Visit) -> None:
        """Show the task of the running talk again, or of the one being prepared."""
        session = await visit.work.running_session(visit.account.id)
        asked = pending(visit.account)
        if session is not None:
            notes = session.preparation
            await visit.show(
                Brief(
                    exercise_id=session.exercise_id, language=session.language, preparation=notes
                )
            )
        elif asked is not None:
            await self.brief(visit, asked.exercise_id, asked.assignment_id)
        else:
            await visit.tell("no_talk", buttons=TO_MENU)

    async def ask(
        self, visit: Visit, exercise_id: str, assignment_id: int | None, step: Step | None = None
    ) -> None:
        """Ask a question: ``step``, else the first without an answer, else all over again."""
        if await visit.work.running_session(visit.account.id):
            await visit.tell("already_talking", buttons=row(TASK, END))
            return
        if not self._version(visit, exercise_id).deal.issues:
            await self.brief(visit, exercise_id, assignment_id)
            return
        notes = await self._notes(visit, exercise_id)
        asks = step or notes.unanswered or Step.TARGET
        at = Pending(step=asks, exercise_id=exercise_id, assignment_id=assignment_id)
        await self._ask(visit, at, notes)

    async def skip(
        self, visit: Visit, exercise_id: str, assignment_id: int | None, step: Step
    ) -> None:
        """Leave a question without a (new) answer."""
        at = Pending(step=step, exercise_id=exercise_id, assignment_id=assignment_id)
        if pending(visit.account) != at:
            await visit.tell("old_button", buttons=TO_MENU)
            return
        await self._go_on(visit, at, await self._notes(visit, exercise_id))

    async def cancel(self, visit: Visit) -> None:
        """Stop asking; what was written is kept."""
        at = pending(visit.account)
        await _await(visit, None)
        if at is None and visit.account.awaiting is None:
            await visit.tell("nothing_to_cancel", buttons=TO_MENU)
            return
        if at is None:
            await visit.tell("cancelled", buttons=TO_MENU)
            return
        again = Button(action=f"note:{at.step}:{at.target}", key="write_on")
        begin = Button(action=f"begin:{at.target}", key="begin_now")
        await visit.tell("preparation.paused", buttons=row(again, begin))

    async def hear(self, incoming: Incoming, text: str) -> bool:
        """Take the answer to a question; ``False`` when none was asked.

        Raises:
            VersionConflict: the question kept changing meanwhile.
        """
        for _ in range(CONFLICTS):
            async with self.store.transaction() as work:
                account = await work.account_of(incoming.chat)
            at = pending(account) if account else None
            if account is None or at is None:
                return False
            if at.exercise_id not in self.scene.library.exercises:
                return False
            offer = await self._read(incoming, account, at, text)
            try:
                return await self._answer(incoming, account, at, text, offer)
            except VersionConflict:
                continue
        raise VersionConflict("question_keeps_changing", chat=str(incoming.chat))

    async def _read(self, incoming: Incoming, account: Account, at: Pending, text: str) -> Offer:
        """What an answer puts into figures; what is to be asked first is no offer."""
        if at.step is Step.QUESTIONS:
            return Offer()
        language = account.language or Language.EN
        version = self.scene.exercise(at.exercise_id).versions[language]
        plain = glossed(text) if is_chinese(text) else text
        spoken = Language.EN if is_chinese(text) else language
        understanding = await self.understander.understand(
            plain, spoken, negotiation.context(version, Talk())
        )
        today = local_date(incoming.at, account.timezone)
        return noted(version.deal, text, understanding, today=today)

    async def _answer(
        self, incoming: Incoming, read: Account, at: Pending, text: str, offer: Offer
    ) -> bool:
        async with self.store.transaction() as work:
            if not await work.mark(incoming.chat, incoming.key, incoming.at):
                return True
            account = await work.account(read.id)
            if account != read:
                raise VersionConflict("question_changed", account=read.id)
            visit = Visit(work=work, account=account, chat=incoming.chat, at=incoming.at)
            await visit.show(LearnerSaid(text=text, key=incoming.key))
            notes = (await self._notes(visit, at.exercise_id)).answered(at.step, text, offer)
            deal = self._version(visit, at.exercise_id).deal
            is_short = at.step is Step.WALK_AWAY and shortfall(deal, offer) is not None
            warns = is_short and not notes.is_warned
            notes = replace(notes, is_warned=notes.is_warned or warns)
            await work.save_preparation(account.id, at.exercise_id, _language(visit), notes)
            await self._go_on(visit, at, notes, is_answered=True, warns=warns)
            return True

    async def _go_on(
        self,
        visit: Visit,
        at: Pending,
        notes: Preparation,
        *,
        is_answered: bool = False,
        warns: bool = False,
    ) -> None:
        answered = at.step if is_answered else None
        if at.step.following is not None:
            after = replace(at, step=at.step.following)
            await self._ask(visit, after, notes, answered=answered, warns=warns)
            return
        await _await(visit, None)
        begin = Button(action=f"begin:{at.target}", key="begin")
        again = Button(action=f"note:next:{at.target}", key="rewrite" if notes else "write_down")
        await self._show(visit, at, notes, answered=answered, buttons=row(begin, again))

    async def _ask(
        self,
        visit: Visit,
        at: Pending,
        notes: Preparation,
        *,
        answered: Step | None = None,
        warns: bool = False,
    ) -> None:
        await _await(visit, at.awaiting)
        rewrite = Button(action=f"note:{answered}:{at.target}", key="rewrite_limit")
        buttons = row(
            *([rewrite] if warns else ()),
            Button(action=f"skip:{at.step}:{at.target}", key="skip"),
            Button(action=f"begin:{at.target}", key="begin_now"),
        )
        await self._show(
            visit, at, notes, answered=answered, asks=at.step, warns=warns, buttons=buttons
        )

    async def _show(
        self,
        visit: Visit,
        at: Pending,
        notes: Preparation,
        *,
        answered: Step | None,
        buttons: Rows,
        asks: Step | None = None,
        warns: bool = False,
    ) -> None:
        step = PreparationStep(
            exercise_id=at.exercise_id,
            language=_language(visit),
            preparation=notes,
            answered=answered,
            asks=asks,
            warns=warns,
        )
        await visit.show(step, buttons)

    def _version(self, visit: Visit, exercise_id: str) -> Version:
        return self.scene.exercise(exercise_id).versions[_language(visit)]

    async def _notes(self, visit: Visit, exercise_id: str) -> Preparation:
        return await visit.work.preparation(visit.account.id, exercise_id, _language(visit))


def _language(visit: Visit) -> Language:
    return visit.account.language or Language.EN


async def _await(visit: Visit, awaiting: str | None) -> None:
    if visit.account.awaiting != awaiting:
        await visit.work.save_account(replace(visit.account, awaiting=awaiting))
