"""People within a transaction: accounts and the chats they are reached by."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.domain.errors import NotFound
from bot.domain.languages import Interface
from bot.domain.messages import Chat
from bot.domain.people import Account
from bot.storage.area import Area, insert_unless_there, select_of
from bot.storage.tables import accounts, chats, marks, row_of


class People(Area):
    """Accounts and chats."""

    async def mark(self, chat: Chat, key: str, at: datetime) -> bool:
        """Mark an update as handled; ``False`` when it was handled before.

        Also takes the chat's row, so that from here on the transactions of a chat follow one
        another, whatever process they run in.
        """
        values = {"channel": chat.channel, "chat": chat.id, "key": key, "at": at}
        if not await self._count(insert_unless_there(self._connection, marks, values)):
            return False
        await self._connection.execute(
            update(chats)
            .where(chats.c.channel == chat.channel, chats.c.id == chat.id)
            .values(used_at=at)
        )
        return True

    async def account_of(self, chat: Chat) -> Account | None:
        """The person in a chat, if known."""
        query = select_of(Account, accounts).join(chats, chats.c.account_id == accounts.c.id)
        return await self._one_or_none(
            Account, query.where(chats.c.channel == chat.channel, chats.c.id == chat.id)
        )

    async def account(self, id: int) -> Account:
        """Raises: NotFound."""
        return await self._by_id(Account, accounts, id)

    async def add_account(
        self, chat: Chat, *, name: str, interface: Interface, timezone: str, at: datetime
    ) -> Account:
        """A new person, met in ``chat``.

        Raises:
            VersionConflict: another transaction has just met the person there.
        """
        account = Account(id=0, name=name, interface=interface, timezone=timezone)
        values = row_of(account, without=("id",)) | {"created_at": at}
        query = insert(accounts).values(values).returning(accounts.c.id)
        id = (await self._connection.execute(query)).scalar_one()
        values = {"channel": chat.channel, "id": chat.id, "account_id": id, "used_at": at}
        await self._connection.execute(insert(chats).values(values))
        return replace(account, id=id)

    async def save_account(self, account: Account) -> None:
        """Store a changed account.

        Raises:
            NotFound: there is none with its id.
        """
        query = update(accounts).where(accounts.c.id == account.id)
        if not await self._count(query.values(row_of(account, without=("id",)))):
            raise NotFound("account_gone", id=account.id)

    async def chats_of(self, account_id: int) -> tuple[Chat, ...]:
        """The chats of a person, the one used last first."""
        query = select(chats.c.channel, chats.c.id).where(chats.c.account_id == account_id)
        return await self._all(Chat, query.order_by(chats.c.used_at.desc(), chats.c.id))
