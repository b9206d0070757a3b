"""What is a valid configuration, and what one is told about an invalid one."""

from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.errors import SettingsError

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake"
SECRET = "a-secret-of-16-signs"


def problems_of(environment: dict[str, str], *, env_file: Path | None = None) -> tuple[str, ...]:
    """The problems told; none when the settings are valid."""
    try:
        Settings.read(environment, env_file=env_file)
    except SettingsError as error:
        problems = error.values["problems"]
        assert isinstance(problems, tuple)
        return problems
    return ()


def env_file(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / ".env"
    path.write_text(text, encoding=encoding)
    return path


def test_nothing_needs_to_be_set() -> None:
    data = Path.cwd() / ".kontor"
    assert Settings.read({}) == Settings(
        data=data,
        database=f"sqlite:///{data}/kontor.db",
        host="127.0.0.1",
        port=8080,
        url="http://localhost:8080",
        timezone="Asia/Shanghai",
        log_level="INFO",
        languagetool_url=None,
        narrator_url=None,
        narrator_model="default",
        narrator_key=None,
        telegram_token=None,
        telegram_webhook_url=None,
        telegram_webhook_secret=None,
        telegram_api_url="https://api.telegram.org",
    )


def test_everything_can_be_set(tmp_path: Path) -> None:
    given = {
        "KONTOR_DATA": str(tmp_path),
        "KONTOR_DATABASE": "postgresql://kontor:pass@db:5432/kontor?sslmode=require",
        "KONTOR_HOST": "0.0.0.0",
        "KONTOR_PORT": "80",
        "KONTOR_URL": "https://kontor.example.edu/",
        "KONTOR_TIMEZONE": "Europe/Berlin",
        "KONTOR_LOG": "debug",
        "KONTOR_LANGUAGETOOL_URL": "http://lt:8081/",
        "KONTOR_NARRATOR_URL": "http://model:11434/v1/",
        "KONTOR_NARRATOR_MODEL": "small",
        "KONTOR_NARRATOR_KEY": "key",
        "TELEGRAM_TOKEN": TOKEN,
        "KONTOR_WEBHOOK_URL": "https://kontor.example.edu/telegram",
        "KONTOR_WEBHOOK_SECRET": SECRET,
        "KONTOR_TELEGRAM_API_URL": "http://localhost:8082",
    }
    assert Settings.read(given) == Settings(
        data=tmp_path,
        database="postgresql://kontor:pass@db:5432/kontor?sslmode=require",
        host="0.0.0.0",
        port=80,
        url="https://kontor.example.edu",
        timezone="Europe/Berlin",
        log_level="DEBUG",
        languagetool_url="http://lt:8081",
        narrator_url="http://model:11434/v1",
        narrator_model="small",
        narrator_key="key",
        telegram_token=TOKEN,
        telegram_webhook_url="https://kontor.example.edu/telegram",
        telegram_webhook_secret=SECRET,
        telegram_api_url="http://localhost:8082",
    )


def test_an_empty_value_is_the_default() -> None:
    names = ("KONTOR_PORT", "KONTOR_DATABASE", "KONTOR_TIMEZONE", "TELEGRAM_TOKEN", "KONTOR_LOG")
    assert Settings.read(dict.fromkeys(names, " ")) == Settings.read({})


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://localhost:8080"),
        ("::", "http://localhost:8080"),
        ("192.168.1.20", "http://192.168.1.20:8080"),
        ("fd00::20", "http://[fd00::20]:8080"),
    ],
)
def test_page_is_announced_under_an_address_that_can_be_opened(host: str, url: str) -> None:
    assert Settings.read({"KONTOR_HOST": host}).url == url


@pytest.mark.parametrize(
    "value",
    [
        "sqlite:///kontor.db",
        "sqlite:////var/lib/kontor/kontor.db",
        "postgresql://kontor@localhost/kontor",
        "postgres://kontor:p%40ss@[::1]:5432/kontor",
        "postgresql:///kontor?host=/var/run/postgresql",
    ],
)
def test_database_is_a_file_or_a_postgresql(value: str) -> None:
    assert Settings.read({"KONTOR_DATABASE": value}).database == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("KONTOR_PORT", v) for v in ("0", "65536", "-1", "http", "80.0", "²", "9" * 5000)),
        *(("KONTOR_TIMEZONE", v) for v in ("Shanghai", "Asia", "../etc/passwd", "GMT+25")),
        *(("KONTOR_LOG", v) for v in ("LOUD", "10")),
        *(
            ("KONTOR_DATABASE", v)
            for v in (
                "mysql://x/y",
                "kontor.db",
                "sqlite:///",
                "sqlite:///:memory:",
                "postgresql://",
                "postgresql://host",
                "postgresql://user:pass@host:port/name",
            )
        ),
        *(
            (name, v)
            for name in (
                "KONTOR_URL",
                "KONTOR_LANGUAGETOOL_URL",
                "KONTOR_NARRATOR_URL",
                "KONTOR_TELEGRAM_API_URL",
            )
            for v in ("localhost:8080", "ftp://x", "http://", "http://x:99999", "http://[x")
        ),
        *(("TELEGRAM_TOKEN", v) for v in ("hello", "123456789", "123:short", f"{TOKEN} x")),
        *(("KONTOR_WEBHOOK_SECRET", v) for v in ("short", "has spaces in between!", "x" * 257)),
    ],
)
def test_unusable_value_is_one_problem_that_names_its_setting(name: str, value: str) -> None:
    (problem,) = problems_of({name: value})
    assert problem.startswith(f"{name} is not usable: ")
    assert problem.endswith(".")


def test_all_problems_are_told_at_once() -> None:
    bad = {
        "KONTOR_DATABASE": "x",
        "KONTOR_LANGUAGETOOL_URL": "x",
        "KONTOR_LOG": "x",
        "KONTOR_NARRATOR_URL": "x",
        "KONTOR_PORT": "x",
        "KONTOR_TELEGRAM_API_URL": "x",
        "KONTOR_TIMEZONE": "x",
        "KONTOR_URL": "x",
        "KONTOR_WEBHOOK_SECRET": "x",
        "KONTOR_WEBHOOK_URL": "x",
        "TELEGRAM_TOKEN": "x",
    }
    assert sorted(problem.split()[0] for problem in problems_of(bad)) == list(bad)


def test_no_problem_repeats_a_secret() -> None:
    bad = {
        "TELEGRAM_TOKEN": "987654321-wrong-separator",
        "KONTOR_WEBHOOK_SECRET": "hunter2!",
        "KONTOR_DATABASE": "postgresql://kontor:swordfish@db",
        "KONTOR_URL": "user:password@page",
    }
    told = " ".join(problems_of(bad))
    assert [
        word for word in ("987654321", "hunter2", "swordfish", "password@") if word in told
    ] == (
        ["password@"]  # the help on addresses of databases
    )


WEBHOOK = {"KONTOR_WEBHOOK_URL": "https://kontor.example.edu"}


@pytest.mark.parametrize("token", [{}, {"TELEGRAM_TOKEN": "  "}])
def test_webhook_needs_the_token(token: dict[str, str]) -> None:
    assert problems_of({**WEBHOOK, "KONTOR_WEBHOOK_SECRET": SECRET, **token}) == (
        "KONTOR_WEBHOOK_URL is set but TELEGRAM_TOKEN is not: set both.",
    )


@pytest.mark.parametrize("secret", [{}, {"KONTOR_WEBHOOK_SECRET": "  "}])
def test_webhook_needs_a_secret(secret: dict[str, str]) -> None:
    assert problems_of({**WEBHOOK, "TELEGRAM_TOKEN": TOKEN, **secret}) == (
        "KONTOR_WEBHOOK_URL needs KONTOR_WEBHOOK_SECRET too: 16 to 256 letters, digits, _ or -.",
    )


def test_an_unusable_token_beside_a_webhook_is_one_problem() -> None:
    given = {**WEBHOOK, "KONTOR_WEBHOOK_SECRET": SECRET, "TELEGRAM_TOKEN": "hello"}
    assert [problem.split()[0] for problem in problems_of(given)] == ["TELEGRAM_TOKEN"]


def test_file_is_read_as_people_write_it(tmp_path: Path) -> None:
    path = env_file(
        tmp_path,
        "# TELEGRAM_TOKEN=1:no\n\nexport KONTOR_PORT=8081\n"
        f"TELEGRAM_TOKEN = \"{TOKEN}\"\nKONTOR_TIMEZONE='Europe/Paris'\nnonsense\n",
    )
    settings = Settings.read({}, env_file=path)
    assert (settings.port, settings.telegram_token, settings.timezone) == (
        8081,
        TOKEN,
        "Europe/Paris",
    )


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = env_file(tmp_path, "KONTOR_PORT=8081\nKONTOR_LOG=ERROR\n")
    settings = Settings.read({"KONTOR_PORT": "8082"}, env_file=path)
    assert (settings.port, settings.log_level) == (8082, "ERROR")


def test_missing_file_is_no_problem(tmp_path: Path) -> None:
    assert Settings.read({}, env_file=tmp_path / ".env") == Settings.read({})


def test_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = env_file(tmp_path, "KONTOR_PORT=8081\r\n", encoding="utf-8-sig")
    assert Settings.read({}, env_file=path).port == 8081


def test_file_in_another_encoding_is_a_problem_in_words(tmp_path: Path) -> None:
    path = env_file(tmp_path, "KONTOR_DATA=/données\n", encoding="utf-16")
    assert problems_of({}, env_file=path) == (
        ".env cannot be read: save it as plain text in UTF-8.",
    )


def test_problem_in_the_file_is_told_like_any_other(tmp_path: Path) -> None:
    path = env_file(tmp_path, "KONTOR_PORT=http\n")
    assert problems_of({}, env_file=path) == (
        "KONTOR_PORT is not usable: write a number from 1 to 65535.",
    )
