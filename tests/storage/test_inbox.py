"""Updates wait here between being fetched and being handled."""

from bot.storage import Storage
from tests.storage.samples import NOW

UPDATES = ((11, "a", '{"n": 1}'), (9, "b", '{"n": 2}'), (12, "a", '{"n": 3}'))


async def test_updates_wait_in_order_of_arrival(storage: Storage, other: Storage) -> None:
    await storage.inbox.add(UPDATES[:2], at=NOW)
    await storage.inbox.add(UPDATES[2:], at=NOW)
    await storage.inbox.add((), at=NOW)
    assert await other.inbox.pending() == UPDATES


async def test_repeated_update_is_ignored_before_and_after_it_is_handled(storage: Storage) -> None:
    await storage.inbox.add(UPDATES, at=NOW)
    await storage.inbox.done(11)
    await storage.inbox.add(((11, "a", "again"), (9, "b", "again"), (13, "c", "new")), at=NOW)
    assert await storage.inbox.pending() == (*UPDATES[1:], (13, "c", "new"))


async def test_failures_are_counted_and_keep_the_update(storage: Storage) -> None:
    await storage.inbox.add(UPDATES, at=NOW)
    assert await storage.inbox.failed(9, reason="KeyError") == 1
    assert await storage.inbox.failed(9, reason="KeyError") == 2
    assert await storage.inbox.failed(77, reason="unknown") == 0
    assert await storage.inbox.pending() == UPDATES
