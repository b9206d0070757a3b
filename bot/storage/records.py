"""Whole sessions, read for looking back. Nothing is changed here, and nobody waits for it."""

from sqlalchemy import select

from bot.domain.languages import Language
from bot.ports import Record
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.people import People
from bot.storage.practice import Practice
from bot.storage.tables import sessions, turns


class _Reader(People, Practice):
    """What is asked of one reading transaction."""


class SqlRecords:
    """Reads sessions of all learners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def doubtful(self, *, below: float, language: Language | None) -> tuple[Record, ...]:
        """Sessions with a message understood with less confidence than ``below``, oldest first."""
        async with self._database.reading() as connection:
            ids = await _doubtful_ids(connection, below, language)
            reader = _Reader(connection)
            return tuple([await _record(reader, id) for id in ids])


async def _doubtful_ids(
    connection: Connection, below: float, language: Language | None
) -> list[int]:
    query = select(turns.c.session_id, turns.c.understanding).where(
        turns.c.understanding.is_not(None)
    )
    if language is not None:
        query = query.join(sessions, sessions.c.id == turns.c.session_id)
        query = query.where(sessions.c.language == language)
    # The confidence stands inside a JSON text: two databases have two ways to look into it.
    rows = (await connection.execute(query)).mappings()
    return sorted({row["session_id"] for row in rows if row["understanding"].confidence < below})


async def _record(reader: _Reader, session_id: int) -> Record:
    session = await reader.session(session_id)
    return Record(
        session=session,
        learner=await reader.account(session.account_id),
        turns=await reader.turns(session_id),
    )
