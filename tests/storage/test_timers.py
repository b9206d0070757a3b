"""Work to be done later, once; and which page belongs to which chat."""

import pytest

from bot.domain.errors import VersionConflict
from bot.ports import Timer
from bot.storage import Storage
from tests.storage.samples import MINUTE, NOW, PAGE


def make_timer(key: str = "check:1:2", minutes: int = 1, **values: str) -> Timer:
    return Timer(key=key, due_at=NOW + minutes * MINUTE, kind="check", values=values)


async def test_due_timers_come_the_longest_overdue_first(storage: Storage) -> None:
    timers = [make_timer("late", 3), make_timer("b", 1), make_timer("a", 2, session="1")]
    async with storage.store.transaction() as work:
        for timer in timers:
            await work.set_timer(timer)
    late, b, a = timers
    assert await storage.timers.next_due_at() == b.due_at
    assert await storage.timers.due(now=NOW, limit=9) == ()
    assert await storage.timers.due(now=a.due_at, limit=9) == (b, a)
    assert await storage.timers.due(now=late.due_at, limit=2) == (b, a)


async def test_no_timer_is_next_when_there_is_none(storage: Storage) -> None:
    assert await storage.timers.next_due_at() is None


async def test_timer_set_again_is_moved(storage: Storage) -> None:
    first, second = make_timer(minutes=1, tries="0"), make_timer(minutes=2, tries="1")
    async with storage.store.transaction() as work:
        await work.set_timer(first)
        await work.set_timer(second)
    assert await storage.timers.due(now=second.due_at, limit=9) == (second,)


async def test_timer_is_taken_once_and_only_where_it_was_seen(storage: Storage) -> None:
    timer = make_timer()
    async with storage.store.transaction() as work:
        await work.set_timer(timer)
        assert not await work.take_timer(timer.key, due_at=timer.due_at + MINUTE)
        assert await work.take_timer(timer.key, due_at=timer.due_at)
        assert not await work.take_timer(timer.key, due_at=timer.due_at)


async def test_cancelled_timer_is_gone(storage: Storage) -> None:
    async with storage.store.transaction() as work:
        await work.set_timer(make_timer())
        await work.cancel_timer(make_timer().key)
        await work.cancel_timer("never set")
    assert await storage.timers.next_due_at() is None


async def test_timer_of_a_failed_transaction_stays(storage: Storage) -> None:
    timer = make_timer()
    async with storage.store.transaction() as work:
        await work.set_timer(timer)
    with pytest.raises(RuntimeError):
        async with storage.store.transaction() as work:
            assert await work.take_timer(timer.key, due_at=timer.due_at)
            raise RuntimeError("on the way")
    assert await storage.timers.due(now=timer.due_at, limit=9) == (timer,)


async def test_page_is_known_by_the_hash_of_its_token(storage: Storage) -> None:
    await storage.webkeys.add("abc", PAGE, at=NOW)
    assert await storage.webkeys.chat_for("abc") == PAGE
    assert await storage.webkeys.chat_for("abd") is None
    with pytest.raises(VersionConflict):
        await storage.webkeys.add("abc", PAGE, at=NOW)
