"""One throw-away PostgreSQL server per test run, from the binaries that Debian's package brings.

``from tests.postgres import postgres`` in a conftest gives the fixture. Where there are no
binaries, the tests that want it are skipped with a reason; in CI they fail.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from bot.storage import migrate

MISSING = "PostgreSQL NOT TESTED: no initdb found (Debian: apt install postgresql)"
START_LIMIT_S = 30
_OPTIONS = {  # nothing here outlives the run, so nothing is forced to the disk
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "deadlock_timeout": "100ms",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


def binaries() -> Path | None:
    """The directory of PostgreSQL's binaries, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*found, *([Path(on_path)] if on_path else [])]
    return candidates[0].parent if candidates else None


class Cluster:
    """A running server with an empty, migrated template to copy databases from."""

    def __init__(self, bin: Path) -> None:
        self._bin = bin
        self._directory = Path(tempfile.mkdtemp(prefix="kontor-postgres-"))
        self._numbers = count(1)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        if os.getuid() == 0:  # initdb refuses to run as root
            shutil.chown(self._directory, "postgres", "postgres")
        data = self._directory / "data"
        self._run("initdb", "-D", str(data), "-U", "kontor", "-A", "trust", "-E", "UTF8", "-N")
        options = [f"-c{name}={value}" for name, value in _OPTIONS.items()]
        self._log = (self._directory / "log").open("wb")
        self._server = subprocess.Popen(
            [*self._as_user(), self._bin / "postgres", "-D", data, "-p", str(self.port), *options],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=self._directory,
        )
        self._wait()
        self._run("createdb", *self._where(), "template_kontor")
        with ThreadPoolExecutor(1) as thread:  # a loop may be running in this one
            thread.submit(asyncio.run, migrate(self.url("template_kontor"))).result()

    def url(self, database: str) -> str:
        """The address of a database, as a user would write it."""
        return f"postgresql://kontor@127.0.0.1:{self.port}/{database}"

    def new_database(self, *, template: str = "template_kontor") -> str:
        """The address of a fresh database; ``template0`` gives one without tables."""
        name = f"test_{next(self._numbers)}"
        self._run("createdb", *self._where(), "-T", template, name)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run("dropdb", *self._where(), "--force", url.rsplit("/", 1)[1])

    def stop(self) -> None:
        """End the server and remove its files."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(START_LIMIT_S)
        self._log.close()
        shutil.rmtree(self._directory)

    def _wait(self) -> None:
        ready = [self._bin / "pg_isready", "-q", *self._where()]
        deadline = time.monotonic() + START_LIMIT_S
        while subprocess.run(ready, check=False).returncode:
            if self._server.poll() is not None or time.monotonic() > deadline:
                log = (self._directory / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL does not start:\n{log}")
            time.sleep(0.05)

    def _where(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", "kontor")

    def _run(self, program: str, *args: str) -> None:
        subprocess.run(
            [*self._as_user(), self._bin / program, *args],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._directory,
        )

    @staticmethod
    def _as_user() -> list[str]:
        """Ends with the test run, even a killed one; never root."""
        user = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        return ["setpriv", "--pdeathsig=QUIT", *(user if os.getuid() == 0 else [])]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server; skips loudly where there is none, fails in CI."""
    bin = binaries()
    if bin is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    cluster = Cluster(bin)
    yield cluster
    cluster.stop()
