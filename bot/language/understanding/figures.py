"""The figures of a message: what each counts, and the message with marks in their places.

Decides their form only; ``marking`` finds them, ``measuring`` says what they count.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.domain.terms import Incoterm, PaymentMethod, Unit


class Kind(StrEnum):
    """What a figure counts; its letter stands in the mark."""

    MONEY = "m"
    COUNT = "c"
    PERCENT = "p"
    SPAN = "t"
    DATE = "d"
    BARE = "n"
    INCOTERM = "i"
    METHOD = "y"
    NOISE = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure (or trade term) of a message."""

    start: int
    end: int
    kind: Kind
    amount: Decimal = Decimal(0)
    ambiguous: bool = False
    currency: str | None = None
    unit: Unit | None = None
    """What is counted, or what a price is for."""
    each: bool = False
    """A price said to be for each of what was counted."""
    span: str | None = None
    day: date | None = None
    incoterm: Incoterm | None = None
    method: PaymentMethod | None = None
    sight: bool = False
    product: bool = False
    """A bare number in front of goods."""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A message whose figures are marks: ``we offer <m0> for <c1>``."""

    text: str
    figures: tuple[Figure, ...]
    places: tuple[int, ...] = field(default=())
    """Where each figure's mark begins in ``text``."""

    def source(self, place: int) -> int:
        """The place in the message that ``place`` in ``text`` stands for."""
        shift = 0
        for index, (figure, start) in enumerate(zip(self.figures, self.places, strict=True)):
            end = start + len(f"<{figure.kind.value}{index}>")
            if place < end:
                return min(place + shift, figure.start) if place < start else figure.start
            shift = figure.end - end
        return place + shift
