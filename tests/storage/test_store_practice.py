"""Sessions, turns and attempts."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound, VersionConflict
from bot.domain.talk import Phase
from bot.storage import Storage
from tests.storage.samples import (
    MINUTE,
    NOW,
    WANG,
    make_attempt,
    make_check,
    make_session,
    make_talk,
    make_turn,
    meet,
)


async def test_session_comes_back_as_it_was_with_an_id(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        added = await work.add_session(make_session(account.id))
    async with storage.store.transaction() as work:
        assert added == make_session(account.id, id=added.id)
        assert await work.session(added.id) == added
        assert await work.running_session(account.id) == added


async def test_saving_a_session_counts_its_version_up(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
        talk = make_talk(turn=3, phase=Phase.CONFIRMING)
        saved = await work.save_session(replace(session, talk=talk))
        assert (saved.version, saved.talk) == (2, talk)
        assert await work.session(session.id) == saved


async def test_session_changed_meanwhile_is_refused(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
    async with storage.store.transaction() as work:
        await work.save_session(session)
    with pytest.raises(VersionConflict, match="session_changed"):
        async with storage.store.transaction() as work:
            await work.save_session(session)


async def test_person_is_in_one_session_at_a_time(storage: Storage) -> None:
    account = await meet(storage)
    somebody = await meet(storage, WANG)
    async with storage.store.transaction() as work:
        first = await work.add_session(make_session(account.id))
        await work.add_session(make_session(somebody.id))
    with pytest.raises(VersionConflict):
        async with storage.store.transaction() as work:
            await work.add_session(make_session(account.id))
    async with storage.store.transaction() as work:
        await work.save_session(replace(first, ended_at=NOW + MINUTE))
        assert await work.running_session(account.id) is None
        await work.add_session(make_session(account.id))


async def test_turns_come_in_order_with_the_opening(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
        opening = make_turn(session.id, 0, text="", understanding=None)
        answers = [make_turn(session.id, number) for number in (2, 1)]
        for turn in (*answers, opening):
            await work.add_turn(turn)
    async with storage.store.transaction() as work:
        assert await work.turns(session.id) == (opening, answers[1], answers[0])
        assert await work.turn(session.id, 2) == answers[0]
        with pytest.raises(NotFound, match="turn_gone"):
            await work.turn(session.id, 3)


async def test_turn_is_taken_once(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
        await work.add_turn(make_turn(session.id))
    with pytest.raises(VersionConflict):
        async with storage.store.transaction() as work:
            await work.add_turn(make_turn(session.id, text="again"))


async def test_late_check_replaces_unchecked(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
        await work.add_turn(make_turn(session.id))
        await work.save_check(session.id, 1, make_check())
        assert await work.turn(session.id, 1) == make_turn(session.id, check=make_check())
    with pytest.raises(NotFound):
        async with storage.store.transaction() as work:
            await work.save_check(session.id, 2, make_check())


async def test_turn_of_an_unknown_session_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound, match="reference_gone"):
        async with storage.store.transaction() as work:
            await work.add_turn(make_turn(77))


async def test_attempts_are_found_by_their_end_and_assignment(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        group = await work.add_group(
            teacher_id=account.id, name="3", code="ABCD2345", timezone="UTC", at=NOW
        )
        asked = await work.add_assignment(
            group_id=group.id, exercise_id="fasteners", due_at=NOW, at=NOW
        )
        attempts = []
        for number in (3, 1, 2):
            session = await work.add_session(
                make_session(
                    account.id,
                    ended_at=NOW,
                    assignment_id=asked.id if number == 2 else None,
                )
            )
            attempts.append(make_attempt(session, ended_at=NOW + number * MINUTE))
            await work.add_attempt(attempts[-1])
    third, first, second = attempts
    async with storage.store.transaction() as work:
        assert await work.attempts(account.id) == (first, second, third)
        assert await work.attempts(account.id, since=first.ended_at, until=third.ended_at) == (
            first,
            second,
        )
        assert await work.attempts(account.id, assignment_id=asked.id) == (second,)
        assert await work.attempts(account.id + 1) == ()


async def test_session_leaves_one_attempt(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))
        await work.add_attempt(make_attempt(session))
    with pytest.raises(VersionConflict):
        async with storage.store.transaction() as work:
            await work.add_attempt(make_attempt(session, words=1))


async def test_failed_transaction_leaves_nothing(storage: Storage) -> None:
    account = await meet(storage)
    with pytest.raises(RuntimeError):
        async with storage.store.transaction() as work:
            await work.add_session(make_session(account.id))
            raise RuntimeError("on the way")
    async with storage.store.transaction() as work:
        assert await work.running_session(account.id) is None
