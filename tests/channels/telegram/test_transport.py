"""The transport under a real python-telegram-bot, over real HTTP."""

import asyncio
import socket
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram.transport import AiohttpRequest
from tests.emulator import TOKEN, Emulator


@asynccontextmanager
async def running_bot(url: str, **options: Any) -> AsyncIterator[Bot]:
    bot = Bot(
        TOKEN,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=AiohttpRequest(**options),
        get_updates_request=AiohttpRequest(connection_pool_size=1),
    )
    async with bot:
        yield bot


def make_png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


async def test_text_with_markup_and_buttons_arrives_as_it_was_sent():
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Hilfe", callback_data="help")]])
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        learner = emulator.user(7)
        sent = await bot.send_message(
            7, "<b>8.20 €</b> & 😀 你好", parse_mode=ParseMode.HTML, reply_markup=keyboard
        )
        received = learner.inbox[0]
        assert received.text == sent.text == "8.20 € & 😀 你好"
        assert received.html == "<b>8.20 €</b> & 😀 你好"
        assert [(button.text, button.data) for button in received.buttons] == [("Hilfe", "help")]
        assert emulator.violations == []


async def test_photo_and_file_are_uploaded_byte_for_byte():
    png = make_png()
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        learner = emulator.user(7)
        await bot.send_photo(7, png, caption="Karte", filename="übersicht.png")
        await bot.send_document(7, BytesIO(b"a;b\n"), filename="class.csv")
        photo, document = learner.inbox
        assert (photo.photo, photo.text) == (png, "Karte")
        assert (document.document, document.file_name) == (b"a;b\n", "class.csv")
        assert emulator.violations == []


async def test_file_is_downloaded():
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        await emulator.user(7).document("brief.txt", b"Sehr geehrte Damen und Herren")
        (update,) = await bot.get_updates(timeout=1)
        file = await bot.get_file(update.message.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"Sehr geehrte Damen und Herren"


async def test_too_many_requests_tells_how_long_to_wait(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns about its future
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        emulator.user(7)
        emulator.refuse("sendMessage", status=429, retry_after=3)
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(7, "hello")
        assert refused.value.retry_after == timedelta(seconds=3)


async def test_blocked_bot_is_forbidden():
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        emulator.user(7)
        emulator.block(7)
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(7, "hello")


async def test_bad_markup_is_a_bad_request():
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        emulator.user(7)
        with pytest.raises(BadRequest, match=r"[Cc]an't parse entities"):
            await bot.send_message(7, "5 < 8", parse_mode=ParseMode.HTML)


async def test_late_answer_is_timed_out():
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        emulator.user(7)
        emulator.stall("sendMessage", 0.5)
        with pytest.raises(TimedOut):
            await bot.send_message(7, "hello", read_timeout=0.1)


async def test_call_may_wait_longer_than_the_default():
    async with Emulator.start() as emulator, running_bot(emulator.url, read_timeout=0.3) as bot:
        emulator.user(7)
        emulator.stall("sendMessage", 0.4, times=3)
        with pytest.raises(TimedOut):
            await bot.send_message(7, "hello")
        assert await bot.send_message(7, "hello", read_timeout=9)
        assert await bot.send_message(7, "hello", read_timeout=None)


async def test_full_pool_is_timed_out_before_anything_is_sent():
    async with (
        Emulator.start() as emulator,
        running_bot(emulator.url, connection_pool_size=1) as bot,
    ):
        emulator.user(7)
        emulator.stall("sendMessage", 0.4)
        first = asyncio.create_task(bot.send_message(7, "first"))
        await emulator.wait_until(lambda: emulator.calls_of("sendMessage"))
        with pytest.raises(TimedOut, match="nothing was sent"):
            await bot.send_message(7, "second", pool_timeout=0.05, connect_timeout=0.05)
        await first
        assert [call.fields["text"] for call in emulator.calls_of("sendMessage")] == ["first"]


async def test_refused_connection_is_a_network_error_that_does_not_tell_the_token():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest())
        with pytest.raises(NetworkError) as refused:
            await bot.initialize()
        await bot.shutdown()
    assert type(refused.value) is NetworkError
    assert TOKEN not in str(refused.value)


async def test_connection_cut_before_the_answer_is_a_network_error():
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, AiohttpRequest() as request:
        with pytest.raises(NetworkError) as cut:
            await request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
        assert TOKEN not in str(cut.value)


async def test_closed_transport_refuses_and_can_be_opened_again():
    async with Emulator.start() as emulator:
        request = AiohttpRequest()
        url = f"{emulator.base_url}{TOKEN}/getMe"
        with pytest.raises(NetworkError, match="not initialized"):
            await request.post(url)
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert (await request.post(url))["is_bot"]
            await request.shutdown()
            await request.shutdown()


async def test_two_hundred_chats_at_once_are_served():
    async with Emulator.start() as emulator, running_bot(emulator.url) as bot:
        learners = [emulator.user(chat_id) for chat_id in range(1, 201)]

        async def talk(chat_id: int) -> None:
            for number in range(3):
                await bot.send_message(chat_id, f"message {number}")

        await asyncio.gather(*(talk(learner.id) for learner in learners))
        expected = [f"message {number}" for number in range(3)]
        assert [[one.text for one in learner.inbox] for learner in learners] == [expected] * 200
