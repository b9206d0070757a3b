"""Carries out what is due. What is to be done for each kind of timer is decided elsewhere."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import NotFound, StorageUnavailable, VersionConflict
from bot.ports import Store, Timer, Timers
from bot.usecases.aftercare import Aftercare
from bot.usecases.digests import Digests
from bot.usecases.teaching import Teaching

BATCH = 20  # timers carried out before looking again
PAUSE = timedelta(minutes=5)  # before a timer that failed is tried again

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timekeeping:
    """The work of the timers."""

    store: Store
    timers: Timers
    aftercare: Aftercare
    teaching: Teaching
    digests: Digests

    async def carry_out_due(self, now: datetime) -> int:
        """Carry out what is due at ``now``; how many timers there were."""
        due = await self.timers.due(now=now, limit=BATCH)
        for timer in due:
            await self._carry_out(timer, now)
        return len(due)

    async def _carry_out(self, timer: Timer, now: datetime) -> None:
        work: Mapping[str, Callable[[Timer, datetime], Awaitable[None]]] = {
            "check": self.aftercare.check_late,
            "reminder": self.aftercare.remind,
            "due_soon": self.teaching.remind_due,
            "learner_week": self.digests.send_learner_week,
            "group_week": self.digests.send_group_week,
        }
        try:
            await work[timer.kind](timer, now)
        except NotFound as gone:
            log.warning("timer %s dropped: %s", timer.key, gone.code)
            async with self.store.transaction() as transaction:
                await transaction.take_timer(timer.key, due_at=timer.due_at)
        except (VersionConflict, StorageUnavailable) as error:
            log.warning("timer %s waits: %s", timer.key, error)
        except Exception:
            log.exception("timer %s failed; the others go on", timer.key)
            async with self.store.transaction() as transaction:
                if await transaction.take_timer(timer.key, due_at=timer.due_at):
                    await transaction.set_timer(replace(timer, due_at=now + PAUSE))
