"""The event stream of a page, over real HTTP."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.channels.web import events
from bot.domain.messages import Notice
from tests.channels.web.serving import Site

pytestmark = [pytest.mark.deep, pytest.mark.asyncio(loop_scope="session")]

Event = tuple[str, Any]


@pytest_asyncio.fixture(loop_scope="session")
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site.address, trust_env=False) as client:
        body = {"key": "0" * 32, "name": "李娜", "interface": "zh"}
        await client.post("/api/enter", json=body)
        yield client


async def listen(
    client: httpx.AsyncClient, path: str = "/api/events", **headers: str
) -> AsyncIterator[Event]:
    """Events of the stream: their names and data."""
    async with client.stream("GET", path, headers=headers, timeout=10) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        name = "message"
        async for line in response.aiter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)
                name = "message"


async def until(stream: AsyncIterator[Event], name: str) -> list[Event]:
    """Everything up to the first event of this name."""
    heard = []
    async with asyncio.timeout(10):
        async for event in stream:
            heard.append(event)
            if event[0] == name:
                return heard
    raise AssertionError(heard)


async def next_id(stream: AsyncIterator[Event]) -> int:
    _, row = (await until(stream, "message"))[-1]
    return int(row["id"])


async def test_a_stream_begins_with_what_was_said_and_goes_on_live(
    site: Site, client: httpx.AsyncClient
) -> None:
    async with aclosing(listen(client)) as stream:
        heard = await until(stream, "ready")
        assert [row["id"] for name, row in heard if name == "message"] == [1]

        await client.post("/api/messages", json={"key": "key-0001", "text": "Guten Tag"})

        assert [await next_id(stream), await next_id(stream)] == [2, 3]


async def test_own_answers_come_at_once_and_others_soon(
    site: Site, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOOK_EVERY_S", 60)
    async with aclosing(listen(client)) as stream:
        await until(stream, "ready")
        await client.post("/api/messages", json={"key": "key-0001", "text": "Guten Tag"})
        assert await next_id(stream) == 2
    monkeypatch.undo()
    async with aclosing(listen(client, "/api/events?after=3")) as stream:
        await until(stream, "ready")
        site.world.buyer_says("Noch etwas")  # by another process: nobody is woken
        assert await next_id(stream) == 4


async def test_a_stream_goes_on_after_the_last_event_heard(
    site: Site, client: httpx.AsyncClient
) -> None:
    for n in range(5):
        site.world.notice(str(n))
    async with aclosing(listen(client, **{"last-event-id": "4"})) as stream:
        heard = await until(stream, "ready")

    assert [row["id"] for name, row in heard if name == "message"] == [5, 6]
    assert heard[-1] == ("ready", {"older": False})


async def test_a_row_that_becomes_visible_after_younger_ones_is_not_lost(
    site: Site, client: httpx.AsyncClient
) -> None:
    async with aclosing(listen(client)) as stream:
        await until(stream, "ready")
        chat = site.world.chat
        site.world.outbox.put(chat, Notice(key="younger"), id=9)
        assert await next_id(stream) == 9
        site.world.outbox.put(chat, Notice(key="older"), id=8)
        assert await next_id(stream) == 8
        site.world.outbox.put(chat, Notice(key="last"), id=10)
        assert await next_id(stream) == 10


async def test_settled_rows_are_not_read_again(
    site: Site, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "SETTLE_S", 0)
    for n in range(300):
        site.world.notice(str(n))
    async with aclosing(listen(client, "/api/events?after=0")) as stream:
        assert [await next_id(stream) for _ in range(301)] == list(range(1, 302))


async def test_a_stream_beats_while_nothing_happens(
    site: Site, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BEAT_EVERY_S", 0.1)
    async with aclosing(listen(client)) as stream:
        await until(stream, "beat")
        await until(stream, "beat")


async def test_open_streams_do_not_hold_the_server_back(
    site: Site, client: httpx.AsyncClient
) -> None:
    async with aclosing(listen(client)) as stream:
        await until(stream, "ready")
        began = time.monotonic()
        stopping = asyncio.create_task(site.stop())
        await until(stream, "bye")
        await stopping

    assert time.monotonic() - began < 3
