"""The methods that put something before a person: send, edit, delete.

Decides what a message looks like and whether an edit changes it. Does not know how updates reach
the bot.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.emulator.checks import Refusal, formatted, reply_markup
from tests.emulator.people import Person, Received
from tests.emulator.world import World

Fields = Mapping[str, Any]
"""Parameters as they came; a file is a `(name, bytes)` pair."""

Method = Callable[[Fields], Awaitable[Any]]

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


class Messages:
    """Sending, editing and deleting over a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.by_name: dict[str, Method] = {
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_text,
            "editMessageCaption": self._edit_caption,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete_message,
        }

    async def _send_message(self, fields: Fields) -> dict[str, Any]:
        text, entities = formatted(fields, "text")
        return self._deliver(fields, "text", text, entities, {})

    async def _send_photo(self, fields: Fields) -> dict[str, Any]:
        _, content = self._file_in(fields, "photo")
        if not content.startswith(_PICTURES):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
        caption, entities = formatted(fields, "caption")
        size = {**self._world.keep_file(content), "width": 1280, "height": 960}
        body = {"photo": [size]}
        return self._deliver(fields, "caption", caption, entities, body, photo=content)

    async def _send_document(self, fields: Fields) -> dict[str, Any]:
        name, content = self._file_in(fields, "document")
        caption, entities = formatted(fields, "caption")
        body = {"document": {**self._world.keep_file(content), "file_name": name}}
        return self._deliver(
            fields, "caption", caption, entities, body, document=content, file_name=name
        )

    async def _send_chat_action(self, fields: Fields) -> bool:
        self._world.reachable(fields.get("chat_id"))
        return True

    async def _edit_text(self, fields: Fields) -> dict[str, Any]:
        return self._edit(fields, "text")

    async def _edit_caption(self, fields: Fields) -> dict[str, Any]:
        return self._edit(fields, "caption")

    def _edit(self, fields: Fields, name: str) -> dict[str, Any]:
        shown = self._message_in(fields, "edit")
        text, entities = formatted(fields, name)
        if name == "text" and "text" not in shown.raw:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        content = _styled(name, text, entities)
        return self._replace(shown, fields, name, content, str(fields.get(name, "")))

    async def _edit_markup(self, fields: Fields) -> dict[str, Any]:
        shown = self._message_in(fields, "edit")
        name = "text" if "text" in shown.raw else "caption"
        text, entities = shown.text, shown.raw.get(_entities_name(name), [])
        return self._replace(shown, fields, name, _styled(name, text, entities), shown.html)

    def _replace(
        self, shown: Received, fields: Fields, name: str, content: dict[str, Any], html: str
    ) -> dict[str, Any]:
        markup = reply_markup(fields)
        dropped = {name, _entities_name(name), "reply_markup", "edit_date"}
        kept = {key: value for key, value in shown.raw.items() if key not in dropped}
        message = {**kept, **content, **_inline(markup)}
        if message == {key: shown.raw[key] for key in shown.raw if key != "edit_date"}:
            raise Refusal(400, _NOT_MODIFIED)
        self._admit(int(str(fields["chat_id"])))
        message["edit_date"] = int(time.time())
        shown.edits += 1
        shown.show(message, html, markup)
        self._world.changed(shown)
        return message

    async def _delete_message(self, fields: Fields) -> bool:
        shown = self._message_in(fields, "delete")
        shown.deleted = True
        del self._world.sent[int(str(fields["chat_id"])), shown.id]
        self._world.bell.ring()
        return True

    def _deliver(
        self,
        fields: Fields,
        name: str,
        text: str,
        entities: list[dict[str, Any]],
        body: dict[str, Any],
        **files: Any,
    ) -> dict[str, Any]:
        markup = reply_markup(fields)
        person = self._world.reachable(fields.get("chat_id"))
        self._admit(person.id)
        message = {
            "message_id": self._world.new_message_id(),
            "date": int(time.time()),
            "chat": person.chat,
            "from": self._world.bot,
            **body,
            **_styled(name, text, entities),
            **_inline(markup),
        }
        shown = Received(id=message["message_id"], text=text, html="", **files)
        shown.show(message, str(fields.get(name, "")), markup)
        self._show(person, shown)
        return message

    def _show(self, person: Person, shown: Received) -> None:
        person.inbox.append(shown)
        self._world.sent[person.id, shown.id] = shown
        self._world.changed(shown)

    def _admit(self, chat_id: int) -> None:
        if self._world.rates is not None:
            self._world.rates.admit(chat_id, time.monotonic())

    def _message_in(self, fields: Fields, verb: str) -> Received:
        person = self._world.reachable(fields.get("chat_id"))
        number = str(fields.get("message_id", ""))
        shown = self._world.sent.get((person.id, int(number) if number.isdigit() else 0))
        if shown is None:
            raise Refusal(400, f"Bad Request: message to {verb} not found")
        return shown

    def _file_in(self, fields: Fields, name: str) -> tuple[str, bytes]:
        value = fields.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = fields.get(value.removeprefix("attach://"))
        if isinstance(value, str) and value in self._world.files:
            value = value, self._world.files[value]
        if not isinstance(value, tuple):
            raise Refusal(400, f"Bad Request: there is no {name} in the request")
        if not value[1]:
            raise Refusal(400, "Bad Request: file must be non-empty")
        return value


def _styled(name: str, text: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {name: text} if text else {}
    return {**content, _entities_name(name): entities} if entities else content


def _entities_name(name: str) -> str:
    return "entities" if name == "text" else "caption_entities"


def _inline(markup: dict[str, Any] | None) -> dict[str, Any]:
    """The part of a keyboard that comes back in the message: only an inline one does."""
    return {"reply_markup": markup} if markup and markup.get("inline_keyboard") else {}
