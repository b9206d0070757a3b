"""What learners disagree with, kept for the teacher."""

from dataclasses import replace

from bot.domain.disputes import UNDERSTANDING, Dispute
from bot.domain.session import Session
from bot.storage import Storage
from tests.storage.samples import MINUTE, NOW, make_session, meet


def make_dispute(session: Session, turn: int = 1, about: str = UNDERSTANDING) -> Dispute:
    return Dispute(session_id=session.id, turn=turn, about=about, at=NOW)


async def test_objection_is_kept_once_with_its_first_time(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
        first = make_dispute(session)
        assert await work.add_dispute(first)
        assert not await work.add_dispute(replace(first, at=NOW + MINUTE))
    async with storage.store.transaction() as work:
        assert await work.disputes(session.id) == (first,)


async def test_objections_of_a_session_come_by_turn(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        one = await work.add_session(make_session(account.id, ended_at=NOW))
        other = await work.add_session(make_session(account.id))
        late, early = make_dispute(one, 3, "0"), make_dispute(one, 1, "1")
        elsewhere = make_dispute(other)
        for dispute in (late, early, elsewhere):
            await work.add_dispute(dispute)
        assert await work.disputes(one.id) == (early, late)
        assert [dispute.finding for dispute in await work.disputes(one.id)] == [1, 0]
        assert (await work.disputes(other.id))[0].finding is None


async def test_objections_of_an_assignment_are_those_of_its_sessions(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        group = await work.add_group(
            teacher_id=account.id, name="A", code="CODE", timezone="UTC", at=NOW
        )
        given = await work.add_assignment(
            group_id=group.id, exercise_id="fasteners", due_at=NOW, at=NOW
        )
        own = await work.add_session(
            make_session(account.id, assignment_id=given.id, ended_at=NOW)
        )
        free = await work.add_session(make_session(account.id))
        await work.add_dispute(make_dispute(own))
        await work.add_dispute(make_dispute(free))
        assert await work.disputes_in(given.id) == (make_dispute(own),)
