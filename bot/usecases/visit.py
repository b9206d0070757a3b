"""One person being served inside one transaction. What is done is decided elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Button, Chat, Content, Notice, Outgoing, Rows
from bot.domain.people import Account
from bot.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An open transaction, the person and the chat it is for."""

    work: Work
    account: Account
    chat: Chat
    at: datetime

    async def show(self, content: Content, buttons: Rows = ()) -> None:
        """Send ``content`` to the chat of this visit."""
        await self.work.send(
            Outgoing(
                chat=self.chat,
                interface=self.account.interface,
                content=content,
                buttons=buttons,
            ),
            at=self.at,
        )

    async def tell(self, key: str, *, buttons: Rows = (), **values: str | int) -> None:
        """Send the message called ``key`` in the message files."""
        await self.show(Notice(key=key, values=values), buttons)

    async def tell_other(self, account: Account, content: Content, buttons: Rows = ()) -> None:
        """Send ``content`` to another person, in the chat used last."""
        await send_to(self.work, account, content, at=self.at, buttons=buttons)


async def send_to(
    work: Work,
    account: Account,
    content: Content,
    *,
    at: datetime,
    buttons: Rows = (),
) -> None:
    """Send ``content`` to a person's chat used last."""
    chats = await work.chats_of(account.id)
    for chat in chats[:1]:
        outgoing = Outgoing(
            chat=chat, interface=account.interface, content=content, buttons=buttons
        )
        await work.send(outgoing, at=at)


def row(*buttons: Button) -> Rows:
    """One row of buttons."""
    return (buttons,)


TO_MENU = row(Button(action="menu", key="menu"))


def column(*buttons: Button) -> Rows:
    """Buttons one below the other."""
    return tuple((button,) for button in buttons)
