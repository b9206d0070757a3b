"""Accounts, chats and update marks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.errors import NotFound, VersionConflict
from bot.domain.languages import Band, Interface, Language
from bot.domain.people import Account
from bot.storage import Storage
from tests.storage.samples import LI, MINUTE, NOW, PAGE, WANG, meet


async def test_person_met_in_a_chat_is_known_there_and_nowhere_else(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        assert account == Account(
            id=account.id, name="Li Na", interface=Interface.ZH, timezone="Asia/Shanghai"
        )
        assert await work.account_of(LI) == account
        assert await work.account(account.id) == account
        assert await work.account_of(WANG) is None


async def test_changed_account_is_kept(storage: Storage) -> None:
    account = await meet(storage)
    changed = replace(
        account,
        language=Language.FR,
        band=Band.B2,
        is_teacher=True,
        awaiting="due:1:fasteners",
        interface=Interface.DE,
    )
    async with storage.store.transaction() as work:
        await work.save_account(changed)
    async with storage.store.transaction() as work:
        assert await work.account(account.id) == changed


async def test_unknown_account_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound, match="account_gone"):
        async with storage.store.transaction() as work:
            await work.account(77)
    with pytest.raises(NotFound, match="account_gone"):
        async with storage.store.transaction() as work:
            await work.save_account(
                Account(id=77, name="", interface=Interface.EN, timezone="UTC")
            )


async def test_person_is_met_once_in_a_chat(storage: Storage) -> None:
    await meet(storage)
    with pytest.raises(VersionConflict):
        await meet(storage)


async def test_update_is_handled_once_per_chat(storage: Storage) -> None:
    async with storage.store.transaction() as work:
        assert await work.mark(LI, "u1", NOW)
        assert not await work.mark(LI, "u1", NOW)
        assert await work.mark(LI, "u2", NOW)
        assert await work.mark(WANG, "u1", NOW)
    async with storage.store.transaction() as work:
        assert not await work.mark(LI, "u1", NOW + MINUTE)


async def test_mark_of_a_failed_transaction_is_forgotten(storage: Storage) -> None:
    with pytest.raises(RuntimeError):
        async with storage.store.transaction() as work:
            assert await work.mark(LI, "u1", NOW)
            raise RuntimeError("on the way")
    async with storage.store.transaction() as work:
        assert await work.mark(LI, "u1", NOW)


async def test_chat_used_last_comes_first(storage: Storage) -> None:
    account = await meet(storage)
    await meet(storage, PAGE)
    async with storage.store.transaction() as work:
        await work.mark(LI, "u1", NOW + MINUTE)
        assert await work.chats_of(account.id) == (LI,)


async def test_text_no_database_can_hold_is_stored_nearly_as_it_came(storage: Storage) -> None:
    account = await meet(storage, name="Li\0Na \ud83d 😀")
    async with storage.store.transaction() as work:
        found = await work.account(account.id)
        assert found.name == "Li\ufffdNa \ufffd 😀"
        assert await work.mark(LI, "u\0", NOW)


async def test_time_of_any_zone_comes_back_as_the_same_moment_in_utc(storage: Storage) -> None:
    shanghai = timezone(timedelta(hours=8))
    due_at = datetime(2026, 3, 29, 2, 30, 0, 7, tzinfo=shanghai)
    account = await meet(storage)
    async with storage.store.transaction() as work:
        group = await work.add_group(
            teacher_id=account.id, name="3", code="ABCD2345", timezone="Asia/Shanghai", at=NOW
        )
        added = await work.add_assignment(
            group_id=group.id, exercise_id="fasteners", due_at=due_at, at=NOW
        )
        found = await work.assignment(added.id)
    assert found.due_at == due_at
    assert found.due_at.tzinfo is UTC


async def test_time_without_a_zone_is_refused(storage: Storage) -> None:
    with pytest.raises(Exception, match="time zone"):
        async with storage.store.transaction() as work:
            await work.mark(LI, "u1", datetime(2026, 3, 2))
