"""What Telegram sends, in Kontor's words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.updates import ALLOWED, read
from bot.domain.messages import Channel, Chat, Edited, Incoming, Press, Text, Unreadable

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
LI = {
    "id": 7,
    "is_bot": False,
    "first_name": "Li",
    "last_name": "Na",
    "username": "lina",
    "language_code": "zh-hans",
}
PRIVATE = {"id": 7, "type": "private", "first_name": "Li"}
FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = {**FILE, "width": 90, "height": 90}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1763431200, "chat": PRIVATE, "from": LI, **content}


def taken(**update: Any) -> Incoming | None:
    found = Update.de_json({"update_id": 42, **update}, None)
    assert found is not None
    return read(found, at=NOW)


def content(**update: Any) -> Text | Press | Edited | Unreadable | None:
    incoming = taken(**update)
    return incoming.content if incoming else None


def test_text_message_says_who_where_and_what() -> None:
    assert taken(message=message(text="Guten Tag")) == Incoming(
        chat=Chat(channel=Channel.TELEGRAM, id="7"),
        key="42",
        name="Li Na",
        locale="zh-hans",
        at=NOW,
        content=Text(text="Guten Tag"),
    )


def test_person_may_have_no_last_name_and_no_language() -> None:
    incoming = taken(
        message=message(text="x", **{"from": {"id": 7, "is_bot": False, "first_name": "李"}})
    )
    assert incoming is not None
    assert (incoming.name, incoming.locale) == ("李", None)


@pytest.mark.parametrize("typed", ["/start g_ABCD2345", "<b>&", "  two\n\nlines ", "@help"])
def test_text_comes_as_typed(typed: str) -> None:
    assert content(message=message(text=typed)) == Text(text=typed)


def press(**more: Any) -> dict[str, Any]:
    return {"id": "1", "from": LI, "chat_instance": "c", **more}


def test_press_is_its_action() -> None:
    pressed = press(data="yes:1:4", message=message(text="..."))
    assert content(callback_query=pressed) == Press(action="yes:1:4")


def test_press_under_a_message_too_old_to_be_seen_still_counts() -> None:
    gone = {"message_id": 1, "date": 0, "chat": PRIVATE}
    assert content(callback_query=press(data="menu", message=gone)) == Press(action="menu")


def test_press_without_data_is_no_action() -> None:
    pressed = press(game_short_name="g", message=message(text="..."))
    assert content(callback_query=pressed) == Press(action="")


def test_edited_message_is_not_its_new_text() -> None:
    assert content(edited_message=message(text="changed", edit_date=1763431300)) == Edited()


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("photo", {"photo": [PHOTO]}),
        ("photo", {"photo": [PHOTO], "caption": "We offer 8.40 EUR"}),
        ("voice", {"voice": {**FILE, "duration": 3}}),
        ("video", {"video": {**PHOTO, "duration": 3}}),
        ("document", {"document": FILE, "caption": "price list"}),
        ("location", {"location": {"longitude": 1.0, "latitude": 2.0}}),
        ("contact", {"contact": {"phone_number": "+86", "first_name": "Li"}}),
        (
            "sticker",
            {
                "sticker": {
                    **PHOTO,
                    "type": "regular",
                    "is_animated": False,
                    "is_video": False,
                }
            },
        ),
        ("other", {"dice": {"value": 3, "emoji": "🎲"}}),
        ("other", {"audio": {**FILE, "duration": 3}}),
    ],
)
def test_what_is_no_text_is_named_by_its_kind(kind: str, sent: dict[str, Any]) -> None:
    assert content(message=message(**sent)) == Unreadable(kind=kind)


GROUP = {"id": -100, "type": "supergroup", "title": "Class"}


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(text="Hello", chat=GROUP)},
        {"message": message(text="Hello", chat={**GROUP, "type": "group"})},
        {"edited_message": message(text="Hello", chat=GROUP)},
        {"channel_post": message(text="Hello", chat={**GROUP, "type": "channel"})},
        {"callback_query": press(data="menu", message=message(text="x", chat=GROUP))},
        {"callback_query": press(data="menu", inline_message_id="i")},
        {
            "poll_answer": {
                "poll_id": "1",
                "user": LI,
                "option_ids": [0],
                "option_persistent_ids": ["a"],
            }
        },
        {
            "my_chat_member": {
                "chat": PRIVATE,
                "from": LI,
                "date": 1763431200,
                "old_chat_member": {"user": LI, "status": "member"},
                "new_chat_member": {"user": LI, "status": "left"},
            }
        },
        {},
    ],
)
def test_what_is_not_said_to_the_bot_alone_concerns_nobody(update: dict[str, Any]) -> None:
    assert taken(**update) is None


def test_only_what_can_be_read_is_asked_for() -> None:
    assert ALLOWED == ("message", "edited_message", "callback_query")
