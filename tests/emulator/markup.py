"""Telegram's HTML, read the way its server reads it.

Decides which markup is refused, and what text and entities are left of the rest. Does not know
lengths or methods.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_OPENING = re.compile(
    r"<([^\s>]+)((?:\s+[^\s=>/\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|(?:[^\W_]|[.\-])*))?)*)\s*>"
)
_ATTRIBUTE = re.compile(
    r"([^\s=>/\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|((?:[^\W_]|[.\-])*)))?"
)
_CLOSING = re.compile(r"</([^\s>]*)\s*>")
_LINK_ONLY = {"date_time", "custom_emoji"}  # kept as plain text: nothing here shows them


class MarkupError(ValueError):
    """Telegram would refuse this text."""


@dataclass(slots=True)
class _Reader:
    source: str
    text: list[str] = field(default_factory=list)
    units: int = 0
    """Length so far in UTF-16 units, which is what entity offsets count."""
    open: list[tuple[str, int, dict[str, str], int]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def take(self, characters: str) -> None:
        self.text.append(characters)
        self.units += utf16_length(characters)

    def refuse(self, reason: str, at: int) -> MarkupError:
        offset = len(self.source[:at].encode())
        return MarkupError(f"can't parse entities: {reason} at byte offset {offset}")

    def open_tag(self, at: int) -> int:
        match = _OPENING.match(self.source, at)
        if match is None:
            name = re.match(r"<([^\s>]*)", self.source[at:])
            tag = name[1] if name else ""
            reason = (
                f'Unsupported start tag "{tag}"' if tag not in _KINDS else "Unclosed start tag"
            )
            raise self.refuse(reason, at)
        tag = match[1].lower()
        attributes = {
            name: next((value for value in values if value), "")
            for name, *values in _ATTRIBUTE.findall(match[2])
        }
        if tag not in _KINDS:
            raise self.refuse(f'Unsupported start tag "{tag}"', at)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler"', at)
        self.open.append((tag, self.units, attributes, at))
        return match.end()

    def close_tag(self, at: int) -> int:
        match = _CLOSING.match(self.source, at)
        if match is None:
            raise self.refuse("Unclosed end tag", at)
        if not self.open:
            raise self.refuse("Unexpected end tag", at)
        tag, start, attributes, _ = self.open.pop()
        found = match[1].lower()
        if found and found != tag:
            reason = f'Unmatched end tag, expected "</{tag}>", found "</{found}>"'
            raise self.refuse(reason, at)
        kind = _KINDS[tag]
        if self.units > start and kind not in _LINK_ONLY:
            entity: dict[str, Any] = {"type": kind, "offset": start, "length": self.units - start}
            if kind == "text_link":
                entity["url"] = attributes.get("href", "")
            self.entities.append(entity)
        return match.end()


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities.

    Raises:
        MarkupError: Telegram would refuse it.
    """
    reader = _Reader(source)
    at = 0
    while at < len(source):
        if source[at] == "<":
            at = reader.close_tag(at) if source[at + 1 : at + 2] == "/" else reader.open_tag(at)
            continue
        character = _CHARACTER.match(source, at) if source[at] == "&" else None
        if character is not None:
            reader.take(_decoded(character))
            at = character.end()
            continue
        following = re.compile(r"[<&]").search(source, at + 1)
        end = following.start() if following else len(source)
        reader.take(source[at:end])
        at = end
    if reader.open:
        tag, _, _, opened_at = reader.open[-1]
        raise reader.refuse(f'Can\'t find end tag corresponding to start tag "{tag}"', opened_at)
    entities = sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reader.text), entities


def utf16_length(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _decoded(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF else match[0]
