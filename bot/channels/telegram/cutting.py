"""Cuts a text in HTML into messages that the Bot API takes. Never inside a tag."""

import re
from collections.abc import Iterator
from html import escape, unescape

LONGEST_TEXT = 4096  # code points after the markup is parsed (Bot API, sendMessage)
LONGEST_CAPTION = 1024  # the same for captions

_TAG = re.compile(r"</?[a-z]+>")


def length(html: str) -> int:
    """Code points once the markup is parsed."""
    return len(_plain(html))


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def cut(html: str, limit: int = LONGEST_TEXT) -> tuple[str, ...]:
    """Pieces of at most ``limit`` code points, cut between lines where possible.

    Tags never reach over a line in Kontor's messages, but for a block quotation; a line that is
    too long by itself loses its markup.
    """
    pieces: list[str] = []
    for line in _fitting(html, limit):
        joined = f"{pieces[-1]}\n{line}" if pieces else line
        if pieces and length(joined) <= limit:
            pieces[-1] = joined
        else:
            pieces.append(line)
    return tuple(piece.strip("\n") for piece in pieces if _plain(piece).strip())


def _fitting(html: str, limit: int) -> Iterator[str]:
    for line in _blocks(html):
        if length(line) <= limit:
            yield line
            continue
        plain = _plain(line)
        for start in range(0, len(plain), limit):
            yield escape(plain[start : start + limit], quote=False)


def _blocks(html: str) -> Iterator[str]:
    """The lines of a text, those that a tag holds together as one."""
    block = ""
    for line in html.split("\n"):
        block = f"{block}\n{line}" if block else line
        if block.count("</") * 2 == len(_TAG.findall(block)):
            yield block
            block = ""
    if block:
        yield block
