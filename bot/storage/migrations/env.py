"""How Alembic runs the steps. Executed by Alembic, never imported."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from bot.storage.columns import Moment
from bot.storage.tables import metadata


def render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Steps name the plain types: what a column type does in Python may change after them."""
    if kind != "type" or not type(item).__module__.startswith("bot."):
        return False
    return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else "sa.Text()"


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite cannot change a column in place
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
