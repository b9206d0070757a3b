"""What the page needs of the rest of the program, as Protocols matched by shape.

Decides nothing. Does not know who implements them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Hashable
from typing import Protocol, TypeVar

from bot.channels.render.rendered import Rendered
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


class Renderer(Protocol):
    """Finds the words for an outgoing message."""

    def render(self, outgoing: Outgoing) -> Rendered: ...
