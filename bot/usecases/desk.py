"""The front desk: takes every update of every channel and leads it to whom it concerns.

An update is handled when ``take`` returns: its effects are committed, exactly once per key.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.errors import KontorError, NotAllowed, NotFound
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Edited, Incoming, LearnerSaid, Press, Text, Unreadable
from bot.domain.preparation import Step
from bot.domain.schedule import read_week
from bot.ports import Store
from bot.usecases import disputes
from bot.usecases.digests import Digests
from bot.usecases.helping import Helping
from bot.usecases.practice import Practice
from bot.usecases.preparing import Preparing, pending
from bot.usecases.study import Study
from bot.usecases.teaching import Teaching
from bot.usecases.visit import TO_MENU, Visit

LARGEST_ID = 2**63 - 1  # of a BIGINT; a button's action may be made by hand
LONGEST_TEXT = 6000  # code points; more is no chat message, whatever the channel lets through

ASIDES = frozenset({"help", "brief", "task", "rubric", "calc", "hint", "table", "skip"})
"""What one may look up in the middle of a preparation."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    visit: Visit
    is_new: bool
    """The person is here for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The single entry for learners and teachers."""

    store: Store
    study: Study
    preparing: Preparing
    practice: Practice
    helping: Helping
    teaching: Teaching
    digests: Digests

    async def take(self, incoming: Incoming) -> None:
        """Handle one update; repeated, it does nothing.

        Raises:
            VersionConflict: a session kept changing; the update was not handled, try again.
            StorageUnavailable: the same for the database.
        """
        try:
            if not await self._talk(incoming):
                await self._serve(incoming)
        except (NotFound, NotAllowed) as error:
            log.info("refused %s: %s", incoming.chat.channel, error.code)
            await self._refuse(incoming, error)

    async def apologise(self, incoming: Incoming) -> None:
        """Give an update up that failed again and again, and say so."""
        async with self._admitted(incoming) as arrival:
            if arrival:
                await arrival.visit.tell("failed")

    async def _talk(self, incoming: Incoming) -> bool:
        content = incoming.content
        if not isinstance(content, Text) or not _is_plain(content.text):
            return False
        text = content.text.strip()
        return await self.preparing.hear(incoming, text) or await self.practice.say(incoming, text)

    async def _serve(self, incoming: Incoming) -> None:
        async with self._admitted(incoming) as arrival:
            if arrival is None:
                return
            visit = arrival.visit
            match incoming.content:
                case Text(text=text):
                    await self._read(visit, text, is_new=arrival.is_new)
                case Press(action=action):
                    await self._press(visit, action)
                case Edited():
                    await visit.tell("edited")
                case Unreadable(kind=kind):
                    await visit.tell("unreadable", kind=f"@unreadable.{kind}")

    async def _refuse(self, incoming: Incoming, error: KontorError) -> None:
        async with self._admitted(incoming) as arrival:
            if arrival:
                await arrival.visit.tell(error.code, buttons=TO_MENU)

    @asynccontextmanager
    async def _admitted(self, incoming: Incoming) -> AsyncIterator[_Arrival | None]:
        """One transaction for an update, with what was typed kept; ``None`` for a repeated one."""
        async with self.store.transaction() as work:
            if not await work.mark(incoming.chat, incoming.key, incoming.at):
                yield None
                return
            account, is_new = await self.study.arrive(work, incoming)
            visit = Visit(work=work, account=account, chat=incoming.chat, at=incoming.at)
            await _keep(visit, incoming)
            yield _Arrival(visit=visit, is_new=is_new)

    async def _read(self, visit: Visit, text: str, *, is_new: bool) -> None:
        command, argument = _command(text)
        if len(text) > LONGEST_TEXT:
            await visit.tell("too_long", n=len(text), limit=LONGEST_TEXT)
        elif command == "start":
            await self._start(visit, argument)
        elif command:
            await self._obey(visit, command, argument)
        elif visit.account.awaiting:
            await self.teaching.hear(visit, text)
        elif is_new:
            await self.study.welcome(visit)
        elif await visit.work.group_by_code(text.strip().upper()):
            await self.study.go_on(await self.teaching.join(visit, text))
        else:
            await visit.tell("no_talk", buttons=TO_MENU)

    async def _start(self, visit: Visit, payload: str) -> None:
        calm = await _forget_question(visit)
        kind, _, code = payload.partition("_")
        if kind == "t" and code:
            await self.teaching.redeem(calm, code)
        elif kind == "g" and code:
            joined = await self.teaching.join(calm, code)
            await self.study.welcome(joined)
        elif await visit.work.running_session(visit.account.id):
            await self.study.menu(calm)
        else:
            await self.study.welcome(calm)

    async def _obey(self, visit: Visit, command: str, argument: str) -> None:
        if command == "cancel":
            await self.preparing.cancel(visit)
            return
        calm = await _calm(visit, command)
        match command:
            case "help":
                await calm.tell("help", buttons=TO_MENU)
            case "menu" | "exercises":
                await self.study.menu(calm)
            case "language":
                await self.study.ask_language(calm)
            case "level":
                await self.study.ask_band(calm)
            case "settings":
                await self.study.ask_interface(calm)
            case "brief" | "hint" | "table" | "calc" | "end":
                await self._aid(calm, command, argument)
            case "progress":
                await self.study.progress(calm)
            case "weekly":
                await self._weekly(calm, argument)
            case "join" if argument:
                await self.study.go_on(await self.teaching.join(calm, argument))
            case "join":
                await calm.tell("join_how")
            case "teach":
                await self.teaching.groups(calm)
            case _:
                await calm.tell("unknown_command", command=f"/{command[:30]}")

    async def _aid(self, visit: Visit, wish: str, argument: str = "") -> None:
        """What one may want in the middle of a talk."""
        match wish:
            case "brief" | "task":
                await self.preparing.task(visit)
            case "hint":
                await self.helping.hint(visit)
            case "table":
                await self.helping.table(visit)
            case "calc":
                await self.helping.calculate(visit, argument)
            case "end":
                await self.practice.end(visit)

    async def _weekly(self, visit: Visit, argument: str) -> None:
        monday = read_week(argument) if argument else None
        if argument and monday is None:
            await visit.tell("week_unreadable")
        else:
            await self.digests.show(visit, monday)

    async def _press(self, visit: Visit, action: str) -> None:
        verb, *rest = action.split(":")
        calm = await _calm(visit, verb)
        try:
            await self._carry_out(calm, verb, rest)
        except (ValueError, IndexError, OverflowError):
            await calm.tell("old_button", buttons=TO_MENU)

    async def _carry_out(self, visit: Visit, verb: str, rest: list[str]) -> None:
        match verb, rest:
            case "language", [code]:
                await self.study.choose_language(visit, Language(code))
            case "band", [code]:
                await self.study.choose_band(visit, Band(code))
            case "interface", [code]:
                await self.study.choose_interface(visit, Interface(code))
            case "menu", []:
                await self.study.menu(visit)
            case "rubric", []:
                await visit.tell("rubric")
            case (("show" | "begin"), [exercise_id, *assignment]):
                act = self.preparing.brief if verb == "show" else self.practice.begin
                await act(visit, exercise_id, _given(assignment))
            case "note", ["next", exercise_id, *assignment]:
                await self.preparing.ask(visit, exercise_id, _given(assignment))
            case (("note" | "skip"), [step, exercise_id, *assignment]):
                prepare = self.preparing.ask if verb == "note" else self.preparing.skip
                await prepare(visit, exercise_id, _given(assignment), Step(step))
            case (("task" | "hint" | "table" | "calc" | "end"), []):
                await self._aid(visit, verb)
            case (("yes" | "no"), [session, turn]):
                await self.practice.decide(visit, _id(session), int(turn), is_yes=verb == "yes")
            case "mean", [session, turn, ("yes" | "no") as answer]:
                await self.practice.mean(visit, _id(session), int(turn), is_yes=answer == "yes")
            case "dispute", [session, turn, about]:
                await disputes.object_to(visit, _id(session), int(turn), about)
            case "read", [session]:
                await self.study.read(visit, _id(session))
            case "week", [monday]:
                await self.digests.show(visit, date.fromisoformat(monday))
            case _:
                await self._teach(visit, verb, rest)

    async def _teach(self, visit: Visit, verb: str, rest: list[str]) -> None:
        match verb, rest:
            case "groups", []:
                await self.teaching.groups(visit)
            case "newgroup", []:
                await self.teaching.ask_group_name(visit)
            case "group", [group]:
                await self.teaching.group(visit, _id(group))
            case "groupweek", [group]:
                await self.digests.show_group(visit, _id(group))
            case "assign", [group]:
                await self.teaching.choose_exercise(visit, _id(group))
            case "give", [group, exercise_id]:
                await self.teaching.choose_due(visit, _id(group), exercise_id)
            case "due", [group, exercise_id, days]:
                await self.teaching.assign_in(visit, _id(group), exercise_id, int(days))
            case "results", [assignment]:
                await self.teaching.report(visit, _id(assignment))
            case _:
                raise ValueError(verb)


def _is_plain(text: str) -> bool:
    return bool(text.strip()) and not text.startswith("/") and len(text) <= LONGEST_TEXT


async def _keep(visit: Visit, incoming: Incoming) -> None:
    """Keep what was typed for the page, which shows it only once it is kept."""
    content = incoming.content
    if isinstance(content, Text) and _command(content.text)[0] != "start":
        await visit.show(LearnerSaid(text=content.text[:LONGEST_TEXT], key=incoming.key))


def _id(text: str) -> int:
    """The id of a row in a button's action.

    Raises:
        ValueError: no row can have it.
    """
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number


def _given(assignment: list[str]) -> int | None:
    """The assignment in a button's action, if it is about one."""
    return _id(assignment[0]) if assignment else None


def _command(text: str) -> tuple[str, str]:
    if not text.startswith("/"):
        return "", ""
    head, _, argument = text[1:].partition(" ")
    return head.partition("@")[0].lower() or "?", argument.strip()


async def _calm(visit: Visit, wish: str) -> Visit:
    """Without the question that was open, unless it is a preparation's and this is an aside."""
    is_aside = wish in ASIDES and pending(visit.account) is not None
    return visit if is_aside else await _forget_question(visit)


async def _forget_question(visit: Visit) -> Visit:
    if visit.account.awaiting is None:
        return visit
    account = replace(visit.account, awaiting=None)
    await visit.work.save_account(account)
    return replace(visit, account=account)
