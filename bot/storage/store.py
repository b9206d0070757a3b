"""Everything that must survive a kill, one transaction at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.storage.database import Database
from bot.storage.disputes import Disputes
from bot.storage.errands import Errands
from bot.storage.notes import Notes
from bot.storage.people import People
from bot.storage.practice import Practice
from bot.storage.teaching import Teaching


class SqlWork(People, Practice, Notes, Disputes, Teaching, Errands):
    """One transaction: everything in it happens, or nothing."""


class SqlStore:
    """Gives out transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqlWork]:
        """One transaction: committed at the end of the block, rolled back when it raises.

        Raises:
            VersionConflict: another transaction was first: read again, decide again.
            StorageUnavailable: nothing is stored; or, when the connection broke during the
                commit, nobody knows: do it again, the mark tells.
        """
        async with self._database.writing() as connection:
            work = SqlWork(connection)
            yield work
            await work.post()
