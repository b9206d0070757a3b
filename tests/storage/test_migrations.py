"""The steps lead to the tables the program expects, from nothing, once, and never backwards."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from bot.domain.errors import StorageUnavailable
from bot.storage import migrate, open_storage
from bot.storage.database import open_database
from bot.storage.tables import metadata
from tests.storage.samples import meet

_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'alembic%'"
_COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""
_INDEXES = """
SELECT tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
"""


def shape(connection: Connection) -> list[list[str]]:
    """All that the database knows of its tables, indexes (with their conditions) and keys; the
    order of columns and constraints says nothing."""
    is_sqlite = connection.dialect.name == "sqlite"
    queries = [_SQLITE] if is_sqlite else [_COLUMNS, _INDEXES, _CONSTRAINTS]
    rows = [row for query in queries for row in connection.execute(text(query))]
    return sorted(
        sorted(" ".join(line.split()) for cell in row for line in _parts(f"{cell}"))
        for row in rows
    )


def _parts(sql: str) -> list[str]:
    """The lines of a statement; SQLite writes a column that was added behind the last one."""
    return re.split(r", (?=\n|\w+ [A-Z]{4,})", sql.replace("\n)", ", \n)"))


async def test_migrated_tables_are_those_the_program_expects(empty_url: str) -> None:
    async with open_database(empty_url) as database, database.writing() as connection:
        await connection.run(metadata.create_all)
        expected = await connection.run(shape)
        await connection.run(metadata.drop_all)
        assert await connection.run(lambda sync: inspect(sync).get_table_names()) == []
    await migrate(empty_url)
    async with open_database(empty_url) as database, database.reading() as connection:
        assert await connection.run(shape) == expected


async def test_migrating_again_changes_nothing(empty_url: str) -> None:
    await migrate(empty_url)
    async with open_storage(empty_url) as storage:
        account = await meet(storage)
    await migrate(empty_url)
    async with open_storage(empty_url) as storage, storage.store.transaction() as work:
        assert await work.account(account.id) == account


async def test_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    async with open_storage(empty_url) as storage:
        await meet(storage)


async def test_database_of_a_newer_program_is_refused(url: str) -> None:
    async with open_database(url) as database, database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageUnavailable, match="storage_too_new"):
        await migrate(url)


async def test_directory_of_the_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "kontor.db"
    await migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
