"""The composition root: settings in, a running app out. It only puts the parts together."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError

from bot import content
from bot.channels.lanes import ChatLanes
from bot.channels.render import Renderer
from bot.channels.render.speech import BuyerVoice
from bot.channels.telegram.channel import Address, TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.web import PageServer, create_app
from bot.config import Settings
from bot.domain.errors import ContentError
from bot.domain.languages import Language
from bot.domain.schedule import local_date
from bot.language.grammar.checker import LanguageToolChecker
from bot.language.grammar.server import LanguageToolServer
from bot.language.narrator import Model, ModelNarrator
from bot.language.understanding import SpacyUnderstander
from bot.process import for_ever, listening, until_stopped
from bot.storage import Storage, migrate, open_storage
from bot.usecases.aftercare import Aftercare
from bot.usecases.desk import Desk
from bot.usecases.digests import Digests
from bot.usecases.doubts import Doubt, Doubts
from bot.usecases.helping import Helping
from bot.usecases.practice import Practice
from bot.usecases.preparing import Preparing
from bot.usecases.scene import Scene
from bot.usecases.study import Study
from bot.usecases.teaching import Teaching
from bot.usecases.timekeeping import Timekeeping

CONTENT = Path(__file__).parent.parent  # where dialogues/ and lexicons/ are
TICK_S = 1.0  # seconds between two looks at the timers
PRUNE_S = 6 * 3600  # seconds between two prunings of old rows
SHUTDOWN_S = 5  # seconds open requests get to finish

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot 22: retry_after as timedelta

log = logging.getLogger(__name__)


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def new_code() -> str:
    """An unguessable code of letters and digits that nobody mixes up when copying by hand."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(16))


def load_content() -> content.Library:
    """All exercises, phrases and words.

    Raises:
        ContentError: with ``problems``.
    """
    library = content.load(CONTENT)
    if library.problems:
        raise ContentError("content_broken", problems=library.problems)
    return library


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The use cases."""

    desk: Desk
    teaching: Teaching
    timekeeping: Timekeeping


class Links:
    """Addresses that open the bot with a payload."""

    def __init__(self, url: str, username: Callable[[], str | None]) -> None:
        self._url = url
        self._username = username

    async def start(self, payload: str) -> tuple[str, ...]:
        """See ``ports.Links``."""
        username = self._username()
        telegram = (f"https://t.me/{username}?start={payload}",) if username else ()
        return (f"{self._url}/?start={payload}", *telegram)


def compose(
    settings: Settings,
    storage: Storage,
    library: content.Library,
    checker: LanguageToolChecker,
    understander: SpacyUnderstander,
    links: Links,
    narrator: ModelNarrator | None = None,
) -> Areas:
    """The use cases over these parts."""
    store = storage.store
    scene = Scene(library=library, speaker=BuyerVoice())
    digests = Digests(store=store)
    teaching = Teaching(store=store, scene=scene, links=links, codes=new_code)
    practice = Practice(
        store=store,
        scene=scene,
        understander=understander,
        checker=checker,
        seeds=lambda: secrets.randbelow(2**31),
        narrator=narrator,
    )
    return Areas(
        desk=Desk(
            store=store,
            study=Study(scene=scene, timezone=settings.timezone),
            preparing=Preparing(store=store, scene=scene, understander=understander),
            practice=practice,
            helping=Helping(scene=scene),
            teaching=teaching,
            digests=digests,
        ),
        teaching=teaching,
        timekeeping=Timekeeping(
            store=store,
            timers=storage.timers,
            aftercare=Aftercare(store=store, scene=scene, checker=checker),
            teaching=teaching,
            digests=digests,
        ),
    )


async def serve(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Run everything until a signal to end.

    Raises:
        ContentError: the shipped content is broken.
        SettingsError: the port is taken or the Telegram token is unknown.
        StorageUnavailable: the database does not answer.
    """
    library = load_content()
    settings.data.mkdir(parents=True, exist_ok=True)
    with listening(settings.host, settings.port) as sock:
        await migrate(settings.database)
        async with open_storage(settings.database) as storage, _language(settings) as language:
            await _serve(settings, storage, library, language, sock, announce)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    server: LanguageToolServer
    checker: LanguageToolChecker
    understander: SpacyUnderstander
    narrator: ModelNarrator | None


@asynccontextmanager
async def _language(settings: Settings) -> AsyncIterator[_Language]:
    server = LanguageToolServer(data_dir=settings.data, url=settings.languagetool_url)
    checker = LanguageToolChecker(lambda: server.state.url)
    understander = SpacyUnderstander(today=lambda: local_date(now(), settings.timezone))
    narrator = _narrator(settings, understander)
    await server.start()
    warming = asyncio.create_task(understander.warm())
    try:
        yield _Language(
            server=server, checker=checker, understander=understander, narrator=narrator
        )
    finally:
        if narrator:
            await narrator.close()
        warming.cancel()
        await asyncio.gather(warming, return_exceptions=True)
        understander.close()
        checker.close()
        await server.stop()


def _narrator(settings: Settings, understander: SpacyUnderstander) -> ModelNarrator | None:
    if settings.narrator_url is None:
        return None
    return ModelNarrator(
        Model(settings.narrator_url, name=settings.narrator_model, key=settings.narrator_key),
        understander,
        today=lambda: local_date(now(), settings.timezone),
    )


async def _serve(
    settings: Settings,
    storage: Storage,
    library: content.Library,
    language: _Language,
    sock: socket.socket,
    announce: Callable[[str], None],
) -> None:
    renderer = Renderer(library)
    telegram: TelegramChannel | None = None
    links = Links(settings.url, lambda: telegram.username if telegram else None)
    areas = compose(
        settings,
        storage,
        library,
        language.checker,
        language.understander,
        links,
        language.narrator,
    )
    if settings.telegram_token:
        telegram = TelegramChannel(
            address=Address(
                token=settings.telegram_token,
                api_url=settings.telegram_api_url,
                webhook_url=settings.telegram_webhook_url,
                webhook_secret=settings.telegram_webhook_secret,
            ),
            desk=areas.desk,
            inbox=storage.inbox,
            outbox=storage.outbox,
            renderer=renderer,
            clock=now,
        )
    page = create_app(
        desk=areas.desk,
        outbox=storage.outbox,
        webkeys=storage.webkeys,
        renderer=renderer,
        lanes=ChatLanes(),
        clock=now,
        extra_routes=[_health(language.server), *(telegram.routes if telegram else ())],
    )
    config = uvicorn.Config(
        page, log_config=None, access_log=False, timeout_graceful_shutdown=SHUTDOWN_S
    )
    server = PageServer(config, wake=page.state.wake)
    background = [
        for_ever(lambda: areas.timekeeping.carry_out_due(now()), TICK_S),
        for_ever(lambda: storage.prune(now()), PRUNE_S),
    ]
    if telegram:
        background.append(telegram.run())
    announce(settings.url)
    await until_stopped(server, sock, background)


def _health(languagetool: LanguageToolServer) -> Route:
    async def health(_: Request) -> JSONResponse:
        state = languagetool.state
        warm = sorted(language.value for language in state.warm)
        return JSONResponse({"status": "ok", "languagetool": state.phase.value, "warm": warm})

    return Route("/health", health)


async def invite_teacher(settings: Settings) -> tuple[str, ...]:
    """Invite a teacher; the links that make whoever follows one of them first a teacher.

    Raises:
        StorageUnavailable: the database does not answer.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    await migrate(settings.database)
    async with open_storage(settings.database) as storage:
        username = await _username(settings)
        teaching = Teaching(
            store=storage.store,
            scene=Scene(library=load_content(), speaker=BuyerVoice()),
            links=Links(settings.url, lambda: username),
            codes=new_code,
        )
        return await teaching.invite(now())


async def doubts(
    settings: Settings, *, below: float, language: Language | None, limit: int | None
) -> tuple[Doubt, ...]:
    """Messages that were hardly understood, without names.

    Raises:
        StorageUnavailable: the database does not answer or cannot be read.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    await migrate(settings.database)
    async with open_storage(settings.database) as storage:
        scene = Scene(library=load_content(), speaker=BuyerVoice())
        collector = Doubts(records=storage.records, scene=scene)
        return await collector.collect(below=below, language=language, limit=limit)


async def _username(settings: Settings) -> str | None:
    if settings.telegram_token is None:
        return None
    quiet = Bot(  # the library's own transport logs the address, and that holds the token
        settings.telegram_token,
        base_url=f"{settings.telegram_api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        async with quiet as bot:
            return bot.username
    except TelegramError as error:
        log.warning("Telegram did not tell the bot's name: %s", error)
        return None
