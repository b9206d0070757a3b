"""What comes in and goes out, on every channel. Words and markup are ``channels/render``'s."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.deal import Offer
from bot.domain.feedback import Finding
from bot.domain.helps import Move
from bot.domain.hints import Hint
from bot.domain.languages import Interface, Language
from bot.domain.preparation import Preparation, Step
from bot.domain.session import Attempt
from bot.domain.table import IssueTable
from bot.domain.understanding import Understanding


class Channel(StrEnum):
    """Where people meet the bot."""

    TELEGRAM = "telegram"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One conversation on one channel."""

    channel: Channel
    id: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.id}"


# --- in ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Something typed, commands (``/help``) included."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button pressed."""

    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An earlier message changed; what was said stays said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Something that is no text."""

    kind: str
    """``sticker``, ``photo``, ``voice`` ... or ``other``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One update of one chat."""

    chat: Chat
    key: str
    """Unique in its chat: the same key twice is the same update repeated."""
    name: str
    """What the person is called there; may be empty."""
    locale: str | None
    """IETF tag of the person's device, if told."""
    at: datetime
    content: Text | Press | Edited | Unreadable


# --- out --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press."""

    action: str
    """At most 64 bytes (Bot API, ``callback_data``)."""
    key: str
    """Of its label in the message files, ``button.<key>``."""
    values: Mapping[str, str] = field(default_factory=dict)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A fixed message of the coach."""

    key: str
    """In the message files."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    """Texts and numbers. ``@key`` is itself looked up in the message files, ``@title:id`` is the
    title of an exercise."""
    at: datetime | None = None
    """Fills ``{when}``, in ``timezone``."""
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerSaid:
    """The learner's own words, for a channel that does not keep them itself."""

    text: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerSays:
    """The buyer speaks, in the practice language."""

    name: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Remarks on one message of the learner."""

    key: str
    """Of the message they are about."""
    text: str
    language: Language
    findings: tuple[Finding, ...]
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An exercise somebody is asked to do."""

    exercise_id: str
    group: str
    due_at: datetime
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What there is to do."""

    due: tuple[Due, ...]
    """By due time."""
    exercises: tuple[str, ...]
    """Ids of those free to choose."""
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The learner's task before and during a talk."""

    exercise_id: str
    language: Language
    due_at: datetime | None = None
    timezone: str | None = None
    preparation: Preparation | None = None
    """The learner's own notes, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationStep:
    """What was made of the last answer before a talk, and the next question."""

    exercise_id: str
    language: Language
    preparation: Preparation
    answered: Step | None = None
    asks: Step | None = None
    """``None``: that was the last one."""
    warns: bool = False
    """Says that the walk-away is below the brief's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOfIssues:
    """Where the running talk stands."""

    exercise_id: str
    language: Language
    table: IssueTable
    has_points: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What one could say or do next in the running talk."""

    exercise_id: str
    language: Language
    hint: Hint
    sentences: tuple[str, ...] = ()
    """In the practice language."""
    moves: tuple[Move, ...] = ()
    is_asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A sum that was typed, or nothing: then how to type one."""

    text: str
    exercise_id: str | None = None
    """Of the running talk: its currency and the cost in its brief."""
    language: Language = Language.EN
    known: Offer = field(default_factory=Offer)
    """Figures of the running talk, for examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What a finished session was worth, with the deal map."""

    attempt: Attempt
    examples: tuple[Corrections, ...]
    """The learner's messages with findings, for showing them grouped by kind."""
    twin: Attempt | None = None
    """The learner's last attempt at the twin of this deal, in the same language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a learner has done so far, in words."""

    attempts: tuple[Attempt, ...]
    """Oldest first."""
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerWeek:
    """A learner's ISO week."""

    monday: date
    attempts: tuple[Attempt, ...]
    before: tuple[Attempt, ...]
    """Those of the week before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one learner of a group stands with one assignment, or with the week."""

    account_id: int
    name: str
    attempts: tuple[Attempt, ...]
    is_running: bool = False
    disputes: int = 0
    """Objections in these attempts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWeek:
    """A group's ISO week, for its teacher."""

    group: str
    monday: date
    standings: tuple[Standing, ...]
    assigned: int
    """Assignments due in the week."""
    missing: tuple[str, ...]
    """Names of those who have not done all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentReport:
    """Who has done an assignment."""

    exercise_id: str
    group: str
    due_at: datetime
    timezone: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptTurn:
    """One turn of a transcript."""

    text: str
    findings: tuple[Finding, ...] | None
    """``None``: unchecked."""
    reply: str
    understood: Understanding | None = None
    """For a teacher only."""
    disputed: tuple[str, ...] = ()
    """What the learner disagrees with, as in ``Dispute.about``; for a teacher only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A whole talk, for the teacher or the learner."""

    exercise_id: str
    language: Language
    learner: str
    buyer: str
    turns: tuple[TranscriptTurn, ...]


Content = (
    Notice
    | LearnerSaid
    | BuyerSays
    | Corrections
    | Menu
    | Brief
    | PreparationStep
    | TableOfIssues
    | Suggestions
    | Calculation
    | Debrief
    | Progress
    | LearnerWeek
    | GroupWeek
    | AssignmentReport
    | Transcript
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one chat, before it has words."""

    chat: Chat
    interface: Interface
    content: Content
    buttons: Rows = ()
