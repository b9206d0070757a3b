"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
UNHANDLED = sa.text("raw IS NOT NULL")
OPEN = sa.text("done_at IS NULL")
RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("interface", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("band", TEXT, nullable=True),
        sa.Column("is_teacher", sa.Boolean(), nullable=False),
        sa.Column("timezone", TEXT, nullable=False),
        sa.Column("awaiting", TEXT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
    )
    op.create_table(
        "inbox",
        sa.Column("number", ID, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("lane", TEXT, nullable=False),
        sa.Column("raw", TEXT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_inbox"),
        sa.UniqueConstraint("update_id", name="uq_inbox_update_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_unhandled",
        "inbox",
        ["number"],
        sqlite_where=UNHANDLED,
        postgresql_where=UNHANDLED,
    )

    op.create_table(
        "marks",
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("chat", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", "key", name="pk_marks"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("chat", TEXT, nullable=False),
        sa.Column("interface", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("buttons", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("free_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_channel_chat_id", "outbox", ["channel", "chat", "id"])
    op.create_index(
        "ix_outbox_free",
        "outbox",
        ["channel", "free_at", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_outbox_heads",
        "outbox",
        ["channel", "chat", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )

    op.create_table(
        "timers",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("values", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_timers"),
    )
    op.create_index("ix_timers_due_at", "timers", ["due_at"])

    op.create_table(
        "web_keys",
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("chat", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_web_keys"),
    )
    op.create_table(
        "chats",
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_chats_account_id"),
        sa.PrimaryKeyConstraint("channel", "id", name="pk_chats"),
    )
    op.create_index("ix_chats_account_id", "chats", ["account_id"])

    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("timezone", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["teacher_id"], ["accounts.id"], name="fk_groups_teacher_id"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("code", name="uq_groups_code"),
    )
    op.create_index("ix_groups_teacher_id", "groups", ["teacher_id"])

    op.create_table(
        "invitations",
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_by", ID, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["used_by"], ["accounts.id"], name="fk_invitations_used_by"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invitations"),
    )
    op.create_table(
        "assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("exercise_id", TEXT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_assignments_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
    )
    op.create_index("ix_assignments_group_id", "assignments", ["group_id"])

    op.create_table(
        "members",
        sa.Column("group_id", ID, autoincrement=False, nullable=False),
        sa.Column("account_id", ID, autoincrement=False, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_members_account_id"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_members_group_id"),
        sa.PrimaryKeyConstraint("group_id", "account_id", name="pk_members"),
    )
    op.create_index("ix_members_account_id", "members", ["account_id"])

    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("exercise_id", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("band", TEXT, nullable=False),
        sa.Column("assignment_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("talk", TEXT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name="fk_sessions_assignment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index(
        "uq_sessions_running",
        "sessions",
        ["account_id"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )

    op.create_table(
        "attempts",
        sa.Column("session_id", ID, autoincrement=False, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("exercise_id", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("band", TEXT, nullable=False),
        sa.Column("assignment_id", ID, nullable=True),
        sa.Column("talk", TEXT, nullable=False),
        sa.Column("kinds", TEXT, nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("unchecked", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_attempts_account_id"),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name="fk_attempts_assignment_id"
        ),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_attempts_session_id"),
        sa.PrimaryKeyConstraint("session_id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_account_id_ended_at", "attempts", ["account_id", "ended_at"])

    op.create_table(
        "turns",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("understanding", TEXT, nullable=True),
        sa.Column("check", TEXT, nullable=False),
        sa.Column("reply", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_turns_session_id"),
        sa.PrimaryKeyConstraint("session_id", "number", name="pk_turns"),
    )
