"""Which page belongs to which chat. Of a page's token only the hash is known here."""

from datetime import datetime

from sqlalchemy import insert, select

from bot.domain.messages import Chat
from bot.storage.database import Database
from bot.storage.tables import web_keys


class SqlWebKeys:
    """Hashes of tokens and their chats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def chat_for(self, token_hash: str) -> Chat | None:
        """The chat of a page, if its token is known."""
        query = select(web_keys.c.channel, web_keys.c.chat)
        query = query.where(web_keys.c.token_hash == token_hash)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else Chat(channel=row.channel, id=row.chat)

    async def add(self, token_hash: str, chat: Chat, *, at: datetime) -> None:
        """Let a page into a chat.

        Raises:
            VersionConflict: the token is known already.
        """
        values = {"token_hash": token_hash, "channel": chat.channel, "chat": chat.id, "at": at}
        async with self._database.writing() as connection:
            await connection.execute(insert(web_keys).values(values))
