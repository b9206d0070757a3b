"""The weekly summaries of learners and groups: on request, and on Monday morning, once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.errors import NotFound
from bot.domain.messages import Button, GroupWeek, LearnerWeek, Standing
from bot.domain.people import Account, Group
from bot.domain.schedule import local_date, monday_of, next_digest, week_bounds
from bot.ports import Store, Timer, Work
from bot.usecases.visit import Visit, row, send_to

WEEK = timedelta(days=7)


def weekly_timer(account: Account, now: datetime) -> Timer:
    """The timer of a learner's next digest."""
    return Timer(
        key=f"week:{account.id}",
        due_at=next_digest(now, account.timezone),
        kind="learner_week",
        values={"account": str(account.id)},
    )


def group_timer(group: Group, now: datetime) -> Timer:
    """The timer of a group's next digest."""
    return Timer(
        key=f"groupweek:{group.id}",
        due_at=next_digest(now, group.timezone),
        kind="group_week",
        values={"group": str(group.id)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Makes and sends the weekly summaries."""

    store: Store

    async def show(self, visit: Visit, monday: date | None) -> None:
        """The summary of one ISO week, the running one by default."""
        chosen = monday or monday_of(local_date(visit.at, visit.account.timezone))
        buttons = row(
            Button(action=f"week:{(chosen - WEEK).isoformat()}", key="week_before"),
        )
        await visit.show(await _learner_week(visit.work, visit.account, chosen), buttons)

    async def show_group(self, visit: Visit, group_id: int) -> None:
        """The running ISO week of a group, for its teacher.

        Raises:
            NotFound: the person teaches no such group.
        """
        group = await visit.work.group(group_id)
        if group.teacher_id != visit.account.id:
            raise NotFound("group_gone", group=group_id)
        monday = monday_of(local_date(visit.at, group.timezone))
        await visit.show(await _group_week(visit.work, group, monday))

    async def send_learner_week(self, timer: Timer, now: datetime) -> None:
        """Send a learner the week that has ended, if there is anything to say; set the next."""
        async with self.store.transaction() as work:
            if not await work.take_timer(timer.key, due_at=timer.due_at):
                return
            account = await work.account(int(timer.values["account"]))
            week = await _learner_week(work, account, _ended_week(timer, account.timezone))
            if week.attempts or week.before:
                await send_to(work, account, week, at=now)
            await work.set_timer(weekly_timer(account, now))

    async def send_group_week(self, timer: Timer, now: datetime) -> None:
        """Send a teacher the group's week that has ended, and set the next."""
        async with self.store.transaction() as work:
            if not await work.take_timer(timer.key, due_at=timer.due_at):
                return
            group = await work.group(int(timer.values["group"]))
            week = await _group_week(work, group, _ended_week(timer, group.timezone))
            if week.standings:
                await send_to(work, await work.account(group.teacher_id), week, at=now)
            await work.set_timer(group_timer(group, now))


def _ended_week(timer: Timer, timezone: str) -> date:
    return monday_of(local_date(timer.due_at, timezone)) - WEEK


async def _learner_week(work: Work, account: Account, monday: date) -> LearnerWeek:
    start, end = week_bounds(monday, account.timezone)
    start_before, _ = week_bounds(monday - WEEK, account.timezone)
    return LearnerWeek(
        monday=monday,
        attempts=await work.attempts(account.id, since=start, until=end),
        before=await work.attempts(account.id, since=start_before, until=start),
    )


async def _group_week(work: Work, group: Group, monday: date) -> GroupWeek:
    start, end = week_bounds(monday, group.timezone)
    members = await work.members(group.id)
    assigned = [a for a in await work.assignments(group.id) if start <= a.due_at < end]
    missing = [
        member.name
        for member in members
        if not all([await work.attempts(member.id, assignment_id=a.id) for a in assigned])
    ]
    return GroupWeek(
        group=group.name,
        monday=monday,
        standings=tuple(
            [
                Standing(
                    account_id=member.id,
                    name=member.name,
                    attempts=await work.attempts(member.id, since=start, until=end),
                )
                for member in members
            ]
        ),
        assigned=len(assigned),
        missing=tuple(missing),
    )
