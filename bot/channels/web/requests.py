"""Reading what the page posts.

Decides what a well-formed request is and how large it may be. Does not know what will be done with
it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

from starlette.requests import Request

from bot.domain.messages import Press, Text

BODY_BYTES = 256 * 1024  # 20,000 characters, each an escaped surrogate pair (12 bytes)
TEXT_CHARACTERS = 20_000  # code points; ten pages, more than any letter here
NAME_CHARACTERS = 60
ACTION_BYTES = 64  # as on Telegram (Bot API, ``callback_data``)

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ENTER_KEY = re.compile(r"[A-Za-z0-9_-]{32,64}")
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Telegram's alphabet for deep links


class Refused(Exception):
    """A request that is not taken; ``code`` names the reason in the page's texts."""

    def __init__(self, status: int, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody comes in."""

    key: str
    name: str
    interface: str
    start: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something said or pressed."""

    key: str
    content: Text | Press


async def read_entry(request: Request) -> Entry:
    """Raises: Refused."""
    body = await _read_json(request)
    name = " ".join(_printable(_text(body, "name")).split())[:NAME_CHARACTERS].strip()
    if not name:
        raise Refused(400, "name_missing")
    start = _text(body, "start")
    return Entry(
        key=_matching(_ENTER_KEY, _text(body, "key")),
        name=name,
        interface=_text(body, "interface"),
        start=start if _START.fullmatch(start) else None,
    )


async def read_message(request: Request) -> Message:
    """Raises: Refused."""
    body = await _read_json(request)
    key = _matching(_KEY, _text(body, "key"))
    if action := _text(body, "action"):
        if len(action.encode()) > ACTION_BYTES:
            raise Refused(400, "malformed")
        return Message(key=key, content=Press(action=action))
    text = _text(body, "text").replace("\r\n", "\n")
    if not text.strip():
        raise Refused(400, "empty")
    if len(text) > TEXT_CHARACTERS:
        raise Refused(413, "too_long", limit=TEXT_CHARACTERS, length=len(text))
    return Message(key=key, content=Text(text=text))


async def _read_json(request: Request) -> dict[str, object]:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refused(415, "malformed")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise Refused(413, "too_large")
    try:
        value = json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise Refused(400, "malformed") from error
    if not isinstance(value, dict):
        raise Refused(400, "malformed")
    return value


def _text(body: dict[str, object], name: str) -> str:
    """A text field, as it can be stored: no lone surrogates, no NUL (PostgreSQL takes neither)."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(400, "malformed")
    whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")


def _printable(name: str) -> str:
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf"} else char for char in name)


def _matching(pattern: re.Pattern[str], key: str) -> str:
    if not pattern.fullmatch(key):
        raise Refused(400, "malformed")
    return key
