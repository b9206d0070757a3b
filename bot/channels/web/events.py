"""The open event stream of a page: what is in the chat's outbox, and then whatever comes.

Decides how often to look and how to say it (server-sent events, WHATWG HTML, section 9.2). Does
not know what the messages are.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator, Callable

from bot.channels.web.wake import Bell, Wake
from bot.domain.messages import Chat
from bot.ports import Outbox, Parcel

log = logging.getLogger(__name__)

FIRST_SHOWN = 60  # messages a page gets at first; older ones on request
BATCH = 200
LOOK_EVERY_S = 0.7  # for what other processes wrote
BEAT_EVERY_S = 15.0  # a page that hears nothing for longer connects again
SETTLE_S = 10.0  # rows of another process may become visible after younger ones
SETTLING = 50  # rows at most that are looked at again for it; far below BATCH

Show = Callable[[Parcel], object]


class Stream:
    """One page listening to one chat."""

    def __init__(self, chat: Chat, *, outbox: Outbox, wake: Wake, show: Show) -> None:
        self._chat = chat
        self._outbox = outbox
        self._wake = wake
        self._show = show
        self._settled = 0
        """Up to this row nothing more will turn up."""
        self._shown: dict[int, float] = {}
        """Rows above it that were shown, and when."""

    async def events(self, after: int | None) -> AsyncIterator[str]:
        """The stream, from after this row on (from the newest rows on when it is ``None``)."""
        with self._wake.listen(self._chat) as bell:
            yield "retry: 2000\n\n"
            self._settled = after or 0
            first = await self._first(after)
            for parcel in first:
                yield self._event(parcel)
            more = after is None and len(first) >= FIRST_SHOWN
            yield f"event: ready\ndata: {json.dumps({'older': more})}\n\n"
            async for event in self._live(bell):
                yield event
            yield "event: bye\ndata: 1\n\n"

    async def _live(self, bell: Bell) -> AsyncIterator[str]:
        beat_at = time.monotonic() + BEAT_EVERY_S
        while not self._wake.is_closed:
            bell.reset()
            for parcel in await self._news():
                yield self._event(parcel)
            if time.monotonic() >= beat_at:
                beat_at = time.monotonic() + BEAT_EVERY_S
                yield "event: beat\ndata: 1\n\n"
            if not self._wake.is_closed:
                await bell.wait(timeout_s=LOOK_EVERY_S)

    async def _first(self, after: int | None) -> tuple[Parcel, ...]:
        if after is not None:
            return await self._news()
        return await self._outbox.page(self._chat, after=0, limit=FIRST_SHOWN, newest=True)

    async def _news(self) -> tuple[Parcel, ...]:
        """Rows not shown yet, those included that became visible out of order."""
        self._settle()
        rows = await self._outbox.page(self._chat, after=self._settled, limit=BATCH)
        return tuple(row for row in rows if row.id not in self._shown)

    def _settle(self) -> None:
        long_ago = time.monotonic() - SETTLE_S
        over = sorted(self._shown)[:-SETTLING]
        done = over + [id for id, at in self._shown.items() if at < long_ago]
        self._settled = max(done, default=self._settled)
        self._shown = {id: at for id, at in self._shown.items() if id > self._settled}

    def _event(self, parcel: Parcel) -> str:
        self._shown[parcel.id] = time.monotonic()
        data = json.dumps(self._show(parcel), ensure_ascii=False)
        return f"id: {max(self._shown)}\ndata: {data}\n\n"
