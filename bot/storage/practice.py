"""Practice within a transaction: sessions, their turns, and the attempts they leave behind."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, update

from bot.domain.errors import NotFound, VersionConflict
from bot.domain.feedback import Check
from bot.domain.session import Attempt, Session, Turn
from bot.storage.area import Area, select_of
from bot.storage.tables import attempts, row_of, sessions, turns


class Practice(Area):
    """Sessions, turns and attempts."""

    async def running_session(self, account_id: int) -> Session | None:
        """The session a person is in."""
        query = select_of(Session, sessions).where(
            sessions.c.account_id == account_id, sessions.c.ended_at.is_(None)
        )
        return await self._one_or_none(Session, query)

    async def session(self, id: int) -> Session:
        """Raises: NotFound."""
        return await self._by_id(Session, sessions, id)

    async def add_session(self, session: Session) -> Session:
        """Store a new session; its ``id`` is given here and returned with it.

        Raises:
            VersionConflict: the person is in a session already.
        """
        values = row_of(session, without=("id",))
        query = insert(sessions).values(values).returning(sessions.c.id)
        return replace(session, id=(await self._connection.execute(query)).scalar_one())

    async def save_session(self, session: Session) -> Session:
        """Store a changed session and count its version up.

        Raises:
            VersionConflict: it is not at ``session.version`` any more.
        """
        saved = replace(session, version=session.version + 1)
        query = update(sessions).where(
            sessions.c.id == session.id, sessions.c.version == session.version
        )
        if not await self._count(query.values(row_of(saved, without=("id",)))):
            raise VersionConflict("session_changed", session=session.id, version=session.version)
        return saved

    async def add_turn(self, turn: Turn) -> None:
        """Store a turn.

        Raises:
            VersionConflict: the session has a turn of that number already.
        """
        await self._connection.execute(insert(turns).values(row_of(turn)))

    async def turn(self, session_id: int, number: int) -> Turn:
        """Raises: NotFound."""
        query = select_of(Turn, turns).where(
            turns.c.session_id == session_id, turns.c.number == number
        )
        return await self._one(Turn, query, session=session_id, number=number)

    async def turns(self, session_id: int) -> tuple[Turn, ...]:
        """In order, the opening (number 0) included."""
        query = select_of(Turn, turns).where(turns.c.session_id == session_id)
        return await self._all(Turn, query.order_by(turns.c.number))

    async def save_check(self, session_id: int, number: int, check: Check) -> None:
        """Store a late check of a turn.

        Raises:
            NotFound: there is no such turn.
        """
        query = update(turns).where(turns.c.session_id == session_id, turns.c.number == number)
        if not await self._count(query.values(check=check)):
            raise NotFound("turn_gone", session=session_id, number=number)

    async def add_attempt(self, attempt: Attempt) -> None:
        """Store the record of a finished session, for good.

        Raises:
            VersionConflict: the session has left its attempt already.
        """
        await self._connection.execute(insert(attempts).values(row_of(attempt)))

    async def attempts(
        self,
        account_id: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        assignment_id: int | None = None,
    ) -> tuple[Attempt, ...]:
        """Oldest first; ended at or after ``since`` and before ``until``."""
        query = select_of(Attempt, attempts).where(attempts.c.account_id == account_id)
        if since is not None:
            query = query.where(attempts.c.ended_at >= since)
        if until is not None:
            query = query.where(attempts.c.ended_at < until)
        if assignment_id is not None:
            query = query.where(attempts.c.assignment_id == assignment_id)
        query = query.order_by(attempts.c.ended_at, attempts.c.session_id)
        return await self._all(Attempt, query)
