"""Disputes within a transaction: what learners disagree with."""

from bot.domain.disputes import Dispute
from bot.storage.area import Area, insert_unless_there, select_of
from bot.storage.tables import disputes, row_of, sessions


class Disputes(Area):
    """Objections of learners."""

    async def add_dispute(self, dispute: Dispute) -> bool:
        """Keep an objection; ``False`` when it is there already."""
        query = insert_unless_there(self._connection, disputes, row_of(dispute))
        return await self._count(query) == 1

    async def disputes(self, session_id: int) -> tuple[Dispute, ...]:
        """Those of one session, by turn."""
        query = select_of(Dispute, disputes).where(disputes.c.session_id == session_id)
        return await self._all(Dispute, query.order_by(disputes.c.turn, disputes.c.about))

    async def disputes_in(self, assignment_id: int) -> tuple[Dispute, ...]:
        """Those of all sessions done for an assignment, by session and turn."""
        query = select_of(Dispute, disputes).join(sessions, sessions.c.id == disputes.c.session_id)
        query = query.where(sessions.c.assignment_id == assignment_id)
        order = disputes.c.session_id, disputes.c.turn, disputes.c.about
        return await self._all(Dispute, query.order_by(*order))
