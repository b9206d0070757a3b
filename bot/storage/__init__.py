"""The database: one code for SQLite, the embedded default, and PostgreSQL, by URL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Inbox, Outbox, Records, Store, Timers, WebKeys
from bot.storage.database import Database, open_database
from bot.storage.inbox import SqlInbox
from bot.storage.migrations import migrate
from bot.storage.outbox import SqlOutbox
from bot.storage.prune import prune
from bot.storage.records import SqlRecords
from bot.storage.store import SqlStore
from bot.storage.timers import SqlTimers
from bot.storage.webkeys import SqlWebKeys

__all__ = ["Storage", "migrate", "open_storage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """All that storage offers, over one database."""

    store: Store
    outbox: Outbox
    inbox: Inbox
    timers: Timers
    webkeys: WebKeys
    records: Records
    database: Database

    async def prune(self, now: datetime) -> int:
        """Delete rows nobody needs any more, once a day or so; the number of rows deleted."""
        return await prune(self.database, now)


@asynccontextmanager
async def open_storage(url: str) -> AsyncIterator[Storage]:
    """The storage at ``url`` (``sqlite:///file`` or ``postgresql://...``), already migrated.

    Raises:
        StorageUnavailable: by whatever is done with it, when the database is away.
    """
    async with open_database(url) as database:
        yield Storage(
            store=SqlStore(database),
            outbox=SqlOutbox(database),
            inbox=SqlInbox(database),
            timers=SqlTimers(database),
            webkeys=SqlWebKeys(database),
            records=SqlRecords(database),
            database=database,
        )
