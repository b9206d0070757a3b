"""What a transaction leaves to be done afterwards: messages to send and timers."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.messages import Outgoing
from bot.ports import Timer
from bot.storage.area import Area
from bot.storage.connection import Connection
from bot.storage.queue import post
from bot.storage.tables import row_of, timers


class Errands(Area):
    """Messages and timers."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._letters: list[tuple[Outgoing, datetime]] = []

    async def send(self, outgoing: Outgoing, *, at: datetime) -> None:
        """Put a message into the outbox; messages of a chat keep their order.

        It is written at the end of the transaction, to hold the locks of chats for a moment only.
        """
        self._letters.append((outgoing, at))

    async def post(self) -> None:
        """Write what was sent."""
        letters, self._letters = self._letters, []
        await post(self._connection, letters)

    async def set_timer(self, timer: Timer) -> None:
        """Set a timer; one of the same key is moved."""
        make = sqlite.insert if self._connection.is_sqlite else postgresql.insert
        values = row_of(timer)
        query = make(timers).values(values)
        await self._connection.execute(
            query.on_conflict_do_update(index_elements=[timers.c.key], set_=values)
        )

    async def cancel_timer(self, key: str) -> None:
        """Remove a timer, if it is there."""
        await self._connection.execute(delete(timers).where(timers.c.key == key))

    async def take_timer(self, key: str, *, due_at: datetime) -> bool:
        """Remove a timer that is being carried out; ``False`` when it is gone or was moved."""
        query = delete(timers).where(timers.c.key == key, timers.c.due_at == due_at)
        return await self._count(query) == 1
