"""Waiting for something to become true, without looking every few milliseconds.

Decides when a condition is looked at again: at every ring. Does not know what changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung after every change; wakes everybody who waits."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something changed."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(
        self, condition: Callable[[], T], *, timeout_s: float, otherwise: Callable[[], str]
    ) -> T:
        """The condition's first true value.

        Raises:
            TimeoutError: it stayed false; `otherwise` says what there was instead.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not (value := condition()):
                    await self._rung.wait()
                return value
        except TimeoutError:
            raise TimeoutError(f"after {timeout_s} s: {otherwise()}") from None
