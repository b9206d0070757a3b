"""The command line as a person meets it: what it prints, and how it ends."""

import asyncio
import contextlib
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.domain.understanding import Act, Understanding
from bot.storage import migrate, open_storage
from tests.storage.samples import make_session, make_turn, meet

pytestmark = pytest.mark.deep

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test, and no ``.env``."""
    for name in list(os.environ):
        if name.startswith("KONTOR_") or name == "TELEGRAM_TOKEN":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        yield sock.getsockname()[1]


def test_understand_prints_the_json_form(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(
        ["understand", "--lang", "de", "--json", "Wir bieten 8,20 EUR pro Stück FOB Ningbo an."]
    )
    printed = json.loads(capsys.readouterr().out)
    assert (status, printed["acts"], printed["terms"]) == (
        0,
        ["offer"],
        {
            "price": {"amount": "8.20", "currency": "EUR", "per": "piece"},
            "incoterm": {"code": "FOB", "place": "Ningbo"},
        },
    )


def test_understand_reads_a_file_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {"lang": "fr", "text": "Nous proposons 30 % d'acompte."},
        {"lang": "fr", "text": "Nous offrons 5 000 pièces."},
    ]
    path = tmp_path / "messages.jsonl"
    path.write_text("\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    status = main(["understand", "--jsonl", str(path)])
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (status, [one["terms"] for one in printed]) == (
        0,
        [
            {"payment": {"deposit_pct": 30}},
            {"quantity": {"amount": 5000, "unit": "piece"}},
        ],
    )


@pytest.mark.parametrize(
    "content", [None, "no JSON\n", '{"lang": "it", "text": "Ciao"}\n', '{"lang": "en"}\n', "7\n"]
)
def test_file_that_holds_no_messages_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    path = tmp_path / "messages.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["understand", "--jsonl", str(path)]) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "messages.jsonl" in sentence


def test_check_finds_no_problem_in_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    (summary,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"[1-9]\d* exercises, 3 phrase books, [1-9]\d* lexicons, 0 problems", summary
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sell"], "invalid choice: 'sell'"),
        ([], "the following arguments are required: COMMAND"),
        (["understand", "--lang", "xx", "Hello"], "argument --lang: invalid Language value: 'xx'"),
        (["corpus", "--limit", "0"], "argument --limit: '0' is not a whole number from 1 on"),
        (
            ["corpus", "--below", "60"],
            "argument --below: '60' is not a number above 0 and up to 1",
        ),
        (["corpus", "--below", "nan"], "'nan' is not a number above 0 and up to 1"),
    ],
)
def test_unknown_command_is_refused_with_the_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    printed = capsys.readouterr().err
    assert printed.startswith("usage: python -m bot")
    assert told in printed


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    commands = ("run", "invite-teacher", "check", "understand", "corpus", "languagetool")
    assert [name for name in commands if not re.search(rf"\n    {name}\s", printed)] == []


@pytest.mark.parametrize("name", ["run", "invite-teacher", "corpus"])
def test_bad_settings_are_one_sentence_each(tmp_path: Path, name: str) -> None:
    (tmp_path / ".env").write_text("KONTOR_TIMEZONE=Shanghai\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KONTOR_PORT": "http", "KONTOR_LOG": "LOUD"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert sorted(done.stderr.splitlines()) == [
        "KONTOR_LOG is not usable: one of DEBUG, INFO, WARNING, ERROR.",
        "KONTOR_PORT is not usable: write a number from 1 to 65535.",
        "KONTOR_TIMEZONE is not usable: write an IANA name like Asia/Shanghai.",
    ]


def test_taken_port_is_one_sentence(
    taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KONTOR_PORT", str(taken_port))
    assert main(["run"]) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"Port {taken_port} on 127.0.0.1 is not free (")
    assert f"KONTOR_PORT={taken_port + 1}" in sentence


def test_host_that_is_not_here_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KONTOR_HOST", "nowhere.invalid")
    monkeypatch.setenv("KONTOR_PORT", "48123")
    assert main(["run"]) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "nowhere.invalid" in sentence


@pytest.mark.parametrize("name", ["run", "invite-teacher", "corpus"])
def test_data_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KONTOR_DATA", str(tmp_path / "file" / "data"))
    assert main([name]) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "KONTOR_DATA" in sentence


def test_invitation_is_a_link_that_the_database_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KONTOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KONTOR_URL", "https://kontor.example.edu")
    assert main(["invite-teacher"]) == 0
    _, link = capsys.readouterr().out.splitlines()
    found = re.fullmatch(r"  https://kontor\.example\.edu/\?start=t_([A-Z2-9]{16})", link)
    assert found is not None
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "kontor.db")) as database:
        kept = database.execute("SELECT code_hash, used_by FROM invitations").fetchall()
    assert kept == [(sha256(found[1].encode()).hexdigest(), None)]


async def talk_badly(url: str, *confidences: float) -> None:
    """Store a session, one message for each confidence."""
    await migrate(url)
    async with open_storage(url) as storage:
        learner = await meet(storage)
        async with storage.store.transaction() as work:
            session = await work.add_session(make_session(learner.id))
            for number, confidence in enumerate(confidences):
                read = Understanding(acts=(Act.INFORM,), confidence=confidence)
                said = f"Li Na, {number} Lampen"
                await work.add_turn(make_turn(session.id, number, text=said, understanding=read))


def test_corpus_prints_doubtful_messages_to_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    asyncio.run(talk_badly(url, 0.5, 0.9, 0.15))
    monkeypatch.setenv("KONTOR_DATABASE", url)
    assert main(["corpus"]) == 0
    printed, told = capsys.readouterr()
    assert [json.loads(one) for one in printed.splitlines()] == [
        {
            "lang": "de",
            "text": f"Xiao Ming, {number} Lampen",
            "acts": ["inform"],
            "topics": [],
            "terms": {},
            "confidence": confidence,
        }
        for number, confidence in ((2, 0.15), (0, 0.5))
    ]
    assert told == ""
    assert main(["corpus", "--lang", "de", "--limit", "1", "--below", "0.4"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_corpus_of_nothing_says_so_and_prints_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KONTOR_DATA", str(tmp_path / "data"))
    assert main(["corpus", "--below", "0.3"]) == 0
    printed, told = capsys.readouterr()
    assert printed == ""
    (sentence,) = told.splitlines()
    assert "below 0.3" in sentence


def test_database_that_is_none_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talks.db"
    path.write_bytes(b"this is no database, but a long enough text to be taken for one" * 20)
    monkeypatch.setenv("KONTOR_DATABASE", f"sqlite:///{path}")
    assert main(["corpus"]) == 1
    printed, told = capsys.readouterr()
    assert printed == ""
    (sentence,) = told.splitlines()
    assert "database" in sentence
