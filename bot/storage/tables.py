"""The tables, one column per field of the domain value they keep. The migrations make them."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from bot.domain.feedback import Check, FindingKind
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Channel, Content, Rows
from bot.domain.preparation import Preparation
from bot.domain.talk import Talk
from bot.domain.understanding import Understanding
from bot.storage.codec import Codec, UnionCodec
from bot.storage.columns import Choice, Json, Moment, Words

TALK: Codec[Talk] = Codec(Talk)
PREPARATION: Codec[Preparation] = Codec(Preparation)
UNDERSTANDING: Codec[Understanding] = Codec(Understanding)
CHECK: Codec[Check] = Codec(Check)
KINDS: Codec[Mapping[FindingKind, int]] = Codec(Mapping[FindingKind, int])
CONTENT: UnionCodec[Content] = UnionCodec(Content)
BUTTONS: Codec[Rows] = Codec(Rows)
VALUES: Codec[Mapping[str, str]] = Codec(Mapping[str, str])

ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is INTEGER

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _needed(name: str, type_: Any, *args: Any, **options: Any) -> Column[Any]:
    return Column(name, type_, *args, nullable=False, **options)


# --- people -----------------------------------------------------------------------------------

accounts = Table(
    "accounts",
    metadata,
    Column("id", ID, primary_key=True),
    _needed("name", Words),
    _needed("interface", Choice(Interface)),
    Column("language", Choice(Language)),
    Column("band", Choice(Band)),
    _needed("is_teacher", Boolean(create_constraint=False)),
    _needed("timezone", Text),
    Column("awaiting", Words),
    _needed("created_at", Moment),
)

chats = Table(
    "chats",
    metadata,
    Column("channel", Choice(Channel), primary_key=True),
    Column("id", Text, primary_key=True),
    _needed("account_id", ID, ForeignKey("accounts.id"), index=True),
    _needed("used_at", Moment),
)

web_keys = Table(
    "web_keys",
    metadata,
    Column("token_hash", Text, primary_key=True),
    _needed("channel", Choice(Channel)),
    _needed("chat", Text),
    _needed("at", Moment),
)

# --- practice ---------------------------------------------------------------------------------

sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    _needed("account_id", ID, ForeignKey("accounts.id")),
    _needed("exercise_id", Text),
    _needed("language", Choice(Language)),
    _needed("band", Choice(Band)),
    Column("assignment_id", ID, ForeignKey("assignments.id")),
    _needed("version", Integer),
    _needed("seed", BigInteger),
    _needed("talk", Json(TALK)),
    Column("preparation", Json(PREPARATION)),
    _needed("started_at", Moment),
    Column("ended_at", Moment),
)
Index(
    "uq_sessions_running",
    sessions.c.account_id,
    unique=True,
    sqlite_where=sessions.c.ended_at.is_(None),
    postgresql_where=sessions.c.ended_at.is_(None),
)

notes = Table(
    "notes",
    metadata,
    Column("account_id", ID, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("exercise_id", Text, primary_key=True),
    Column("language", Choice(Language), primary_key=True),
    _needed("preparation", Json(PREPARATION)),
)

turns = Table(
    "turns",
    metadata,
    Column("session_id", ID, ForeignKey("sessions.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _needed("key", Words),
    _needed("text", Words),
    Column("understanding", Json(UNDERSTANDING)),
    _needed("check", Json(CHECK)),
    _needed("reply", Words),
    _needed("at", Moment),
)

attempts = Table(
    "attempts",
    metadata,
    Column("session_id", ID, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    _needed("account_id", ID, ForeignKey("accounts.id")),
    _needed("exercise_id", Text),
    _needed("language", Choice(Language)),
    _needed("band", Choice(Band)),
    Column("assignment_id", ID, ForeignKey("assignments.id")),
    _needed("talk", Json(TALK)),
    Column("preparation", Json(PREPARATION)),
    _needed("kinds", Json(KINDS)),
    _needed("words", Integer),
    _needed("unchecked", Integer),
    _needed("started_at", Moment),
    _needed("ended_at", Moment),
    Index(None, "account_id", "ended_at"),
)

disputes = Table(
    "disputes",
    metadata,
    Column("session_id", ID, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("about", Text, primary_key=True),
    _needed("at", Moment),
)

# --- teaching ---------------------------------------------------------------------------------

invitations = Table(
    "invitations",
    metadata,
    Column("code_hash", Text, primary_key=True),
    _needed("expires_at", Moment),
    Column("used_by", ID, ForeignKey("accounts.id")),
    Column("used_at", Moment),
)

groups = Table(
    "groups",
    metadata,
    Column("id", ID, primary_key=True),
    _needed("teacher_id", ID, ForeignKey("accounts.id"), index=True),
    _needed("name", Words),
    _needed("code", Text),
    _needed("timezone", Text),
    _needed("created_at", Moment),
    UniqueConstraint("code"),
)

members = Table(
    "members",
    metadata,
    Column("group_id", ID, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    Column(
        "account_id",
        ID,
        ForeignKey("accounts.id"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    _needed("joined_at", Moment),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", ID, primary_key=True),
    _needed("group_id", ID, ForeignKey("groups.id"), index=True),
    _needed("exercise_id", Text),
    _needed("due_at", Moment),
    _needed("created_at", Moment),
)

# --- in and out -------------------------------------------------------------------------------

marks = Table(
    "marks",
    metadata,
    Column("channel", Choice(Channel), primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("key", Words, primary_key=True),
    _needed("at", Moment),
)

inbox = Table(
    "inbox",
    metadata,
    Column("number", ID, primary_key=True),  # order of arrival
    _needed("update_id", BigInteger),
    _needed("lane", Text),
    Column("raw", Text),  # NULL once handled: the rest stays for a while to know repeats by
    _needed("failures", Integer, default=0),
    Column("reason", Words),
    _needed("at", Moment),
    UniqueConstraint("update_id"),
    sqlite_autoincrement=True,  # a number is never given twice, or an old row would be the newest
)
_unhandled = inbox.c.raw.is_not(None)
Index("ix_inbox_unhandled", inbox.c.number, sqlite_where=_unhandled, postgresql_where=_unhandled)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),  # order within a chat
    _needed("channel", Choice(Channel)),
    _needed("chat", Text),
    _needed("interface", Choice(Interface)),
    _needed("content", Json(CONTENT)),
    _needed("buttons", Json(BUTTONS)),
    _needed("at", Moment),
    _needed("tries", Integer, default=0),
    # When its chat's oldest open message may be claimed: its turn, the end of a lease or pause.
    # NULL for those that wait behind it: a claim looks at the heads only, however many wait.
    Column("free_at", Moment),
    Column("done_at", Moment),  # sent, given up, or of a page, which reads for itself
    Column("reason", Words),  # of the last failure
    Index(None, "channel", "chat", "id"),
    sqlite_autoincrement=True,  # pages remember the last id they have seen
)
_open = outbox.c.done_at.is_(None)
Index(
    "ix_outbox_heads",
    *(outbox.c.channel, outbox.c.chat, outbox.c.id),
    sqlite_where=_open,
    postgresql_where=_open,
)
Index(
    "ix_outbox_free",
    *(outbox.c.channel, outbox.c.free_at, outbox.c.id),
    sqlite_where=_open,
    postgresql_where=_open,
)

timers = Table(
    "timers",
    metadata,
    Column("key", Text, primary_key=True),
    _needed("due_at", Moment, index=True),
    _needed("kind", Text),
    _needed("values", Json(VALUES)),
)


def columns_of(table: Table, type_: type[Any]) -> list[Column[Any]]:
    """The columns that make up a value of the dataclass ``type_``."""
    return [table.c[field.name] for field in fields(type_)]


def row_of(value: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a dataclass value as a row."""
    return {
        field.name: getattr(value, field.name)
        for field in fields(value)
        if field.name not in without
    }
