"""Mistakes of language that changed an offer, each with what it would have cost.

Decides nothing about grammar: what counts is that a value stood there that was not meant, or that
the buyer could not know which one was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.domain.deal import Deal, FigureIssue, IssueId, Offer, Side
from bot.domain.talk import Heard, Talk
from bot.domain.terms import Price


class SlipKind(StrEnum):
    """What went wrong."""

    CORRECTED = "corrected"  # another value was said first
    TWO_READINGS = "two_readings"  # a comma or point, or a zero, left two readings
    UNCLEAR_OPTION = "unclear_option"  # two options fitted what was said
    CURRENCY = "currency"  # a price in another currency than the deal's
    UNIT = "unit"  # a figure in a unit the deal does not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One of them."""

    turn: int
    kind: SlipKind
    issue: IssueId
    said: Offer = field(default_factory=Offer)
    """What stood there, or the likelier reading."""
    meant: Offer = field(default_factory=Offer)
    """What was put in its place, or the other reading."""
    points: Decimal | None = None
    """The learner's points between the two; figures outside the range count at its end."""
    foreign: Price | None = None


_COUNTED = (IssueId.PRICE, IssueId.QUANTITY, IssueId.LEAD_TIME)
"""Issues named with a unit."""


def slips_of(deal: Deal, talk: Talk) -> tuple[Slip, ...]:
    """All of a talk, in the order of turns."""
    return tuple(slip for heard in talk.heard for slip in _slips(deal, heard))


def _slips(deal: Deal, heard: Heard) -> Iterator[Slip]:
    for id in heard.slip.issues:
        said, meant = heard.slip.only([id]), heard.offered.only([id])
        if meant:
            yield _between(deal, heard.turn, SlipKind.CORRECTED, said, meant)
    if len(heard.readings) > 1:
        is_figure = bool(heard.readings[0].figures)
        kind = SlipKind.TWO_READINGS if is_figure else SlipKind.UNCLEAR_OPTION
        yield _between(deal, heard.turn, kind, *heard.readings[:2])
    if heard.foreign:
        yield Slip(
            turn=heard.turn, kind=SlipKind.CURRENCY, issue=IssueId.PRICE, foreign=heard.foreign
        )
    for id in heard.misfits:
        if id in _COUNTED:
            yield Slip(turn=heard.turn, kind=SlipKind.UNIT, issue=id)


def _between(deal: Deal, turn: int, kind: SlipKind, said: Offer, meant: Offer) -> Slip:
    id = said.issues[0]
    worth = [deal.payoff(Side.LEARNER, _within(deal, id, offer)) for offer in (said, meant)]
    return Slip(
        turn=turn,
        kind=kind,
        issue=id,
        said=said.only([id]),
        meant=meant.only([id]),
        points=abs(worth[0] - worth[1]),
    )


def _within(deal: Deal, id: IssueId, offer: Offer) -> Offer:
    issue = deal.issue(id)
    if not isinstance(issue, FigureIssue) or id not in offer.figures:
        return offer.only([id])
    return Offer(figures={id: min(max(offer.figures[id], issue.low), issue.high)})
