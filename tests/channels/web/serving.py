"""The page's app under real uvicorn on a free port, which a test can stop and start again."""

import asyncio
import socket

import uvicorn

from bot.channels.lanes import ChatLanes
from bot.channels.web import PageServer, create_app
from tests.channels.web.fakes import World, now


class Site:
    """A running page."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._port = 0
        self._server: PageServer | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Serve, on the same port as before if there was one."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        app = create_app(
            desk=self.world.desk,
            outbox=self.world.outbox,
            webkeys=self.world.webkeys,
            renderer=self.world.renderer,
            lanes=ChatLanes(),
            clock=now,
        )
        config = uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False)
        self._server = PageServer(config, wake=app.state.wake)
        self._server.capture_signals = _no_signals  # type: ignore[method-assign]  # pytest's
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        async with asyncio.timeout(10):
            while not self._server.started:  # noqa: ASYNC110  # uvicorn offers no event
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Stop as on SIGTERM, and wait until it is gone."""
        if self._server is None or self._task is None:
            return
        self._server.should_exit = True
        await asyncio.wait_for(self._task, timeout=10)
        self._server = self._task = None


class _no_signals:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
