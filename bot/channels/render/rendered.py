"""What a channel gets to show: words in a small HTML, pictures, labelled buttons."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in HTML: only b, i, u, s, code, blockquote and line breaks; escaped already."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to be drawn when it is needed."""

    alt: str
    caption: str
    """In the same HTML as ``Words``."""
    draw: Callable[[], bytes]
    """Returns a PNG. Takes a second or so: never call it on the event loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A button with words on it."""

    text: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message, ready for a channel."""

    parts: tuple[Words | Picture, ...]
    buttons: tuple[tuple[Label, ...], ...] = ()
