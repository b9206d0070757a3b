"""Everything the emulated server remembers: people, messages, files, updates, calls.

Decides who sees a message, and what becomes an update. Does not know HTTP, nor what the Bot API's
methods mean.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.emulator.bell import Bell
from tests.emulator.checks import Limits, Rates, Refusal
from tests.emulator.people import Person, Received
from tests.emulator.updates import LaneKey, Updates
from tests.emulator.webhook import Delivery, Webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the server behaves; seconds of rates and back-off are multiplied by `time_scale`."""

    token: str
    time_scale: float = 1.0
    limits: Limits | None = None
    """None: no rates."""
    message_expiry_s: float = 86_400
    press_expiry_s: float = 150
    answer_within_s: float = 150
    """How long a press can be answered; like the expiries it is not scaled."""
    username: str = "kontor_test_bot"
    seed: int = 0


@dataclass(slots=True, kw_only=True)
class Call:
    """One request of the bot and its answer."""

    method: str
    fields: dict[str, Any]
    status: int = 0
    """The answer's status; 0 while it is awaited."""
    result: Any = None
    description: str = ""
    at: float = field(default_factory=time.monotonic)


@dataclass(slots=True, kw_only=True)
class _Planned:
    """What happens to the next calls of a method."""

    times: int
    refusal: Refusal | None = None
    stall_s: float = 0.0


class World:
    """The state of one bot's world."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rng = Random(settings.seed)
        self.bell = Bell()
        self.people: dict[int, Person] = {}
        self.sent: dict[tuple[int, int], Received] = {}
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.presses: dict[str, tuple[Person, float]] = {}
        self.profile: dict[str, dict[str, Any]] = {}
        """What `set...` methods the bot called, with what."""
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.violations: list[str] = []
        self.webhook: Webhook | None = None
        self.updates = Updates(
            self.rng,
            message_expiry_s=settings.message_expiry_s,
            press_expiry_s=settings.press_expiry_s,
        )
        self.rates = Rates(settings.limits, settings.time_scale) if settings.limits else None
        self._planned: dict[str, list[_Planned]] = {}
        self._counts: Counter[str] = Counter(message=self.rng.randrange(100, 10_000))

    # What tests do

    def user(self, user_id: int, *, first_name: str = "Li", language_code: str = "en") -> Person:
        """The person with this id, made known if there is none yet."""
        if user_id not in self.people:
            self.people[user_id] = Person(
                self, user_id=user_id, first_name=first_name, language_code=language_code
            )
        return self.people[user_id]

    def block(self, chat_id: int) -> None:
        """The person blocks the bot."""
        self.blocked.add(chat_id)

    def unblock(self, chat_id: int) -> None:
        """The person lets the bot write again."""
        self.blocked.discard(chat_id)

    def refuse(
        self,
        method: str,
        *,
        status: int,
        description: str = "refused by the test",
        retry_after: int | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the method's next calls; nothing of them is carried out."""
        refusal = Refusal(status, description, retry_after)
        self._planned.setdefault(method, []).append(_Planned(times=times, refusal=refusal))

    def stall(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Carry out the method's next calls, but answer late."""
        self._planned.setdefault(method, []).append(_Planned(times=times, stall_s=seconds))

    def calls_of(self, method: str) -> list[Call]:
        """The bot's calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    async def wait_until(self, condition: Any, timeout: float = 10.0) -> Any:
        """The condition's first true value; looked at after every change here."""
        return await self.bell.until(condition, timeout_s=timeout, otherwise=self._state)

    async def all_confirmed(self, timeout: float = 10.0) -> None:
        """Wait until the bot has confirmed every update."""
        await self.wait_until(lambda: not self.updates.waiting, timeout)

    # What people do

    def receive(self, kind: str, content: dict[str, Any], lane: LaneKey) -> int:
        """Turn somebody's doing into an update; its id, or 0 if the bot wants none of its kind."""
        update = self.updates.add(kind, content, lane)
        if update is None:
            return 0
        if self.webhook is not None:
            self.webhook.put(update)
        self.bell.ring()
        return update.update_id

    def receive_press(self, person: Person, message: dict[str, Any], data: str) -> int:
        """Turn a press into an update."""
        press_id = str(self.rng.randrange(10**17, 10**18))
        self.presses[press_id] = person, time.monotonic()
        content = {
            "id": press_id,
            "from": person.user,
            "message": message,
            "chat_instance": str(person.id),
            "data": data,
        }
        return self.receive("callback_query", content, ("press", person.id))

    # What methods use

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as the Bot API's `User`."""
        return {
            "id": int(self.settings.token.split(":")[0]),
            "is_bot": True,
            "first_name": "Kontor",
            "username": self.settings.username,
        }

    def reachable(self, chat_id: object) -> Person:
        """The person behind a chat the bot may write to."""
        person = self.people.get(int(str(chat_id))) if _is_number(chat_id) else None
        if person is None:
            raise Refusal(400, "Bad Request: chat not found")
        if person.id in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return person

    def new_message_id(self) -> int:
        """The next message's id."""
        return self._count("message")

    def keep_file(self, content: bytes) -> dict[str, Any]:
        """Store a file; the part all the Bot API's file types share."""
        number = self._count("file")
        file_id = f"file-{number}"
        self.files[file_id] = content
        return {"file_id": file_id, "file_unique_id": f"u{number}", "file_size": len(content)}

    def changed(self, message: Received) -> None:
        """A message came or took another form."""
        message.change = self._count("change")
        self.bell.ring()

    def log_delivery(self, delivery: Delivery) -> None:
        """Remember an attempt to deliver."""
        self.deliveries.append(delivery)
        self.bell.ring()

    def next_plan(self, method: str) -> _Planned | None:
        """What a test planned for this call."""
        plans = self._planned.get(method, [])
        if not plans:
            return None
        plans[0].times -= 1
        return plans.pop(0) if plans[0].times <= 0 else plans[0]

    def _count(self, what: str) -> int:
        self._counts[what] += 1
        return self._counts[what]

    def _state(self) -> str:
        last = [f"{call.method} {call.status}" for call in self.calls[-5:]]
        return f"{len(self.updates.waiting)} updates wait; last calls: {last}"


def _is_number(value: object) -> bool:
    return str(value).removeprefix("-").isdigit()
