"""LanguageTool's jars: which ones, where they lie, and how they get there.

Decides that a jar counts only with the checksum of the lock file, and that a fetch can be broken
off anywhere and taken up again. Does not know what LanguageTool does with the jars.

On the command line: ``python -m bot.language.grammar.jars fetch`` or ``lock``.
"""

import argparse
import errno
import hashlib
import os
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SPEC = ROOT / "jgo.toml"
LOCK = ROOT / "jgo.lock.toml"
SHIPPED = ROOT / ".kontor"
"""Where an image has them, whose data directory is a volume."""

_DOWNLOADS_AT_ONCE = 6  # small files mostly: latency, not bandwidth, is what they cost
_TIMEOUT_S = 60


class JarsError(Exception):
    """The jars cannot be had; the text says in one sentence why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """One locked jar."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def filename(self) -> str:
        """The name of the jar in the jars' folder."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"


def locked(lock: Path = LOCK) -> tuple[Jar, ...]:
    """The jars the lock file names, in its order."""
    entries = tomllib.loads(lock.read_text(encoding="utf-8"))["dependencies"]
    return tuple(
        Jar(
            group=entry["groupId"],
            artifact=entry["artifactId"],
            version=entry["version"],
            classifier=entry.get("classifier", ""),
            sha256=entry["sha256"],
        )
        for entry in entries
    )


def folder(data_dir: Path) -> Path:
    """Where the jars lie."""
    return data_dir / "languagetool" / "jars"


def class_path(data_dir: Path, *, lock: Path = LOCK) -> tuple[Path, ...]:
    """The jars for Java's class path.

    Raises:
        JarsError: some are missing.
    """
    place = folder(data_dir if is_complete(data_dir, lock=lock) else SHIPPED)
    paths = tuple(place / jar.filename for jar in locked(lock))
    missing = sum(not path.is_file() for path in paths)
    if missing:
        raise JarsError(
            f"LanguageTool is not installed ({missing} of {len(paths)} jars are missing in "
            f"{folder(data_dir)}): run `make install`."
        )
    return paths


def is_complete(data_dir: Path, *, lock: Path = LOCK) -> bool:
    """Whether a fetch for exactly this lock file has been finished."""
    stamp = folder(data_dir) / "complete"
    return stamp.is_file() and stamp.read_text() == _sha256(lock)


def fetch(
    data_dir: Path, *, lock: Path = LOCK, tell: Callable[[str], None] = lambda line: None
) -> None:
    """Bring every locked jar into the data directory; ``tell`` gets lines of progress.

    Raises:
        JarsError: no network, no disk, or a jar that is not the one locked.
    """
    if is_complete(data_dir, lock=lock):
        return
    target, cache = folder(data_dir), data_dir / "languagetool" / "fetching"
    try:
        target.mkdir(parents=True, exist_ok=True)
        wanted = [jar for jar in locked(lock) if not _is_good(target / jar.filename, jar)]
        _download(wanted, target, cache, tell)
        names = {jar.filename for jar in locked(lock)}
        for old in target.glob("*.jar"):
            if old.name not in names:
                old.unlink()
        (target / "complete").write_text(_sha256(lock))
    except OSError as problem:
        raise JarsError(_sentence(problem, data_dir)) from problem
    finally:
        shutil.rmtree(cache, ignore_errors=True)


def _download(wanted: list[Jar], target: Path, cache: Path, tell: Callable[[str], None]) -> None:
    # Only here: a complete set must cost no import.
    from jgo.maven import MavenContext  # noqa: PLC0415

    context = MavenContext(repo_cache=cache, timeout=_TIMEOUT_S)

    def fetch_one(jar: Jar) -> int:
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        try:
            path = component.artifact(jar.classifier).resolve()
        except RuntimeError as problem:  # jgo's word for "no repository gave it to me"
            raise ConnectionError(str(problem)) from problem
        if not _is_good(path, jar):
            raise JarsError(
                f"{jar.filename} is not the file that jgo.lock.toml expects (its SHA-256 "
                "differs): something between here and the repository changes downloads; "
                "try another network."
            )
        size = path.stat().st_size
        path.replace(target / jar.filename)
        return size

    began, done, size = time.monotonic(), 0, 0
    with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
        jobs = [pool.submit(fetch_one, jar) for jar in wanted]
        try:
            for job in as_completed(jobs):
                size += job.result()
                done += 1
                seconds = time.monotonic() - began
                tell(f"{done} of {len(wanted)} jars, {size / 1e6:.0f} MB, {seconds:.0f} s")
        finally:
            pool.shutdown(cancel_futures=True)


def resolve(*, spec: Path = SPEC, lock: Path = LOCK) -> int:
    """Write the lock file anew from ``jgo.toml``; returns the number of jars."""
    from jgo.env import EnvironmentBuilder, EnvironmentSpec, LockFile  # noqa: PLC0415
    from jgo.maven import MavenContext  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as cache:
        context = MavenContext(repo_cache=Path(cache), timeout=_TIMEOUT_S)
        builder = EnvironmentBuilder(context=context, cache_dir=Path(cache))
        wanted = builder.spec_to_dependencies(EnvironmentSpec.load(spec))
        found = [one for part in context.resolver.resolve(wanted) for one in part]
        needed = [one for one in found if one.scope in ("compile", "runtime")]
        LockFile.from_resolved_dependencies(needed).save(lock)
    return len(needed)


def _is_good(path: Path, jar: Jar) -> bool:
    return path.is_file() and _sha256(path) == jar.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sentence(problem: OSError, data_dir: Path) -> str:
    if problem.errno == errno.ENOSPC:
        return f"The disk of {data_dir} is full: free 300 MB and start again."
    if problem.errno in (errno.EACCES, errno.EROFS):
        return f"{data_dir} cannot be written to: change its owner, or set KONTOR_DATA."
    return (
        "LanguageTool could not be fetched: is there a network connection to Maven Central? "
        f"What is there stays; start again to go on. ({type(problem).__name__})"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: Iterable[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="jars", description="LanguageTool's jars.")
    parser.add_argument("command", choices=("fetch", "lock"))
    parser.add_argument("--data", type=Path, default=None, help="where the jars shall lie")
    options = parser.parse_args(None if arguments is None else list(arguments))
    data_dir = options.data or Path(os.environ.get("KONTOR_DATA") or ROOT / ".kontor")
    try:
        if options.command == "lock":
            _say(f"{resolve()} jars locked in {LOCK.name}")
        else:
            fetch(data_dir, tell=_say)
    except JarsError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
