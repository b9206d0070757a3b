"""The real app as a process of its own, for the tests that use it as people do."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parent.parent
START_LIMIT_S = 90


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def lend_languagetool(data: Path, *, installed: Path) -> None:
    """Let an app of its own data folder use the jars that ``make install`` has fetched."""
    folder = data / "languagetool"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "jars").symlink_to(installed / "languagetool" / "jars")


class Kontor:
    """A running ``python -m bot run``; start it again after a kill."""

    def __init__(self, *, data: Path, environment: Mapping[str, str]) -> None:
        self.data = data
        self.port = int(environment.get("KONTOR_PORT", "0")) or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "app.log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "TELEGRAM_TOKEN"},
            "KONTOR_DATA": str(data),
            "KONTOR_PORT": str(self.port),
            "KONTOR_URL": self.url,
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(START_LIMIT_S), aiohttp.ClientSession() as http:
            while True:
                if self._process.returncode is not None:
                    raise AssertionError(f"the app ended:\n{self.log.read_text()[-4000:]}")
                try:
                    async with http.get(f"{self.url}/health") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    def terminate(self) -> None:
        """SIGTERM, without waiting."""
        assert self._process is not None
        self._process.terminate()

    async def stop(self, *, limit_s: float = 20) -> int:
        """SIGTERM, and the exit status."""
        assert self._process is not None
        if self._process.returncode is None:
            self.terminate()
        async with asyncio.timeout(limit_s):
            return await self._process.wait()

    async def end(self) -> None:
        """Whatever became of it, let nothing of it stay."""
        if self._process is not None and self._process.returncode is None:
            try:
                await self.stop()
            except TimeoutError:
                await self.kill()
                raise

    @property
    def pid(self) -> int:
        """Of the process."""
        assert self._process is not None
        return self._process.pid

    async def health(self) -> dict[str, Any]:
        """What the app says about itself."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/health") as answer:
            health: dict[str, Any] = await answer.json()
            return health

    async def command(self, *arguments: str) -> str:
        """Run another command of the app in the same environment; what it prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=ROOT,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()
        assert process.returncode == 0, out.decode()
        return out.decode()


@asynccontextmanager
async def running(data: Path, **environment: str) -> AsyncIterator[Kontor]:
    """A running app, stopped at the end."""
    app = Kontor(data=data, environment=environment)
    await app.start()
    try:
        yield app
    finally:
        await app.end()
