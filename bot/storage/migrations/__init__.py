"""The tables' history, and how a database is brought up to date when the program starts.

A new step: change ``tables.py``; ``python -m bot.storage.migrations "what changes"`` writes it.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.domain.errors import StorageUnavailable
from bot.storage.database import open_database

log = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7105837)")  # any number, the same everywhere


async def migrate(url: str) -> None:
    """Bring the database at ``url`` up to date: all steps, or none; one process at a time.

    Raises:
        StorageUnavailable: it cannot be reached, or a newer program has been here.
    """
    # Without foreign keys: SQLite changes a table by making a new one and dropping the old.
    async with (
        open_database(url, checks_keys=False) as database,
        database.writing() as connection,
    ):
        if not connection.is_sqlite:
            await connection.execute(_ONE_AT_A_TIME)
        await connection.run(_upgrade)


def settings(connection: Connection) -> Config:
    """Alembic's settings for one connection; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(settings(connection), "head")
    except CommandError as error:
        raise StorageUnavailable("storage_too_new", reason=str(error)) from error
