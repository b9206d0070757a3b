"""What is claimed, in which order, and what becomes of it."""

from datetime import datetime, timedelta
from time import perf_counter

import pytest
from sqlalchemy import text

from bot.domain.messages import Button, Channel, Chat, LearnerSaid, Outgoing
from bot.ports import Parcel
from bot.storage import Storage
from tests.storage.samples import LI, MINUTE, NOW, PAGE, WANG, make_outgoing, send

SECOND = timedelta(seconds=1)


async def claim(storage: Storage, *, now: datetime = NOW, limit: int = 10) -> tuple[Parcel, ...]:
    return await storage.outbox.claim(Channel.TELEGRAM, now=now, limit=limit, lease_s=60)


def texts(parcels: tuple[Parcel, ...]) -> list[str]:
    found = [parcel.outgoing.content for parcel in parcels]
    return [content.text for content in found if isinstance(content, LearnerSaid)]


async def test_message_comes_back_as_it_was_sent(storage: Storage) -> None:
    sent = make_outgoing("hello")
    sent = Outgoing(
        chat=LI,
        interface=sent.interface,
        content=sent.content,
        buttons=((Button(action="go:1", key="go", values={"n": "1"}),), ()),
    )
    await send(storage, sent)
    (parcel,) = await claim(storage)
    assert parcel == Parcel(id=parcel.id, outgoing=sent, at=NOW, tries=1)


async def test_one_message_of_a_chat_is_in_flight_at_a_time(storage: Storage) -> None:
    await send(storage, make_outgoing("1"), make_outgoing("2"), make_outgoing("a", WANG))
    parcels = await claim(storage)
    assert texts(parcels) == ["1", "a"]
    assert await claim(storage) == ()
    await storage.outbox.sent(parcels[0].id, at=NOW)
    assert texts(await claim(storage)) == ["2"]


async def test_messages_of_a_chat_keep_their_order(storage: Storage) -> None:
    for number in range(5):
        await send(storage, make_outgoing(f"{number}a"), make_outgoing(f"{number}b"))
    seen = []
    while parcels := await claim(storage):
        seen += texts(parcels)
        await storage.outbox.sent(parcels[0].id, at=NOW)
    assert seen == [f"{number}{letter}" for number in range(5) for letter in "ab"]


async def test_message_given_back_holds_up_its_chat_and_no_other(storage: Storage) -> None:
    await send(storage, make_outgoing("1"), make_outgoing("2"), make_outgoing("a", WANG))
    first, _ = await claim(storage)
    await storage.outbox.again(first.id, not_before=NOW + MINUTE, reason="flood")
    await send(storage, make_outgoing("3"), make_outgoing("x", Chat(channel=LI.channel, id="9")))
    assert texts(await claim(storage)) == ["x"]
    assert texts(await claim(storage, now=NOW + MINUTE - SECOND)) == []
    (again,) = (p for p in await claim(storage, now=NOW + MINUTE) if p.outgoing.chat == LI)
    assert (texts((again,)), again.tries) == (["1"], 2)


async def test_undeliverable_message_does_not_hold_up_its_chat(storage: Storage) -> None:
    await send(storage, make_outgoing("1"), make_outgoing("2"))
    (first,) = await claim(storage)
    await storage.outbox.undeliverable(first.id, reason="too long")
    assert texts(await claim(storage)) == ["2"]


async def test_unreadable_message_does_not_hold_up_anything(storage: Storage) -> None:
    await send(storage, make_outgoing("1"), make_outgoing("2"), make_outgoing("a", WANG))
    async with storage.database.writing() as connection:
        await connection.execute(
            text("UPDATE outbox SET content = 'nonsense' WHERE id = (SELECT min(id) FROM outbox)")
        )
    assert texts(await claim(storage)) == ["a"]
    assert texts(await claim(storage)) == ["2"]
    assert texts(await storage.outbox.page(LI, after=0, limit=9)) == ["2"]


async def test_lease_of_a_killed_process_runs_out(storage: Storage, other: Storage) -> None:
    await send(storage, make_outgoing("1"), make_outgoing("2"))
    assert texts(await claim(storage)) == ["1"]
    assert await claim(other, now=NOW + 59 * SECOND) == ()
    (again,) = await claim(other, now=NOW + 60 * SECOND)
    assert (texts((again,)), again.tries) == (["1"], 2)
    await other.outbox.sent(again.id, at=NOW + MINUTE)
    assert texts(await claim(storage, now=NOW + MINUTE)) == ["2"]


async def test_chat_with_many_messages_does_not_starve_others(storage: Storage) -> None:
    await send(storage, *(make_outgoing(str(number)) for number in range(5)))
    await send(storage, make_outgoing("a", WANG), make_outgoing("b", WANG), at=NOW + SECOND)
    seen, now = [], NOW + MINUTE
    while parcels := await claim(storage, now=now, limit=1):
        seen += texts(parcels)
        await storage.outbox.sent(parcels[0].id, at=now)
        now += SECOND
    assert seen == ["0", "a", "1", "b", "2", "3", "4"]


async def test_message_of_a_failed_transaction_is_never_sent(storage: Storage) -> None:
    with pytest.raises(RuntimeError):
        async with storage.store.transaction() as work:
            await work.send(make_outgoing("1"), at=NOW)
            raise RuntimeError("on the way")
    assert await claim(storage) == ()


async def test_page_reads_what_no_sender_claims(storage: Storage) -> None:
    await send(storage, *(make_outgoing(str(number), PAGE) for number in range(5)))
    await send(storage, make_outgoing("not yours", WANG))
    assert await storage.outbox.claim(Channel.WEB, now=NOW, limit=9, lease_s=60) == ()
    parcels = await storage.outbox.page(PAGE, after=0, limit=3)
    assert texts(parcels) == ["0", "1", "2"]
    assert texts(await storage.outbox.page(PAGE, after=parcels[-1].id, limit=9)) == ["3", "4"]
    assert texts(await storage.outbox.page(PAGE, after=0, limit=2, newest=True)) == ["3", "4"]
    newest = await storage.outbox.page(PAGE, after=parcels[-1].id, limit=9, newest=True)
    assert texts(newest) == ["3", "4"]


@pytest.mark.parametrize("chats", [1, 20, 10_000])
async def test_ten_thousand_messages_do_not_slow_a_claim_down(
    storage: Storage, chats: int
) -> None:
    letters = [
        make_outgoing("1", Chat(channel=LI.channel, id=str(number % chats)))
        for number in range(10_000)
    ]
    for start in range(0, len(letters), 500):
        await send(storage, *letters[start : start + 500])
    await claim(storage, limit=30)
    started = perf_counter()
    for _ in range(10):
        await claim(storage, limit=30)
    assert perf_counter() - started < 10 * 0.2  # a generous bound: about 5 ms each is usual
