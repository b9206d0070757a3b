"""How python-telegram-bot's requests travel: over one aiohttp session per instance.

Decides how the library's four time limits map onto aiohttp's, and which of its two network errors
a failure becomes. Does not know what a request means, repeats nothing (the outbox and the polling
loop do), and never lets the URL, which carries the bot's token, into an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

_FORM = "application/x-www-form-urlencoded"
_IDLE_S = 15.0  # an idle connection is dropped before any server or proxy in between drops it


class AiohttpRequest(BaseRequest):
    """A python-telegram-bot transport that holds up under hundreds of chats at once."""

    def __init__(
        self,
        *,
        connection_pool_size: int = 256,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
    ) -> None:
        self._pool_size = connection_pool_size
        self._read_s = read_timeout
        self._write_s = write_timeout
        self._connect_s = connect_timeout
        self._pool_s = pool_timeout
        self._media_write_s = media_write_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The read timeout in seconds used where a call names none."""
        return self._read_s

    async def initialize(self) -> None:
        """Open the session; once open, do nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size, keepalive_timeout=_IDLE_S),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session; once closed, do nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and give back its status and body.

        Raises:
            TimedOut: one of the four time limits passed.
            NetworkError: anything else between here and the server.
            RuntimeError: the transport is not open.
        """
        if self._session is None:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        media = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_given(read_timeout, self._read_s),
            write=_given(write_timeout, self._media_write_s if media else self._write_s),
            connect=_given(connect_timeout, self._connect_s),
            pool=_given(pool_timeout, self._pool_s),
            is_download=method == "GET",
        )
        body, headers = _body(request_data)
        # `from None`: aiohttp's messages name the URL, and the URL holds the token.
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout
            ) as response:
                return response.status, await response.read()
        except aiohttp.ConnectionTimeoutError:
            raise TimedOut(
                "Timed out waiting for a connection (pool or connect timeout); nothing was sent"
            ) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(_describe(error)) from None


def _given(value: ODVInput[float], default: float | None) -> float | None:
    """The caller's value, where the caller gave one; None means no limit."""
    if value is None or isinstance(value, int | float):
        return value
    return default


def _timeout(
    *,
    read: float | None,
    write: float | None,
    connect: float | None,
    pool: float | None,
    is_download: bool,
) -> aiohttp.ClientTimeout:
    """aiohttp's limits for the library's four.

    aiohttp counts waiting in the pool as part of connecting and has no limit for writing, so the
    whole request is bounded by the sum of the four; a download is not, since it may go on as long
    as bytes arrive.
    """
    waiting = None if pool is None or connect is None else pool + connect
    whole = None
    if not is_download and waiting is not None and read is not None and write is not None:
        whole = waiting + write + read
    return aiohttp.ClientTimeout(
        total=whole, connect=waiting, sock_connect=connect, sock_read=read
    )


def _body(
    request_data: RequestData | None,
) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """The request's body and its headers: a plain form, or multipart where files go along."""
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return urlencode(request_data.json_parameters).encode(), {"Content-Type": _FORM}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form, {}


def _describe(error: Exception) -> str:
    """The kind of failure, and the system's own words where there are some; never the URL."""
    words = getattr(error, "strerror", None)
    return f"aiohttp.{type(error).__name__}" + (f": {words}" if isinstance(words, str) else "")
