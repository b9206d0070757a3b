"""bot/install.py in a small checkout of its own: real venv, real pip, packages made here."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.real  # each makes a virtual environment: seconds

ROOT = Path(__file__).resolve().parents[2]

JARS = '''
"""Stands for the fetching of LanguageTool, which has tests of its own."""
import hashlib, pathlib, sys
data = pathlib.Path(sys.argv[sys.argv.index("--data") + 1])
if pathlib.Path("no-network").exists():
    sys.exit("LanguageTool could not be fetched: is there a network connection?")
(data / "languagetool" / "jars").mkdir(parents=True)
lock = pathlib.Path("jgo.lock.toml").read_bytes()
(data / "languagetool" / "jars" / "complete").write_text(hashlib.sha256(lock).hexdigest())
print("1 of 1 jars, 1 MB, 0 s")
'''


def make_wheel(folder: Path, name: str) -> str:
    """A package of one module; returns its line of a lock file."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", "VALUE = 1\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}==1.0 \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with two tiny packages to install."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    lines = [make_wheel(wheels, name) for name in ("kontorfirst", "kontorsecond")]
    home = tmp_path / "kontor"
    grammar = home / "bot" / "language" / "grammar"
    grammar.mkdir(parents=True)
    shutil.copy(ROOT / "bot" / "install.py", home / "bot")
    (grammar / "jars.py").write_text(JARS)
    (home / "requirements.lock").write_text(lines[0])
    (home / "requirements-dev.lock").write_text("".join(lines))
    (home / "jgo.lock.toml").write_text("dependencies = []\n")
    return home


def install(
    checkout: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "bot/install.py", *arguments],
        cwd=checkout,
        env={**bare_environment(checkout), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def bare_environment(checkout: Path) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    wheels = str(checkout.parent / "wheels")
    return {**kept, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "PIP_CONFIG_FILE": os.devnull}


def can_import(checkout: Path, name: str) -> bool:
    python = checkout / ".venv" / "bin" / "python"
    done = subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False)
    return done.returncode == 0


def assert_one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def test_installs_once_and_then_costs_nothing(checkout: Path) -> None:
    done = install(checkout)
    assert done.returncode == 0, done.stderr
    assert can_import(checkout, "kontorfirst")
    assert not can_import(checkout, "kontorsecond")
    began = time.monotonic()
    again = install(checkout, PATH="/nowhere")
    assert time.monotonic() - began < 1  # measured 0.1 s; the machine may be busy
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")

    assert install(checkout, "--dev").returncode == 0  # the tests' packages come on top
    assert can_import(checkout, "kontorsecond")
    assert install(checkout).stdout == ""  # and what the tests need is enough for a run

    # A changed lock file is noticed, a package that is not the locked one refused.
    lock = checkout / "requirements.lock"
    lock.write_text(
        make_wheel(checkout.parent / "wheels", "kontorthird").replace("sha256:", "sha256:0")[:-2]
    )
    assert "is not the one the lock file expects" in assert_one_sentence(install(checkout))
    # And that is no state to stay in: with the right lock file it heals.
    lock.write_text((checkout / "requirements-dev.lock").read_text())
    assert install(checkout).returncode == 0
    assert can_import(checkout, "kontorfirst")


def test_a_broken_off_installation_is_repaired(checkout: Path) -> None:
    assert install(checkout).returncode == 0
    (checkout / ".venv" / "kontor-unfinished").touch()
    next((checkout / ".venv" / "lib").glob("python*/site-packages/kontorfirst.py")).unlink()
    assert install(checkout).returncode == 0
    assert can_import(checkout, "kontorfirst")
    # Its Python is gone, as after an upgrade of the machine.
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert install(checkout).returncode == 0
    assert can_import(checkout, "kontorfirst")


def test_no_network_is_one_sentence(checkout: Path) -> None:
    done = install(
        checkout,
        PIP_NO_INDEX="",
        PIP_FIND_LINKS="",
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_RETRIES="0",
        PIP_TIMEOUT="2",
    )
    said = assert_one_sentence(done)
    assert "connect to the internet" in said
    assert str(checkout / ".kontor" / "install-pip.log") in said
    assert install(checkout).returncode == 0


def test_no_network_for_languagetool_is_one_sentence_and_data_may_be_elsewhere(
    checkout: Path, tmp_path: Path
) -> None:
    (checkout / "no-network").touch()
    data = str(tmp_path / "data")
    assert "network connection" in assert_one_sentence(install(checkout, KONTOR_DATA=data))
    (checkout / "no-network").unlink()
    assert install(checkout, KONTOR_DATA=data).returncode == 0
    assert (tmp_path / "data" / "languagetool" / "jars" / "complete").exists()
    assert not (checkout / ".kontor").exists()


def test_a_missing_lock_file_is_one_sentence(checkout: Path) -> None:
    (checkout / "requirements.lock").unlink()
    assert "no complete copy" in assert_one_sentence(install(checkout))


PRETENDED = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
sys.argv = ["bot/install.py"]
runpy.run_path("bot/install.py", run_name="__main__")
"""


def test_an_old_python_says_what_it_lacks_or_takes_a_newer_one(checkout: Path) -> None:
    def run(path: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", PRETENDED],
            cwd=checkout,
            env={**bare_environment(checkout), "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    said = assert_one_sentence(run("/nowhere"))
    assert said.startswith("Kontor needs Python 3.11 or newer; found 3.9 at /")

    programs = checkout.parent / "programs"
    programs.mkdir()
    broken = programs / "python3.14"  # as pyenv's shims are
    broken.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    broken.chmod(0o755)
    (programs / "python3.11").symlink_to(sys.executable)
    newer = run(f"{programs}:/usr/bin:/bin")
    assert newer.returncode == 0, newer.stderr
    assert (checkout / ".venv" / "kontor.json").exists()


def test_no_venv_module_is_one_sentence(checkout: Path) -> None:
    (checkout / "bot" / "venv.py").write_text("raise SystemExit('No module named ensurepip')\n")
    done = install(checkout, PYTHONPATH=str(checkout / "bot"))
    assert "-venv" in assert_one_sentence(done)


def test_a_full_disk_is_one_sentence(checkout: Path) -> None:
    pretend = (
        "import runpy, shutil, sys, collections\n"
        "Usage = collections.namedtuple('Usage', 'total used free')\n"
        "shutil.disk_usage = lambda path: Usage(10**9, 10**9, 5 * 10**6)\n"
        "sys.argv = ['bot/install.py']\n"
        "runpy.run_path('bot/install.py', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        cwd=checkout,
        env=bare_environment(checkout),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "5 MB are free" in assert_one_sentence(done)
