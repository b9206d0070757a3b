"""The process: its port, its signals, the work beside the server, whatever that is."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence

import uvicorn

from bot.domain.errors import SettingsError, StorageUnavailable

BACKLOG = 512  # connections waiting to be accepted: a school's worth of phones

log = logging.getLogger(__name__)


async def until_stopped(
    server: uvicorn.Server, sock: socket.socket, background: Sequence[Awaitable[None]]
) -> None:
    """Serve until the server is told to stop, or something beside it breaks for good."""
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    tasks = [asyncio.ensure_future(work) for work in (_told_to_end(), *background)]
    done, _ = await asyncio.wait([serving, *tasks], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await serving
    for task in done:
        task.result()


async def _told_to_end() -> None:
    """Return at SIGTERM.

    uvicorn, while it serves, takes the signal itself and ends by raising it once more: with no
    handler of ours the process would die there, with LanguageTool still to be stopped.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows has no such signal
        loop.add_signal_handler(signal.SIGTERM, told.set)
    await told.wait()


async def for_ever(work: Callable[[], Awaitable[int]], pause_s: float) -> None:
    """Do ``work`` again and again; what it raises is logged and does not end it."""
    while True:
        try:
            await work()
        except StorageUnavailable as error:
            log.warning("background work waits: %s", error)
        except Exception:
            log.exception("background work failed; it goes on")
        await asyncio.sleep(pause_s)


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket.

    Raises:
        SettingsError: the port is taken, or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        problem = (
            f"Port {port} on {host} is not free ({error.strerror}): stop what "
            f"uses it, or choose another one, for instance KONTOR_PORT={port + 1}."
        )
        raise SettingsError("settings_invalid", problems=(problem,)) from error
    with sock:
        yield sock
