"""Lanes: order inside a chat, chats at once, nothing left behind."""

import asyncio
from collections import defaultdict
from typing import Any

import pytest
from telegram import CallbackQuery, Chat, InlineQuery, Message, Update, User
from telegram.ext import Application, TypeHandler

from bot.channels.lanes import ChatLanes
from bot.channels.telegram.lanes import Lanes, lane_of
from bot.channels.telegram.transport import AiohttpRequest
from tests.emulator import TOKEN, Emulator

LI = User(7, "Li", is_bot=False)


def make_message(text: str = "hello", *, chat_id: int = 7) -> Message:
    return Message(1, date=None, chat=Chat(chat_id, "private"), from_user=LI, text=text)


def test_everything_in_one_chat_shares_its_lane():
    message = Update(1, message=make_message())
    edited = Update(2, edited_message=make_message())
    press = Update(3, callback_query=CallbackQuery("1", LI, "7", message=make_message()))
    press_without_message = Update(4, callback_query=CallbackQuery("1", LI, "7", data="help"))
    assert [lane_of(one) for one in (message, edited, press, press_without_message)] == [7] * 4
    assert lane_of(Update(5, message=make_message(chat_id=8))) == 8
    assert lane_of(Update(6, inline_query=InlineQuery("1", LI, "", ""))) == 7
    assert lane_of("no update") is None
    assert lane_of(Update(7)) is None


async def test_a_thousand_updates_from_fifty_chats_keep_their_order_in_each_chat():
    order: dict[int, list[int]] = defaultdict(list)
    running: set[int] = set()
    most_at_once = 0

    async def work(chat: int, number: int) -> None:
        nonlocal most_at_once
        assert chat not in running
        running.add(chat)
        most_at_once = max(most_at_once, len(running))
        for _ in range((chat + number // 50) % 5):
            await asyncio.sleep(0)
        order[chat].append(number)
        running.discard(chat)

    lanes = ChatLanes(max_concurrent=20)
    await asyncio.gather(*(lanes.run(n % 50, work(n % 50, n)) for n in range(1000)))
    assert order == {chat: list(range(chat, 1000, 50)) for chat in range(50)}
    assert most_at_once == 20
    assert (len(lanes), lanes.running, lanes.waiting) == (0, 0, 0)


async def test_one_busy_chat_does_not_hold_up_the_others():
    lanes = ChatLanes(max_concurrent=2)
    gate = asyncio.Event()
    busy = [asyncio.create_task(lanes.run("busy", gate.wait())) for _ in range(100)]
    await asyncio.sleep(0)
    assert await lanes.run("other", asyncio.sleep(0, "served")) == "served"
    gate.set()
    await asyncio.gather(*busy)


async def test_failure_reaches_the_caller_and_the_lane_goes_on():
    async def fail() -> None:
        raise ValueError("broken")

    lanes = ChatLanes()
    results = await asyncio.gather(
        lanes.run(7, fail()), lanes.run(7, asyncio.sleep(0, "next")), return_exceptions=True
    )
    assert isinstance(results[0], ValueError)
    assert results[1] == "next"
    assert len(lanes) == 0


async def test_cancelled_waiter_leaves_without_starting_and_the_next_one_runs():
    lanes = ChatLanes()
    gate = asyncio.Event()
    started: list[str] = []

    async def note(name: str) -> None:
        started.append(name)

    first = asyncio.create_task(lanes.run(7, gate.wait()))
    second = asyncio.create_task(lanes.run(7, note("second")))
    third = asyncio.create_task(lanes.run(7, note("third")))
    await asyncio.sleep(0)
    second.cancel()
    gate.set()
    await asyncio.gather(first, third)
    with pytest.raises(asyncio.CancelledError):
        await second
    assert started == ["third"]
    assert len(lanes) == 0


async def test_cancelling_the_running_one_frees_the_lane():
    lanes = ChatLanes()
    running = asyncio.create_task(lanes.run(7, asyncio.Event().wait()))
    waiting = asyncio.create_task(lanes.run(7, asyncio.sleep(0, "next")))
    await asyncio.sleep(0)
    running.cancel()
    assert await waiting == "next"
    assert (len(lanes), lanes.running) == (0, 0)


async def test_drain_waits_for_those_running_and_those_behind_them():
    lanes = ChatLanes()
    gate = asyncio.Event()
    done: list[int] = []

    async def work(number: int) -> None:
        await gate.wait()
        done.append(number)

    tasks = [asyncio.create_task(lanes.run(7, work(number))) for number in range(3)]
    await asyncio.sleep(0)
    draining = asyncio.create_task(lanes.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    gate.set()
    await draining
    assert done == [0, 1, 2]
    await asyncio.gather(*tasks)


def test_no_concurrency_is_no_lanes():
    with pytest.raises(ValueError, match="max_concurrent"):
        ChatLanes(max_concurrent=0)


async def test_application_with_lanes_answers_every_chat_in_order():
    async def echo(update: Update, context: Any) -> None:
        if update.message.text.endswith("0"):
            await context.bot.get_me()  # the first of each chat takes longest
        await context.bot.send_message(update.effective_chat.id, update.message.text)

    async with Emulator.start() as emulator:
        app = (
            Application.builder()
            .token(TOKEN)
            .base_url(emulator.base_url)
            .request(AiohttpRequest())
            .get_updates_request(AiohttpRequest(connection_pool_size=1))
            .concurrent_updates(Lanes())
            .updater(None)
            .build()
        )
        app.add_handler(TypeHandler(Update, echo))
        learners = [emulator.user(chat_id) for chat_id in range(1, 51)]
        async with app:
            await app.start()
            for number in range(20):
                for learner in learners:
                    await learner.send(f"message {number}")
            offset = 0
            while batch := await app.bot.get_updates(offset, timeout=0):
                offset = batch[-1].update_id + 1
                for update in batch:
                    await app.update_queue.put(update)
            await emulator.wait_until(
                lambda: all(len(learner.inbox) == 20 for learner in learners)
            )
            await app.stop()
        expected = [f"message {number}" for number in range(20)]
        assert [[one.text for one in learner.inbox] for learner in learners] == [expected] * 50
