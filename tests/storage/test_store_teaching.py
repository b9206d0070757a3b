"""Invitations, groups and assignments."""

import pytest
from sqlalchemy import select

from bot.domain.errors import NotFound, VersionConflict
from bot.domain.people import Group
from bot.storage import Storage
from bot.storage.store import SqlWork
from bot.storage.tables import invitations
from tests.storage.samples import LI, MINUTE, NOW, PAGE, WANG, meet


async def make_group(work: SqlWork, teacher_id: int, code: str = "ABCD2345") -> Group:
    return await work.add_group(
        teacher_id=teacher_id, name="外贸 3", code=code, timezone="Asia/Shanghai", at=NOW
    )


async def test_invitation_is_used_once(storage: Storage) -> None:
    teacher, somebody = await meet(storage), await meet(storage, WANG)
    async with storage.store.transaction() as work:
        await work.add_invitation("secret", expires_at=NOW + MINUTE)
        assert not await work.redeem_invitation("Secret", account_id=teacher.id, at=NOW)
        assert await work.redeem_invitation("secret", account_id=teacher.id, at=NOW)
        assert not await work.redeem_invitation("secret", account_id=teacher.id, at=NOW)
        assert not await work.redeem_invitation("secret", account_id=somebody.id, at=NOW)


async def test_invitation_expires(storage: Storage) -> None:
    teacher = await meet(storage)
    async with storage.store.transaction() as work:
        await work.add_invitation("secret", expires_at=NOW)
        assert not await work.redeem_invitation("secret", account_id=teacher.id, at=NOW)


async def test_code_of_an_invitation_is_not_stored(storage: Storage) -> None:
    async with storage.store.transaction() as work:
        await work.add_invitation("secret", expires_at=NOW)
    async with storage.database.reading() as connection:
        rows = (await connection.execute(select(invitations))).all()
    assert len(rows) == 1
    assert "secret" not in str(rows)


async def test_group_is_found_by_id_code_and_teacher(storage: Storage) -> None:
    teacher = await meet(storage)
    async with storage.store.transaction() as work:
        first = await make_group(work, teacher.id)
        second = await make_group(work, teacher.id, "EFGH6789")
    async with storage.store.transaction() as work:
        assert await work.group(first.id) == first
        assert await work.group_by_code("EFGH6789") == second
        assert await work.group_by_code("NOSUCH00") is None
        assert await work.groups_taught(teacher.id) == (first, second)
        with pytest.raises(NotFound, match="group_gone"):
            await work.group(77)


async def test_code_belongs_to_one_group(storage: Storage) -> None:
    teacher = await meet(storage)
    async with storage.store.transaction() as work:
        await make_group(work, teacher.id)
    with pytest.raises(VersionConflict):
        async with storage.store.transaction() as work:
            await make_group(work, teacher.id)


async def test_learner_joins_once_and_members_come_by_name(storage: Storage) -> None:
    teacher = await meet(storage, PAGE, "Teacher")
    wang, li = await meet(storage, WANG, "wang"), await meet(storage, LI, "Li")
    async with storage.store.transaction() as work:
        group = await make_group(work, teacher.id)
        assert await work.join(group.id, wang.id, NOW)
        assert await work.join(group.id, li.id, NOW)
        assert not await work.join(group.id, li.id, NOW + MINUTE)
        assert await work.members(group.id) == (li, wang)
        assert await work.groups_joined(li.id) == (group,)
        assert await work.groups_joined(teacher.id) == ()


async def test_joining_a_group_that_is_not_there_is_not_found(storage: Storage) -> None:
    li = await meet(storage)
    with pytest.raises(NotFound):
        async with storage.store.transaction() as work:
            await work.join(77, li.id, NOW)


async def test_assignments_come_by_due_time(storage: Storage) -> None:
    teacher, li = await meet(storage, PAGE), await meet(storage, LI)
    async with storage.store.transaction() as work:
        groups = [await make_group(work, teacher.id, code) for code in ("AAAA2222", "BBBB3333")]
        later, sooner = [
            await work.add_assignment(
                group_id=groups[0].id, exercise_id=name, due_at=NOW + days * MINUTE, at=NOW
            )
            for name, days in (("fasteners", 3), ("toys", 1))
        ]
        between = await work.add_assignment(
            group_id=groups[1].id, exercise_id="fasteners", due_at=NOW + 2 * MINUTE, at=NOW
        )
        await work.join(groups[0].id, li.id, NOW)
        assert await work.assignments(groups[0].id) == (sooner, later)
        assert await work.assignments_for(li.id) == (sooner, later)
        await work.join(groups[1].id, li.id, NOW)
        assert await work.assignments_for(li.id) == (sooner, between, later)
        assert await work.assignment(later.id) == later
        with pytest.raises(NotFound, match="assignment_gone"):
            await work.assignment(77)
