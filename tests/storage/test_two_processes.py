"""Several processes on one database, each with its own storage; on PostgreSQL they overlap."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.domain.errors import VersionConflict
from bot.domain.messages import Channel, Chat, LearnerSaid
from bot.ports import Timer
from bot.storage import Storage, open_storage
from tests.storage.samples import (
    LI,
    MINUTE,
    NOW,
    PAGE,
    WANG,
    make_outgoing,
    make_session,
    make_talk,
    meet,
    send,
)

SOON_S = 0.3  # seconds in which a free database would long have answered


async def test_same_update_at_once_is_handled_once(storage: Storage, other: Storage) -> None:
    await meet(storage)
    marked, may_commit = asyncio.Event(), asyncio.Event()

    async def first() -> bool:
        async with storage.store.transaction() as work:
            is_new = await work.mark(LI, "u1", NOW)
            marked.set()
            await may_commit.wait()
            return is_new

    async def second() -> bool:
        await marked.wait()
        async with other.store.transaction() as work:
            return await work.mark(LI, "u1", NOW)

    tasks = asyncio.create_task(first()), asyncio.create_task(second())
    done, _ = await asyncio.wait({tasks[1]}, timeout=SOON_S)
    assert not done, "the second must wait for the first's end"
    may_commit.set()
    assert [await task for task in tasks] == [True, False]


async def test_update_of_a_process_that_failed_is_left_to_the_other(
    storage: Storage, other: Storage
) -> None:
    marked = asyncio.Event()

    async def first() -> None:
        async with storage.store.transaction() as work:
            assert await work.mark(LI, "u1", NOW)
            marked.set()
            await asyncio.sleep(0.1)
            raise RuntimeError("on the way")

    async def second() -> bool:
        await marked.wait()
        async with other.store.transaction() as work:
            return await work.mark(LI, "u1", NOW)

    failed, is_new = await asyncio.gather(first(), second(), return_exceptions=True)
    assert isinstance(failed, RuntimeError)
    assert is_new is True


async def test_session_changed_by_two_is_changed_by_one(storage: Storage, other: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id))

    async def change(where: Storage, turn: int) -> int:
        async with where.store.transaction() as work:
            found = await work.save_session(replace(session, talk=make_talk(turn=turn)))
            await work.send(make_outgoing(str(turn)), at=NOW)
            await asyncio.sleep(0.05)
            return found.talk.turn

    results = await asyncio.gather(change(storage, 8), change(other, 9), return_exceptions=True)
    winners = [result for result in results if isinstance(result, int)]
    losers = [result for result in results if isinstance(result, VersionConflict)]
    assert (len(winners), len(losers)) == (1, 1)
    async with storage.store.transaction() as work:
        found = await work.session(session.id)
    assert (found.version, found.talk.turn) == (2, winners[0])
    (sent,) = await storage.outbox.claim(Channel.TELEGRAM, now=NOW, limit=9, lease_s=60)
    assert sent.outgoing == make_outgoing(str(winners[0]))


async def test_person_met_by_two_is_met_once(storage: Storage, other: Storage) -> None:
    results = await asyncio.gather(meet(storage), meet(other), return_exceptions=True)
    assert sum(isinstance(result, VersionConflict) for result in results) == 1


async def test_transactions_that_block_each_other_can_be_done_again(
    storage: Storage, other: Storage
) -> None:
    li, wang = await meet(storage), await meet(storage, WANG, "Wang")
    # SQLite lets the second begin only after the first's end: nothing can be blocked there.
    meets = asyncio.Barrier(1 if storage.database.is_sqlite else 2)

    async def rename(where: Storage, *order: int) -> None:
        async with where.store.transaction() as work:
            accounts = [await work.account(id) for id in order]
            await work.save_account(replace(accounts[0], name="renamed"))
            await meets.wait()
            await work.save_account(replace(accounts[1], name="renamed"))

    results = await asyncio.gather(
        rename(storage, li.id, wang.id), rename(other, wang.id, li.id), return_exceptions=True
    )
    lost = 0 if storage.database.is_sqlite else 1
    assert sum(isinstance(result, VersionConflict) for result in results) == lost
    assert results.count(None) == 2 - lost


@pytest.fixture
async def four(url: str) -> AsyncIterator[list[Storage]]:
    """Four processes."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_storage(url)) for _ in range(4)]


async def test_four_senders_send_everything_once_and_in_order(four: list[Storage]) -> None:
    chats = [Chat(channel=Channel.TELEGRAM, id=str(number)) for number in range(12)]
    for number in range(10):
        await send(four[0], *(make_outgoing(str(number), chat) for chat in chats))
    seen: dict[Chat, list[int]] = defaultdict(list)
    flying: set[Chat] = set()

    async def work(storage: Storage) -> None:
        idle = 0
        while idle < 20:
            parcels = await storage.outbox.claim(Channel.TELEGRAM, now=NOW, limit=3, lease_s=60)
            idle = 0 if parcels else idle + 1
            for parcel in parcels:
                assert parcel.outgoing.chat not in flying
                flying.add(parcel.outgoing.chat)
            await asyncio.sleep(0.002)
            for parcel in parcels:
                assert isinstance(parcel.outgoing.content, LearnerSaid)
                seen[parcel.outgoing.chat].append(int(parcel.outgoing.content.text))
                flying.discard(parcel.outgoing.chat)
                await storage.outbox.sent(parcel.id, at=NOW)

    await asyncio.gather(*(work(storage) for storage in four))
    assert seen == {chat: list(range(10)) for chat in chats}


async def test_timer_is_carried_out_by_one_of_four(four: list[Storage]) -> None:
    timers = [
        Timer(key=f"t{number}", due_at=NOW + number * MINUTE, kind="check", values={})
        for number in range(10)
    ]
    async with four[0].store.transaction() as work:
        for timer in timers:
            await work.set_timer(timer)
    taken: list[str] = []

    async def carry_out(storage: Storage) -> None:
        for timer in await storage.timers.due(now=NOW + 60 * MINUTE, limit=99):
            async with storage.store.transaction() as work:
                if await work.take_timer(timer.key, due_at=timer.due_at):
                    await work.send(make_outgoing(timer.key), at=NOW)
                    taken.append(timer.key)

    await asyncio.gather(*(carry_out(storage) for storage in four))
    assert sorted(taken) == sorted(timer.key for timer in timers)


async def test_invitation_redeemed_by_two_is_used_once(storage: Storage, other: Storage) -> None:
    li, wang = await meet(storage), await meet(storage, WANG)
    async with storage.store.transaction() as work:
        await work.add_invitation("secret", expires_at=NOW + MINUTE)

    async def redeem(where: Storage, account_id: int) -> bool:
        async with where.store.transaction() as work:
            return await work.redeem_invitation("secret", account_id=account_id, at=NOW)

    results = await asyncio.gather(redeem(storage, li.id), redeem(other, wang.id))
    assert sorted(results) == [False, True]


async def test_page_never_misses_a_message_committed_late(
    storage: Storage, other: Storage
) -> None:
    """Two send to one page: what was read stays the beginning of what follows."""
    seen: list[int] = []
    writers_left = 2

    async def write(where: Storage) -> None:
        nonlocal writers_left
        for number in range(25):
            await send(where, make_outgoing(f"{number}a", PAGE), make_outgoing(f"{number}b", PAGE))
        writers_left -= 1

    async def read() -> None:
        is_last = False
        while not is_last:
            is_last = writers_left == 0
            after = seen[-1] if seen else 0
            seen.extend(p.id for p in await other.outbox.page(PAGE, after=after, limit=99))

    await asyncio.gather(write(storage), write(other), read())
    everything = await storage.outbox.page(PAGE, after=0, limit=999)
    assert seen == [parcel.id for parcel in everything]
    assert len(seen) == 100


async def test_fifty_turns_at_once_wait_for_each_other_and_all_succeed(storage: Storage) -> None:
    accounts = [
        await meet(storage, Chat(channel=Channel.TELEGRAM, id=str(number))) for number in range(50)
    ]

    async def take_turn(account_id: int) -> None:
        async with storage.store.transaction() as work:
            session = await work.add_session(make_session(account_id))
            await work.save_session(session)

    await asyncio.gather(*(take_turn(account.id) for account in accounts))


async def test_cancelled_transaction_leaves_the_storage_usable(storage: Storage) -> None:
    for pause_s in (0, 0.001, 0.002, 0.005, 0.01):
        task = asyncio.create_task(meet(storage, Chat(channel=Channel.WEB, id=str(pause_s))))
        await asyncio.sleep(pause_s)
        task.cancel()
        await asyncio.wait({task})
        await meet(storage, Chat(channel=Channel.TELEGRAM, id=str(pause_s)))
