"""What every area of a transaction works with: its connection, and a few ways to ask."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Executable, Insert, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.errors import NotFound
from bot.storage.connection import Connection
from bot.storage.tables import columns_of

T = TypeVar("T")


class Area:
    """One area of a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def _count(self, statement: Executable) -> int:
        """How many rows a changing statement has changed."""
        return int((await self._connection.execute(statement)).rowcount)

    async def _all(self, type_: type[T], query: Select[Any]) -> tuple[T, ...]:
        rows = await self._connection.execute(query)
        return tuple(type_(**row) for row in rows.mappings())

    async def _one_or_none(self, type_: type[T], query: Select[Any]) -> T | None:
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else type_(**row)

    async def _one(self, type_: type[T], query: Select[Any], **asked: object) -> T:
        """Raises: NotFound."""
        found = await self._one_or_none(type_, query)
        if found is None:
            raise NotFound(f"{type_.__name__.lower()}_gone", **asked)
        return found

    async def _by_id(self, type_: type[T], table: Table, id: int) -> T:
        """Raises: NotFound."""
        query = select_of(type_, table).where(table.c.id == id)
        return await self._one(type_, query, id=id)


def insert_unless_there(
    connection: Connection, table: Table, values: dict[str, Any] | Sequence[dict[str, Any]]
) -> Insert:
    """Insert, and ignore rows whose key is there; waits for another's open transaction first."""
    make = sqlite.insert if connection.is_sqlite else postgresql.insert
    return make(table).values(values).on_conflict_do_nothing()


def select_of(type_: type[Any], table: Table) -> Select[Any]:
    """Select what makes up values of the dataclass ``type_``."""
    return Select(*columns_of(table, type_))
