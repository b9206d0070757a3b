"""What a database's exceptions mean to the core. Does not decide what to do about them."""

from collections.abc import Iterator
from contextlib import contextmanager

from asyncpg import InterfaceError as AsyncpgInterfaceError
from asyncpg import PostgresError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import KontorError, NotFound, StorageUnavailable, VersionConflict

# https://www.postgresql.org/docs/15/errcodes-appendix.html
_AGAIN = ("40001", "40P01")  # serialization failure, deadlock
_FOREIGN_KEY = "23503"
# Classes: connection, password, no such database, resources, locks, shutdown, system.
_AWAY = ("08", "28", "3D", "53", "55", "57", "58")

# https://www.sqlite.org/rescode.html
_SQLITE_FOREIGN_KEY = 787
_SQLITE_AWAY = frozenset({5, 6, 8, 10, 11, 13, 14, 26})  # busy, locked, read-only, I/O, full ...


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database raises inside the block into domain errors.

    A statement that no database could run (a bug) is raised as it is.

    Raises:
        VersionConflict: another transaction was first; this one can be done again.
        NotFound: the row refers to one that is not there.
        StorageUnavailable: the database is away, full or locked for too long.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, PostgresError, AsyncpgInterfaceError, OSError) as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise meaning from error


def _meaning(error: Exception) -> KontorError | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    sqlstate = str(getattr(cause, "sqlstate", None) or "")
    sqlite_code = int(getattr(cause, "sqlite_errorcode", 0))
    if isinstance(error, IntegrityError):
        if sqlstate == _FOREIGN_KEY or sqlite_code == _SQLITE_FOREIGN_KEY:
            return NotFound("reference_gone")
        return VersionConflict("stored_meanwhile")
    if sqlstate in _AGAIN:
        return VersionConflict("stored_meanwhile")
    if sqlstate[:2] in _AWAY or sqlite_code & 0xFF in _SQLITE_AWAY or _is_cut_off(error):
        return StorageUnavailable("storage_unavailable", reason=type(cause).__name__)
    return None


def _is_cut_off(error: Exception) -> bool:
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error.orig, OSError)
    return isinstance(error, (PoolTimeout, OSError, AsyncpgInterfaceError))
