"""One lane per chat: what belongs to one chat happens in order, different chats happen at once.

Decides who waits for whom. Does not know what the work is, nor which channel it came through; the
order is that in which `run` is called, and a lane lasts only as long as somebody is in it.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # first come, first served
    members: int = 0
    """How many are in the lane: the one running and those behind it."""


class ChatLanes:
    """Lanes by key, with a bound on how many of them move at the same time."""

    def __init__(self, *, max_concurrent: int = 256) -> None:
        if max_concurrent < 1:
            raise ValueError("max_concurrent must be at least 1")
        self._lanes: dict[Hashable, _Lane] = {}
        self._slots = asyncio.Semaphore(max_concurrent)
        self._members = 0
        self._running = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def __len__(self) -> int:
        """How many lanes there are just now."""
        return len(self._lanes)

    @property
    def running(self) -> int:
        """How many pieces of work are being done just now."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many pieces of work wait for their turn."""
        return self._members - self._running

    async def run(self, key: Hashable | None, work: Awaitable[T]) -> T:
        """Do the work after all that was given before under its key; None waits for nobody.

        What the work raises reaches the caller, and the lane goes on. A caller cancelled while
        waiting leaves the lane without starting the work. Work must not call `run` with its own
        key: it would wait for itself.
        """
        lane = self._enter(key)
        started = False
        try:
            async with lane.turn, self._slots:
                started = True
                self._running += 1
                try:
                    return await work
                finally:
                    self._running -= 1
        finally:
            if not started and inspect.iscoroutine(work):
                work.close()  # else Python warns that nobody awaited it
            self._leave(key, lane)

    async def drain(self) -> None:
        """Wait until nobody is in any lane."""
        while self._members:
            await self._empty.wait()

    def _enter(self, key: Hashable | None) -> _Lane:
        lane = _Lane() if key is None else self._lanes.setdefault(key, _Lane())
        lane.members += 1
        self._members += 1
        self._empty.clear()
        return lane

    def _leave(self, key: Hashable | None, lane: _Lane) -> None:
        lane.members -= 1
        if key is not None and not lane.members:
            del self._lanes[key]
        self._members -= 1
        if not self._members:
            self._empty.set()
