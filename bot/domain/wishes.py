"""What the counterpart of a conversation wants to hear or to get, and what fulfils it.

The counterpart of a negotiation has a deal; that of a conversation has wishes, each worth points
that add up to what the learner can reach. When a wish is brought up is ``conversation``'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.languages import Interface
from bot.domain.spotting import says
from bot.domain.understanding import Act, Topic, Understanding


class Named(StrEnum):
    """The values of ``Terms`` by which a wish can be fulfilled."""

    PRICE = "price"
    QUANTITY = "quantity"
    INCOTERM = "incoterm"
    PAYMENT = "payment"
    LEAD_TIME = "lead_time_days"
    DELIVERY_DATE = "delivery_date"
    DISCOUNT = "discount_pct"
    WARRANTY = "warranty_months"
    VALIDITY = "validity"


class WishLine(StrEnum):
    """The occasions on which one speaks of a wish."""

    RAISE = "raise"
    """Brings it up, in a friendly way."""
    PRESS = "press"
    """Insists: the learner has evaded."""
    THANK = "thank"
    """It is met."""
    PARTLY = "partly"
    """Half of it is there; says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one message must have in it: of everything that is given, at least one."""

    __pydantic_config__ = {"extra": "forbid"}

    acts: tuple[Act, ...] = ()
    topics: tuple[Topic, ...] = ()
    terms: tuple[Named, ...] = ()
    says: tuple[str, ...] = ()
    """Phrases of the practice language; ``spotting`` tells how they are found."""
    unless: tuple[str, ...] = ()
    """Phrases with which the message is about something else."""

    def is_in(self, heard: Understanding, text: str) -> bool:
        """Whether the message has it."""
        acts = set(heard.acts)
        if Act.REJECT in acts:
            acts -= {Act.JUSTIFY}  # the reason for a no is not the reason that was asked for
        may_ask = bool({Act.ASK, Act.REQUEST, Act.OFFER} & set(self.acts))
        return (
            (not self.acts or bool(acts & set(self.acts)))
            and (not self.topics or bool(set(self.topics) & set(heard.topics)))
            and (not self.terms or any(getattr(heard.terms, name) for name in self.terms))
            and (not self.says or says(text, self.says, questions=may_ask))
            and not (self.unless and says(text, self.unless, questions=True))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing the counterpart wants."""

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    title: Mapping[Interface, str]
    """What the learner is to do: a line of the brief and of the debrief."""
    points: int
    needs: tuple[Need, ...]
    """Any of them fulfils it."""
    half: tuple[Need, ...] = ()
    """Any of them fulfils half of it."""
    after: str | None = None
    """Another wish, before which this one is neither brought up nor met."""
    shown: bool = True
    """Whether the brief tells the learner of it."""
    in_opening: bool = False
    """Whether every opening brings it up."""
    speech: Mapping[WishLine, tuple[str, ...]]
    hint: str
    """A model sentence in the practice language."""
    note: str = ""
    """What was promised, as the closing summary says it; ``{when}`` is the day or the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Something only this counterpart can be asked: an order number, photos, a bank's message."""

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    says: tuple[str, ...]
    """Phrases of a question or request about it."""
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A wish that was fulfilled, or half fulfilled."""

    wish: str
    turn: int
    is_half: bool = False
    was_raised: bool = True
    """Whether the counterpart had brought it up before."""
    day: date | None = None
    """The day named for it."""
    days: int | None = None
    """The time named for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """The counterpart had to insist."""

    wish: str
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One promise in the closing summary."""

    text: str
    day: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where a talk stands when a message comes."""

    turn: int
    raised: tuple[str, ...]
    met: tuple[str, ...]


def heard_in(
    wishes: Sequence[Wish], heard: Understanding, text: str, *, talk: Told
) -> tuple[Met, ...]:
    """The wishes that one message fulfils, wholly or by half."""
    found: list[Met] = []
    for wish in wishes:
        if wish.after and wish.after not in {*talk.met, *(one.wish for one in found)}:
            continue
        is_whole = any(need.is_in(heard, text) for need in wish.needs)
        if is_whole or any(need.is_in(heard, text) for need in wish.half):
            found.append(
                Met(
                    wish=wish.id,
                    turn=talk.turn,
                    is_half=not is_whole,
                    was_raised=wish.id in talk.raised,
                    day=heard.terms.delivery_date if "{when}" in wish.note else None,
                    days=heard.terms.lead_time_days if "{when}" in wish.note else None,
                )
            )
    return tuple(found)
