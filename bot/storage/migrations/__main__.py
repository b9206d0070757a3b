"""Writes a new step: ``python -m bot.storage.migrations "what changes"``."""

import asyncio
import sys
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage.database import open_database
from bot.storage.migrations import migrate, settings


def _write_step(connection: Connection, message: str) -> None:
    config = settings(connection)
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")


async def _main(message: str) -> None:
    with TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/now.db"
        await migrate(url)
        async with open_database(url) as database, database.writing() as connection:
            await connection.run(_write_step, message)


asyncio.run(_main(" ".join(sys.argv[1:]) or sys.exit(__doc__)))
