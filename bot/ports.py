"""What use cases and channels need of the world outside, as Protocols matched by shape."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.disputes import Dispute
from bot.domain.exercise import Exercise, Persona, Phrasebook, Version
from bot.domain.feedback import Check
from bot.domain.helps import Move
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Channel, Chat, Outgoing
from bot.domain.models import Occasion
from bot.domain.people import Account, Assignment, Group
from bot.domain.preparation import Preparation
from bot.domain.session import Attempt, Session, Turn
from bot.domain.talk import Spoken
from bot.domain.understanding import Context, Understanding


class Understander(Protocol):
    """Reads a learner's message."""

    async def understand(self, text: str, language: Language, context: Context) -> Understanding:
        """Never raises on any text and never blocks the event loop."""
        ...


class GrammarChecker(Protocol):
    """Checks a learner's text."""

    async def check(self, text: str, language: Language, *, timeout_s: float) -> Check:
        """``UNCHECKED`` without an answer in ``timeout_s``; an absent server raises nothing."""
        ...


class Speaker(Protocol):
    """Puts the buyer's chosen phrases into the practice language's figures and forms."""

    def speak(self, spoken: Sequence[Spoken], version: Version, language: Language) -> str: ...


class Narrator(Protocol):
    """Says the buyer's line in other words, or as it was authored."""

    async def narrate(
        self,
        line: str,
        *,
        persona: Persona,
        language: Language,
        band: Band,
        said: Sequence[str],
    ) -> str:
        """Never raises and waits a few seconds at most; no sentence of ``said`` comes again."""
        ...


class Library(Protocol):
    """The authored content."""

    @property
    def exercises(self) -> Mapping[str, Exercise]: ...

    @property
    def speech(self) -> Mapping[Language, Phrasebook]: ...

    @property
    def advice(self) -> Mapping[Language, Mapping[Occasion, tuple[str, ...]]]:
        """Better sentences for the debrief."""
        ...

    @property
    def moves(self) -> Mapping[Move, Mapping[Language, str]]:
        """A model sentence for every move."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Now; aware, UTC."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Work to be done later, once."""

    key: str
    """Unique; setting a timer again moves it."""
    due_at: datetime
    kind: str
    """``check``, ``reminder``, ``due_soon``, ``learner_week``, ``group_week``."""
    values: Mapping[str, str]


class Work(Protocol):
    """One transaction: everything in it happens, or nothing."""

    async def mark(self, chat: Chat, key: str, at: datetime) -> bool:
        """Mark an update as handled; ``False`` when it was handled before."""
        ...

    async def account_of(self, chat: Chat) -> Account | None: ...

    async def account(self, id: int) -> Account:
        """Raises: NotFound."""
        ...

    async def add_account(
        self, chat: Chat, *, name: str, interface: Interface, timezone: str, at: datetime
    ) -> Account: ...

    async def save_account(self, account: Account) -> None: ...

    async def chats_of(self, account_id: int) -> tuple[Chat, ...]:
        """The chats of a person, the one used last first."""
        ...

    async def running_session(self, account_id: int) -> Session | None: ...

    async def session(self, id: int) -> Session:
        """Raises: NotFound."""
        ...

    async def add_session(self, session: Session) -> Session:
        """Store a new session; its ``id`` is given here and returned with it."""
        ...

    async def save_session(self, session: Session) -> Session:
        """Store a changed session and count its version up.

        Raises:
            VersionConflict: it is not at ``session.version`` any more.
        """
        ...

    async def preparation(
        self, account_id: int, exercise_id: str, language: Language
    ) -> Preparation:
        """The notes on a talk to come; empty where there are none."""
        ...

    async def save_preparation(
        self, account_id: int, exercise_id: str, language: Language, preparation: Preparation
    ) -> None: ...

    async def drop_preparation(
        self, account_id: int, exercise_id: str, language: Language
    ) -> None: ...

    async def add_turn(self, turn: Turn) -> None: ...

    async def turn(self, session_id: int, number: int) -> Turn:
        """Raises: NotFound."""
        ...

    async def turns(self, session_id: int) -> tuple[Turn, ...]:
        """In order, the opening (number 0) included."""
        ...

    async def save_check(self, session_id: int, number: int, check: Check) -> None: ...

    async def add_dispute(self, dispute: Dispute) -> bool:
        """Keep an objection of a learner; ``False`` when it is there already."""
        ...

    async def disputes(self, session_id: int) -> tuple[Dispute, ...]:
        """Those of one session, by turn."""
        ...

    async def disputes_in(self, assignment_id: int) -> tuple[Dispute, ...]:
        """Those of all sessions done for an assignment, by session and turn."""
        ...

    async def add_attempt(self, attempt: Attempt) -> None: ...

    async def attempts(
        self,
        account_id: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        assignment_id: int | None = None,
    ) -> tuple[Attempt, ...]:
        """Oldest first; ended at or after ``since`` and before ``until``."""
        ...

    async def add_invitation(self, code: str, *, expires_at: datetime) -> None: ...

    async def redeem_invitation(self, code: str, *, account_id: int, at: datetime) -> bool:
        """Use up a teacher's invitation; ``False`` when it is unknown, used or expired."""
        ...

    async def add_group(
        self, *, teacher_id: int, name: str, code: str, timezone: str, at: datetime
    ) -> Group: ...

    async def group(self, id: int) -> Group:
        """Raises: NotFound."""
        ...

    async def group_by_code(self, code: str) -> Group | None: ...

    async def groups_taught(self, teacher_id: int) -> tuple[Group, ...]: ...

    async def groups_joined(self, account_id: int) -> tuple[Group, ...]: ...

    async def join(self, group_id: int, account_id: int, at: datetime) -> bool:
        """``False`` when already a member."""
        ...

    async def members(self, group_id: int) -> tuple[Account, ...]:
        """By name."""
        ...

    async def add_assignment(
        self, *, group_id: int, exercise_id: str, due_at: datetime, at: datetime
    ) -> Assignment: ...

    async def assignment(self, id: int) -> Assignment:
        """Raises: NotFound."""
        ...

    async def assignments(self, group_id: int) -> tuple[Assignment, ...]:
        """By due time."""
        ...

    async def assignments_for(self, account_id: int) -> tuple[Assignment, ...]:
        """Of all groups the person has joined, by due time."""
        ...

    async def send(self, outgoing: Outgoing, *, at: datetime) -> None:
        """Put a message into the outbox; messages of a chat keep their order."""
        ...

    async def set_timer(self, timer: Timer) -> None: ...

    async def cancel_timer(self, key: str) -> None: ...

    async def take_timer(self, key: str, *, due_at: datetime) -> bool:
        """Remove a timer that is being carried out; ``False`` when it is gone or was moved."""
        ...


class Store(Protocol):
    """Everything that must survive a kill."""

    def transaction(self) -> AbstractAsyncContextManager[Work]:
        """One transaction: committed at the end of the block, rolled back when it raises.

        Nothing slow belongs inside: others wait for it.

        Raises:
            VersionConflict: another transaction was first: read again, decide again.
            StorageUnavailable: the database is away; whether it was committed, the mark tells.
        """
        ...


class Timers(Protocol):
    """The timers that are due."""

    async def due(self, *, now: datetime, limit: int) -> tuple[Timer, ...]: ...

    async def next_due_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A whole session as it is stored."""

    session: Session
    learner: Account
    turns: tuple[Turn, ...]
    """In order, the opening (number 0) included."""


class Records(Protocol):
    """The sessions of all learners, for whoever looks after Kontor."""

    async def doubtful(self, *, below: float, language: Language | None) -> tuple[Record, ...]:
        """Sessions with a message understood with less confidence than ``below``, oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One outbox row, claimed for sending or read by a page."""

    id: int
    outgoing: Outgoing
    at: datetime
    tries: int
    """How often it has been claimed, this time included."""


class Outbox(Protocol):
    """Messages on their way out."""

    async def claim(
        self, channel: Channel, *, now: datetime, limit: int, lease_s: float
    ) -> tuple[Parcel, ...]:
        """The oldest unsent message of each chat with nothing in flight, leased to this caller."""
        ...

    async def sent(self, id: int, *, at: datetime) -> None: ...

    async def again(self, id: int, *, not_before: datetime, reason: str) -> None:
        """Give a message back, to be tried later."""
        ...

    async def undeliverable(self, id: int, *, reason: str) -> None:
        """Give a message up: the person has blocked the bot, or it was refused for good."""
        ...

    async def page(
        self, chat: Chat, *, after: int, limit: int, newest: bool = False
    ) -> tuple[Parcel, ...]:
        """Messages of a chat in order, those with an id above ``after`` (or the newest ones)."""
        ...


class Inbox(Protocol):
    """Updates fetched by long polling and not yet handled."""

    async def add(self, updates: Sequence[tuple[int, str, str]], *, at: datetime) -> None:
        """Store ``(update_id, lane, raw JSON)`` in order; those already stored are ignored."""
        ...

    async def pending(self) -> tuple[tuple[int, str, str], ...]:
        """Unhandled updates in order of arrival."""
        ...

    async def done(self, update_id: int) -> None: ...

    async def failed(self, update_id: int, *, reason: str) -> int:
        """Count a failure; the number of failures so far."""
        ...


class WebKeys(Protocol):
    """Which page belongs to which chat."""

    async def chat_for(self, token_hash: str) -> Chat | None: ...

    async def add(self, token_hash: str, chat: Chat, *, at: datetime) -> None: ...


class Links(Protocol):
    """Addresses under which a payload can be followed."""

    async def start(self, payload: str) -> tuple[str, ...]:
        """Links that open the bot with ``/start payload``, one per channel."""
        ...
