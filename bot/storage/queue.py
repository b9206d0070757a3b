"""The queue of messages of each chat: joined at its end, left at its head. One message at a time
stands at the head, and only that one has a time from which it may be claimed.

Who joins or leaves the queue of a chat is alone there until the end of the transaction. So a head
is never missed, and ids within a chat rise in the order of commits: a page that has seen id 7
never misses a 6 that was committed later. PostgreSQL has some thousands of such locks in all:
news for a whole school goes out group by group.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text, update

from bot.domain.messages import Channel, Chat, Outgoing
from bot.storage.connection import Connection
from bot.storage.tables import outbox

OPEN = outbox.c.done_at.is_(None)
_ALONE_IN_CHAT = text("SELECT pg_advisory_xact_lock(hashtextextended(:chat, 0))")
_AT_ONCE = 500  # chats asked about in one statement; SQLite takes 999 parameters everywhere

Letter = tuple[Outgoing, datetime]


async def post(connection: Connection, letters: Sequence[Letter]) -> None:
    """Put messages into the outbox, chat by chat, and in their order within a chat.

    The order of the chats is the same everywhere, so that no two transactions block each other.
    """
    if not letters:
        return
    letters = sorted(letters, key=lambda letter: str(letter[0].chat))
    chats = list(dict.fromkeys(outgoing.chat for outgoing, _ in letters))
    await _alone_in(connection, chats)
    busy = await _busy(connection, chats)
    rows = []
    for outgoing, at in letters:
        rows.append(_row(outgoing, at, is_head=outgoing.chat not in busy))
        busy.add(outgoing.chat)
    await connection.execute(insert(outbox), rows)


async def leave(
    connection: Connection,
    id: int,
    *,
    reason: str | None = None,
    done_at: datetime | None = None,
) -> None:
    """Take an open message out of its queue; the next one becomes the head.

    Sent at ``done_at``, it makes the next one wait for its turn among all chats.
    """
    done = update(outbox).where(outbox.c.id == id, OPEN)
    done = done.values(done_at=done_at or outbox.c.at, reason=reason)
    left = await connection.execute(done.returning(outbox.c.channel, outbox.c.chat))
    row = left.one_or_none()
    if row is None:
        return
    await _alone_in(connection, [Chat(channel=row.channel, id=row.chat)])
    next_id = select(func.min(outbox.c.id)).where(
        outbox.c.channel == row.channel, outbox.c.chat == row.chat, OPEN
    )
    head = update(outbox).where(outbox.c.id == next_id.scalar_subquery())
    await connection.execute(head.values(free_at=done_at or outbox.c.at))


async def _alone_in(connection: Connection, chats: Iterable[Chat]) -> None:
    if connection.is_sqlite:
        return  # whoever writes there is alone anyway
    for chat in chats:
        await connection.execute(_ALONE_IN_CHAT, {"chat": str(chat)})


async def _busy(connection: Connection, chats: Sequence[Chat]) -> set[Chat]:
    """Those of ``chats`` with open messages."""
    busy: set[Chat] = set()
    for start in range(0, len(chats), _AT_ONCE):
        some = {
            chat for chat in chats[start : start + _AT_ONCE] if chat.channel is not Channel.WEB
        }
        query = select(outbox.c.channel, outbox.c.chat).distinct()
        query = query.where(outbox.c.channel.in_({chat.channel for chat in some}), OPEN)
        rows = await connection.execute(query.where(outbox.c.chat.in_({chat.id for chat in some})))
        busy.update(Chat(channel=row.channel, id=row.chat) for row in rows)
    return busy


def _row(outgoing: Outgoing, at: datetime, *, is_head: bool) -> dict[str, Any]:
    chat = outgoing.chat
    is_page = chat.channel is Channel.WEB
    return {
        "channel": chat.channel,
        "chat": chat.id,
        "interface": outgoing.interface,
        "content": outgoing.content,
        "buttons": outgoing.buttons,
        "at": at,
        "free_at": at if is_head and not is_page else None,
        "done_at": at if is_page else None,
    }
