"""The timers that are due. They are set and taken within transactions."""

from datetime import datetime

from sqlalchemy import func, select

from bot.ports import Timer
from bot.storage.area import select_of
from bot.storage.database import Database
from bot.storage.tables import timers


class SqlTimers:
    """Reads the timers; several processes may read the same one, one of them can take it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, *, now: datetime, limit: int) -> tuple[Timer, ...]:
        """Those due at ``now``, the longest overdue first."""
        query = select_of(Timer, timers).where(timers.c.due_at <= now)
        query = query.order_by(timers.c.due_at, timers.c.key).limit(limit)
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return tuple(Timer(**row) for row in rows.mappings())

    async def next_due_at(self) -> datetime | None:
        """When the next timer is due; ``None`` when there is none."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(func.min(timers.c.due_at)))
            found: datetime | None = rows.scalar_one()
            return found
