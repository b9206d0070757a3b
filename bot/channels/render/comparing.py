"""Two attempts at the same deal in other goods, side by side, as a short table for a phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.channels.render.formats import gain, points
from bot.channels.render.languagemarks import errors_per_100
from bot.channels.render.messages import Messages
from bot.domain.languages import Interface
from bot.domain.marks import Marks
from bot.domain.session import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two attempts."""

    title: str
    attempt: Attempt
    marks: Marks


class Comparing:
    """Renders the comparison."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def compare(self, first: Side, second: Side, interface: Interface) -> Iterator[str]:
        """One line per figure, the earlier attempt before the later one."""
        yield self._messages.text(interface, "twin.head", first=first.title, second=second.title)
        rows = zip(self._figures(first, interface), self._figures(second, interface), strict=True)
        for (name, before, worth_before), (_, after, worth_after) in rows:
            yield self._messages.text(
                interface,
                "twin.row",
                name=self._messages.plain(interface, f"twin.{name}"),
                first=before,
                second=after,
                trend=_trend(worth_before, worth_after),
            ).rstrip()

    def _figures(self, side: Side, interface: Interface) -> list[tuple[str, str, Decimal | None]]:
        """Name, words and worth (the more, the better; ``None``: none) of each figure."""
        marks, process = side.marks, side.marks.process
        none = self._messages.plain(interface, "twin.no_deal")
        errors = errors_per_100([side.attempt])
        over, share, distance = marks.gain, marks.surplus_share, marks.frontier_distance
        steps = len(process.concessions)
        tied = self._messages.plain(interface, "twin.of", n=process.tied, all=steps)
        return [
            ("over", none if over is None else gain(over, interface), over),
            ("share", none if share is None else self._percent(share, interface), share),
            (
                "frontier",
                none if distance is None else points(distance, interface),
                None if distance is None else -distance,
            ),
            ("questions", str(len(process.questions)), Decimal(len(process.questions))),
            ("reasons", str(len(process.reasons)), Decimal(len(process.reasons))),
            ("tied", tied, Decimal(process.tied) / steps if steps else None),
            ("errors", points(errors, interface), -errors),
        ]

    def _percent(self, share: Decimal, interface: Interface) -> str:
        return self._messages.plain(
            interface, "twin.percent", n=f"{share * 100:.0f}".replace("-", "−")
        )


def _trend(before: Decimal | None, after: Decimal | None) -> str:
    if before is None or after is None:
        return "▲" if before is None and after is not None else ""
    return "▲" if after > before else "▼" if after < before else ""
