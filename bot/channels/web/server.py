"""uvicorn, except that open event streams are ended before it waits for open connections.

Decides the order of going down. Does not know the app.
"""

from __future__ import annotations

import socket

import uvicorn

from bot.channels.web.wake import Wake


class PageServer(uvicorn.Server):
    """An HTTP server whose event streams end at once when it is told to stop."""

    def __init__(self, config: uvicorn.Config, *, wake: Wake) -> None:
        super().__init__(config)
        self._wake = wake

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the streams, then do as uvicorn does."""
        self._wake.close()
        await super().shutdown(sockets)
