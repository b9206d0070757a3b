"""Preparations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "notes",
        sa.Column("account_id", ID, autoincrement=False, nullable=False),
        sa.Column("exercise_id", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("preparation", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_notes_account_id"),
        sa.PrimaryKeyConstraint("account_id", "exercise_id", "language", name="pk_notes"),
    )
    for table in ("attempts", "sessions"):
        op.add_column(table, sa.Column("preparation", TEXT, nullable=True))
