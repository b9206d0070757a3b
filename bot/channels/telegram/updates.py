"""Telegram's updates as ``Incoming``. What they lead to is not decided here."""

from datetime import datetime

from telegram import Message, Update

from bot.domain.messages import Channel, Chat, Edited, Incoming, Press, Text, Unreadable

ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)

_KINDS = ("sticker", "photo", "voice", "video", "document", "location", "contact")


def read(update: Update, *, at: datetime) -> Incoming | None:
    """The update in Kontor's words; ``None`` when it concerns nobody (groups, channels)."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None or chat.type != chat.PRIVATE:
        return None
    content = _content(update)
    if content is None:
        return None
    return Incoming(
        chat=Chat(channel=Channel.TELEGRAM, id=str(chat.id)),
        key=str(update.update_id),
        name=user.full_name,
        locale=user.language_code,
        at=at,
        content=content,
    )


def _content(update: Update) -> Text | Press | Edited | Unreadable | None:
    if update.callback_query is not None:
        return Press(action=str(update.callback_query.data or ""))
    if update.edited_message is not None:
        return Edited()
    if update.message is None:
        return None
    if update.message.text is not None:
        return Text(text=update.message.text)
    return Unreadable(kind=_kind(update.message))


def _kind(message: Message) -> str:
    return next((kind for kind in _KINDS if getattr(message, kind)), "other")
