"""Pictures of a conversation, drawn when a page asks for them and kept for a little while.

Decides how many are drawn at once and how many are kept. Does not know what they show.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.channels.render.rendered import Picture
from bot.channels.web.contracts import Renderer
from bot.domain.messages import Chat
from bot.ports import Outbox

KEPT = 64  # pictures; a deal map is about 60 kB, so some 4 MB in all (own estimate)
DRAWN_AT_ONCE = 1  # matplotlib's state is shared by a process's threads


class Gallery:
    """Draws and keeps pictures."""

    def __init__(self, *, outbox: Outbox, renderer: Renderer) -> None:
        self._outbox = outbox
        self._renderer = renderer
        self._kept: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._drawing = asyncio.Semaphore(DRAWN_AT_ONCE)

    async def picture(self, chat: Chat, parcel_id: int, index: int) -> bytes | None:
        """A picture of an outbox row as PNG, the first one being 0.

        ``None`` when this chat has no such picture.
        """
        found = await self._outbox.page(chat, after=parcel_id - 1, limit=1)
        if not found or found[0].id != parcel_id:
            return None
        parts = self._renderer.render(found[0].outgoing).parts
        pictures = [part for part in parts if isinstance(part, Picture)]
        if index >= len(pictures):
            return None
        return await self._drawn((parcel_id, index), pictures[index])

    async def _drawn(self, place: tuple[int, int], picture: Picture) -> bytes:
        async with self._drawing:
            if place not in self._kept:
                self._kept[place] = await asyncio.to_thread(picture.draw)
            self._kept.move_to_end(place)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[place]
