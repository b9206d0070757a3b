"""Sets Kontor up: `.venv` from the lock file, LanguageTool from its own. Run by the Makefile.

Decides what is still to do, so that a second run costs nothing and needs no network, and says each
failure in one sentence. Does not know what the program does with what is installed. Standard
library only; the syntax is that of Python 3.6, so that an old Python can say what it lacks.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
NEWEST_TRIED = 20  # python3.20 is the last name looked for on the PATH


def require_python():
    # type: () -> None
    """Go on only on a Python that is new enough: this one, another on the PATH, or none."""
    if sys.version_info >= NEEDED:
        return
    for minor in range(NEWEST_TRIED, NEEDED[1] - 1, -1):
        name = "python3.%d" % minor
        test = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
        try:
            status = subprocess.call([name, "-c", test], stderr=subprocess.DEVNULL)
        except OSError:
            continue
        if status == 0:  # a name alone proves nothing: pyenv puts empty shims on the PATH
            os.execvp(name, [name] + sys.argv)  # noqa: RUF005
    found = "%d.%d at %s" % (sys.version_info[0], sys.version_info[1], sys.executable)
    sys.exit(
        "Kontor needs Python 3.11 or newer; found %s: install a newer one (Debian: apt install "
        "python3.11 python3.11-venv; macOS: brew install python; Windows: use WSL) and start "
        "again." % found
    )


require_python()

# From here on Python 3.11.

import argparse  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import re  # noqa: E402
import shutil  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "kontor.json"
UNFINISHED = VENV / "kontor-unfinished"
DATA = Path(os.environ.get("KONTOR_DATA") or ROOT / ".kontor").absolute()

NEEDED_MB = 1500  # measured: .venv 750 MB with the tests' packages, LanguageTool 130, pip's work
PROGRESS_S = 10  # between two lines when the output is no terminal

# What pip's log says, and what it means. The first that fits is said.
FAILURES = (
    (
        r"No space left on device|Errno 28",
        "the disk is full: free {needed} MB and start again",
    ),
    (
        r"DO NOT MATCH THE HASHES|Hashes are required",
        "a package is not the one the lock file expects: something between here and the package "
        "index changes downloads; try another network",
    ),
    (
        r"NewConnectionError|Temporary failure in name resolution|ConnectTimeout|Network is "
        r"unreachable|Read timed out|ProxyError|SSLError|Connection refused|Max retries|"
        r"Connection broken|RemoteDisconnected|ConnectionResetError",
        "the package index cannot be reached: connect to the internet (or set PIP_INDEX_URL to a "
        "mirror of your own) and start again; what is loaded stays loaded",
    ),
    (
        r"Permission denied|Read-only file system",
        "{venv} cannot be written to: change its owner",
    ),
    (
        r"No matching distribution|Could not find a version",
        "the package index has no fitting version of a package for this machine and Python "
        "{python}: look into the log",
    ),
)


class Failure(Exception):
    """One sentence for the user."""


def main() -> int:
    """Install what is missing."""
    parser = argparse.ArgumentParser(description="Sets Kontor up.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    is_dev = parser.parse_args().dev
    try:
        wanted = wanted_stamp(is_dev)
        if not is_installed(wanted):
            install_packages(wanted, is_dev)
        fetch_languagetool()
    except Failure as failure:
        print(f"Kontor is not installed: {failure}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Broken off; start again to go on.", file=sys.stderr)
        return 130
    except OSError as problem:
        where = problem.filename or ROOT
        print(f"Kontor is not installed: {problem.strerror} ({where}).", file=sys.stderr)
        return 1
    return 0


def wanted_stamp(is_dev: bool) -> dict[str, str]:
    """What a finished installation has noted down."""
    names = ["requirements.lock"] + (["requirements-dev.lock"] if is_dev else [])
    stamp = {name: sha256(ROOT / name) for name in names}
    stamp["python"] = "{}.{}".format(*sys.version_info)
    return stamp


def is_installed(wanted: dict[str, str]) -> bool:
    """Whether `.venv` is finished and holds at least what is wanted."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return all(found.get(name) == value for name, value in wanted.items())


def install_packages(wanted: dict[str, str], is_dev: bool) -> None:
    """Make `.venv` hold what the lock file names."""
    check_disk()
    if UNFINISHED.exists() or not is_usable():
        if VENV.exists():
            print("Removing a half-finished or unusable .venv", flush=True)
            shutil.rmtree(VENV, ignore_errors=True)
        make_venv()
    STAMP.unlink(missing_ok=True)
    UNFINISHED.touch()
    lock = ROOT / ("requirements-dev.lock" if is_dev else "requirements.lock")
    run_pip(lock)
    STAMP.write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
    UNFINISHED.unlink()


def check_disk() -> None:
    """Refuse early rather than after ten minutes."""
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < NEEDED_MB and not PYTHON.exists():
        raise Failure(
            f"{free} MB are free on the disk of {ROOT} and {NEEDED_MB} are needed: make room "
            "and start again"
        )


def is_usable() -> bool:
    """Whether `.venv` works and is of this Python's version."""
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [PYTHON, "-c", code], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info)


def make_venv() -> None:
    """An empty `.venv` with pip."""
    print(f"Making .venv with Python {sys.version.split()[0]}", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode == 0:
        UNFINISHED.touch()
        return
    shutil.rmtree(VENV, ignore_errors=True)
    said = made.stdout + made.stderr
    version = "{}.{}".format(*sys.version_info)
    if "ensurepip" in said or "No module named" in said:
        raise Failure(
            f"Python {version} has no venv module here: install it (Debian, Ubuntu: apt install "
            f"python{version}-venv) and start again"
        )
    if "No space left" in said:
        raise Failure(f"the disk is full: free {NEEDED_MB} MB and start again")
    last = (said.strip().splitlines() or ["no reason given"])[-1]
    raise Failure(f"python -m venv failed ({last})")


def run_pip(lock: Path) -> None:
    """Install the lock file's packages, telling how far it is."""
    DATA.mkdir(parents=True, exist_ok=True)
    log_path = DATA / "install-pip.log"
    count = len(re.findall(r"(?m)^\S+==", lock.read_text(encoding="utf-8")))
    print(f"Installing {count} Python packages (the first time takes minutes)", flush=True)
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-input",
        "--no-deps",
    ]
    command += ["--disable-pip-version-check", "--progress-bar=off", "--retries=2", "-r", lock]
    with log_path.open("wb") as log:
        pip = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            watch(pip, log_path, count)
        finally:
            if pip.poll() is None:
                pip.terminate()
                pip.wait()
    if pip.returncode:
        raise Failure(
            pip_failure(log_path.read_text(encoding="utf-8", errors="replace"), log_path)
        )


def watch(pip: "subprocess.Popen[bytes]", log_path: Path, count: int) -> None:
    """Tell how far pip is until it has ended."""
    began, told = time.monotonic(), time.monotonic()
    is_terminal = sys.stdout.isatty()
    while pip.poll() is None:
        time.sleep(0.2)
        now = time.monotonic()
        if now - told < (1 if is_terminal else PROGRESS_S):
            continue
        told = now
        said = log_path.read_text(encoding="utf-8", errors="replace")
        if "Installing collected packages" in said:
            step = "all loaded, unpacking"
        else:
            ready = len(re.findall(r"(?m)^(?:Collecting|Requirement already)", said))
            step = f"{ready} of {count} loaded, {megabytes(said)} MB"
        line = f"  {step}, {now - began:.0f} s"
        print(
            f"\r{line:<70}" if is_terminal else line, end="" if is_terminal else "\n", flush=True
        )
    if is_terminal:
        print("\r" + " " * 70 + "\r", end="", flush=True)
    if pip.returncode == 0:
        print(f"Python packages are installed ({time.monotonic() - began:.0f} s)", flush=True)


def megabytes(said: str) -> int:
    """How much pip has named as loaded."""
    size = {"MB": 1.0, "kB": 0.001}
    return round(
        sum(float(n) * size[u] for n, u in re.findall(r"\((\d+(?:\.\d+)?) (MB|kB)\)", said))
    )


def pip_failure(said: str, log_path: Path) -> str:
    """The one sentence for what pip has said at length."""
    meaning = next((words for sign, words in FAILURES if re.search(sign, said)), "pip failed")
    words = meaning.format(needed=NEEDED_MB, venv=VENV, python="{}.{}".format(*sys.version_info))
    return f"{words} (pip's own words are in {log_path})"


def fetch_languagetool() -> None:
    """LanguageTool's jars, by the program's own module, once `.venv` can run it."""
    stamp = DATA / "languagetool" / "jars" / "complete"
    if stamp.is_file() and stamp.read_text() == sha256(ROOT / "jgo.lock.toml"):
        return
    print("Fetching LanguageTool (130 MB)", flush=True)
    module: list[str | Path] = [PYTHON, "-m", "bot.language.grammar.jars", "fetch", "--data", DATA]
    with subprocess.Popen(
        module, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as fetch:
        assert fetch.stdout is not None and fetch.stderr is not None
        told = time.monotonic()
        for line in fetch.stdout:
            if sys.stdout.isatty():
                print(f"\r  {line.strip():<68}", end="", flush=True)
            elif time.monotonic() - told > PROGRESS_S:
                told = time.monotonic()
                print(f"  {line.strip()}", flush=True)
        said = fetch.stderr.read().strip()
    if sys.stdout.isatty():
        print("\r" + " " * 70 + "\r", end="", flush=True)
    if fetch.returncode:
        last = said.splitlines()[-1] if said else f"status {fetch.returncode}"
        raise Failure(last.rstrip("."))
    print("LanguageTool is there", flush=True)


def sha256(path: Path) -> str:
    """The checksum of a file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise Failure(f"{path} is missing: this is no complete copy of Kontor") from None


if __name__ == "__main__":
    sys.exit(main())
