"""The LanguageTool server as the rest sees it: where it is, how it is, started again when it dies.

Decides when a server counts as ready, warm or away, and when to start it anew. Does not know what
is checked, nor what the answers mean.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import aiohttp

from bot.domain.languages import Language
from bot.language.grammar import java
from bot.language.grammar.jars import JarsError
from bot.language.grammar.profile import profiles

log = logging.getLogger(__name__)

_START_TIMEOUT_S = 60  # measured: ready in 2 s; a loaded machine needs more
_WARM_UP_TIMEOUT_S = 120  # per language; measured 5 to 16 s
_WARM_UP_AGAIN_S = 20.0  # after a language that did not answer
_PULSE_S = 5.0  # between two looks at the server
_PULSE_TIMEOUT_S = 10.0
_LOST_PULSES = 3  # then a server of our own is taken as hung and killed
_FIRST_DELAY_S, _LONGEST_DELAY_S = 0.2, 30.0  # before a restart; doubled each time it fails
_STABLE_S = 60.0  # a server that lived this long starts again without delay
_STOP_TIMEOUT_S = 5.0


class Phase(StrEnum):
    """How the server is."""

    STARTING = "starting"
    WARMING = "warming"
    """It answers; languages not yet in ``warm`` answer late."""
    READY = "ready"
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The server at one moment."""

    phase: Phase
    url: str | None = None
    """Where to send checks; ``None`` when nobody would answer."""
    warm: frozenset[Language] = frozenset()
    pid: int | None = None
    """Of our own Java process."""


class LanguageToolServer:
    """One LanguageTool: our own process, or an outside one when ``url`` is given."""

    def __init__(self, *, data_dir: Path, url: str | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._outside_url = url.rstrip("/") if url else None
        self._state = State(phase=Phase.AWAY)
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    @property
    def state(self) -> State:
        """How it is now."""
        return self._state

    async def start(self) -> None:
        """Begin; returns at once, ``wait_until`` tells how it goes."""
        if self._task is None:
            run = self._watch_outside if self._outside_url else self._supervise
            self._task = asyncio.create_task(run(), name="languagetool")

    async def stop(self) -> None:
        """End it and our process."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._become(State(phase=Phase.AWAY))

    async def wait_until(self, is_reached: Callable[[State], bool], *, timeout_s: float) -> State:
        """Wait for a state.

        Raises:
            TimeoutError: it did not come.
        """
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: is_reached(self._state))
            return self._state

    async def wait_until_ready(self, *, timeout_s: float = 180) -> State:
        """Wait until all languages are warm.

        Raises:
            TimeoutError: it did not come.
        """
        return await self.wait_until(lambda state: state.phase is Phase.READY, timeout_s=timeout_s)

    async def _become(self, state: State) -> None:
        if state.phase is not self._state.phase:
            log.info("LanguageTool is %s", state.phase)
        async with self._changed:
            self._state = state
            self._changed.notify_all()

    async def _supervise(self) -> None:
        loop, delay = asyncio.get_running_loop(), _FIRST_DELAY_S
        java.end_orphans(self._data_dir)
        while True:
            began = loop.time()
            try:
                await self._run_once()
            except (JarsError, OSError, TimeoutError) as problem:
                log.error("LanguageTool cannot run: %s", problem)
            await self._become(State(phase=Phase.AWAY))
            if loop.time() - began > _STABLE_S:
                delay = _FIRST_DELAY_S
            await asyncio.sleep(delay)
            delay = min(2 * delay, _LONGEST_DELAY_S)

    async def _run_once(self) -> None:
        """One life of a process of our own."""
        command = java.launched(self._data_dir, port=(port := _free_port()))
        log_path = self._data_dir / "languagetool" / "server.log"
        with log_path.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
            )
        try:
            java.remember(self._data_dir, process.pid)
            await self._become(State(phase=Phase.STARTING, pid=process.pid))
            serving = asyncio.create_task(self._serve(f"http://127.0.0.1:{port}"))
            ended = asyncio.create_task(process.wait())
            try:
                await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
                if ended.done():
                    log.warning("LanguageTool ended with status %s", process.returncode)
                else:
                    serving.result()
            finally:
                await _cancel(serving, ended)
        finally:
            await _end(process)
            java.forget(self._data_dir, process.pid)

    async def _serve(self, url: str) -> None:
        """From the first answer to the last one."""
        pid = self._state.pid
        async with aiohttp.ClientSession() as http:
            async with asyncio.timeout(_START_TIMEOUT_S):
                while not await _answers(http, url):  # noqa: ASYNC110 (another process)
                    await asyncio.sleep(0.1)
            await self._become(State(phase=Phase.WARMING, url=url, pid=pid))
            warming = asyncio.create_task(self._warm_up(http, url))
            try:
                await self._watch(http, url)
            finally:
                await _cancel(warming)

    async def _warm_up(self, http: aiohttp.ClientSession, url: str) -> None:
        """Until every language has answered once."""
        while cold := [one for one in Language if one not in self._state.warm]:
            for language in cold:
                if not await _answers_in(http, url, language):
                    continue
                warm = self._state.warm | {language}
                phase = Phase.READY if warm == set(Language) else Phase.WARMING
                await self._become(replace(self._state, phase=phase, warm=warm))
            if self._state.phase is not Phase.READY:
                await asyncio.sleep(_WARM_UP_AGAIN_S)

    async def _watch(self, http: aiohttp.ClientSession, url: str) -> None:
        """Return when the server has stopped answering."""
        lost = 0
        while lost < _LOST_PULSES:
            await asyncio.sleep(_PULSE_S)
            lost = 0 if await _answers(http, url) else lost + 1
        log.warning("LanguageTool has stopped answering")

    async def _watch_outside(self) -> None:
        assert self._outside_url is not None
        while True:
            with contextlib.suppress(TimeoutError):
                await self._serve(self._outside_url)
            await self._become(State(phase=Phase.AWAY))


async def _answers(http: aiohttp.ClientSession, url: str) -> bool:
    limit = aiohttp.ClientTimeout(total=_PULSE_TIMEOUT_S)
    try:
        async with http.get(f"{url}/v2/healthcheck", timeout=limit) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False


async def _answers_in(http: aiohttp.ClientSession, url: str, language: Language) -> bool:
    """Whether a first check in a language comes back; it makes LanguageTool load the language."""
    profile = profiles()[language]
    try:
        async with http.post(
            f"{url}/v2/check",
            data=profile.parameters(profile.warm_up),
            timeout=aiohttp.ClientTimeout(total=_WARM_UP_TIMEOUT_S),
        ) as answer:
            if answer.status == 200:
                await answer.read()
                return True
            problem = (await answer.text())[:300]
    except (aiohttp.ClientError, TimeoutError) as error:
        problem = repr(error)
    log.warning("LanguageTool does not answer in %s: %s", language, problem)
    return False


async def _cancel(*tasks: asyncio.Task[None] | asyncio.Task[int]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_STOP_TIMEOUT_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        assert isinstance(port, int)
        return port
