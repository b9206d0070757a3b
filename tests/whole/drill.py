"""What a kill drill is made of: twenty learners in a talk, what they do, and what must be true
afterwards in the database and on their screens."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.domain.messages import BuyerSays, Channel, Chat, LearnerSaid, Notice, Suggestions
from bot.domain.session import Turn
from bot.ports import Parcel
from bot.storage import Storage, open_storage
from tests.emulator import Emulator, Person, Received
from tests.kontor import Kontor, free_port

TOKEN = "4242:KONTOR-TEST-TOKEN-FOR-WHOLE-RUNS"
SECRET = "a-secret-for-the-webhook"
CHATS = 20
TEXTS = (
    "Guten Tag Frau Vogel, vielen Dank für Ihre Anfrage.",
    *(f"Wir können Ihnen 8,{tenths}0 EUR pro Stück anbieten." for tenths in range(8, 0, -1)),
)
UPDATES = CHATS * (len(TEXTS) + 1)  # and one press each
LIMIT_S = 50.0  # for all answers after the kill
IN_FLIGHT = 30  # messages a process sends at once: as many may come twice when it is killed


def environment(emulator: Emulator, **more: str) -> dict[str, str]:
    """Settings of an app that talks to the emulator and has nobody to check its grammar."""
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "KONTOR_TELEGRAM_API_URL": emulator.url,
        "KONTOR_LANGUAGETOOL_URL": f"http://127.0.0.1:{free_port()}",
        **more,
    }


def by_webhook(url: str) -> dict[str, str]:
    """Settings of an app that Telegram reaches at ``url``."""
    return {"KONTOR_WEBHOOK_URL": url, "KONTOR_WEBHOOK_SECRET": SECRET}


@asynccontextmanager
async def ended(*apps: Kontor) -> AsyncIterator[None]:
    """End the apps that still run when the block is left."""
    try:
        yield
    finally:
        await asyncio.gather(*(app.end() for app in apps))


def database_of(app: Kontor) -> str:
    """The address of the app's own SQLite file."""
    return f"sqlite:///{app.data / 'kontor.db'}"


async def begin_talk(person: Person, *, language: str = "de", timeout: float = 60) -> None:
    """From ``/start`` to the buyer's first words."""
    await person.send("/start")
    for button in (f"language:{language}", "band:B1", "show:desk_lamp", "begin:desk_lamp"):
        await person.wait_for(_offers(button), timeout)
        await person.press(button)
    await person.wait_for(_offers("hint"), timeout)
    await person.wait_for(lambda message: not message.buttons, timeout)


def _offers(action: str) -> Callable[[Received], bool]:
    return lambda message: action in [button.data for button in message.buttons]


@dataclass(frozen=True, slots=True)
class Said:
    """What one learner did: the updates' ids."""

    person: Person
    texts: tuple[str, ...]
    press: str


class Drill:
    """Twenty learners in the middle of a talk."""

    def __init__(self, emulator: Emulator, database: str) -> None:
        self._emulator = emulator
        self._database = database
        self._people = [emulator.user(100 + number) for number in range(CHATS)]
        self._said: list[Said] = []
        self._calls = 0
        self._deliveries = 0

    async def begin(self) -> None:
        """Everybody begins a talk."""
        await asyncio.gather(*(begin_talk(person) for person in self._people))
        await self._emulator.all_confirmed()
        self._calls = len(self._emulator.calls)
        self._deliveries = len(self._emulator.deliveries)

    async def all_at_once(self) -> None:
        """Everybody writes everything, without waiting for answers."""
        texts: dict[int, list[str]] = {person.id: [] for person in self._people}
        presses: dict[int, str] = {}
        for number, text in enumerate(TEXTS):
            for person in self._people:
                texts[person.id].append(str(await person.send(text)))
                if number == len(TEXTS) // 2:
                    presses[person.id] = str(await person.press("hint"))
        self._said = [
            Said(person, tuple(texts[person.id]), presses[person.id]) for person in self._people
        ]

    async def until_answers(self, count: int) -> None:
        """Wait until so many messages have been sent since the writing began."""

        def answers() -> bool:
            calls = self._emulator.calls[self._calls :]
            return sum(call.method == "sendMessage" for call in calls) >= count

        await self._emulator.wait_until(answers, timeout=60)

    @property
    def refused_deliveries(self) -> int:
        """How often Telegram had to repeat an update."""
        made = self._emulator.deliveries[self._deliveries :]
        return sum(delivery.status != 200 for delivery in made)

    async def turns_taken(self) -> int:
        """How many texts have become turns."""
        async with open_storage(self._database) as storage:
            return sum([len(await _turns(storage, said.person)) for said in self._said])

    async def updates_in_inbox(self) -> int:
        """How many fetched updates are not handled yet."""
        async with open_storage(self._database) as storage:
            return len(await storage.inbox.pending())

    async def verdict(self, *, twice_at_most: int = IN_FLIGHT) -> str:
        """Wait for all answers, then hold everything against what was said; the figures."""
        async with open_storage(self._database) as storage, asyncio.timeout(LIMIT_S):
            rows = {said.person.id: await self._settled(storage, said) for said in self._said}
            for said in self._said:
                _every_text_is_one_turn(said, await _turns(storage, said.person))
                _every_update_had_its_effect_once(said, rows[said.person.id])
        twice = sum(_times_shown_again(said.person, rows[said.person.id]) for said in self._said)
        assert twice <= twice_at_most, f"{twice} messages came twice"
        return f"{twice} messages came twice, {self.refused_deliveries} deliveries were repeated"

    async def _settled(self, storage: Storage, said: Said) -> tuple[Parcel, ...]:
        """The learner's outbox once every text has its turn and every answer is on the screen."""
        while True:
            rows = await storage.outbox.page(_chat(said.person), after=0, limit=1000)
            answers = _buyer_says(rows)
            if len(answers) == len(TEXTS) + 1 and answers[-1] in _seen(said.person, answers):
                return rows
            await asyncio.sleep(0.2)  # another process's work: there is nothing to wait on


def _every_text_is_one_turn(said: Said, turns: Sequence[Turn]) -> None:
    assert [turn.key for turn in turns] == list(said.texts)
    assert [turn.text for turn in turns] == list(TEXTS)
    assert [turn.number for turn in turns] == list(range(1, len(TEXTS) + 1))
    assert all(turn.check.is_unchecked for turn in turns)


def _every_update_had_its_effect_once(said: Said, rows: Sequence[Parcel]) -> None:
    contents = [row.outgoing.content for row in rows]
    own = [content.key for content in contents if isinstance(content, LearnerSaid)]
    assert own == list(said.texts)
    hints = [one for one in contents if isinstance(one, Suggestions)]
    assert len(hints) == 1
    told = [one for one in contents if isinstance(one, Notice) and one.key == "unchecked"]
    assert len(told) == 1


def _times_shown_again(person: Person, rows: Sequence[Parcel]) -> int:
    """All answers of the buyer are on the screen, in order; how often one stands there again."""
    answers = _buyer_says(rows)
    seen = _seen(person, answers)
    assert [answer for answer, _ in groupby(seen)] == answers
    return len(seen) - len(answers)


def _seen(person: Person, answers: Sequence[str]) -> list[str]:
    shown = [message.text for message in person.shown()]
    return [answer for text in shown for answer in answers if text.endswith(answer)]


def _buyer_says(rows: Sequence[Parcel]) -> list[str]:
    contents = [row.outgoing.content for row in rows]
    return [content.text for content in contents if isinstance(content, BuyerSays)]


async def _turns(storage: Storage, person: Person) -> tuple[Turn, ...]:
    """The learner's turns; the buyer's opening is none."""
    async with storage.store.transaction() as work:
        account = await work.account_of(_chat(person))
        assert account is not None
        session = await work.running_session(account.id)
        assert session is not None
        return (await work.turns(session.id))[1:]


def _chat(person: Person) -> Chat:
    return Chat(channel=Channel.TELEGRAM, id=str(person.id))


def new_app(data: Path, settings: Mapping[str, str]) -> Kontor:
    """An app that is not started yet."""
    return Kontor(data=data, environment=settings)
