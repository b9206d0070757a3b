"""The lane of an update: python-telegram-bot's updates in order within a chat, chats at once.

Decides which lane an update belongs to. Does not know what an update leads to.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.lanes import ChatLanes

_MAX_WAITING = 100_000
"""Updates the library may hand over before it waits itself. Its own bound counts waiting updates
too, so that a flood in one chat would use it up and stop all the others; the bound on work is that
of the lanes."""


class Lanes(BaseUpdateProcessor):
    """Keeps one lane per chat, whatever the kind of update."""

    def __init__(self, *, max_concurrent: int = 256) -> None:
        super().__init__(max_concurrent_updates=_MAX_WAITING)
        self.lanes = ChatLanes(max_concurrent=max_concurrent)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the update's coroutine in the lane of its chat."""
        await self.lanes.run(lane_of(update), coroutine)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Wait until every lane is empty."""
        await self.lanes.drain()


def lane_of(update: object) -> int | None:
    """The chat's id; the person's where there is no chat (the same in private); or None."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
