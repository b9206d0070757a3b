"""The life of the server process: warm-up, sudden death, no orphans."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bot.domain.feedback import UNCHECKED
from bot.domain.languages import Language
from bot.language.grammar import jars, java
from bot.language.grammar.checker import LanguageToolChecker
from bot.language.grammar.jars import JarsError
from bot.language.grammar.server import LanguageToolServer, Phase
from tests.language.grammar.running import ROOT, data_dir

pytestmark = pytest.mark.real


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A data directory of the test's own, with the jars."""
    (tmp_path / "languagetool").mkdir()
    (tmp_path / "languagetool" / "jars").symlink_to(data_dir() / "languagetool" / "jars")
    return tmp_path


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for_end(pid: int, *, timeout_s: float = 10) -> None:
    deadline = time.monotonic() + timeout_s
    while is_running(pid):
        assert time.monotonic() < deadline, f"process {pid} lives on"
        time.sleep(0.02)


async def test_killed_during_a_check_it_comes_back_by_itself(own_data: Path) -> None:
    server = LanguageToolServer(data_dir=own_data)
    checker = LanguageToolChecker(lambda: server.state.url)
    await server.start()
    try:
        state = await server.wait_until(lambda s: s.url is not None, timeout_s=60)
        assert state.phase is Phase.WARMING
        assert Language.DE not in state.warm
        assert state.pid is not None
        # A first check of a language takes seconds: it is under way when the server dies.
        under_way = asyncio.create_task(
            checker.check("Das Preis ist gut. " * 50, Language.DE, timeout_s=60)
        )
        await asyncio.sleep(0.5)
        assert not under_way.done()
        killed_at = time.monotonic()
        os.kill(state.pid, signal.SIGKILL)
        assert await under_way == UNCHECKED
        assert time.monotonic() - killed_at < 2
        await server.wait_until(lambda s: s.pid != state.pid, timeout_s=10)
        assert await checker.check("She have.", Language.EN, timeout_s=1) == UNCHECKED
        await server.wait_until(lambda s: Language.EN in s.warm, timeout_s=120)
        check = await checker.check("She have it.", Language.EN, timeout_s=20)
        assert check.findings
    finally:
        checker.close()
        pid = server.state.pid
        await server.stop()
    assert pid is not None
    wait_for_end(pid)
    assert server.state.phase is Phase.AWAY
    assert list((own_data / "languagetool").glob("java-*.json")) == []


PARENT = """
import asyncio, sys
from pathlib import Path
from bot.language.grammar.server import LanguageToolServer

async def main():
    server = LanguageToolServer(data_dir=Path(sys.argv[1]))
    await server.start()
    state = await server.wait_until(lambda s: s.pid is not None, timeout_s=60)
    print(state.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def test_java_dies_with_a_killed_parent(own_data: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(own_data)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert is_running(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for_end(pid)
    java.end_orphans(own_data)
    assert list((own_data / "languagetool").glob("java-*.json")) == []


def test_only_our_own_orphans_are_ended(own_data: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        java.remember(own_data, other.pid)  # its owner, this process, lives
        java.end_orphans(own_data)
        assert is_running(other.pid)
        note = own_data / "languagetool" / f"java-{other.pid}.json"
        text = note.read_text()
        # The owner is gone, but the number belongs to a younger process by now: not ours.
        began = str(psutil.Process(other.pid).create_time())
        gone = text.replace(f'"owner": {os.getpid()}', '"owner": 0')
        note.write_text(gone.replace(began, "1.0"))
        java.end_orphans(own_data)
        assert is_running(other.pid)
        note.write_text(gone)
        java.end_orphans(own_data)
        wait_for_end(other.pid)
        assert not note.exists()
    finally:
        other.kill()
        other.wait()


async def test_an_outside_server_is_used_and_none_started(url: str, own_data: Path) -> None:
    server = LanguageToolServer(data_dir=own_data, url=url)
    await server.start()
    state = await server.wait_until_ready()
    assert (state.url, state.pid) == (url, None)
    await server.stop()


async def test_missing_jars_are_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jars, "SHIPPED", tmp_path)
    with pytest.raises(JarsError, match="run `make install`"):
        jars.class_path(tmp_path)
    server = LanguageToolServer(data_dir=tmp_path)
    await server.start()
    await server.wait_until(lambda state: state.phase is Phase.AWAY, timeout_s=5)
    await server.stop()
