"""What goes wrong without a kill: Telegram says to wait, an update or a message cannot be handled
at all. Only the chat it concerns waits, its order is kept, and at last somebody is told."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from bot.channels.render.messages import Messages
from bot.domain.languages import Interface
from bot.domain.messages import Channel, Chat, Notice, Outgoing
from bot.storage import open_storage
from tests.emulator import Call, Emulator, Person, Received
from tests.kontor import Kontor, free_port
from tests.whole.drill import (
    TOKEN,
    begin_talk,
    by_webhook,
    database_of,
    ended,
    environment,
    new_app,
)

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

WORDS = Messages()


@asynccontextmanager
async def running(emulator: Emulator, data: Path, **settings: str) -> AsyncIterator[Kontor]:
    app = new_app(data, environment(emulator, **settings))
    async with ended(app):
        await app.start()
        yield app


async def test_chat_that_telegram_holds_back_waits_and_the_others_do_not(
    emulator: Emulator, tmp_path: Path
):
    held, other = emulator.user(1), emulator.user(2)
    async with running(emulator, tmp_path / "app"):
        await held.send("/start")
        await held.wait_for("Which language", timeout=30)
        emulator.refuse("sendMessage", status=429, retry_after=3)
        await held.send("/first")
        await emulator.wait_until(lambda: _refused(emulator, held))
        await held.send("/second")
        await other.send("/other")
        answer = await other.wait_for("/other")
        first = await held.wait_for("I do not know")
        second = await held.wait_for("I do not know")
        (refusal,) = _refused(emulator, held)
        assert "/first" in first.text and "/second" in second.text
        assert first.at - refusal.at >= 3
        assert answer.at < first.at


async def test_above_the_rates_every_message_arrives_once_in_order_and_after_the_pause(
    tmp_path: Path,
):
    commands = [f"/nr{number}" for number in range(7)]
    async with Emulator.start(token=TOKEN, limits=True, time_scale=1) as emulator:
        people = [emulator.user(number) for number in range(1, 9)]
        async with running(emulator, tmp_path / "app"):
            for command in commands:
                for person in people:
                    await person.send(command)
            for person in people:
                await person.wait_for(commands[-1], timeout=60)
        for person in people:
            named = [_named(message) for message in person.shown()]
            assert [name for name in named if name.startswith("/nr")] == commands
            _waited_as_told(_sends(emulator, person))
        refusals = [call for person in people for call in _refused(emulator, person)]
        assert len(refusals) > 0
        assert emulator.violations == []


async def test_part_that_must_wait_does_not_send_the_parts_before_it_again(
    emulator: Emulator, tmp_path: Path
):
    person = emulator.user(3)
    async with running(emulator, tmp_path / "app"):
        await begin_talk(person)
        await person.send("Wir bieten 8,50 EUR pro Stück.")
        await person.wait_for("Katrin Vogel", timeout=40)
        emulator.refuse("sendPhoto", status=429, retry_after=1)
        await person.send("/end")
        await person.wait_for(lambda message: message.photo is not None, timeout=30)
        await person.wait_for(lambda message: _offers(message, "menu"), timeout=30)
        texts = [message.text for message in person.shown() if message.text]
        assert len(texts) == len(set(texts))
        assert [call.status for call in emulator.calls_of("sendPhoto")] == [429, 200]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_update_that_nobody_can_handle_is_given_up_with_an_apology(
    mode: str, emulator: Emulator, tmp_path: Path
):
    port = free_port()
    settings = {"KONTOR_PORT": str(port)}
    if mode == "webhook":
        settings |= by_webhook(f"http://127.0.0.1:{port}")
    poisoned, other = emulator.user(4, language_code="zh"), emulator.user(5)
    async with running(emulator, tmp_path / "app", **settings) as app:
        for person in (poisoned, other):
            await begin_talk(person)
            await person.send("Guten Tag Frau Vogel, danke für Ihre Anfrage.")
            await person.wait_for("Katrin Vogel", timeout=40)
        _no_turn_may_say(app, "Gift")

        await poisoned.send("Wir bieten Gift an.")
        await emulator.wait_until(lambda: _typed(emulator, poisoned) >= 2)
        await poisoned.send("Wir bieten 8,50 EUR pro Stück.")
        await other.send("Wir bieten 8,60 EUR pro Stück.")
        untouched = await other.wait_for("Katrin Vogel", timeout=40)

        sorry = await poisoned.wait_for(WORDS.plain(Interface.ZH, "failed"), timeout=40)
        answer = await poisoned.wait_for("Katrin Vogel", timeout=40)
        assert untouched.at < sorry.at < answer.at
        await emulator.all_confirmed(timeout=30)
        assert len([one for one in poisoned.shown() if one.text == sorry.text]) == 1
        assert app.log.read_text().count("Traceback") >= 5
        assert "Gift" not in app.log.read_text()
        assert await app.stop() == 0


async def test_message_that_cannot_be_put_into_words_stops_nobody(
    emulator: Emulator, tmp_path: Path
):
    struck, other = emulator.user(6), emulator.user(7)
    async with running(emulator, tmp_path / "app") as app:
        for person in (struck, other):
            await person.send("/start")
            await person.wait_for("Which language", timeout=30)
        await _put_into_outbox(app, struck, Notice(key="no such message"))
        await struck.send("/after")
        await other.send("/other")
        await other.wait_for("/other")
        await struck.wait_for("/after", timeout=40)
        assert await app.stop() == 0


def _no_turn_may_say(app: Kontor, word: str) -> None:
    """Break the database for some texts, as a bug might: an integer overflows."""
    with sqlite3.connect(app.data / "kontor.db") as database:
        database.execute(
            f"CREATE TRIGGER poison BEFORE INSERT ON turns WHEN NEW.text LIKE '%{word}%'"
            " BEGIN SELECT abs(NEW.number * 0 - 9223372036854775807 - 1); END"
        )
    database.close()


async def _put_into_outbox(app: Kontor, person: Person, notice: Notice) -> None:
    chat = Chat(channel=Channel.TELEGRAM, id=str(person.id))
    outgoing = Outgoing(chat=chat, interface=Interface.EN, content=notice)
    async with open_storage(database_of(app)) as storage, storage.store.transaction() as work:
        await work.send(outgoing, at=datetime.now(UTC))


def _sends(emulator: Emulator, person: Person) -> list[Call]:
    calls = emulator.calls_of("sendMessage")
    return [call for call in calls if str(call.fields["chat_id"]) == str(person.id)]


def _refused(emulator: Emulator, person: Person) -> list[Call]:
    return [call for call in _sends(emulator, person) if call.status == 429]


def _waited_as_told(calls: list[Call]) -> None:
    for refused, following in pairwise(calls):
        if refused.status == 429:
            told_s = int(refused.description.rsplit(" ", 1)[1])
            assert following.at - refused.at >= told_s


def _typed(emulator: Emulator, person: Person) -> int:
    calls = emulator.calls_of("sendChatAction")
    return sum(str(call.fields["chat_id"]) == str(person.id) for call in calls)


def _named(message: Received) -> str:
    """The unknown command a message is about."""
    return message.text.removeprefix("I do not know ").partition(".")[0]


def _offers(message: Received, action: str) -> bool:
    return any(button.data == action for button in message.buttons)
