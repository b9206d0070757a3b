"""The layers of the design are contracts that fail when somebody breaks them."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINTER = Path(sys.executable).with_name("lint-imports")

VIOLATIONS: Mapping[str, Mapping[str, str]] = {
    "The domain knows nothing but the standard library": {
        "domain/money.py": "import sqlalchemy",
    },
    "Ports know the domain only": {
        "ports.py": "from bot.language.understanding import SpacyUnderstander",
    },
    "Use cases know the domain and the ports only": {
        "usecases/study.py": "from bot.storage import open_storage",
    },
    "Content, language and storage know neither each other nor use cases nor channels": {
        "content/speech.py": "from bot.language.grammar import checker",
    },
    "Adapters of the inner side stay below use cases and channels": {
        "storage/timers.py": "from bot.channels.render import Renderer",
    },
    "Channels know neither storage nor content nor language": {
        "channels/telegram/sending.py": "from bot.storage import Storage",
    },
    "The two channels do not know each other": {
        "channels/web/app.py": "from bot.channels.telegram import cutting",
    },
    "Rendering knows no use case and no channel": {
        "channels/render/cards.py": "from bot.usecases import visit",
    },
}


def lint(folder: Path, violations: Mapping[str, str]) -> tuple[int, set[str]]:
    """The exit status over a copy with these lines added, and the names of broken contracts."""
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for path, line in violations.items():
        module = folder / "bot" / path
        module.write_text(f"{module.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    return done.returncode, {line.removesuffix("BROKEN").rstrip() for line in lines}


def test_code_as_it_is_keeps_every_contract(tmp_path: Path) -> None:
    assert lint(tmp_path, {}) == (0, set())


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_planted_import_breaks_its_contract(tmp_path: Path, contract: str) -> None:
    status, broken = lint(tmp_path, VIOLATIONS[contract])
    assert status == 1
    assert contract in broken


def test_every_contract_has_been_seen_to_fail() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(VIOLATIONS)
