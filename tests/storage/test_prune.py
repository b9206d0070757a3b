"""Old rows go; what somebody still needs stays."""

from datetime import timedelta

from bot.domain.messages import Channel
from bot.storage import Storage
from bot.storage.prune import INVITATIONS_KEPT, MARKS_KEPT, PAGES_KEPT, SENT_KEPT, UPDATES_KEPT
from tests.storage.samples import LI, MINUTE, NOW, PAGE, WANG, make_outgoing, meet, send

SECOND = timedelta(seconds=1)


async def test_old_marks_go(storage: Storage) -> None:
    async with storage.store.transaction() as work:
        await work.mark(LI, "old", NOW - MARKS_KEPT - SECOND)
        await work.mark(LI, "new", NOW - MARKS_KEPT)
    assert await storage.prune(NOW) == 1
    async with storage.store.transaction() as work:
        assert await work.mark(LI, "old", NOW)
        assert not await work.mark(LI, "new", NOW)


async def test_old_updates_go_once_they_are_handled(storage: Storage) -> None:
    old = NOW - UPDATES_KEPT - SECOND
    await storage.inbox.add(((1, "a", "handled"), (2, "a", "waiting")), at=old)
    await storage.inbox.add(((3, "a", "recent"),), at=NOW)
    await storage.inbox.done(1)
    await storage.inbox.done(3)
    assert await storage.prune(NOW) == 1
    assert await storage.inbox.pending() == ((2, "a", "waiting"),)


async def test_old_messages_go_once_they_are_sent_or_given_up(storage: Storage) -> None:
    old = NOW - SENT_KEPT - SECOND
    await send(storage, *(make_outgoing(str(number)) for number in range(2)), at=old)
    await send(storage, make_outgoing("given up", WANG), at=old)
    claimed = await storage.outbox.claim(Channel.TELEGRAM, now=NOW, limit=9, lease_s=60)
    await storage.outbox.sent(claimed[0].id, at=NOW)
    await storage.outbox.undeliverable(claimed[1].id, reason="blocked")
    assert await storage.prune(NOW) == 2
    (left,) = await storage.outbox.claim(Channel.TELEGRAM, now=NOW, limit=9, lease_s=60)
    assert left.outgoing == make_outgoing("1")


async def test_page_keeps_what_a_learner_can_scroll_back_to(storage: Storage) -> None:
    await send(storage, make_outgoing("old", PAGE), at=NOW - PAGES_KEPT - SECOND)
    await send(storage, make_outgoing("kept", PAGE), at=NOW - PAGES_KEPT)
    assert await storage.prune(NOW) == 1
    (left,) = await storage.outbox.page(PAGE, after=0, limit=9)
    assert left.outgoing == make_outgoing("kept", PAGE)


async def test_number_of_a_pruned_message_is_not_given_again(storage: Storage) -> None:
    await send(storage, make_outgoing("old", PAGE), at=NOW - PAGES_KEPT - SECOND)
    (old,) = await storage.outbox.page(PAGE, after=0, limit=9)
    await storage.prune(NOW)
    await send(storage, make_outgoing("new", PAGE))
    (new,) = await storage.outbox.page(PAGE, after=old.id, limit=9)
    assert new.outgoing == make_outgoing("new", PAGE)


async def test_expired_invitations_go(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        await work.add_invitation("old", expires_at=NOW - INVITATIONS_KEPT - SECOND)
        await work.add_invitation("new", expires_at=NOW + MINUTE)
    assert await storage.prune(NOW) == 1
    async with storage.store.transaction() as work:
        assert await work.redeem_invitation("new", account_id=account.id, at=NOW)
