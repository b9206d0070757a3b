"""What a transaction leaves to be done afterwards: messages to send and timers."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.messages import Channel, Outgoing
from bot.ports import Timer
from bot.storage.area import Area
from bot.storage.tables import outbox, row_of, timers

# Rows of a chat are inserted by one transaction at a time, so that ids within a chat rise in the
# order of commits: a page that has seen id 7 never misses a 6 that was committed later.
_ALONE_IN_CHAT = text("SELECT pg_advisory_xact_lock(hashtextextended(:chat, 0))")


class Errands(Area):
    """Messages and timers."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._letters: list[tuple[Outgoing, datetime]] = []

    async def send(self, outgoing: Outgoing, *, at: datetime) -> None:
        """Put a message into the outbox; messages of a chat keep their order.

        It is written at the end of the transaction, to hold the locks of chats for a moment only.
        """
        self._letters.append((outgoing, at))

    async def post(self) -> None:
        """Write what was sent, chat by chat in one order everywhere, so that no two block each
        other."""
        if not self._letters:
            return
        letters = sorted(self._letters, key=lambda letter: str(letter[0].chat))
        self._letters = []
        if self._connection.dialect.name == "postgresql":
            for chat in dict.fromkeys(str(outgoing.chat) for outgoing, _ in letters):
                await self._connection.execute(_ALONE_IN_CHAT, {"chat": chat})
        await self._connection.execute(insert(outbox), [_row(*letter) for letter in letters])

    async def set_timer(self, timer: Timer) -> None:
        """Set a timer; one of the same key is moved."""
        make = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
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


def _row(outgoing: Outgoing, at: datetime) -> dict[str, Any]:
    chat = outgoing.chat
    return {
        "channel": chat.channel,
        "chat": chat.id,
        "interface": outgoing.interface,
        "content": outgoing.content,
        "buttons": outgoing.buttons,
        "at": at,
        "free_at": at,
        "done_at": at if chat.channel is Channel.WEB else None,
    }
