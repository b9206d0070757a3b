"""The outbox: what is sent next, by whom, and what became of it. Does not know how to send."""

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, Text, select, type_coerce, update

from bot.domain.errors import StorageUnavailable
from bot.domain.messages import Channel, Chat, Outgoing
from bot.ports import Parcel
from bot.storage.database import Database
from bot.storage.queue import OPEN, leave
from bot.storage.tables import BUTTONS, CONTENT, outbox

log = logging.getLogger(__name__)

_JSON = (outbox.c.content, outbox.c.buttons)
# JSON is read here, row by row: one unreadable message must not stop all others.
_COLUMNS = (
    *(column for column in outbox.c if column not in set(_JSON)),
    *(type_coerce(column, Text).label(column.name) for column in _JSON),
)


class SqlOutbox:
    """Messages on their way out, in order within a chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, channel: Channel, *, now: datetime, limit: int, lease_s: float
    ) -> tuple[Parcel, ...]:
        """The oldest unsent message of each chat with nothing in flight, leased to this caller.

        The chat that has waited longest comes first. A lease that has run out, because its
        process was killed, lets the message be claimed again.
        """
        heads = _heads(channel, now).limit(limit).with_for_update(skip_locked=True, of=outbox)
        async with self._database.writing() as connection:
            rows = (await connection.execute(heads)).all()
            if not rows:
                return ()
            leased = update(outbox).where(outbox.c.id.in_([row.id for row in rows]))
            free_at = now + timedelta(seconds=lease_s)
            await connection.execute(leased.values(free_at=free_at, tries=outbox.c.tries + 1))
            parcels = [(row, _parcel(row, tries=row.tries + 1)) for row in rows]
            for row, parcel in parcels:
                if parcel is None:
                    await leave(connection, row.id, reason="unreadable")
            return tuple(parcel for _, parcel in parcels if parcel is not None)

    async def sent(self, id: int, *, at: datetime) -> None:
        """Note that a message has been sent; the chat's next one queues behind other chats'."""
        async with self._database.writing() as connection:
            await leave(connection, id, done_at=at)

    async def again(self, id: int, *, not_before: datetime, reason: str) -> None:
        """Give a message back, to be tried later; later ones of its chat wait for it."""
        back = update(outbox).where(outbox.c.id == id, OPEN)
        async with self._database.writing() as connection:
            await connection.execute(back.values(free_at=not_before, reason=reason))

    async def undeliverable(self, id: int, *, reason: str) -> None:
        """Give a message up: the person has blocked the bot, or it was refused for good."""
        async with self._database.writing() as connection:
            await leave(connection, id, reason=reason)

    async def page(
        self, chat: Chat, *, after: int, limit: int, newest: bool = False
    ) -> tuple[Parcel, ...]:
        """Messages of a chat in order, those with an id above ``after`` (or the newest ones)."""
        query = select(*_COLUMNS).where(
            outbox.c.channel == chat.channel, outbox.c.chat == chat.id, outbox.c.id > after
        )
        order = outbox.c.id.desc() if newest else outbox.c.id.asc()
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(order).limit(limit))).all()
        parcels = (_parcel(row, tries=row.tries) for row in (reversed(rows) if newest else rows))
        return tuple(parcel for parcel in parcels if parcel is not None)


def _heads(channel: Channel, now: datetime) -> Select[Any]:
    """The oldest open message of each chat, where it may be claimed."""
    query = select(*_COLUMNS).where(outbox.c.channel == channel, outbox.c.free_at <= now, OPEN)
    return query.order_by(outbox.c.free_at, outbox.c.id)


def _parcel(row: Row[Any], *, tries: int) -> Parcel | None:
    try:
        outgoing = Outgoing(
            chat=Chat(channel=row.channel, id=row.chat),
            interface=row.interface,
            content=CONTENT.decode(row.content),
            buttons=BUTTONS.decode(row.buttons),
        )
    except StorageUnavailable as error:
        log.error("outbox row %s cannot be read: %s", row.id, error)
        return None
    return Parcel(id=row.id, outgoing=outgoing, at=row.at, tries=tries)
