"""Wakes the open pages of a chat when something new may be in its outbox.

Decides only who is woken. Does not know what is new, and hears nothing of other processes: a page
also looks by itself now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.messages import Chat


class Bell:
    """What one open page listens to."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    def reset(self) -> None:
        """Forget what has rung so far: call it *before* looking, and nothing is missed."""
        self._rung.clear()

    async def wait(self, *, timeout_s: float) -> None:
        """Return when rung, or when the time is over."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._rung.wait()
        except TimeoutError:
            pass


class Wake:
    """The bells of all open pages of this process."""

    def __init__(self) -> None:
        self._bells: dict[Chat, set[Bell]] = {}
        self.is_closed = False

    @contextmanager
    def listen(self, chat: Chat) -> Iterator[Bell]:
        """A bell of this chat, for the length of the block."""
        bell = Bell()
        self._bells.setdefault(chat, set()).add(bell)
        try:
            yield bell
        finally:
            self._bells[chat].discard(bell)
            if not self._bells[chat]:
                del self._bells[chat]

    def ring(self, chat: Chat) -> None:
        """Something has happened in this chat."""
        for bell in self._bells.get(chat, ()):
            bell.ring()

    def close(self) -> None:
        """The server is going down: every open stream ends by itself."""
        self.is_closed = True
        for bells in self._bells.values():
            for bell in bells:
                bell.ring()
