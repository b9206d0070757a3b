"""The people who talk to the bot: what they do, and what they see.

Decides how a person's doings look as updates. Does not know how updates reach the bot.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.emulator.markup import utf16_length

if TYPE_CHECKING:
    from tests.emulator.world import World


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message or under the keyboard."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True)
class Received:
    """A message of the bot as the person sees it now."""

    id: int
    text: str
    """The text, or the caption, without its markup."""
    html: str
    """As the bot sent it."""
    photo: bytes | None = None
    document: bytes | None = None
    file_name: str | None = None
    buttons: tuple[Button, ...] = ()
    at: float = field(default_factory=time.monotonic)
    deleted: bool = False
    edits: int = 0
    change: int = 0
    """Number of the emulator's change that brought it into this form."""
    raw: dict[str, Any] = field(default_factory=dict)

    def show(self, message: dict[str, Any], html: str, markup: dict[str, Any] | None) -> None:
        """Take over the message's present form."""
        self.raw = message
        self.text = message.get("text", message.get("caption", ""))
        self.html = html
        self.buttons = _buttons(markup or {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press was answered with."""

    text: str
    show_alert: bool


class Person:
    """A Telegram account in a private chat with the bot."""

    def __init__(self, world: World, *, user_id: int, first_name: str, language_code: str) -> None:
        self._world = world
        self._seen = 0
        self.id = user_id
        self.first_name = first_name
        self.language_code = language_code
        self.inbox: list[Received] = []
        self.answers: list[Answer] = []
        self.last_message_id = 0
        """The id of what this person sent last."""

    @property
    def user(self) -> dict[str, Any]:
        """The person as the Bot API's `User`."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    @property
    def chat(self) -> dict[str, Any]:
        """The private chat as the Bot API's `Chat`."""
        return {"id": self.id, "type": "private", "first_name": self.first_name}

    async def send(self, text: str) -> int:
        """Write a message; gives the update's id, as all these methods do."""
        return self._message(text=text, **_command(text))

    async def edit(self, text: str, *, message_id: int | None = None) -> int:
        """Change a message, the last one if none is named."""
        message = {
            **self._envelope(message_id or self.last_message_id),
            "edit_date": int(time.time()),
            "text": text,
        }
        return self._world.receive("edited_message", message, ("chat", self.id))

    async def press(self, button: str, *, message: Received | None = None) -> int:
        """Press the button with this text or data: of the message, or the last that has one.

        Raises:
            LookupError: no message has such a button.
        """
        candidates = [message] if message is not None else self.shown()[::-1]
        for candidate in candidates:
            for one in candidate.buttons:
                if button in (one.text, one.data):
                    return await self._press(candidate, one)
        known = [one.text for candidate in self.shown() for one in candidate.buttons]
        raise LookupError(f"no button {button!r}; there are {known}")

    async def sticker(self) -> int:
        """Send a sticker."""
        details = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._message(
            sticker={**self._file(b"sticker"), **details, "type": "regular", "emoji": "👍"}
        )

    async def photo(self, content: bytes = b"photo", *, caption: str | None = None) -> int:
        """Send a photo."""
        size = {**self._file(content), "width": 90, "height": 60}
        return self._message(photo=[size], **({"caption": caption} if caption else {}))

    async def voice(self, *, duration_s: int = 3) -> int:
        """Send a voice message."""
        return self._message(
            voice={**self._file(b"voice"), "duration": duration_s, "mime_type": "audio/ogg"}
        )

    async def document(self, name: str, content: bytes, *, mime_type: str = "text/plain") -> int:
        """Send a file."""
        return self._message(
            document={**self._file(content), "file_name": name, "mime_type": mime_type}
        )

    async def location(self, latitude: float = 29.87, longitude: float = 121.54) -> int:
        """Send a place."""
        return self._message(location={"latitude": latitude, "longitude": longitude})

    async def contact(self, phone_number: str = "+8657400000000") -> int:
        """Send a contact."""
        return self._message(contact={"phone_number": phone_number, "first_name": self.first_name})

    def shown(self) -> list[Received]:
        """The messages that are not deleted, oldest first."""
        return [message for message in self.inbox if not message.deleted]

    async def wait_for(
        self, what: str | Callable[[Received], bool], timeout: float = 10.0
    ) -> Received:
        """The next message, new or edited, that fits; later calls look only behind it.

        Raises:
            TimeoutError: none came; lists what did.
        """

        def fitting() -> Received | None:
            new = [one for one in self.shown() if one.change > self._seen and fits(one)]
            return min(new, key=lambda one: one.change, default=None)

        def fits(message: Received) -> bool:
            return what in message.text if isinstance(what, str) else what(message)

        def instead() -> str:
            new = [one.text for one in self.shown() if one.change > self._seen]
            return f"no message fits {what!r}; new ones: {new}"

        found = await self._world.bell.until(fitting, timeout_s=timeout, otherwise=instead)
        assert found is not None
        self._seen = found.change
        return found

    def skip(self) -> None:
        """Let `wait_for` look only at what comes from now on."""
        self._seen = max([self._seen, *(message.change for message in self.inbox)])

    async def _press(self, message: Received, button: Button) -> int:
        if button.data is not None:
            return self._world.receive_press(self, message.raw, button.data)
        if button.url is not None:
            raise LookupError(f"the button {button.text!r} opens {button.url}")
        return await self.send(button.text)

    def _file(self, content: bytes) -> dict[str, Any]:
        return self._world.keep_file(content)

    def _message(self, **content: Any) -> int:
        self.last_message_id = self._world.new_message_id()
        message = {**self._envelope(self.last_message_id), **content}
        return self._world.receive("message", message, ("chat", self.id))

    def _envelope(self, message_id: int) -> dict[str, Any]:
        return {
            "message_id": message_id,
            "date": int(time.time()),
            "chat": self.chat,
            "from": self.user,
        }


def _command(text: str) -> dict[str, Any]:
    if not text.startswith("/") or len(text) < 2 or text[1].isspace():
        return {}
    length = utf16_length(text.split(maxsplit=1)[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _buttons(markup: dict[str, Any]) -> tuple[Button, ...]:
    rows = [*markup.get("inline_keyboard", []), *markup.get("keyboard", [])]
    cells = [{"text": cell} if isinstance(cell, str) else cell for row in rows for cell in row]
    return tuple(
        Button(cell["text"], cell.get("callback_data"), cell.get("url")) for cell in cells
    )
