"""An exercise as authored: who, what, where, in which words. How it is played: ``negotiation``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.domain.deal import Deal, IssueId
from bot.domain.languages import Band, Interface, Language
from bot.domain.terms import Unit
from bot.domain.understanding import Topic
from bot.domain.wishes import Detail, Wish

Words = Mapping[Interface, str]
"""A text in every interface language."""


class Competence(StrEnum):
    """The five competences; every exercise trains exactly one."""

    COMMUNICATION = "communication"
    TRADE_PRACTICE = "trade_practice"
    MARKETING = "marketing"
    PLATFORM_OPERATION = "platform_operation"
    LOGISTICS = "logistics"


class Stage(StrEnum):
    """The three years of a vocational course."""

    FOUNDATION = "foundation"
    SIMULATION = "simulation"
    PRACTICE = "practice"


class Job(StrEnum):
    """The jobs learners are trained for."""

    CUSTOMER_SERVICE = "customer_service"
    EXPORT_SALES = "export_sales"
    CLIENT_CONSULTANT = "client_consultant"
    PROMOTION = "promotion"
    STORE_OPERATION = "store_operation"
    LOGISTICS = "logistics"


class Kind(StrEnum):
    """What one does in an exercise."""

    ROLEPLAY = "roleplay"


class Temper(StrEnum):
    """How a buyer bargains; the parameters stand in ``negotiation``."""

    COOPERATIVE = "cooperative"
    ANALYTICAL = "analytical"
    HARD_BARGAINER = "hard_bargainer"
    RELATIONSHIP_MINDED = "relationship_minded"


class Line(StrEnum):
    """The occasions on which a buyer speaks. In braces the slots an authored phrase may use."""

    GREET = "greet"  # {name}: answers the first greeting or introduction
    SMALL_TALK = "small_talk"
    THANK = "thank"
    ACKNOWLEDGE = "acknowledge"  # takes note of a fact, reason or promise
    COUNTER = "counter"  # {ours}: puts a package on the table
    CONDITION = "condition"  # {give} {want}: gives one thing for another
    HOLD = "hold"  # the learner has not moved: neither do we
    WHY = "why"  # {theirs} {ours}: asks for a reason
    COMPETITOR = "competitor"  # {theirs}: has a better quote, a trick as the next five
    BOSS = "boss"  # {theirs}: somebody else will not allow it
    BIGGER_ORDER = "bigger_order"  # next year it will be more
    LAST_MINUTE = "last_minute"  # {want}: a small extra when all is agreed, and no must
    SILENCE = "silence"  # says next to nothing
    SPLIT = "split"  # {ours}: the middle of the two prices
    CHECK = "check"  # will find out and come back
    PROBE = "probe"  # was asked for its limit or its secret
    BEYOND = "beyond"  # {theirs}: outside what can be discussed
    UNCLEAR = "unclear"  # did not understand
    UNCLEAR_FIGURE = "unclear_figure"  # {first} {second}: two readings of a figure
    UNCLEAR_OPTION = "unclear_option"  # {first} {second}: two options fit
    UNCLEAR_CURRENCY = "unclear_currency"  # {foreign} {second}: another currency, or its own?
    UNCLEAR_OFFER = "unclear_offer"  # {first}: is it an offer? A yes says so, a no says no
    UNCLEAR_YES = "unclear_yes"  # {first}: is it agreed to?
    UNCLEAR_REFERENCE = "unclear_reference"  # the same as what, less than what?
    CORRECTED = "corrected"  # {theirs}: has taken note that a value was put right
    CURRENCY = "currency"  # {currency}: was given a price in another one, wants it in its own
    WRONG_LANGUAGE = "wrong_language"
    OPEN_ISSUES = "open_issues"  # {issues}: agreed so far, but these are open
    SUMMARY = "summary"  # {terms}: sums up and asks for a yes
    CHANGE = "change"  # the learner wants to change something after the summary
    AGREED = "agreed"  # {name}: after the yes
    LAST_TURNS = "last_turns"  # must decide soon
    WALK_AWAY = "walk_away"  # {name}: breaks off
    FAREWELL = "farewell"  # {name}: the learner ends without a deal
    REMINDER = "reminder"  # {name}: the next morning, when the learner has not answered
    # In conversations, where nothing is bargained over:
    MISSED = "missed"  # did not understand
    NOTE_TAKEN = "note_taken"  # takes note of a fact, reason or promise
    WAITING = "waiting"  # has heard nothing yet that helps
    IN_ROLE = "in_role"  # was asked for something that a person in this role does not tell
    RECAP = "recap"  # {notes}: sums up what was promised and asks for a yes
    REVISE = "revise"  # the learner wants to change something after the recap
    SATISFIED = "satisfied"  # {name}: all wishes are met
    DISAPPOINTED = "disappointed"  # {name}: out of patience, or left with wishes open
    PARTED = "parted"  # {name}: the learner ends the conversation
    # One of each per issue; any of them may use {issues}, the issue by its name and article:
    PUSH_PRICE = "push_price"  # {theirs} {ours}: cannot take theirs, and why
    PUSH_QUANTITY = "push_quantity"
    PUSH_PAYMENT = "push_payment"
    PUSH_INCOTERM = "push_incoterm"
    PUSH_LEAD_TIME = "push_lead_time"
    PUSH_SHARE = "push_share"
    PUSH_PERIOD = "push_period"
    PUSH_SCOPE = "push_scope"
    PUSH_SERVICE = "push_service"
    GIVE_PRICE = "give_price"  # {ours}: comes towards the learner
    GIVE_QUANTITY = "give_quantity"
    GIVE_PAYMENT = "give_payment"
    GIVE_INCOTERM = "give_incoterm"
    GIVE_LEAD_TIME = "give_lead_time"
    GIVE_SHARE = "give_share"
    GIVE_PERIOD = "give_period"
    GIVE_SCOPE = "give_scope"
    GIVE_SERVICE = "give_service"
    TAKE_PRICE = "take_price"  # {theirs}: can live with theirs
    TAKE_QUANTITY = "take_quantity"
    TAKE_PAYMENT = "take_payment"
    TAKE_INCOTERM = "take_incoterm"
    TAKE_LEAD_TIME = "take_lead_time"
    TAKE_SHARE = "take_share"
    TAKE_PERIOD = "take_period"
    TAKE_SCOPE = "take_scope"
    TAKE_SERVICE = "take_service"
    ASK_PRICE = "ask_price"  # asks for the learner's position
    ASK_QUANTITY = "ask_quantity"
    ASK_PAYMENT = "ask_payment"
    ASK_INCOTERM = "ask_incoterm"
    ASK_LEAD_TIME = "ask_lead_time"
    ASK_SHARE = "ask_share"
    ASK_PERIOD = "ask_period"
    ASK_SCOPE = "ask_scope"
    ASK_SERVICE = "ask_service"
    ANSWER_PRICE = "answer_price"  # {ours}: says what it has in mind, when asked
    ANSWER_QUANTITY = "answer_quantity"
    ANSWER_PAYMENT = "answer_payment"
    ANSWER_INCOTERM = "answer_incoterm"
    ANSWER_LEAD_TIME = "answer_lead_time"
    ANSWER_SHARE = "answer_share"
    ANSWER_PERIOD = "answer_period"
    ANSWER_SCOPE = "answer_scope"
    ANSWER_SERVICE = "answer_service"


def line_for(verb: str, issue: IssueId) -> Line:
    """The line of a verb (``push``, ``give``, ``take``, ``ask``, ``answer``) about one issue."""
    return Line(f"{verb}_{issue.value}")


_ABOUT = {
    line_for(verb, issue): issue
    for verb in ("push", "give", "take", "ask", "answer")
    for issue in IssueId
}


def issue_of(line: Line) -> IssueId | None:
    """The issue that a line of ``line_for`` is about; ``None`` for all other lines."""
    return _ABOUT.get(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One authored way to say a line."""

    __pydantic_config__ = {"extra": "forbid"}

    text: str
    """With slots in braces, as ``Line`` lists them."""
    tempers: tuple[Temper, ...] = ()
    """Who would say it; empty: anybody."""
    bands: tuple[Band, ...] = ()
    """To whom one would say it; empty: to anybody. Others hear it when nothing else is left."""


Phrasebook = Mapping[Line, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """The buyer as a person."""

    __pydantic_config__ = {"extra": "forbid"}

    name: str
    address: str
    """How one addresses the person: ``Frau Vogel``."""
    role: Words
    company: str
    town: str
    timezone: str
    """IANA name."""
    temper: Temper


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The learner's part."""

    __pydantic_config__ = {"extra": "forbid"}

    company: str
    town: Words
    role: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is traded."""

    __pydantic_config__ = {"extra": "forbid"}

    model: str
    name: Words
    facts: Words
    """Costs, capacity and what else the learner must know, one sentence or two."""


NO_DEAL = Deal(
    currency="",
    unit=Unit.PIECE,
    issues=(),
    learner_reservation=Decimal(0),
    buyer_reservation=Decimal(0),
    deadline_turns=0,
)
"""Of a conversation: nothing to bargain over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The exercise in one practice language: its own people, places, figures and manners."""

    __pydantic_config__ = {"extra": "forbid"}

    persona: Persona
    seller: Seller
    product: Product
    situation: Words
    """What has happened so far and what the learner is to do."""
    deal: Deal = NO_DEAL
    wishes: tuple[Wish, ...] = ()
    """Instead of a deal: what the counterpart of a conversation wants."""
    details: tuple[Detail, ...] = ()
    """In a conversation: what only this counterpart can be asked."""
    openings: tuple[str, ...]
    """First messages, one of which the buyer sends. They name the buyer's opening wishes."""
    opening_names: tuple[IssueId, ...] = ()
    """The issues on which every opening puts the buyer's first value."""
    facts: Mapping[Topic, tuple[str, ...]]
    """Answers to questions, by topic, beside those about the issues themselves."""
    lines: Phrasebook = field(default_factory=dict)
    """Phrases of this exercise, preferred to the shared ones."""
    hints: Mapping[IssueId, str] = field(default_factory=dict)
    """A model sentence in the practice language for each issue, with ``{theirs}`` as slot."""

    def wish(self, id: str) -> Wish:
        """The wish called ``id``."""
        return next(wish for wish in self.wishes if wish.id == id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One authored file under ``dialogues/``."""

    __pydantic_config__ = {"extra": "forbid"}

    format: int
    id: str
    kind: Kind
    title: Words
    competence: Competence
    stage: Stage
    band: Band
    job: Job
    twin: str | None = None
    """Id of the exercise with the same deal in other goods, people and words: both name it."""
    minutes: int
    versions: Mapping[Language, Version]
