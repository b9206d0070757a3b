"""The state of one talk and what its two sides do. How the buyer decides: ``negotiation``."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.exercise import Line
from bot.domain.languages import Band
from bot.domain.terms import Price
from bot.domain.understanding import Act, Topic
from bot.domain.wishes import Met, Note, Pressed, WishLine


class Phase(StrEnum):
    """Where a talk stands."""

    TALKING = "talking"
    CONFIRMING = "confirming"
    """The buyer has summed up and waits for a yes."""
    AGREED = "agreed"
    BROKEN_OFF = "broken_off"
    """By the buyer: out of patience or time."""
    LEFT = "left"
    """By the learner: ended or walked away."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be said."""
        return self in (Phase.AGREED, Phase.BROKEN_OFF, Phase.LEFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One thing the buyer says, before it has words. Only the slots of its line are filled."""

    line: Line | None = None
    topic: Topic | None = None
    """Instead of ``line``: answers a question from the exercise's facts."""
    opening: bool = False
    """Instead of ``line``: the exercise's opening message."""
    ours: Offer | None = None
    theirs: Offer | None = None
    give: Offer | None = None
    want: Offer | None = None
    terms: Offer | None = None
    issues: tuple[IssueId, ...] = ()
    first: Offer | None = None
    second: Offer | None = None
    currency: str | None = None
    """ISO 4217 code."""
    foreign: Price | None = None
    """A price in another currency than the deal's."""
    name: str | None = None
    wish: str | None = None
    """Instead of ``line``: speaks of this wish as ``about`` says."""
    about: WishLine | None = None
    detail: str | None = None
    """Instead of ``line``: answers a question about this detail."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A ``Say`` with the authored phrase chosen for it; the slots are filled by a renderer."""

    phrase: str
    say: Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One offer on the path of a talk."""

    turn: int
    """0 is the opening."""
    side: Side
    offer: Offer
    """Everything that side has on the table after this turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A condition the buyer has stated: once ``want`` is offered, ``give`` holds."""

    turn: int
    give: Offer
    want: Offer


class TrickKind(StrEnum):
    """The tricks of the trade a buyer may try; which temper uses which stands in ``tempers``."""

    COMPETITOR = "competitor"
    """Names another supplier's quote."""
    BOSS = "boss"
    """Hides behind somebody who is not at the table."""
    BIGGER_ORDER = "bigger_order"
    """Holds out a bigger order next year."""
    LAST_MINUTE = "last_minute"
    """Asks for one small thing more when all is agreed."""
    SILENCE = "silence"
    """Says next to nothing and lets the learner go on."""
    SPLIT = "split"
    """Proposes the middle of the two prices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trick:
    """One trick the buyer has tried. What the learner made of it, the next step tells."""

    turn: int
    kind: TrickKind
    offer: Offer = field(default_factory=Offer)
    """The values it presses: the learner's own, what is asked for, or the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one learner message did, kept for the marks."""

    turn: int
    acts: tuple[Act, ...]
    topics: tuple[Topic, ...] = ()
    offered: Offer = field(default_factory=Offer)
    """What this message alone put on the table."""
    beyond: Offer = field(default_factory=Offer)
    """What it named that cannot be discussed; never on the table."""
    is_conditional: bool = False
    """A concession tied to something in return."""
    slip: Offer = field(default_factory=Offer)
    """The values this message put right, as they had been said before."""
    readings: tuple[Offer, ...] = ()
    """The readings of a value that could be read in two ways, likeliest first."""
    foreign: Price | None = None
    """A price it named in another currency than the deal's."""
    misfits: tuple[IssueId, ...] = ()
    """Issues on which it named something in a unit, or an option, that the deal has not."""
    is_informal: bool = False
    """Whether it addressed the buyer as one addresses friends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk as it stands. Everything needed to go on, nothing else."""

    phase: Phase = Phase.TALKING
    turn: int = 0
    """Learner messages answered so far."""
    learner: str | None = None
    """How the buyer addresses the learner."""
    band: Band | None = None
    """Whose words the buyer prefers; ``None``: anybody's."""
    standing: Offer = field(default_factory=Offer)
    """All the buyer's values, spoken or not."""
    spoken: tuple[IssueId, ...] = ()
    """The issues on which the learner has heard the buyer's value."""
    said: Offer = field(default_factory=Offer)
    """The buyer's values as the learner has heard them last."""
    offered: Offer = field(default_factory=Offer)
    """The learner's latest values."""
    promises: tuple[Promise, ...] = ()
    """Conditions stated and not yet met."""
    doubt: tuple[Offer, ...] = ()
    """The readings the buyer asked back about, likeliest first."""
    unsure: tuple[Act, ...] = ()
    """The two acts it asked back between, the likelier first; ``doubt`` is what they are about."""
    foreign: Price | None = None
    """The price in another currency it asked back about; ``doubt`` is the same in the deal's."""
    excused: int = 0
    """Turns that do not count against the deadline: not understood, or in the wrong language."""
    wrong_language: int = 0
    """Turns in another language than the one practised."""
    named: tuple[IssueId, ...] = ()
    """The issues on which the buyer's last reply named its values."""
    disputed: tuple[IssueId, ...] = ()
    """Issues the learner has refused without a value of its own: not settled, whatever stands."""
    summary: Offer | None = None
    """What was summed up and waits for a yes."""
    agreement: Offer | None = None
    path: tuple[Step, ...] = ()
    heard: tuple[Heard, ...] = ()
    asked: IssueId | None = None
    """The issue the buyer asked about last."""
    asked_why: tuple[IssueId, ...] = ()
    """The issues on which the buyer has asked for a reason; never twice."""
    tricks: tuple[Trick, ...] = ()
    """What the buyer has tried, in the order of turns."""
    unclear_in_row: int = 0
    idle_in_row: int = 0
    """Turns in a row in which the learner neither moved nor asked nor gave a reason."""
    idle: int = 0
    """All such turns of the talk."""
    met: tuple[Met, ...] = ()
    """In a conversation: the wishes fulfilled, in the order of their turns."""
    raised: tuple[str, ...] = ()
    """The wishes brought up so far, latest last."""
    pressed: tuple[Pressed, ...] = ()
    closing: bool = False
    """Whether the learner has taken leave with wishes open."""
    recap: tuple[Note, ...] = ()
    """What was summed up and waits for a yes."""
    used: tuple[str, ...] = ()
    """Phrases already used, as ``<line>#<index>`` and, where slots were filled, ``|<values>``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One of the two ways in which a message can be meant, as a learner can choose it."""

    is_yes: bool
    """Whether a mere yes to the buyer's question says so; the other one is said by a no."""
    act: Act = Act.OFFER
    offer: Offer = field(default_factory=Offer)
    foreign: Price | None = None
    """The price, when it is not in the currency of the deal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The buyer's answer: in words to be, and what the coach should know."""

    spoken: tuple[Spoken, ...]
    asks_confirmation: bool = False
    needs_hint: bool = False
    """Nothing was understood twice in a row: the coach helps in the interface language."""
    needs_language: bool = False
    """Another language for the second time: the coach says which one is practised."""
    meanings: tuple[Meaning, ...] = ()
    """Between these two the buyer has asked back, the likelier first."""
