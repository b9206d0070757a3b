"""What a message says: acts, topics, terms, register. Finding it out is ``language``'s job."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from bot.domain.deal import IssueId
from bot.domain.terms import Span, Terms


class Act(StrEnum):
    """What the writer does (the table in ``docs/design.md``)."""

    GREET = "greet"
    INTRODUCE = "introduce"
    ASK = "ask"
    OFFER = "offer"
    ACCEPT = "accept"
    REJECT = "reject"
    REQUEST = "request"
    INFORM = "inform"
    PROMISE = "promise"
    JUSTIFY = "justify"
    THANK = "thank"
    APOLOGISE = "apologise"
    SMALL_TALK = "small_talk"
    CLOSE = "close"
    OTHER = "other"


class Topic(StrEnum):
    """What a question or request is about."""

    PRICE = "price"
    QUANTITY = "quantity"
    INCOTERM = "incoterm"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    WARRANTY = "warranty"
    PACKAGING = "packaging"
    SAMPLE = "sample"
    CERTIFICATE = "certificate"
    COMPANY = "company"
    MARKET = "market"
    VALIDITY = "validity"
    OTHER = "other"


class Register(StrEnum):
    """How the writer addresses the other (Sie/du, vous/tu, full forms/contractions and slang)."""

    FORMAL = "formal"
    INFORMAL = "informal"


class Whose(StrEnum):
    """Which value said before a reference goes back to."""

    OWN = "own"
    THEIRS = "theirs"
    LAST = "last"
    """Said last by either side."""
    BOTH = "both"
    """The two values the other has just named."""


class Measure(StrEnum):
    """What a change is counted in."""

    PERCENT = "percent"
    AMOUNT = "amount"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far from a value said before: ``10 % less``, ``ten days earlier``."""

    measure: Measure
    by: Decimal
    """Below zero: less, cheaper, earlier. Of a payment, the share paid at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something said before is meant again, as it was or changed."""

    topic: Topic | None = None
    """``None``: all that is not named otherwise."""
    issue: IssueId | None = None
    """Instead of ``topic``, of an issue that no trade term names."""
    whose: Whose = Whose.LAST
    change: Change | None = None


class Correction(StrEnum):
    """How a writer puts right what it has said."""

    PLAIN = "plain"
    """In so many words: "sorry, I meant 7.80"."""
    TERSE = "terse"
    """ "No, 8.80!", which may as well be a new offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An issue of the deal that no trade term names: by which words it is known in a message."""

    issue: IssueId
    name: Mapping[str, str]
    """A bare noun in every language."""
    called: str
    words: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The phrases that name an option, by its id."""
    unit: Span | None = None
    least: Decimal | None = None
    """A figure below it is meant for the issue only beside its words."""
    most: Decimal | None = None


class Stance(StrEnum):
    """What a message does with a matter."""

    PUT = "put"
    """Puts a value on the table."""
    ASKED = "asked"
    GRANTED = "granted"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A message speaks of a matter."""

    issue: IssueId
    stance: Stance
    amount: Decimal | None = None
    """What is put, in the unit of the issue."""
    option: str | None = None
    """Its id. Neither ``amount`` nor ``option``: something is put that is no option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the talk so far lets a reader expect of the next message."""

    currency: str | None = None
    """ISO 4217 code of the deal."""
    asked: Topic | None = None
    """The topic the buyer asked about last, if it asked."""
    confirming: bool = False
    """The buyer has just summed up the deal and waits for a yes or a no."""
    matters: tuple[Matter, ...] = ()
    """The issues of the deal that no trade term names."""
    matter: IssueId | None = None
    """The one of them the buyer asked about last, if it asked."""


DOUBTFUL_BELOW = 0.6  # confidence; below it the pipeline itself calls its evidence a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """One message, understood."""

    acts: tuple[Act, ...]
    """In the order of ``Act``; ``OTHER`` only alone."""
    topics: tuple[Topic, ...] = ()
    terms: Terms = field(default_factory=Terms)
    register: Register | None = None
    confidence: float = 1.0
    """0 to 1."""
    foreign: str | None = None
    """ISO 639-1 code of the language the text is in, when it is not the practice language."""

    probes: bool = False
    """The writer wants to know the other's limit, or wants the other out of the role."""
    doubt: tuple[Act, Act] | None = None
    """The two acts between which the reading is unsure, the likelier first."""
    references: tuple[Reference, ...] = ()
    corrects: Correction | None = None
    granted: tuple[Topic, ...] = ()
    """What is agreed to by its name ("payment is fine")."""
    disputed: tuple[Topic, ...] = ()
    """What is refused by its name or its figure ("but the price is too low")."""
    mentions: tuple[Mention, ...] = ()
    """What is said of the issues that no trade term names."""

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at it."""
        return self.confidence < DOUBTFUL_BELOW

    def mentioned(self, *stances: Stance) -> tuple[IssueId, ...]:
        """The issues of which it is said so."""
        found = {one.issue for one in self.mentions if one.stance in stances}
        return tuple(id for id in IssueId if id in found)

    def without_answers(self) -> "Understanding":
        """Without what it agrees to or refuses by name."""
        put = tuple(one for one in self.mentions if one.stance is Stance.PUT)
        return replace(self, granted=(), disputed=(), mentions=put)

    def has(self, *acts: Act) -> bool:
        """Whether any of ``acts`` was found."""
        return any(act in self.acts for act in acts)
