"""What the server refuses about one call: lengths, keyboards, rates.

Decides what is a 400 and what is a 429. Does not know chats' contents, nor what a method does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.emulator.markup import MarkupError, parse_html

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


@dataclass(eq=False)
class Refusal(Exception):
    """An answer with `ok: false`."""

    status: int
    description: str
    retry_after: int | None = None


def formatted(fields: Mapping[str, Any], name: str) -> tuple[str, list[dict[str, Any]]]:
    """The `text` or `caption` of a call as plain text and entities."""
    source = str(fields.get(name, ""))
    mode = str(fields.get("parse_mode", "")).lower()
    if mode == "html":
        try:
            text, entities = parse_html(source)
        except MarkupError as error:
            raise Refusal(400, f"Bad Request: {error}") from error
    elif mode:
        raise Refusal(400, f"Bad Request: unsupported parse_mode {mode!r} (here: HTML or none)")
    else:
        named = fields.get("entities" if name == "text" else "caption_entities")
        text, entities = source, as_json(named, []) if named else []
    if name == "text" and not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if name == "text" and len(text) > TEXT_LIMIT:
        raise Refusal(400, "Bad Request: message is too long")
    if name == "caption" and len(text) > CAPTION_LIMIT:
        raise Refusal(400, "Bad Request: message caption is too long")
    return text, entities


def reply_markup(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """The keyboard of a call, checked; None for no keyboard."""
    if not fields.get("reply_markup"):
        return None
    markup = as_json(fields["reply_markup"], {})
    if not isinstance(markup, dict):
        raise Refusal(400, "Bad Request: object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    if sum(map(len, markup.get("inline_keyboard", []))) > 100:
        raise Refusal(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    return markup


def _check_button(button: Mapping[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise Refusal(400, "Bad Request: inline keyboard button text must be non-empty")
    if sum(action in button for action in _ACTIONS) != 1:
        raise Refusal(400, "Bad Request: inline keyboard button needs exactly one action")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= 64:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


def as_json(value: Any, empty: Any) -> Any:
    """A parameter that may have come as JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else empty
    except ValueError as error:
        raise Refusal(400, "Bad Request: can't parse JSON object") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The server's rates; in private chats a few messages may come at once."""

    per_second: float = 30
    chat_per_second: float = 1
    chat_burst: int = 3
    group_per_minute: float = 20


@dataclass(slots=True)
class _Bucket:
    capacity: float
    per_second: float
    level: float
    filled_at: float

    def missing_s(self, now: float) -> float:
        """Seconds until one more fits; 0 for at once."""
        grown = (now - self.filled_at) * self.per_second
        self.level, self.filled_at = min(self.capacity, self.level + grown), now
        return max(0.0, (1 - self.level) / self.per_second)


@dataclass(slots=True)
class Rates:
    """Token buckets: one for all chats and one for each."""

    limits: Limits
    time_scale: float
    _buckets: dict[int | None, _Bucket] = field(default_factory=dict)

    def admit(self, chat_id: int, now: float) -> None:
        """Count a message to the chat, or refuse it with the seconds to wait (at least 1)."""
        buckets = [self._bucket(None, now), self._bucket(chat_id, now)]
        missing = max(bucket.missing_s(now) for bucket in buckets)
        if missing > 1e-9:
            wait_s = max(1, math.ceil(missing))
            raise Refusal(429, f"Too Many Requests: retry after {wait_s}", retry_after=wait_s)
        for bucket in buckets:
            bucket.level -= 1

    def _bucket(self, chat_id: int | None, now: float) -> _Bucket:
        if chat_id not in self._buckets:
            if chat_id is None:
                capacity, rate = self.limits.per_second, self.limits.per_second
            elif chat_id > 0:
                capacity, rate = float(self.limits.chat_burst), self.limits.chat_per_second
            else:
                capacity = self.limits.group_per_minute
                rate = self.limits.group_per_minute / 60
            self._buckets[chat_id] = _Bucket(capacity, rate / self.time_scale, capacity, now)
        return self._buckets[chat_id]
