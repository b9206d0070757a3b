"""One database, SQLite or PostgreSQL, behind one way to read and one way to write."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.connection import Connection
from bot.storage.failures import translated

PATIENCE_S = 10  # seconds to wait for a lock, a connection or another writer
STATEMENT_LIMIT_S = 30  # seconds; the longest statement in use takes milliseconds
CONNECTIONS = 10  # per process; PostgreSQL allows 100 in all by default
_AGAIN_S = 0.02  # seconds between two tries to switch a new file to WAL
_WRITES = "kontor_writes"


class Database:
    """An engine, and the queue of its writers where there can be only one."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._readers = engine
        self._writers = engine.execution_options(**{_WRITES: True})
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """A transaction that may write: committed at the end, undone when the block raises."""
        with translated():
            if self.is_sqlite:
                await self._wait_for_turn()
            try:
                async with _connected(self._writers) as connection:
                    yield connection
                    await connection.commit()
            finally:
                if self.is_sqlite:
                    self._turn.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A transaction that only reads."""
        with translated():
            async with _connected(self._readers) as connection:
                yield connection

    async def _wait_for_turn(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self._turn.acquire()


@asynccontextmanager
async def open_database(url: str, *, checks_keys: bool = True) -> AsyncIterator[Database]:
    """The database at ``sqlite:///file`` (its directory is made) or ``postgresql://...``.

    Raises:
        StorageUnavailable: the file cannot be written.
    """
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    with translated():
        engine = _sqlite(parsed, checks_keys=checks_keys) if is_sqlite else _postgresql(parsed)
    try:
        yield Database(engine)
    finally:
        await engine.dispose()


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[Connection]:
    connection = Connection(engine)
    try:
        await connection.begin()
        yield connection
    finally:
        await connection.close()


def _sqlite(url: URL, *, checks_keys: bool) -> AsyncEngine:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: every connection would have its own memory")
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.open("ab").close()  # says what is wrong with the path better than SQLite would
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"), hide_parameters=True, pool_timeout=PATIENCE_S
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        try:
            prepare(connection)
        except BaseException:
            connection.close()  # nobody else would, and its thread would keep the process alive
            raise

    def prepare(connection: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions: ``begin`` does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_S * 1000}")
        _write_ahead(cursor)
        # In WAL mode NORMAL already survives a killed process; FULL also survives a power cut,
        # and what was acknowledged is asked for by nobody again.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if checks_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: SyncConnection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(cursor: Any) -> None:
    """Switch to WAL; two that switch a new file at once get "locked" without any waiting."""
    give_up = time.monotonic() + PATIENCE_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_AGAIN_S)


def _postgresql(url: URL) -> AsyncEngine:
    query = dict(url.query)
    if "sslmode" in query:  # libpq's name, found in most URLs; asyncpg's dialect knows ``ssl``
        query["ssl"] = query.pop("sslmode")
    patience_ms = str(PATIENCE_S * 1000)
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg", query=query),
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE_S,
        pool_pre_ping=True,  # a restarted database costs no learner an error
        connect_args={
            "timeout": PATIENCE_S,
            "command_timeout": STATEMENT_LIMIT_S,
            "server_settings": {
                "application_name": "kontor",
                "lock_timeout": patience_ms,
                "idle_in_transaction_session_timeout": str(STATEMENT_LIMIT_S * 1000),
                "timezone": "UTC",
            },
        },
    )
