"""Updates by long polling: fetched, kept in the inbox, worked off in lanes.

A batch is committed to the inbox before the next offset is asked for, so that a killed process
goes on with what it had fetched.
"""

import asyncio
import json
import logging

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.lanes import lane_of
from bot.channels.telegram.reception import Reception
from bot.channels.telegram.updates import ALLOWED
from bot.domain.errors import KontorError, StorageUnavailable
from bot.ports import Clock, Inbox

LONG_POLL_S = 25  # seconds Telegram may hold the request; below the usual 30 s of proxies
PAUSE_S = 1.0  # after a failure, doubled up to the longest
LONGEST_PAUSE_S = 30.0
TRIES = 5  # of one update before its writer is told that it failed

log = logging.getLogger(__name__)


class Polling:
    """Fetches updates and works them off."""

    def __init__(self, *, bot: Bot, inbox: Inbox, reception: Reception, clock: Clock) -> None:
        self._bot = bot
        self._inbox = inbox
        self._reception = reception
        self._clock = clock
        self._work: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Resume what an earlier process left, then fetch until cancelled."""
        await self._bot.delete_webhook()
        for _, _, raw in await self._inbox.pending():
            self._start(raw)
        offset, pause_s = 0, PAUSE_S
        try:
            while True:
                try:
                    offset = await self._fetch(offset)
                    pause_s = PAUSE_S
                except (TelegramError, KontorError) as error:
                    pause_s = _pause_after(error, pause_s)
                    await asyncio.sleep(pause_s)
        finally:
            for task in list(self._work):
                task.cancel()
            await asyncio.gather(*self._work, return_exceptions=True)

    async def _fetch(self, offset: int) -> int:
        updates = await self._bot.get_updates(
            offset=offset, timeout=LONG_POLL_S, allowed_updates=list(ALLOWED)
        )
        if not updates:
            return offset
        rows = [(u.update_id, str(lane_of(u)), json.dumps(u.to_dict())) for u in updates]
        await self._inbox.add(rows, at=self._clock())
        for _, _, raw in rows:
            self._start(raw)
        return updates[-1].update_id + 1

    def _start(self, raw: str) -> None:
        update = Update.de_json(json.loads(raw), self._bot)
        work = self._reception.in_lane(update, self._persist(update))
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _persist(self, update: Update) -> None:
        """Handle an update; while it fails, what its writer said later waits behind it."""
        pause_s = PAUSE_S
        while not await self._is_settled(update):
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _is_settled(self, update: Update) -> bool:
        try:
            await self._handle(update)
        except KontorError as error:
            log.warning("update %s waits: %s", update.update_id, error)
            return False
        except Exception:
            log.exception("update %s failed", update.update_id)
            return False
        return True

    async def _handle(self, update: Update) -> None:
        """Handle an update, or give it up when it has failed too often."""
        try:
            await self._reception.take(update)
        except StorageUnavailable:  # not the update's fault, however long it lasts
            raise
        except Exception as error:
            reason = type(error).__name__
            failures = await self._inbox.failed(update.update_id, reason=reason)
            if failures < TRIES:
                raise
            log.exception("update %s is given up", update.update_id)
            if failures < 2 * TRIES:  # beyond that, not even the apology succeeds
                await self._reception.give_up(update)
        await self._inbox.done(update.update_id)


def _pause_after(error: Exception, pause_s: float) -> float:
    if isinstance(error, InvalidToken):
        raise error
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return wait.total_seconds() if not isinstance(wait, int) else float(wait)
    if isinstance(error, Conflict):
        log.error("another process fetches this bot's updates: stop it, or use another token")
    elif isinstance(error, NetworkError):
        log.warning("Telegram is out of reach: %s", error)
    else:
        log.error("fetching updates failed: %s", error)
    return min(pause_s * 2, LONGEST_PAUSE_S)
