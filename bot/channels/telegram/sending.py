"""From the outbox to Telegram: in order within a chat, within the Bot API's limits."""

import asyncio
import logging
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.render import Picture, Renderer, Words
from bot.channels.telegram.cutting import LONGEST_CAPTION, cut, length
from bot.domain.messages import Channel, LearnerSaid
from bot.ports import Clock, Outbox, Parcel

BATCH = 100  # messages claimed at once
LEASE_S = 60.0  # seconds after which a message claimed by a dead process is claimed again
IDLE_S = 0.5  # seconds between two looks for messages of other processes
AT_ONCE = 30  # messages in flight; the Bot API takes about 30 a second
PAUSE_S = 2.0  # seconds before a failed message is tried again, doubled each time
LONGEST_PAUSE_S = 300.0

log = logging.getLogger(__name__)


class Sending:
    """Delivers the outbox rows of Telegram chats."""

    def __init__(
        self, *, bot: Bot, outbox: Outbox, renderer: Renderer, clock: Clock, news: asyncio.Event
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._renderer = renderer
        self._clock = clock
        self._news = news
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._news.clear()
            parcels = await self._claim()
            if parcels:
                await asyncio.gather(*(self._deliver(parcel) for parcel in parcels))
                continue
            try:
                async with asyncio.timeout(IDLE_S):
                    await self._news.wait()
            except TimeoutError:
                pass

    async def _claim(self) -> tuple[Parcel, ...]:
        return await self._outbox.claim(
            Channel.TELEGRAM, now=self._clock(), limit=BATCH, lease_s=LEASE_S
        )

    async def _deliver(self, parcel: Parcel) -> None:
        async with self._slots:
            try:
                await self._send(parcel)
            except RetryAfter as wait:
                pause = wait.retry_after
                seconds = pause if isinstance(pause, int) else pause.total_seconds()
                await self._again(parcel, float(seconds), "rate limit")
            except (Forbidden, BadRequest) as refusal:
                log.warning("message %s is undeliverable: %s", parcel.id, refusal)
                await self._outbox.undeliverable(parcel.id, reason=str(refusal))
            except TelegramError as error:
                pause_s = min(PAUSE_S * 2**parcel.tries, LONGEST_PAUSE_S)
                await self._again(parcel, pause_s, str(error))
            else:
                await self._outbox.sent(parcel.id, at=self._clock())

    async def _again(self, parcel: Parcel, pause_s: float, reason: str) -> None:
        not_before = self._clock() + timedelta(seconds=pause_s)
        await self._outbox.again(parcel.id, not_before=not_before, reason=reason)

    async def _send(self, parcel: Parcel) -> None:
        outgoing = parcel.outgoing
        if isinstance(outgoing.content, LearnerSaid):
            return
        rendered = await asyncio.to_thread(self._renderer.render, outgoing)
        keyboard = [
            [InlineKeyboardButton(label.text, callback_data=label.action) for label in row]
            for row in rendered.buttons
        ]
        markup = InlineKeyboardMarkup(keyboard) if keyboard else None
        for number, part in enumerate(rendered.parts, start=1):
            last = markup if number == len(rendered.parts) else None
            match part:
                case Words(html=html):
                    await self._send_words(outgoing.chat.id, html, last)
                case Picture():
                    await self._send_picture(outgoing.chat.id, part, last)

    async def _send_words(
        self, chat_id: str, html: str, markup: InlineKeyboardMarkup | None
    ) -> None:
        pieces = cut(html)
        for number, piece in enumerate(pieces, start=1):
            await self._bot.send_message(
                chat_id,
                piece,
                parse_mode=ParseMode.HTML,
                reply_markup=markup if number == len(pieces) else None,
            )

    async def _send_picture(
        self, chat_id: str, picture: Picture, markup: InlineKeyboardMarkup | None
    ) -> None:
        png = await asyncio.to_thread(picture.draw)
        fits = length(picture.caption) <= LONGEST_CAPTION
        await self._bot.send_photo(
            chat_id,
            png,
            caption=picture.caption if fits else None,
            parse_mode=ParseMode.HTML,
            reply_markup=markup if fits else None,
        )
        if not fits:
            await self._send_words(chat_id, picture.caption, markup)
