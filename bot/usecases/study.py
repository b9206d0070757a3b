"""A learner's way around: arriving, choosing, the menu, progress. Talks are ``practice``'s."""

from dataclasses import dataclass, replace

from bot.domain.choosing import suited
from bot.domain.errors import NotFound
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Button, Due, Incoming, Menu, Progress, Transcript, TranscriptTurn
from bot.domain.people import Account
from bot.ports import Work
from bot.usecases.digests import weekly_timer
from bot.usecases.disputes import understanding_buttons
from bot.usecases.scene import Scene
from bot.usecases.visit import TO_MENU, Visit, column, row

BANDS_OFFERED = (Band.A2, Band.B1, Band.B2)

LANGUAGE_BUTTONS = row(
    *(Button(action=f"language:{language}", key=f"language_{language}") for language in Language)
)
BAND_BUTTONS = column(
    *(Button(action=f"band:{band}", key=f"band_{band.lower()}") for band in BANDS_OFFERED)
)
INTERFACE_BUTTONS = row(
    *(Button(action=f"interface:{code}", key=f"interface_{code}") for code in Interface)
)


def interface_for(locale: str | None) -> Interface:
    """The interface language nearest to a device's IETF language tag; English for the rest."""
    code = (locale or "").lower().replace("_", "-").split("-")[0]
    return Interface(code) if code in tuple(Interface) else Interface.EN


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Everything around the talks."""

    scene: Scene
    timezone: str
    """IANA name; that of people who belong to no group yet."""

    async def arrive(self, work: Work, incoming: Incoming) -> tuple[Account, bool]:
        """The person behind an update, and whether it is the first time."""
        known = await work.account_of(incoming.chat)
        if known is not None:
            return known, False
        account = await work.add_account(
            incoming.chat,
            name=incoming.name.lstrip("@"),  # "@" begins a key of the message files
            interface=interface_for(incoming.locale),
            timezone=self.timezone,
            at=incoming.at,
        )
        await work.set_timer(weekly_timer(account, incoming.at))
        return account, True

    async def welcome(self, visit: Visit) -> None:
        """Say what this is, and go on with what has not been chosen yet."""
        await visit.tell("welcome", name=visit.account.name or "@nameless")
        await self.go_on(visit)

    async def go_on(self, visit: Visit) -> None:
        """Ask for what has not been chosen yet, or show what there is to do."""
        if visit.account.language is None:
            await visit.tell("choose_language", buttons=LANGUAGE_BUTTONS)
        elif visit.account.band is None:
            language = f"@language.{visit.account.language}"
            await visit.tell("choose_band", buttons=BAND_BUTTONS, language=language)
        else:
            await self.menu(visit)

    async def ask_language(self, visit: Visit) -> None:
        """Ask which language to practise."""
        await visit.tell("choose_language", buttons=LANGUAGE_BUTTONS)

    async def ask_interface(self, visit: Visit) -> None:
        """Ask which language the coach should speak."""
        await visit.tell("choose_interface", buttons=INTERFACE_BUTTONS)

    async def ask_band(self, visit: Visit) -> None:
        """Ask how far the learner is."""
        language = f"@language.{visit.account.language or Language.EN}"
        await visit.tell("choose_band", buttons=BAND_BUTTONS, language=language)

    async def choose_language(self, visit: Visit, language: Language) -> None:
        """Practise ``language`` from now on; a running talk keeps its own."""
        account = replace(visit.account, language=language)
        await visit.work.save_account(account)
        await self.go_on(replace(visit, account=account))

    async def choose_band(self, visit: Visit, band: Band) -> None:
        """Take the learner to be at ``band`` from now on."""
        account = replace(visit.account, band=band)
        await visit.work.save_account(account)
        await self.go_on(replace(visit, account=account))

    async def choose_interface(self, visit: Visit, interface: Interface) -> None:
        """Let the coach speak ``interface`` from now on."""
        account = replace(visit.account, interface=interface)
        await visit.work.save_account(account)
        changed = replace(visit, account=account)
        await changed.tell("interface_chosen")
        if await visit.work.running_session(account.id) is None:
            await self.go_on(changed)

    async def menu(self, visit: Visit) -> None:
        """What is asked of the learner, and what there is besides."""
        session = await visit.work.running_session(visit.account.id)
        due = await self._due(visit)
        open_ids = [f"{item.exercise_id}:{id}" for id, item in due if not item.is_done]
        asked = {item.exercise_id for _, item in due if not item.is_done}
        done = {attempt.exercise_id for attempt in await visit.work.attempts(visit.account.id)}
        offered = suited(self.scene.library.exercises.values(), visit.account.band, done)
        free = tuple(id for id in offered if id not in asked)
        running = (
            (Button(action="task", key="go_on", values=_title(session.exercise_id)),)
            if session
            else ()
        )
        buttons = column(
            *running,
            *(
                Button(action=f"show:{target}", key="exercise", values=_title(target))
                for target in (*open_ids, *free)
            ),
        )
        menu = Menu(
            due=tuple(item for _, item in due), exercises=free, timezone=visit.account.timezone
        )
        await visit.show(menu, buttons)

    async def progress(self, visit: Visit) -> None:
        """What the learner has done and how it went."""
        attempts = await visit.work.attempts(visit.account.id)
        if not attempts:
            await visit.tell("no_progress", buttons=TO_MENU)
            return
        await visit.show(Progress(attempts=attempts, timezone=visit.account.timezone))

    async def read(self, visit: Visit, session_id: int) -> None:
        """A whole talk: one's own, or one done for a group one teaches.

        Only the teacher sees what was understood: a learner is to learn from the buyer.

        Raises:
            NotFound: there is none that this person may read.
        """
        session = await visit.work.session(session_id)
        is_own = session.account_id == visit.account.id
        if not is_own and not await _teaches(visit, session_id):
            raise NotFound("talk_gone", session=session_id)
        learner = await visit.work.account(session.account_id)
        turns = await visit.work.turns(session_id)
        disputes = () if is_own else await visit.work.disputes(session_id)
        await visit.show(
            Transcript(
                exercise_id=session.exercise_id,
                language=session.language,
                learner=learner.name,
                buyer=self.scene.version(session).persona.name,
                turns=tuple(
                    TranscriptTurn(
                        text=turn.text,
                        findings=turn.check.findings,
                        reply=turn.reply,
                        understood=None if is_own else turn.understanding,
                        disputed=tuple(one.about for one in disputes if one.turn == turn.number),
                    )
                    for turn in turns
                ),
            ),
            understanding_buttons(turns) if is_own else (),
        )

    async def _due(self, visit: Visit) -> list[tuple[int, Due]]:
        found = []
        for assignment in await visit.work.assignments_for(visit.account.id):
            if assignment.exercise_id not in self.scene.library.exercises:
                continue
            group = await visit.work.group(assignment.group_id)
            done = await visit.work.attempts(visit.account.id, assignment_id=assignment.id)
            item = Due(
                exercise_id=assignment.exercise_id,
                group=group.name,
                due_at=assignment.due_at,
                is_done=bool(done),
            )
            found.append((assignment.id, item))
        return found


def _title(target: str) -> dict[str, str]:
    return {"title": f"@title:{target.partition(':')[0]}"}


async def _teaches(visit: Visit, session_id: int) -> bool:
    session = await visit.work.session(session_id)
    if session.assignment_id is None:
        return False
    assignment = await visit.work.assignment(session.assignment_id)
    group = await visit.work.group(assignment.group_id)
    return group.teacher_id == visit.account.id
