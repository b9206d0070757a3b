"""What the use cases need of the world outside, as Protocols. Adapters match them by shape."""

from typing import Protocol

from bot.domain.feedback import Check
from bot.domain.languages import Language
from bot.domain.understanding import Context, Understanding


class Understander(Protocol):
    """Reads a learner's message."""

    async def understand(self, text: str, language: Language, context: Context) -> Understanding:
        """Never raises on any text and never blocks the event loop."""
        ...


class GrammarChecker(Protocol):
    """Checks a learner's text."""

    async def check(self, text: str, language: Language, *, timeout_s: float) -> Check:
        """``UNCHECKED`` when no answer came within ``timeout_s``; never raises for an absent server."""
        ...
