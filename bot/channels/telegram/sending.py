"""From the outbox to Telegram: in order within a chat, within the Bot API's limits."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.render import Picture, Renderer, Words
from bot.channels.telegram.cutting import LONGEST_CAPTION, cut, length
from bot.domain.errors import KontorError
from bot.domain.messages import Channel, LearnerSaid, Outgoing
from bot.ports import Clock, Outbox, Parcel

AT_ONCE = 30  # messages in flight; the Bot API takes about 30 a second
LEASE_S = 20.0  # seconds after which a message claimed by a dead process is claimed again
LONGEST_SEND_S = 17.0  # below the lease: nobody else claims what a living process is sending
IDLE_S = 0.5  # seconds between two looks for messages of other processes
PAUSE_S = 2.0  # seconds before a failed message is tried again, doubled each time
LONGEST_PAUSE_S = 300.0
TRIES = 3  # of a message that fails here, not at Telegram, before it is given up
FAREWELL_S = 3.0  # seconds that messages in flight get to arrive when the process ends

log = logging.getLogger(__name__)

Step = Callable[[], Awaitable[object]]


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
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            while True:
                self._news.clear()
                if not await self._begin():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(IDLE_S):
                            await self._news.wait()
        finally:
            await self._say_goodbye()

    async def _begin(self) -> bool:
        """Begin what can be sent now; whether there was anything."""
        free = AT_ONCE - len(self._under_way)
        if not free:
            return False
        try:
            parcels = await self._outbox.claim(
                Channel.TELEGRAM, now=self._clock(), limit=free, lease_s=LEASE_S
            )
        except KontorError as error:
            log.warning("messages wait: %s", error)
            return False
        for parcel in parcels:
            task = asyncio.create_task(self._deliver(parcel))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return bool(parcels)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._news.set()  # there is room, and the chat's next message may go

    async def _say_goodbye(self) -> None:
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=FAREWELL_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            await self._try(parcel)
        except KontorError as error:  # its lease runs out, then it is tried again
            log.warning("nobody could note what became of message %s: %s", parcel.id, error)

    async def _try(self, parcel: Parcel) -> None:
        try:
            async with asyncio.timeout(LONGEST_SEND_S):
                await self._send(parcel.outgoing)
        except RetryAfter as wait:
            await self._again(parcel, _seconds(wait), "rate limit")
        except (Forbidden, BadRequest) as refusal:
            log.warning("message %s is undeliverable: %s", parcel.id, refusal)
            await self._outbox.undeliverable(parcel.id, reason=str(refusal))
        except (TelegramError, TimeoutError) as error:
            await self._again(parcel, _pause_s(parcel), str(error) or "too slow")
        except Exception as error:
            log.exception("message %s cannot be sent", parcel.id)
            if parcel.tries >= TRIES:
                await self._outbox.undeliverable(parcel.id, reason=type(error).__name__)
            else:
                await self._again(parcel, _pause_s(parcel), type(error).__name__)
        else:
            await self._outbox.sent(parcel.id, at=self._clock())

    async def _again(self, parcel: Parcel, pause_s: float, reason: str) -> None:
        not_before = self._clock() + timedelta(seconds=pause_s)
        await self._outbox.again(parcel.id, not_before=not_before, reason=reason)

    async def _send(self, outgoing: Outgoing) -> None:
        """Send all parts of a message.

        The outbox knows whole messages only: once the first part is out, the others wait here
        for the Bot API's limit, or the first would come twice.
        """
        if isinstance(outgoing.content, LearnerSaid):
            return
        for number, step in enumerate(await asyncio.to_thread(self._steps, outgoing)):
            while True:
                try:
                    await step()
                    break
                except RetryAfter as wait:
                    if not number:
                        raise
                    await asyncio.sleep(_seconds(wait))

    def _steps(self, outgoing: Outgoing) -> tuple[Step, ...]:
        """One call of the Bot API each. Renders: not on the event loop."""
        rendered = self._renderer.render(outgoing)
        keyboard = [
            [InlineKeyboardButton(label.text, callback_data=label.action) for label in row]
            for row in rendered.buttons
        ]
        markup = InlineKeyboardMarkup(keyboard) if keyboard else None
        steps: list[Step] = []
        for number, part in enumerate(rendered.parts, start=1):
            last = markup if number == len(rendered.parts) else None
            match part:
                case Words(html=html):
                    steps.extend(self._words(outgoing.chat.id, html, last))
                case Picture():
                    steps.extend(self._picture(outgoing.chat.id, part, last))
        return tuple(steps)

    def _words(
        self, chat_id: str, html: str, markup: InlineKeyboardMarkup | None
    ) -> Iterator[Step]:
        pieces = cut(html)
        for number, piece in enumerate(pieces, start=1):
            yield partial(
                self._bot.send_message,
                chat_id,
                piece,
                parse_mode=ParseMode.HTML,
                reply_markup=markup if number == len(pieces) else None,
            )

    def _picture(
        self, chat_id: str, picture: Picture, markup: InlineKeyboardMarkup | None
    ) -> Iterator[Step]:
        fits = length(picture.caption) <= LONGEST_CAPTION
        caption = picture.caption if fits else None
        yield partial(self._send_picture, chat_id, picture, caption, markup if fits else None)
        if not fits:
            yield from self._words(chat_id, picture.caption, markup)

    async def _send_picture(
        self,
        chat_id: str,
        picture: Picture,
        caption: str | None,
        markup: InlineKeyboardMarkup | None,
    ) -> None:
        png = await asyncio.to_thread(picture.draw)
        await self._bot.send_photo(
            chat_id, png, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
        )


def _seconds(wait: RetryAfter) -> float:
    pause = wait.retry_after
    return float(pause) if isinstance(pause, int) else pause.total_seconds()


def _pause_s(parcel: Parcel) -> float:
    return min(PAUSE_S * 2.0 ** min(parcel.tries, 10), LONGEST_PAUSE_S)
