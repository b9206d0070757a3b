"""A database connection whose steps are finished once begun, even when the caller is cancelled.

SQLite's driver runs in a thread that cannot be interrupted: a statement given up half-way would
keep the only writer's lock although its connection is closed.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")


class Connection:
    """One transaction's way to the database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._connection: AsyncConnection = engine.connect()

    async def begin(self) -> None:
        """Connect and begin the transaction."""
        await _finished(self._begin())

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run one statement."""
        return await _finished(self._connection.execute(statement, parameters))

    async def run(self, step: Callable[..., T], *args: Any) -> T:
        """Run a synchronous step that gets the connection first."""

        def with_connection(connection: SyncConnection) -> T:
            return step(connection, *args)

        return await _finished(self._connection.run_sync(with_connection))

    async def commit(self) -> None:
        """Make everything permanent."""
        await _finished(self._connection.commit())

    async def close(self) -> None:
        """Undo what is not committed and give the connection back."""
        if self._connection.sync_connection is not None:
            await _finished(self._connection.close())

    async def _begin(self) -> None:
        await self._connection.start()
        await self._connection.begin()


async def _finished(step: Coroutine[Any, Any, T]) -> T:
    task = asyncio.create_task(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # looked at: nobody is left to hear of it
        raise
