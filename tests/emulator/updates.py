"""The updates waiting for the bot, and long polling.

Decides ids, which update is next, when one is confirmed or too old, and which poller has to go.
Does not know what an update contains, nor how a webhook gets it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.emulator.checks import Refusal

LaneKey = tuple[str, int]
"""What the server keeps in order: ("chat", id) for messages, ("press", user id) for callback
queries."""

_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One update that is not confirmed yet."""

    update_id: int
    lane: LaneKey
    payload: dict[str, Any]
    expires_at: float


class Updates:
    """All unconfirmed updates, oldest first."""

    def __init__(self, rng: Random, *, message_expiry_s: float, press_expiry_s: float) -> None:
        self._rng = rng
        self._expiry_s = {"chat": message_expiry_s, "press": press_expiry_s}
        self._next_id = rng.randrange(10**6, 10**9)
        self._poller: asyncio.Future[None] | None = None
        self.waiting: dict[int, Waiting] = {}
        self.allowed: Collection[str] = ()
        """The kinds the bot asked for; all when empty."""

    def add(self, kind: str, content: dict[str, Any], lane: LaneKey) -> Waiting | None:
        """Keep a new update; None where the bot did not ask for its kind."""
        if self.allowed and kind not in self.allowed:
            return None
        update = Waiting(
            update_id=self._next_id,
            lane=lane,
            payload={"update_id": self._next_id, kind: content},
            expires_at=time.monotonic() + self._expiry_s[lane[0]],
        )
        self._next_id += 1
        self.waiting[update.update_id] = update
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        return update

    def confirm(self, update_id: int) -> None:
        """Forget one update."""
        self.waiting.pop(update_id, None)

    def jump(self) -> None:
        """Go on with a random id, as the server does after a week of silence."""
        self._next_id = self._rng.randrange(10**6, 10**9)

    def drop_expired(self) -> None:
        """Forget what has become too old."""
        now = time.monotonic()
        for update in [one for one in self.waiting.values() if one.expires_at <= now]:
            del self.waiting[update.update_id]

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[dict[str, Any]]:
        """Answer one getUpdates; it ends the one that is still running.

        Raises:
            Refusal: a later poller or a webhook ended this one.
        """
        self.end_poll(Refusal(409, _OTHER_POLLER))
        if offset < 0:
            offset = next(iter(sorted(self.waiting)[offset:]), 0)
        for update_id in [one for one in self.waiting if one < offset]:
            del self.waiting[update_id]
        if not self.waiting and timeout_s > 0:
            await self._one_more(timeout_s)
        self.drop_expired()
        batch = list(self.waiting.values())[:limit]
        return [update.payload for update in batch]

    def end_poll(self, reason: Refusal | None = None) -> None:
        """End the running poll, with a refusal or with what there is."""
        if self._poller is not None and not self._poller.done():
            if reason is None:
                self._poller.set_result(None)
            else:
                self._poller.set_exception(reason)

    async def _one_more(self, timeout_s: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout_s):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None
