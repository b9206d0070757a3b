"""Delivery by webhook, as stubborn as the server's.

Decides the order, how many queues move at once, and when a failed delivery is repeated. Does not
know what an update contains; a method in an answer is handed on.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import aiohttp

from tests.emulator.updates import LaneKey, Updates, Waiting

_ANSWER_WITHIN_S = 60
_IDLE_S = 60
_LONGEST_RETRY_AFTER_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt to hand over an update."""

    update_id: int
    lane: LaneKey
    status: int | None
    """The answer's HTTP status; None where there was no answer."""
    error: str = ""
    at: float = field(default_factory=time.monotonic)


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where updates go, and the queues on their way there."""

    url: str
    secret_token: str | None
    max_connections: int
    updates: Updates
    rng: Random
    time_scale: float
    carry_out: Callable[[dict[str, Any]], Awaitable[None]]
    delivered: Callable[[Delivery], None]
    last_error: tuple[int, str] | None = None
    _queues: dict[LaneKey, deque[Waiting]] = field(default_factory=dict)
    _workers: set[asyncio.Task[None]] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(init=False)
    _session: aiohttp.ClientSession | None = None

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.max_connections)
        for update in self.updates.waiting.values():
            self.put(update)

    def put(self, update: Waiting) -> None:
        """Queue an update behind those of its lane."""
        if update.lane in self._queues:
            self._queues[update.lane].append(update)
            return
        self._queues[update.lane] = deque([update])
        worker = asyncio.create_task(self._work_off(update.lane))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def close(self) -> None:
        """Stop delivering; what is not delivered stays unconfirmed."""
        workers = list(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _work_off(self, lane: LaneKey) -> None:
        queue = self._queues[lane]
        while queue:
            await self._hand_over(queue[0])
            queue.popleft()
        del self._queues[lane]

    async def _hand_over(self, update: Waiting) -> None:
        """Repeat until the update is delivered, expired or dropped."""
        failures = 0
        while update.update_id in self.updates.waiting:
            if time.monotonic() >= update.expires_at:
                self.updates.confirm(update.update_id)
                return
            async with self._slots:
                delivery, retry_after_s, body = await self._post(update)
            if delivery.status is not None and 200 <= delivery.status < 300:
                self.updates.confirm(update.update_id)
                self.delivered(delivery)
                await self._follow(body)
                return
            failures += 1
            self.last_error = (int(time.time()), delivery.error)
            self.delivered(delivery)
            await asyncio.sleep(self._pause_s(failures, retry_after_s) * self.time_scale)

    def _pause_s(self, failures: int, retry_after_s: int) -> float:
        """0, 2, 4, 8 ... up to a random 60 to 120 s, or what the bot asked for."""
        if retry_after_s:
            return min(retry_after_s, _LONGEST_RETRY_AFTER_S)
        if failures == 1:
            return 0
        return min(2.0 ** min(failures - 1, 7), self.rng.uniform(60, 120))

    async def _post(self, update: Waiting) -> tuple[Delivery, int, bytes]:
        headers = {"Content-Type": "application/json"}
        if self.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret_token
        status, retry_after_s, body, error = None, 0, b"", ""
        try:
            async with self._client().post(
                self.url, data=json.dumps(update.payload), headers=headers
            ) as response:
                status, body = response.status, await response.read()
                wanted = response.headers.get("Retry-After", "")
                retry_after_s = int(wanted) if wanted.isdigit() else 0
                error = f"Wrong response from the webhook: {status}"
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            status, error = None, type(failure).__name__
        delivery = Delivery(
            update_id=update.update_id, lane=update.lane, status=status, error=error
        )
        return delivery, retry_after_s, body

    async def _follow(self, body: bytes) -> None:
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self.carry_out(call)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self.max_connections, keepalive_timeout=_IDLE_S
                ),
                timeout=aiohttp.ClientTimeout(total=_ANSWER_WITHIN_S),
            )
        return self._session
