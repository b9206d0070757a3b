"""The Dockerfile and compose.yaml, without a Docker engine."""

import json
import os
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import srsly

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def steps() -> ModuleType:
    loader = SourceFileLoader("docker_steps", str(ROOT / ".ci" / "docker-steps"))
    spec = spec_from_loader("docker_steps", loader)
    assert spec is not None
    module = module_from_spec(spec)
    was, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = was
    return module


def lines() -> list[tuple[int, str, str]]:
    return list(steps().instructions(ROOT / "Dockerfile"))


def compose() -> dict[str, Any]:
    read = srsly.yaml_loads((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def test_instructions_are_known_and_stages_named() -> None:
    assert {word for _, word, _ in lines()} <= KNOWN
    stages: set[str] = set()
    for _, word, rest in lines():
        if word == "FROM":
            image, *named = rest.split()
            assert re.fullmatch(r"[\w./-]+:[\w.-]+", image), f"{image} has no fixed tag"
            stages |= set(named[1:])
        if word == "COPY":
            for source in re.findall(r"--from=(\S+)", rest):
                assert source in stages


def test_every_copied_file_is_there_and_reaches_the_context() -> None:
    ignore = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    for _, word, rest in lines():
        if word != "COPY" or "--from" in rest:
            continue
        *sources, _ = rest.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert not steps().is_ignored(Path(source), ignore), source


def test_nothing_secret_or_large_reaches_the_context() -> None:
    ignore = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line]
    for path in (".env", ".git", ".venv", ".kontor", "tests"):
        assert steps().is_ignored(Path(path), ignore), path


def test_the_image_runs_as_nobody_in_particular_and_tells_its_health() -> None:
    last = max(number for number, word, _ in lines() if word == "FROM")
    final = {word: rest for number, word, rest in lines() if number > last}
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", final["USER"])
    assert json.loads(final["CMD"]) == ["python", "-m", "bot", "run"]
    assert "http://127.0.0.1:8080/health" in final["HEALTHCHECK"]
    assert final["EXPOSE"] == "8080"
    command = final["HEALTHCHECK"].partition("CMD ")[2]
    compile(json.loads(command)[2], "healthcheck", "exec")


def test_compose_services_fit_together() -> None:
    services = compose()["services"]
    assert set(services) == {"bot", "languagetool", "database"}
    volumes = set(compose()["volumes"])
    for name, service in services.items():
        assert service["restart"] == "unless-stopped", name
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in volumes
        assert set(service.get("depends_on", {})) <= set(services)
    bot = services["bot"]
    assert "@database/" in bot["environment"]["KONTOR_DATABASE"]
    assert bot["environment"]["KONTOR_LANGUAGETOOL_URL"] == "http://languagetool:8081"
    assert services["languagetool"]["command"] == ["python", "-m", "bot", "languagetool"]
    for name, condition in bot["depends_on"].items():
        if condition["condition"] == "service_healthy":
            assert "healthcheck" in services[name]
    assert services["database"]["image"].startswith("postgres:16")


@pytest.mark.real
def test_the_steps_of_the_dockerfile_work() -> None:
    probe = (
        "from pathlib import Path; from bot.language.grammar.java import command; "
        "assert Path.cwd().name == 'kontor'; "
        "print(len(command(Path('data').absolute(), port=8081, is_public=True)), 'words')"
    )
    done = subprocess.run(
        [sys.executable, ".ci/docker-steps", "python", "-c", probe],
        cwd=ROOT,
        env={**os.environ, "KONTOR_STEPS_FROM": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].endswith("words")
