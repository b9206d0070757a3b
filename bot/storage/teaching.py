"""Teaching within a transaction: invitations, groups, their members and assignments."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, insert, update

from bot.domain.people import Account, Assignment, Group
from bot.storage.area import Area, insert_unless_there, select_of
from bot.storage.tables import accounts, assignments, groups, invitations, members


class Teaching(Area):
    """Invitations, groups and assignments."""

    async def add_invitation(self, code: str, *, expires_at: datetime) -> None:
        """Keep a teacher's invitation; of its code only the hash."""
        values = {"code_hash": _hashed(code), "expires_at": expires_at}
        await self._connection.execute(insert(invitations).values(values))

    async def redeem_invitation(self, code: str, *, account_id: int, at: datetime) -> bool:
        """Use up a teacher's invitation; ``False`` when it is unknown, used or expired."""
        query = update(invitations).where(
            invitations.c.code_hash == _hashed(code),
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > at,
        )
        return await self._count(query.values(used_by=account_id, used_at=at)) == 1

    async def add_group(
        self, *, teacher_id: int, name: str, code: str, timezone: str, at: datetime
    ) -> Group:
        """A new group.

        Raises:
            VersionConflict: another group has the code.
        """
        values = {"teacher_id": teacher_id, "name": name, "code": code, "timezone": timezone}
        query = insert(groups).values(values | {"created_at": at}).returning(groups.c.id)
        id = (await self._connection.execute(query)).scalar_one()
        return Group(id=id, teacher_id=teacher_id, name=name, code=code, timezone=timezone)

    async def group(self, id: int) -> Group:
        """Raises: NotFound."""
        return await self._by_id(Group, groups, id)

    async def group_by_code(self, code: str) -> Group | None:
        """The group whose code is exactly ``code``."""
        return await self._one_or_none(
            Group, select_of(Group, groups).where(groups.c.code == code)
        )

    async def groups_taught(self, teacher_id: int) -> tuple[Group, ...]:
        """Oldest first."""
        query = select_of(Group, groups).where(groups.c.teacher_id == teacher_id)
        return await self._all(Group, query.order_by(groups.c.id))

    async def groups_joined(self, account_id: int) -> tuple[Group, ...]:
        """In the order of joining."""
        query = select_of(Group, groups).join(members, members.c.group_id == groups.c.id)
        query = query.where(members.c.account_id == account_id)
        return await self._all(Group, query.order_by(members.c.joined_at, groups.c.id))

    async def join(self, group_id: int, account_id: int, at: datetime) -> bool:
        """``False`` when already a member."""
        values = {"group_id": group_id, "account_id": account_id, "joined_at": at}
        return await self._count(insert_unless_there(self._connection, members, values)) == 1

    async def members(self, group_id: int) -> tuple[Account, ...]:
        """By name."""
        query = select_of(Account, accounts).join(members, members.c.account_id == accounts.c.id)
        found = await self._all(Account, query.where(members.c.group_id == group_id))
        # Sorted here: two databases have two collations.
        return tuple(sorted(found, key=lambda account: (account.name.casefold(), account.id)))

    async def add_assignment(
        self, *, group_id: int, exercise_id: str, due_at: datetime, at: datetime
    ) -> Assignment:
        """Give an exercise to a group.

        Raises:
            NotFound: there is no such group.
        """
        values = {"group_id": group_id, "exercise_id": exercise_id, "due_at": due_at}
        query = insert(assignments).values(values | {"created_at": at}).returning(assignments.c.id)
        id = (await self._connection.execute(query)).scalar_one()
        return Assignment(id=id, group_id=group_id, exercise_id=exercise_id, due_at=due_at)

    async def assignment(self, id: int) -> Assignment:
        """Raises: NotFound."""
        return await self._by_id(Assignment, assignments, id)

    async def assignments(self, group_id: int) -> tuple[Assignment, ...]:
        """By due time."""
        query = select_of(Assignment, assignments).where(assignments.c.group_id == group_id)
        return await self._by_due_time(query)

    async def assignments_for(self, account_id: int) -> tuple[Assignment, ...]:
        """Of all groups the person has joined, by due time."""
        query = select_of(Assignment, assignments).join(
            members, members.c.group_id == assignments.c.group_id
        )
        return await self._by_due_time(query.where(members.c.account_id == account_id))

    async def _by_due_time(self, query: Select[Any]) -> tuple[Assignment, ...]:
        ordered = query.order_by(assignments.c.due_at, assignments.c.id)
        return await self._all(Assignment, ordered)


def _hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()
