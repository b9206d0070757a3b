"""The Telegram channel as a whole: what runs while the bot runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.routing import BaseRoute
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.channels.render import Renderer
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.reception import Desk, Reception
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.webhook import Webhook
from bot.domain.errors import SettingsError
from bot.domain.languages import Interface
from bot.ports import Clock, Inbox, Outbox

COMMANDS = (
    *("menu", "brief", "hint", "table", "calc", "end"),
    *("progress", "weekly", "help", "language", "settings"),
)
PAUSE_S = 5.0  # before asking again when Telegram is out of reach at the start

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where Telegram is, and how it reaches us."""

    token: str
    api_url: str
    webhook_url: str | None
    webhook_secret: str | None


class TelegramChannel:
    """Everything that serves Telegram."""

    def __init__(
        self,
        *,
        address: Address,
        desk: Desk,
        inbox: Inbox,
        outbox: Outbox,
        renderer: Renderer,
        clock: Clock,
    ) -> None:
        self._address = address
        self._renderer = renderer
        self.bot = Bot(
            address.token,
            base_url=f"{address.api_url}/bot",
            base_file_url=f"{address.api_url}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(connection_pool_size=2),
        )
        news = asyncio.Event()
        self._reception = Reception(bot=self.bot, desk=desk, lanes=Lanes(), clock=clock, news=news)
        self._sending = Sending(
            bot=self.bot, outbox=outbox, renderer=renderer, clock=clock, news=news
        )
        self._polling = Polling(bot=self.bot, inbox=inbox, reception=self._reception, clock=clock)
        self._webhook = (
            Webhook(bot=self.bot, reception=self._reception, secret=address.webhook_secret or "")
            if address.webhook_url
            else None
        )

    @property
    def routes(self) -> tuple[BaseRoute, ...]:
        """What the HTTP server must serve for it."""
        return (self._webhook.route,) if self._webhook else ()

    @property
    def username(self) -> str | None:
        """The bot's name, once Telegram has told it."""
        return self.bot.username if self.bot._bot_user else None

    async def run(self) -> None:
        """Serve until cancelled.

        Raises:
            SettingsError: Telegram does not know the token.
        """
        try:
            await self._persist(self.bot.initialize)
            await self._persist(self._describe)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._sending.run())
                if self._webhook:
                    await self._persist(self._register)
                else:
                    tasks.create_task(self._polling.run())
        finally:
            await self._reception.close()
            await self.bot.shutdown()

    async def _register(self) -> None:
        assert self._webhook is not None and self._address.webhook_url is not None
        await self._webhook.register(self._address.webhook_url)

    async def _describe(self) -> None:
        for interface in Interface:
            commands = [
                BotCommand(name, self._renderer.messages.plain(interface, f"command.{name}"))
                for name in COMMANDS
            ]
            code = None if interface is Interface.EN else interface.value
            await self.bot.set_my_commands(commands, language_code=code)

    async def _persist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Take a step that needs Telegram, as often as it takes until Telegram answers."""
        while True:
            try:
                return await step()
            except InvalidToken as error:
                raise SettingsError(
                    "settings_invalid",
                    problems=("TELEGRAM_TOKEN is not known to Telegram: copy it from BotFather.",),
                ) from error
            except TelegramError as error:
                log.warning("Telegram is out of reach (%s), trying again", error)
                await asyncio.sleep(PAUSE_S)
