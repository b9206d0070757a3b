"""One update from Telegram, handled: in its chat's lane, acknowledged only when it is done.

Knows neither how updates arrive (``polling``, ``webhook``) nor what they lead to (the desk).
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Protocol

from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.updates import read
from bot.domain.messages import Incoming, Press, Text
from bot.ports import Clock

log = logging.getLogger(__name__)


class Desk(Protocol):
    """The use cases' entry, as this channel needs it."""

    async def take(self, incoming: Incoming) -> None: ...

    async def apologise(self, incoming: Incoming) -> None: ...


class Reception:
    """Takes updates in, one lane per chat."""

    def __init__(
        self, *, bot: Bot, desk: Desk, lanes: Lanes, clock: Clock, news: asyncio.Event
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._lanes = lanes
        self._clock = clock
        self._news = news
        self._courtesies: set[asyncio.Task[None]] = set()

    async def handle(self, update: Update) -> None:
        """Handle an update in its lane; returns when its effects are committed.

        Raises:
            KontorError: it could not be handled now; it has had no effect.
        """
        await self.in_lane(update, self.take(update))

    async def in_lane(self, update: Update, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` when all that came before in the update's chat is done."""
        await self._lanes.process_update(update, work)

    async def take(self, update: Update) -> None:
        """Handle an update now; the caller is in its lane.

        Raises:
            KontorError: it could not be handled now; it has had no effect.
        """
        incoming = read(update, at=self._clock())
        if incoming is None:
            return
        if isinstance(incoming.content, Text):
            self._besides(self._bot.send_chat_action(incoming.chat.id, ChatAction.TYPING))
        await self._desk.take(incoming)
        self._news.set()
        if isinstance(incoming.content, Press) and update.callback_query is not None:
            self._besides(self._bot.answer_callback_query(update.callback_query.id))

    async def give_up(self, update: Update) -> None:
        """Tell the writer of an update that failed again and again."""
        incoming = read(update, at=self._clock())
        if incoming is not None:
            await self._desk.apologise(incoming)
            self._news.set()

    async def close(self) -> None:
        """Wait for the lanes to empty and for what was started besides."""
        await self._lanes.shutdown()
        for courtesy in list(self._courtesies):
            courtesy.cancel()
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    def _besides(self, call: Coroutine[Any, Any, bool]) -> None:
        """Do what is polite but not needed, without waiting for it."""

        async def politely() -> None:
            try:
                await call
            except TelegramError as error:
                log.debug("courtesy refused: %s", error)

        task = asyncio.create_task(politely())
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)
