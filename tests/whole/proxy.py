"""A plain round robin in front of several processes: each request goes to the next one, whether
that one lives or not."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Self

import aiohttp
from aiohttp import web


class RoundRobin:
    """A running proxy; it repeats nothing and asks nobody how he is."""

    def __init__(self, backends: Sequence[str]) -> None:
        self._next = cycle(backends)
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        self.url = ""
        self.answers: Counter[tuple[str, int]] = Counter()
        """By backend and status; 502 where there was no answer."""

    @classmethod
    @asynccontextmanager
    async def before(cls, *backends: str) -> AsyncIterator[Self]:
        """Serve until the block is left."""
        proxy = cls(backends)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", proxy._forward)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            proxy.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield proxy
        finally:
            await runner.cleanup()
            await proxy._http.close()

    async def _forward(self, request: web.Request) -> web.Response:
        backend = next(self._next)
        body = await request.read()
        headers = {k: v for k, v in request.headers.items() if k.lower() not in _PER_CONNECTION}
        try:
            async with self._http.request(
                request.method, f"{backend}{request.path_qs}", data=body, headers=headers
            ) as answer:
                response = web.Response(status=answer.status, body=await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError):
            response = web.Response(status=502)
        self.answers[backend, response.status] += 1
        return response


_PER_CONNECTION = frozenset({"host", "connection", "content-length", "transfer-encoding"})
