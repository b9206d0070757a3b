"""The web channel's routes.

Decides what each address answers and with which status. Does not know what a message means: it
hands it to the desk and shows what turns up in the outbox.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.web import requests as posted
from bot.channels.web import visitors
from bot.channels.web.assets import Assets
from bot.channels.web.contracts import Desk, Lanes, Renderer
from bot.channels.web.events import BATCH, FIRST_SHOWN, Stream
from bot.channels.web.payload import Payload, payload_of
from bot.channels.web.pictures import Gallery
from bot.channels.web.requests import Refused
from bot.channels.web.security import SecurityHeaders
from bot.channels.web.texts import interface_named, page_texts, wanted_interface
from bot.channels.web.wake import Wake
from bot.domain.languages import Interface
from bot.domain.messages import Chat, Incoming, Text
from bot.ports import Clock, Outbox, Parcel, WebKeys

log = logging.getLogger(__name__)

WAITING_PER_CHAT = 8  # posts of one chat at a time; the page itself sends one after the other
LARGEST_ID = 2**63 - 1  # of a BIGINT
HISTORY = 1_000  # messages a page can scroll back

Endpoint = Callable[[Request], Awaitable[Response]]


def create_app(
    *,
    desk: Desk,
    outbox: Outbox,
    webkeys: WebKeys,
    renderer: Renderer,
    lanes: Lanes,
    clock: Clock,
    wake: Wake | None = None,
    extra_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """The page's app; ``extra_routes`` are served beside it (webhook, health).

    ``wake`` may be shared with whoever else writes to the outbox; close it to end the open
    streams, as ``PageServer`` does.
    """
    page = Page(
        desk=desk,
        outbox=outbox,
        webkeys=webkeys,
        renderer=renderer,
        lanes=lanes,
        clock=clock,
        wake=wake or Wake(),
    )
    app = Starlette(
        routes=[*extra_routes, *page.routes()],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={Refused: page.refuse, Exception: page.fail},
    )
    app.state.wake = page.wake
    return app


class Page:
    """The endpoints and what they share."""

    def __init__(
        self,
        *,
        desk: Desk,
        outbox: Outbox,
        webkeys: WebKeys,
        renderer: Renderer,
        lanes: Lanes,
        clock: Clock,
        wake: Wake,
    ) -> None:
        self._desk = desk
        self._outbox = outbox
        self._webkeys = webkeys
        self._renderer = renderer
        self._lanes = lanes
        self._clock = clock
        self.wake = wake
        self._assets = Assets()
        self._gallery = Gallery(outbox=outbox, renderer=renderer)
        self._busy: Counter[Chat] = Counter()

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.shell),
            Route("/sw.js", self.worker),
            Route("/manifest.webmanifest", self.manifest),
            Route("/favicon.ico", self.no_content),
            Route("/api/me", self.me),
            Route("/api/enter", self.enter, methods=["POST"]),
            Route("/api/messages", self.say, methods=["POST"]),
            Route("/api/messages", self.messages),
            Route("/api/events", self.events),
            Route("/pictures/{id:int}.png", self.picture),
            Route("/pictures/{id:int}-{index:int}.png", self.picture),
            Mount(self._assets.base, self._assets.files),
        ]

    # --- the shell ------------------------------------------------------------------------------

    async def shell(self, request: Request) -> Response:
        is_known = await visitors.chat_of(request, self._webkeys) is not None
        html = self._assets.shell(_interface(request), is_known=is_known)
        headers = {
            "Cache-Control": "private, no-cache",
            "Vary": "Cookie, Accept-Language",
            "Content-Language": _interface(request).value,
        }
        return HTMLResponse(html, headers=headers)

    async def worker(self, _: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        return Response(self._assets.worker(), media_type="text/javascript", headers=headers)

    async def manifest(self, request: Request) -> Response:
        return JSONResponse(
            self._assets.manifest(_interface(request)),
            media_type="application/manifest+json",
            headers={"Cache-Control": "private, max-age=3600"},
        )

    async def no_content(self, _: Request) -> Response:
        return Response(status_code=204)

    # --- in -------------------------------------------------------------------------------------

    async def enter(self, request: Request) -> Response:
        """Somebody gives a name, and gets a chat."""
        _refuse_foreign(request)
        entry = await posted.read_entry(request)
        known = await visitors.chat_of(request, self._webkeys)
        chat = known or visitors.chat_entered_with(entry.key)
        await self._take(
            Incoming(
                chat=chat,
                key=entry.key,
                name=entry.name,
                locale=entry.interface or _interface(request).value,
                at=self._clock(),
                content=Text(text=f"/start {entry.start}" if entry.start else "/start"),
            )
        )
        response = Response(status_code=204)
        if known is None:
            token = visitors.new_token()
            await self._webkeys.add(visitors.token_hash(token), chat, at=self._clock())
            visitors.give_token(response, token, is_https=request.url.scheme == "https")
        return response

    async def say(self, request: Request) -> Response:
        """A message or a press; acknowledged after its transaction."""
        _refuse_foreign(request)
        chat = await self._chat(request)
        message = await posted.read_message(request)
        await self._take(
            Incoming(
                chat=chat,
                key=message.key,
                name="",
                locale=_interface(request).value,
                at=self._clock(),
                content=message.content,
            )
        )
        return Response(status_code=204)

    async def _take(self, incoming: Incoming) -> None:
        chat = incoming.chat
        if self._busy[chat] >= WAITING_PER_CHAT:
            raise Refused(429, "unavailable")
        self._busy[chat] += 1
        try:
            await self._lanes.run(str(chat), self._desk.take(incoming))
        finally:
            self._busy[chat] -= 1
            if not self._busy[chat]:
                del self._busy[chat]
        self.wake.ring(chat)

    # --- out ------------------------------------------------------------------------------------

    async def me(self, request: Request) -> Response:
        await self._chat(request)
        return Response(status_code=204)

    async def events(self, request: Request) -> Response:
        """What happens in the chat, as it happens."""
        chat = await self._chat(request)
        after = _number(request.headers.get("last-event-id") or request.query_params.get("after"))
        stream = Stream(chat, outbox=self._outbox, wake=self.wake, show=self._show)
        return StreamingResponse(
            _until_trouble(stream.events(after)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
        )

    async def messages(self, request: Request) -> Response:
        """Messages without a stream: those after a row, or older ones before it."""
        chat = await self._chat(request)
        after = _number(request.query_params.get("after"))
        before = _number(request.query_params.get("before"))
        if before is None:
            rows = await self._newer(chat, after)
            return JSONResponse({"messages": [self._show(row) for row in rows]})
        shown = _number(request.query_params.get("shown")) or 0
        limit = min(shown + FIRST_SHOWN, HISTORY)
        rows = await self._outbox.page(chat, after=0, limit=limit + 1, newest=True)
        older = [row for row in rows if row.id < before][-FIRST_SHOWN:]
        more = len(rows) > limit and limit < HISTORY
        return JSONResponse({"messages": [self._show(row) for row in older], "older": more})

    async def _newer(self, chat: Chat, after: int | None) -> tuple[Parcel, ...]:
        if after is None:
            return await self._outbox.page(chat, after=0, limit=FIRST_SHOWN, newest=True)
        return await self._outbox.page(chat, after=after, limit=BATCH)

    async def picture(self, request: Request) -> Response:
        chat = await self._chat(request)
        index = request.path_params.get("index", 0)
        parcel_id = min(request.path_params["id"], LARGEST_ID)
        png = await self._gallery.picture(chat, parcel_id, index)
        if png is None:
            return PlainTextResponse("no such picture", status_code=404)
        headers = {"Cache-Control": "private, max-age=86400"}
        return Response(png, media_type="image/png", headers=headers)

    def _show(self, parcel: Parcel) -> Payload:
        return payload_of(parcel, self._renderer)

    # --- trouble --------------------------------------------------------------------------------

    async def _chat(self, request: Request) -> Chat:
        chat = await visitors.chat_of(request, self._webkeys)
        if chat is None:
            raise Refused(401, "unknown")
        return chat

    async def refuse(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        words = page_texts()[_interface(request)][f"error.{error.code}"]
        return JSONResponse(
            {"error": error.code, "text": words.format(**error.values)},
            status_code=error.status,
        )

    async def fail(self, request: Request, _: Exception) -> Response:
        words = page_texts()[_interface(request)]["error.unavailable"]
        return JSONResponse({"error": "unavailable", "text": words}, status_code=500)


async def _until_trouble(events: AsyncIterator[str]) -> AsyncIterator[str]:
    """End the stream when the outbox cannot be read; the page connects again."""
    try:
        async for event in events:
            yield event
    except Exception:
        log.exception("event stream broke off")


def _interface(request: Request) -> Interface:
    chosen = interface_named(request.cookies.get(visitors.INTERFACE_COOKIE))
    return chosen or wanted_interface(request.headers.get("accept-language", ""))


def _refuse_foreign(request: Request) -> None:
    if not visitors.is_same_origin(request):
        raise Refused(403, "foreign")


def _number(value: str | None) -> int | None:
    """A row's id, or ``None`` for anything else."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 18:
        return None
    return int(value)
