"""The inbox: updates fetched by long polling, in order of arrival, until they are handled."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from bot.storage.area import insert_unless_there
from bot.storage.database import Database
from bot.storage.tables import inbox


class SqlInbox:
    """Updates not yet handled, and for a while those handled, to know repeats by."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, updates: Sequence[tuple[int, str, str]], *, at: datetime) -> None:
        """Store ``(update_id, lane, raw JSON)`` in order; those already stored are ignored."""
        async with self._database.writing() as connection:
            for update_id, lane, raw in updates:
                values = {"update_id": update_id, "lane": lane, "raw": raw, "at": at}
                await connection.execute(insert_unless_there(connection, inbox, values))

    async def pending(self) -> tuple[tuple[int, str, str], ...]:
        """Unhandled updates in order of arrival."""
        query = select(inbox.c.update_id, inbox.c.lane, inbox.c.raw)
        query = query.where(inbox.c.raw.is_not(None)).order_by(inbox.c.number)
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return tuple((row.update_id, row.lane, row.raw) for row in rows)

    async def done(self, update_id: int) -> None:
        """Forget what a handled update said; that it was here stays known for a while."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(inbox).where(inbox.c.update_id == update_id).values(raw=None)
            )

    async def failed(self, update_id: int, *, reason: str) -> int:
        """Count a failure; the number of failures so far."""
        query = (
            update(inbox)
            .where(inbox.c.update_id == update_id)
            .values(failures=inbox.c.failures + 1, reason=reason)
            .returning(inbox.c.failures)
        )
        async with self._database.writing() as connection:
            return int((await connection.execute(query)).scalar_one_or_none() or 0)
