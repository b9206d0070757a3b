"""A database that is away, locked or full is a domain error, and coming back is enough."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.errors import StorageUnavailable
from bot.storage import Storage, database, migrate, open_storage
from bot.storage.database import open_database
from tests.postgres import Cluster
from tests.storage.samples import LI, NOW, meet


@pytest.mark.real
async def test_absent_server_is_a_domain_error() -> None:
    url = "postgresql://kontor@127.0.0.1:1/kontor"
    with pytest.raises(StorageUnavailable) as caught:
        await migrate(url)
    assert caught.value.code == "storage_unavailable"
    async with open_storage(url) as storage:
        with pytest.raises(StorageUnavailable):
            await storage.timers.next_due_at()


@pytest.mark.real
async def test_unknown_database_or_wrong_password_is_a_domain_error(postgres: Cluster) -> None:
    with pytest.raises(StorageUnavailable):
        await migrate(postgres.url("no_such_database"))
    with pytest.raises(StorageUnavailable):
        await migrate(postgres.url("kontor").replace("kontor@", "nobody@"))


@pytest.mark.real
async def test_connections_cut_by_the_server_are_replaced(postgres: Cluster) -> None:
    url = postgres.new_database()
    async with open_storage(url) as storage, open_storage(url) as killer:
        await meet(storage)
        cut = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with pytest.raises(StorageUnavailable):
            async with storage.store.transaction() as work:
                assert await work.mark(LI, "u1", NOW)
                async with killer.database.writing() as connection:
                    await connection.execute(cut)
                await work.mark(LI, "u2", NOW)
        async with storage.store.transaction() as work:
            assert await work.mark(LI, "u1", NOW)
        async with killer.database.writing() as connection:
            await connection.execute(cut)
        assert await storage.timers.next_due_at() is None
    postgres.drop(url)


async def test_database_locked_too_long_is_a_domain_error(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 1)
    async with open_storage(url) as storage, open_storage(url) as other:
        await meet(storage)
        async with other.store.transaction() as blocking:
            await blocking.mark(LI, "u1", NOW)
            with pytest.raises(StorageUnavailable):
                async with storage.store.transaction() as work:
                    await work.mark(LI, "u1", NOW)
        async with storage.store.transaction() as work:
            assert not await work.mark(LI, "u1", NOW)


async def test_writer_that_hangs_makes_the_next_one_give_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 1)
    async with open_storage(url) as storage, storage.store.transaction() as hanging:
        await hanging.mark(LI, "u1", NOW)
        with pytest.raises(StorageUnavailable):
            async with storage.store.transaction() as work:
                await work.mark(LI, "u1", NOW)


async def test_unusable_file_is_a_domain_error(tmp_path: Path) -> None:
    path = tmp_path / "kontor.db"
    path.write_bytes(b"this is no database, but a long enough text to be taken for one" * 20)
    with pytest.raises(StorageUnavailable):
        await migrate(f"sqlite:///{path}")
    with pytest.raises(StorageUnavailable):
        await migrate(f"sqlite:///{tmp_path}")


async def test_unreadable_session_is_a_domain_error(storage: Storage) -> None:
    await meet(storage)
    async with storage.database.writing() as connection:
        await connection.execute(
            text(
                "INSERT INTO sessions (id, account_id, exercise_id, language, band, version, seed,"
                " talk, started_at) SELECT 7, id, 'x', 'de', 'B1', 1, 1, '{\"phase\": \"?\"}',"
                " created_at FROM accounts"
            )
        )
    with pytest.raises(StorageUnavailable, match="storage_unreadable"):
        async with storage.store.transaction() as work:
            await work.session(7)


async def test_memory_is_no_database() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        async with open_database("sqlite://"):
            pass


async def test_file_can_be_read_by_others_while_the_program_runs(tmp_path: Path) -> None:
    path = tmp_path / "kontor.db"
    await migrate(f"sqlite:///{path}")
    async with open_storage(f"sqlite:///{path}") as storage:
        async with storage.store.transaction() as work:
            await work.mark(LI, "u1", NOW)
            reader = sqlite3.connect(path)
            assert reader.execute("SELECT count(*) FROM marks").fetchone() == (0,)
        assert reader.execute("SELECT count(*) FROM marks").fetchone() == (1,)
        reader.close()
        await asyncio.sleep(0)
