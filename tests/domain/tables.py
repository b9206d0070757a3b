"""Talks about the lamps written down by hand."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.talk import Heard, Phase, Step, Talk
from bot.domain.understanding import Act

from .factories import make_version

VERSION = make_version()
DEAL = VERSION.deal
AGREED = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("8.00"),
        IssueId.LEAD_TIME: Decimal(42),
    },
    choices={IssueId.INCOTERM: "fob", IssueId.PAYMENT: "bl_copy"},
)
MINE, THEIRS = Side.LEARNER, Side.BUYER


def price(value: str) -> Offer:
    """A price alone."""
    return Offer(figures={IssueId.PRICE: Decimal(value)})


def step(turn: int, side: Side, offer: Offer | str) -> Step:
    """An offer on the path; a string is a price."""
    return Step(turn=turn, side=side, offer=price(offer) if isinstance(offer, str) else offer)


def hear(turn: int, *acts: Act, **more: object) -> Heard:
    """What a message did."""
    return replace(Heard(turn=turn, acts=acts), **more)  # type: ignore[arg-type]


def make_signed(offer: Offer = AGREED, **more: object) -> Talk:
    """A talk that ended in ``offer``."""
    talk = Talk(phase=Phase.AGREED, turn=4, standing=offer, offered=offer, agreement=offer)
    return replace(talk, **more)  # type: ignore[arg-type]
