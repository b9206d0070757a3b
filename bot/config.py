"""Settings from the environment and a ``.env`` file, validated together.

Decides what a valid configuration is. Does not know what the settings are used for.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import SettingsError

DEFAULT_PORT = 8080

_PORT = re.compile(r"[0-9]{1,5}")
_DATABASE = re.compile(
    r"sqlite:///(?!:memory:$).*[^/]"
    r"|postgres(?:ql)?://(?:[^@/]*@)?(?:\[[^]/]+\]|[^:/@]*)(?::\d+)?/[^/?]+(?:\?.*)?"
)
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A valid configuration; ``make run`` works with all defaults."""

    data: Path
    """``KONTOR_DATA``: folder of the database, LanguageTool and logs."""
    database: str
    """``KONTOR_DATABASE``: ``sqlite:///path`` or ``postgresql://user:password@host/name``."""
    host: str
    """``KONTOR_HOST``: where the page listens; ``0.0.0.0`` opens it to the local network."""
    port: int
    """``KONTOR_PORT``."""
    url: str
    """``KONTOR_URL``: the address under which people reach the page."""
    timezone: str
    """``KONTOR_TIMEZONE``: IANA name, for people who belong to no group."""
    log_level: str
    """``KONTOR_LOG``."""
    languagetool_url: str | None
    """``KONTOR_LANGUAGETOOL_URL``: an outside server instead of our own."""
    narrator_url: str | None
    """``KONTOR_NARRATOR_URL``: an OpenAI-compatible server (``http://localhost:11434/v1``) that
    may rephrase what the buyer says."""
    narrator_model: str
    """``KONTOR_NARRATOR_MODEL``: the model it is asked for."""
    narrator_key: str | None
    """``KONTOR_NARRATOR_KEY``: its key, if it wants one."""
    telegram_token: str | None
    """``TELEGRAM_TOKEN``: as BotFather gave it."""
    telegram_webhook_url: str | None
    """``KONTOR_WEBHOOK_URL``: the public https address; long polling without it."""
    telegram_webhook_secret: str | None
    """``KONTOR_WEBHOOK_SECRET``: 16 to 256 of A-Z a-z 0-9 _ -."""
    telegram_api_url: str
    """``KONTOR_TELEGRAM_API_URL``: a self-hosted Bot API server."""

    @classmethod
    def read(cls, environment: Mapping[str, str], *, env_file: Path | None = None) -> "Settings":
        """Read and validate all settings.

        Raises:
            SettingsError: with ``problems``, one sentence for each thing that is wrong.
        """
        given = {**_read_env_file(env_file), **environment}
        return _Reader(given).settings()


class _Reader:
    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._problems: list[str] = []

    def settings(self) -> Settings:
        data = Path(self._text("KONTOR_DATA", ".kontor")).absolute()
        host = self._text("KONTOR_HOST", "127.0.0.1")
        port = self._port()
        webhook = self._url("KONTOR_WEBHOOK_URL", schemes=("https", "http"))
        secret = self._matching("KONTOR_WEBHOOK_SECRET", r"[A-Za-z0-9_-]{16,256}", _SECRET_HELP)
        token = self._matching("TELEGRAM_TOKEN", _TOKEN.pattern, _TOKEN_HELP)
        if webhook and not self._text("TELEGRAM_TOKEN", ""):
            self._problems.append("KONTOR_WEBHOOK_URL is set but TELEGRAM_TOKEN is not: set both.")
        if webhook and not self._text("KONTOR_WEBHOOK_SECRET", ""):
            self._problems.append(
                f"KONTOR_WEBHOOK_URL needs KONTOR_WEBHOOK_SECRET too: {_SECRET_HELP}."
            )
        shown_host = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host
        if ":" in shown_host:
            shown_host = f"[{shown_host}]"
        settings = Settings(
            data=data,
            database=self._database(data),
            host=host,
            port=port,
            url=self._url("KONTOR_URL") or f"http://{shown_host}:{port}",
            timezone=self._timezone(),
            log_level=self._one_of("KONTOR_LOG", "INFO", _LEVELS),
            languagetool_url=self._url("KONTOR_LANGUAGETOOL_URL"),
            narrator_url=self._url("KONTOR_NARRATOR_URL"),
            narrator_model=self._text("KONTOR_NARRATOR_MODEL", "default"),
            narrator_key=self._text("KONTOR_NARRATOR_KEY", "") or None,
            telegram_token=token,
            telegram_webhook_url=webhook,
            telegram_webhook_secret=secret,
            telegram_api_url=self._url("KONTOR_TELEGRAM_API_URL") or "https://api.telegram.org",
        )
        if self._problems:
            raise SettingsError("settings_invalid", problems=tuple(self._problems))
        return settings

    def _text(self, name: str, default: str) -> str:
        return self._given.get(name, "").strip() or default

    def _checked(self, name: str, is_valid: Callable[[str], bool], help: str) -> str | None:
        value = self._text(name, "")
        if value and not is_valid(value):
            self._problems.append(f"{name} is not usable: {help}.")
            return None
        return value or None

    def _matching(self, name: str, pattern: str, help: str) -> str | None:
        return self._checked(name, lambda value: bool(re.fullmatch(pattern, value)), help)

    def _url(self, name: str, *, schemes: tuple[str, ...] = ("http", "https")) -> str | None:
        def is_url(value: str) -> bool:
            try:
                parts = urlsplit(value)
                return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
            except ValueError:
                return False

        value = self._checked(name, is_url, "write an address like http://192.168.1.20:8080")
        return value.rstrip("/") if value else None

    def _port(self) -> int:
        help = "write a number from 1 to 65535"

        def is_port(value: str) -> bool:
            return bool(_PORT.fullmatch(value)) and 0 < int(value) < 65536

        value = self._checked("KONTOR_PORT", is_port, help)
        return int(value) if value else DEFAULT_PORT

    def _one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self._checked(name, lambda v: v.upper() in choices, "one of " + ", ".join(choices))
        return value.upper() if value else default

    def _timezone(self) -> str:
        def is_known(value: str) -> bool:
            try:
                return bool(ZoneInfo(value))
            except (ZoneInfoNotFoundError, ValueError, OSError):
                return False

        help = "write an IANA name like Asia/Shanghai"
        return self._checked("KONTOR_TIMEZONE", is_known, help) or "Asia/Shanghai"

    def _database(self, data: Path) -> str:
        help = "write sqlite:///path/to/file or postgresql://user:password@host/name"
        value = self._checked("KONTOR_DATABASE", lambda v: bool(_DATABASE.fullmatch(v)), help)
        return value or f"sqlite:///{data / 'kontor.db'}"


_TOKEN_HELP = "copy the token from BotFather, digits, a colon and letters"
_SECRET_HELP = "16 to 256 letters, digits, _ or -"


def _read_env_file(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        problem = f"{path.name} cannot be read: save it as plain text in UTF-8."
        raise SettingsError("settings_invalid", problems=(problem,)) from error
    found = {}
    for line in text.splitlines():
        name, separator, value = line.strip().removeprefix("export ").partition("=")
        if separator and not name.startswith("#"):
            found[name.strip()] = value.strip().strip("\"'")
    return found
