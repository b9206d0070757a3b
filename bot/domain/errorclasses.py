"""The eight error classes of ACE (Shea et al., EMNLP 2024) and what can be said about each.

Codes and values; ``judging`` finds them in a talk, words are found elsewhere.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.deal import Deal, IssueId, Offer, Side
from bot.domain.exercise import Version
from bot.domain.models import Model
from bot.domain.preparation import Preparation
from bot.domain.process import Process
from bot.domain.talk import Step, Talk


class ErrorClass(StrEnum):
    """The classes, in the order of a talk."""

    TARGET_PRICE = "target_price"
    BREAKING_ICE = "breaking_ice"
    FIRST_OFFER = "first_offer"
    AMBITIOUS_OPENING = "ambitious_opening"
    STRONG_COUNTER = "strong_counter"
    RATIONALE = "rationale"
    STRATEGIC_CLOSING = "strategic_closing"
    WALK_AWAY = "walk_away"


class Why(StrEnum):
    """What was seen. Behind the code the values it comes with."""

    TARGET_HIGH = "target_high"  # share: of the points at stake
    TARGET_LOW = "target_low"  # share
    ICE_BROKEN = "ice_broken"
    STRAIGHT_TO_BUSINESS = "straight_to_business"
    OPENED_FIRST = "opened_first"  # offer
    LET_BUYER_OPEN = "let_buyer_open"
    OPENED_HIGH = "opened_high"  # share, offer
    OPENED_LOW = "opened_low"  # share, offer
    COUNTERED_FIRMLY = "countered_firmly"  # points, share: of the gap
    COUNTERED_WEAKLY = "countered_weakly"  # points, share
    HELD_FAST = "held_fast"  # nothing was given to the buyer's first offers
    GAVE_REASONS = "gave_reasons"  # count; turns: with a reason
    FEW_REASONS = "few_reasons"  # count: of reasons; turns: offers without one
    NO_REASONS = "no_reasons"  # turns: offers without one
    CLOSED_FOR_SOMETHING = "closed_for_something"  # points
    CLOSED_WITHOUT_GIFT = "closed_without_gift"
    GAVE_IN_AT_THE_END = "gave_in_at_the_end"  # points, issues
    TOOK_THE_REST = "took_the_rest"  # points, issues: signed as the buyer first wished
    SPLIT_THE_GAP = "split_the_gap"  # offer
    LIMIT_KEPT = "limit_kept"  # points over the limit
    BELOW_LIMIT = "below_limit"  # points under it
    LIMIT_NOTED_TOO_LOW = "limit_noted_too_low"  # points under the brief's, before the talk
    NOTHING_REACHED = "nothing_reached"  # no deal, and none on the table was worth it
    DEAL_MISSED = "deal_missed"  # points over the limit that were on the table


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMark:
    """What is to be said about one class."""

    cls: ErrorClass
    why: Why
    good: bool
    turns: tuple[int, ...] = ()
    """Where it was seen; 0 is the preparation."""
    count: int | None = None
    points: Decimal | None = None
    share: Decimal | None = None
    issues: tuple[IssueId, ...] = ()
    offer: Offer | None = None
    better: Model | None = None
    """What could have been said instead, where it went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a talk is judged by."""

    version: Version
    talk: Talk
    process: Process
    preparation: Preparation | None

    @property
    def deal(self) -> Deal:
        """The deal that was negotiated."""
        return self.version.deal

    @property
    def own(self) -> tuple[Step, ...]:
        """The learner's offers."""
        return tuple(step for step in self.talk.path if step.side is Side.LEARNER)

    def first(self, id: IssueId, side: Side) -> Step | None:
        """Where ``side`` first named a value for an issue."""
        steps = (step for step in self.talk.path if step.side is side)
        return next((step for step in steps if step.offer.value(id) is not None), None)
