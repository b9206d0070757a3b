"""A teacher's work: groups, assignments, who has done what. What learners do is ``practice``'s."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.disputes import Dispute
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.messages import AssignmentReport, Button, Notice, Standing
from bot.domain.people import Account, Assignment, Group
from bot.domain.schedule import due_in, read_due
from bot.ports import Links, Store, Timer
from bot.usecases.digests import group_timer, weekly_timer
from bot.usecases.scene import Scene
from bot.usecases.visit import Visit, column, row, send_to

INVITATION_LASTS = timedelta(days=7)
DUE_CHOICES = (1, 3, 7)  # days
REMIND_BEFORE = timedelta(hours=24)  # of the due time
LONGEST_NAME = 60  # characters of a group's name
GROUP_NAME, DUE = "group_name", "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """Everything a teacher does, and joining a group."""

    store: Store
    scene: Scene
    links: Links
    codes: Callable[[], str]
    """Makes a new unguessable code."""

    async def invite(self, now: datetime) -> tuple[str, ...]:
        """Invite a teacher: the links that make whoever follows one of them first a teacher."""
        code = self.codes()
        async with self.store.transaction() as work:
            await work.add_invitation(code, expires_at=now + INVITATION_LASTS)
        return await self.links.start(f"t_{code}")

    async def redeem(self, visit: Visit, code: str) -> Visit:
        """Become a teacher by an invitation."""
        if not await visit.work.redeem_invitation(code, account_id=visit.account.id, at=visit.at):
            await visit.tell("invitation_void")
            return visit
        account = replace(visit.account, is_teacher=True)
        await visit.work.save_account(account)
        changed = replace(visit, account=account)
        await changed.tell("teacher_now", name=account.name or "@nameless")
        await self.groups(changed)
        return changed

    async def join(self, visit: Visit, code: str) -> Visit:
        """Join the group with this code."""
        group = await visit.work.group_by_code(code.strip().upper())
        if group is None:
            await visit.tell("group_unknown", code=code[:20].lstrip("@"))
            return visit
        is_new = await visit.work.join(group.id, visit.account.id, visit.at)
        account = replace(visit.account, timezone=group.timezone)
        await visit.work.save_account(account)
        await visit.work.set_timer(weekly_timer(account, visit.at))
        teacher = await visit.work.account(group.teacher_id)
        key = "joined" if is_new else "joined_before"
        await visit.tell(key, group=group.name, teacher=teacher.name)
        return replace(visit, account=account)

    async def groups(self, visit: Visit) -> None:
        """The teacher's groups."""
        _teacher_only(visit)
        groups = await visit.work.groups_taught(visit.account.id)
        buttons = column(
            *(
                Button(action=f"group:{group.id}", key="group", values={"name": group.name})
                for group in groups
            ),
            Button(action="newgroup", key="new_group"),
        )
        await visit.tell("groups" if groups else "no_groups", buttons=buttons)

    async def ask_group_name(self, visit: Visit) -> None:
        """Ask what the new group is called."""
        _teacher_only(visit)
        await visit.work.save_account(replace(visit.account, awaiting=GROUP_NAME))
        await visit.tell("ask_group_name")

    async def group(self, visit: Visit, group_id: int) -> None:
        """One group: how to join it, and what one can do with it."""
        group = await self._own(visit, group_id)
        members = await visit.work.members(group.id)
        assignments = await visit.work.assignments(group.id)
        buttons = column(
            Button(action=f"assign:{group.id}", key="assign"),
            *(
                Button(
                    action=f"results:{assignment.id}",
                    key="results",
                    values={"title": f"@title:{assignment.exercise_id}"},
                )
                for assignment in reversed(assignments)
            ),
            Button(action=f"groupweek:{group.id}", key="group_week"),
        )
        await visit.tell(
            "group",
            buttons=buttons,
            group=group.name,
            code=group.code,
            n=len(members),
            names=", ".join(member.name for member in members) or "@nobody",
            links="\n".join(await self.links.start(f"g_{group.code}")),
        )

    async def choose_exercise(self, visit: Visit, group_id: int) -> None:
        """Ask which exercise to assign."""
        group = await self._own(visit, group_id)
        buttons = column(
            *(
                Button(
                    action=f"give:{group.id}:{exercise_id}",
                    key="exercise",
                    values={"title": f"@title:{exercise_id}"},
                )
                for exercise_id in sorted(self.scene.library.exercises)
            )
        )
        await visit.tell("choose_exercise", buttons=buttons, group=group.name)

    async def choose_due(self, visit: Visit, group_id: int, exercise_id: str) -> None:
        """Ask until when; a date can be typed as well."""
        group = await self._own(visit, group_id)
        self.scene.exercise(exercise_id)
        awaiting = f"{DUE}:{group.id}:{exercise_id}"
        await visit.work.save_account(replace(visit.account, awaiting=awaiting))
        buttons = row(
            *(
                Button(action=f"due:{group.id}:{exercise_id}:{days}", key=f"due_{days}")
                for days in DUE_CHOICES
            )
        )
        title = f"@title:{exercise_id}"
        await visit.tell("choose_due", buttons=buttons, title=title, group=group.name)

    async def assign_in(self, visit: Visit, group_id: int, exercise_id: str, days: int) -> None:
        """Assign an exercise, due in so many days.

        Raises:
            ValueError: nobody was offered that many.
        """
        if days not in DUE_CHOICES:
            raise ValueError(days)
        group = await self._own(visit, group_id)
        await self._assign(visit, group, exercise_id, due_in(days, visit.at, group.timezone))

    async def hear(self, visit: Visit, text: str) -> None:
        """The answer to a question this class has asked."""
        question, _, rest = (visit.account.awaiting or "").partition(":")
        if question == GROUP_NAME:
            await self._make_group(visit, text)
        elif question == DUE:
            group_id, _, exercise_id = rest.partition(":")
            await self._hear_due(visit, int(group_id), exercise_id, text)

    async def report(self, visit: Visit, assignment_id: int) -> None:
        """Who has done an assignment, and who has not."""
        assignment = await visit.work.assignment(assignment_id)
        group = await self._own(visit, assignment.group_id)
        disputes = await visit.work.disputes_in(assignment.id)
        standings = [
            await _standing(visit, member, assignment, disputes)
            for member in await visit.work.members(group.id)
        ]
        readable = [
            Button(
                action=f"read:{standing.attempts[-1].session_id}",
                key="read",
                values={"name": standing.name or "?"},
            )
            for standing in standings
            if standing.attempts
        ]
        await visit.show(
            AssignmentReport(
                exercise_id=assignment.exercise_id,
                group=group.name,
                due_at=assignment.due_at,
                timezone=group.timezone,
                standings=tuple(standings),
            ),
            tuple(tuple(readable[i : i + 2]) for i in range(0, len(readable), 2)),
        )

    async def remind_due(self, timer: Timer, now: datetime) -> None:
        """Remind those who have not done an assignment that is due soon."""
        async with self.store.transaction() as work:
            if not await work.take_timer(timer.key, due_at=timer.due_at):
                return
            assignment = await work.assignment(int(timer.values["assignment"]))
            group = await work.group(assignment.group_id)
            for member in await work.members(group.id):
                if await work.attempts(member.id, assignment_id=assignment.id):
                    continue
                notice = _due_notice("due_soon", assignment, group)
                await send_to(work, member, notice, at=now, buttons=_start(assignment))

    async def _make_group(self, visit: Visit, text: str) -> None:
        name = " ".join(text.split()).lstrip("@ ")
        if not name or len(name) > LONGEST_NAME:
            await visit.tell("group_name_length", n=LONGEST_NAME)
            return
        account = replace(visit.account, awaiting=None)
        await visit.work.save_account(account)
        group = await visit.work.add_group(
            teacher_id=account.id,
            name=name,
            code=self.codes()[:8].upper(),
            timezone=account.timezone,
            at=visit.at,
        )
        await visit.work.set_timer(group_timer(group, visit.at))
        await self.group(replace(visit, account=account), group.id)

    async def _hear_due(self, visit: Visit, group_id: int, exercise_id: str, text: str) -> None:
        group = await self._own(visit, group_id)
        due_at = read_due(text, group.timezone)
        if due_at is None:
            await visit.tell("due_unreadable")
        elif due_at <= visit.at:
            await visit.tell("due_past")
        else:
            await self._assign(visit, group, exercise_id, due_at)

    async def _assign(
        self, visit: Visit, group: Group, exercise_id: str, due_at: datetime
    ) -> None:
        self.scene.exercise(exercise_id)
        account = replace(visit.account, awaiting=None)
        await visit.work.save_account(account)
        assignment = await visit.work.add_assignment(
            group_id=group.id, exercise_id=exercise_id, due_at=due_at, at=visit.at
        )
        members = await visit.work.members(group.id)
        told = _due_notice("assigned", assignment, group)
        for member in members:
            await visit.tell_other(member, told, _start(assignment))
        await visit.work.set_timer(
            Timer(
                key=f"due:{assignment.id}",
                due_at=max(due_at - REMIND_BEFORE, visit.at + (due_at - visit.at) / 2),
                kind="due_soon",
                values={"assignment": str(assignment.id)},
            )
        )
        done = _due_notice("assignment_made", assignment, group, n=len(members))
        await visit.show(done, row(Button(action=f"group:{group.id}", key="back_to_group")))

    async def _own(self, visit: Visit, group_id: int) -> Group:
        _teacher_only(visit)
        group = await visit.work.group(group_id)
        if group.teacher_id != visit.account.id:
            raise NotFound("group_gone", group=group_id)
        return group


def _teacher_only(visit: Visit) -> None:
    if not visit.account.is_teacher:
        raise NotAllowed("teachers_only")


def _start(assignment: Assignment) -> tuple[tuple[Button, ...], ...]:
    return row(
        Button(
            action=f"show:{assignment.exercise_id}:{assignment.id}",
            key="exercise",
            values={"title": f"@title:{assignment.exercise_id}"},
        )
    )


def _due_notice(key: str, assignment: Assignment, group: Group, **values: int) -> Notice:
    return Notice(
        key=key,
        values={"title": f"@title:{assignment.exercise_id}", "group": group.name, **values},
        at=assignment.due_at,
        timezone=group.timezone,
    )


async def _standing(
    visit: Visit, member: Account, assignment: Assignment, disputes: Sequence[Dispute]
) -> Standing:
    attempts = await visit.work.attempts(member.id, assignment_id=assignment.id)
    session = await visit.work.running_session(member.id)
    ids = {attempt.session_id for attempt in attempts}
    return Standing(
        account_id=member.id,
        name=member.name,
        attempts=attempts,
        is_running=session is not None and session.assignment_id == assignment.id,
        disputes=sum(one.session_id in ids for one in disputes),
    )
