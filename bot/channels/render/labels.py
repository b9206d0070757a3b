"""Where on a crowded picture a label goes: off the points, off the other labels, near its own.

Works in pixels and knows nothing of deals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, sin

_DIRECTIONS = 16
_RADII_PX = (24.0, 34.0, 46.0, 60.0, 76.0)  # from the point to the middle of its label
_FAR_PX = 40.0  # beyond it a label is tied to its point by a line
_LABEL, _POINT, _LINE, _OUTSIDE = 100.0, 40.0, 6.0, 500.0  # costs of lying on something
_EVERY_PX = 6.0  # how closely lines are kept clear of


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its middle."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have a place in common."""
        is_beside = abs(self.x - other.x) * 2 < self.width + other.width
        return is_beside and abs(self.y - other.y) * 2 < self.height + other.height

    def edge_towards(self, x: float, y: float) -> tuple[float, float]:
        """Where a line from a place outside to the middle comes in."""
        dx, dy = x - self.x, y - self.y
        share = min(
            self.width / 2 / abs(dx) if dx else 1.0, self.height / 2 / abs(dy) if dy else 1.0, 1.0
        )
        return self.x + dx * share, self.y + dy * share

    def is_within(self, other: "Box") -> bool:
        """Whether it does not stick out of ``other``."""
        is_wide = abs(self.x - other.x) * 2 <= other.width - self.width
        return is_wide and abs(self.y - other.y) * 2 <= other.height - self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A label to be placed."""

    x: float
    y: float
    width: float
    height: float
    towards: float
    """The preferred direction from its point, in radians."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where it goes."""

    box: Box
    is_far: bool
    """Whether a line should tie it to its point."""


def place(
    wanted: Sequence[Wanted], *, frame: Box, points: Sequence[Box], lines: Sequence[Box]
) -> tuple[Placed, ...]:
    """Each label where it disturbs least, the earlier ones first."""
    taken: list[Box] = []
    placed = []
    for one in wanted:
        costs = [(_cost(one, box, frame, points, lines, taken), box) for box in _around(one)]
        box = min(costs, key=lambda pair: pair[0])[1]
        taken.append(box)
        placed.append(Placed(box=box, is_far=_gap(one, box) > _FAR_PX))
    return tuple(placed)


def spaced(places: Sequence[tuple[float, float]], *, apart_px: float) -> tuple[int, ...]:
    """The numbers of those with room for a label: the first, the last, those not too near."""
    kept: list[int] = []
    for number, (x, y) in enumerate(places):
        is_last = number == len(places) - 1
        near = [
            other for other in kept if hypot(x - places[other][0], y - places[other][1]) < apart_px
        ]
        if is_last:
            kept = [other for other in kept if other == 0 or other not in near]
        if is_last or not near:
            kept.append(number)
    return tuple(kept)


def along(path: Sequence[tuple[float, float]]) -> Iterable[Box]:
    """Small boxes along a line, to keep labels off it."""
    for (x0, y0), (x1, y1) in pairwise(path):
        steps = max(int(hypot(x1 - x0, y1 - y0) / _EVERY_PX), 1)
        for step in range(steps + 1):
            share = step / steps
            x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
            yield Box(x=x, y=y, width=_EVERY_PX, height=_EVERY_PX)


def _around(one: Wanted) -> Iterable[Box]:
    for radius in _RADII_PX:
        for step in range(_DIRECTIONS):
            angle = one.towards + pi * 2 * step / _DIRECTIONS
            x = one.x + cos(angle) * (radius + one.width / 2 - one.height / 2)
            y = one.y + sin(angle) * radius
            yield Box(x=x, y=y, width=one.width, height=one.height)


def _gap(one: Wanted, box: Box) -> float:
    side = max(abs(box.x - one.x) - box.width / 2, 0)
    return hypot(side, max(abs(box.y - one.y) - box.height / 2, 0))


def _cost(
    one: Wanted,
    box: Box,
    frame: Box,
    points: Sequence[Box],
    lines: Sequence[Box],
    taken: Sequence[Box],
) -> tuple[float, float]:
    turned = hypot(
        box.x - one.x - cos(one.towards) * _RADII_PX[0],
        box.y - one.y - sin(one.towards) * _RADII_PX[0],
    )
    cost = (
        _LABEL * sum(box.overlaps(other) for other in taken)
        + _POINT * sum(box.overlaps(other) for other in points)
        + _LINE * sum(box.overlaps(other) for other in lines)
        + (0.0 if box.is_within(frame) else _OUTSIDE)
    )
    return cost + turned / 2, turned
