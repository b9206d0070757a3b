"""A small OpenAI-compatible server that says what a test wants it to say."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Talker:
    """What was asked, and what will be said; a status other than 200 is an error."""

    says: Callable[[str], str] = lambda line: line
    body: Callable[[str], Any] | None = None
    """The whole answer, when it is not to be a proper one."""
    status: int = 200
    waits: asyncio.Event | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        """One completion."""
        asked = await request.json()
        self.asked.append(asked)
        self.headers.append(dict(request.headers))
        if self.waits is not None:
            await self.waits.wait()
        line = asked["messages"][-1]["content"]
        if self.body is not None:
            return web.json_response(self.body(line), status=self.status)
        message = {"role": "assistant", "content": self.says(line)}
        return web.json_response({"choices": [{"message": message}]}, status=self.status)


@asynccontextmanager
async def talking() -> AsyncIterator[Talker]:
    """A server on a free port of this machine."""
    talker = Talker()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", talker.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    talker.url = f"http://{host}:{port}/v1"
    try:
        yield talker
    finally:
        if talker.waits is not None:
            talker.waits.set()
        await runner.cleanup()
