"""What the page needs of the rest of the program, as Protocols matched by shape.

Decides nothing. Does not know who implements them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from bot.domain.messages import Incoming, Outgoing

T = TypeVar("T")


class Desk(Protocol):
    """The use cases' single entry."""

    async def take(self, incoming: Incoming) -> None:
        """Returns after its transaction; the same (chat, key) again changes nothing."""
        ...


class Lanes(Protocol):
    """Keeps the order inside a chat."""

    async def run(self, key: Hashable | None, work: Awaitable[T]) -> T:
        """Do the work after everything given earlier under the same key."""
        ...


@runtime_checkable
class Words(Protocol):
    """A piece of text: only ``b i u s code a blockquote`` tags and newlines, already escaped."""

    @property
    def html(self) -> str: ...


@runtime_checkable
class Picture(Protocol):
    """A picture, drawn when it is asked for."""

    @property
    def alt(self) -> str: ...
    @property
    def caption(self) -> str: ...
    @property
    def draw(self) -> Callable[[], bytes]:
        """Makes the PNG; blocks."""
        ...


class Label(Protocol):
    """A button's words and what pressing it says."""

    @property
    def text(self) -> str: ...
    @property
    def action(self) -> str: ...


class Rendered(Protocol):
    """One outgoing message in words and pictures."""

    @property
    def parts(self) -> Sequence[Words | Picture]: ...
    @property
    def buttons(self) -> Sequence[Sequence[Label]]: ...


class Renderer(Protocol):
    """Finds the words for an outgoing message."""

    def render(self, outgoing: Outgoing) -> Rendered: ...
