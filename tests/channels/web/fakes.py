"""Stand-ins for what is behind the page: a desk with a few fixed answers, an outbox in memory.

They outlive the server that uses them, as a database does, so that a test can stop it and start
it again.
"""

import asyncio
import html
import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.channels.render.rendered import Label, Picture, Rendered, Words
from bot.domain.feedback import Finding, FindingKind
from bot.domain.languages import Interface, Language
from bot.domain.messages import (
    Brief,
    Button,
    BuyerSays,
    Channel,
    Chat,
    Content,
    Corrections,
    Incoming,
    LearnerSaid,
    Notice,
    Outgoing,
    Press,
    Rows,
    Text,
)
from bot.ports import Parcel


def now() -> datetime:
    return datetime.now(UTC)


class FakeRenderer:
    """Words for what the fake desk says: ``Notice.key`` is shown as it is."""

    def __init__(self) -> None:
        self.drawn = 0

    def render(self, outgoing: Outgoing) -> Rendered:
        content = outgoing.content
        buttons = tuple(
            tuple(Label(text=button.key, action=button.action) for button in row)
            for row in outgoing.buttons
        )

        def shown(words: str) -> Rendered:
            return Rendered(parts=(Words(html=words),), buttons=buttons)

        match content:
            case BuyerSays(name=name, text=text):
                return shown(f"<b>{name}</b>\n{html.escape(text)}")
            case Corrections():
                return shown(self._corrections(content))
            case Notice(key="picture"):
                map_ = Picture(alt="Deal map", caption="<b>Deal</b> map", draw=self.draw)
                return Rendered(parts=(Words(html="<b>成交</b> · 57"), map_), buttons=buttons)
            case Notice(key="broken"):
                raise KeyError("no words for this")
            case Notice(key=key):
                return shown(key)
            case _:
                return shown(type(content).__name__)

    def draw(self) -> bytes:
        self.drawn += 1
        return png(640, 420)

    def _corrections(self, content: Corrections) -> str:
        lines = [
            f"<s>{html.escape(content.text[finding.start : finding.end])}</s> → "
            f"<b>{html.escape(finding.fixes[0])}</b>：{finding.kind.value}"
            for finding in content.findings
        ]
        return f"✎ {len(lines)}\n" + "\n".join(lines)


def png(width: int, height: int) -> bytes:
    """A picture with a slope in it."""
    rows = b"".join(
        b"\0"
        + bytes(
            value
            for x in range(width)
            for value in ((15, 92, 82) if abs(y - x * height / width) < 3 else (250, 248, 242))
        )
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class FakeOutbox:
    """Rows in memory; only what a page reads."""

    def __init__(self) -> None:
        self.rows: list[Parcel] = []

    def put(
        self,
        chat: Chat,
        content: Content,
        *,
        buttons: Rows = (),
        interface: Interface = Interface.ZH,
        at: datetime | None = None,
        id: int | None = None,
    ) -> Parcel:
        """Add a row; with ``id``, one that becomes visible after younger ones."""
        outgoing = Outgoing(chat=chat, interface=interface, content=content, buttons=buttons)
        next_id = max((row.id for row in self.rows), default=0) + 1
        parcel = Parcel(id=id or next_id, outgoing=outgoing, at=at or now(), tries=0)
        self.rows.append(parcel)
        self.rows.sort(key=lambda row: row.id)
        return parcel

    async def page(
        self, chat: Chat, *, after: int, limit: int, newest: bool = False
    ) -> tuple[Parcel, ...]:
        found = [row for row in self.rows if row.outgoing.chat == chat and row.id > after]
        return tuple(found[-limit:] if newest else found[:limit])


class FakeWebKeys:
    def __init__(self) -> None:
        self.chats: dict[str, Chat] = {}

    async def chat_for(self, token_hash: str) -> Chat | None:
        return self.chats.get(token_hash)

    async def add(self, token_hash: str, chat: Chat, *, at: datetime) -> None:
        self.chats[token_hash] = chat


ACHT_WOCHE = "acht Woche"


@dataclass
class FakeDesk:
    """Answers like a buyer of few words; the same (chat, key) twice does nothing."""

    outbox: FakeOutbox
    taken: list[Incoming] = field(default_factory=list)
    names: dict[Chat, str] = field(default_factory=dict)
    interfaces: dict[Chat, Interface] = field(default_factory=dict)
    failures: int = 0
    """Raise this many times before working again."""
    gate: asyncio.Event | None = None
    """Wait for it before answering."""

    async def take(self, incoming: Incoming) -> None:
        if self.gate is not None:
            await self.gate.wait()
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")
        if any(old.chat == incoming.chat and old.key == incoming.key for old in self.taken):
            return
        self.taken.append(incoming)
        match incoming.content:
            case Text(text=text) if text.startswith("/start"):
                self._welcome(incoming)
            case Text(text=text):
                self._answer(incoming, text)
            case Press(action=action):
                self._pressed(incoming, action)

    @property
    def said(self) -> list[str]:
        """Texts taken, in order, entering aside."""
        return [
            item.content.text
            for item in self.taken
            if isinstance(item.content, Text) and not item.content.text.startswith("/start")
        ]

    @property
    def pressed(self) -> list[str]:
        return [item.content.action for item in self.taken if isinstance(item.content, Press)]

    def _put(self, incoming: Incoming, content: Content, buttons: Rows = ()) -> None:
        interface = self.interfaces.get(incoming.chat, Interface.ZH)
        self.outbox.put(incoming.chat, content, buttons=buttons, interface=interface)

    def _welcome(self, incoming: Incoming) -> None:
        self.names[incoming.chat] = incoming.name
        self.interfaces[incoming.chat] = Interface(incoming.locale or "zh")
        self._put(
            incoming,
            Notice(key=f"你好，{html.escape(incoming.name)}！先练哪种语言？"),
            (
                (
                    Button(action="language:en", key="English"),
                    Button(action="language:de", key="Deutsch"),
                    Button(action="language:fr", key="Français"),
                ),
            ),
        )

    def _answer(self, incoming: Incoming, text: str) -> None:
        self._put(incoming, LearnerSaid(text=text, key=incoming.key))
        self._put(
            incoming,
            BuyerSays(name="Katrin Vogel", text=f"Verstanden: {text}", language=Language.DE),
            ((Button(action="hint", key="提示"), Button(action="end", key="结束")),),
        )
        if ACHT_WOCHE in text:
            self._put(incoming, corrections(text, incoming.key))

    def _pressed(self, incoming: Incoming, action: str) -> None:
        verb, _, value = action.partition(":")
        if verb == "interface":
            self.interfaces[incoming.chat] = Interface(value)
        self._put(incoming, Notice(key=f"pressed {html.escape(action)}"))


def corrections(text: str, key: str) -> Corrections:
    start = text.index(ACHT_WOCHE) + len("acht ")
    finding = Finding(
        start=start,
        end=start + len("Woche"),
        kind=FindingKind.PLURAL,
        fixes=("Wochen",),
        rule="TEST",
        message="Plural nach Zahlwort",
    )
    return Corrections(key=key, text=text, language=Language.DE, findings=(finding,))


class World:
    """Everything behind the page."""

    def __init__(self) -> None:
        self.outbox = FakeOutbox()
        self.webkeys = FakeWebKeys()
        self.renderer = FakeRenderer()
        self.desk = FakeDesk(self.outbox)

    @property
    def chat(self) -> Chat:
        """The chat of the one person here."""
        chats = list(dict.fromkeys(self.webkeys.chats.values()))
        assert len(chats) == 1, chats
        return chats[0]

    def buyer_says(self, text: str) -> Parcel:
        """As another process would: nobody is woken."""
        content = BuyerSays(name="Katrin Vogel", text=text, language=Language.DE)
        return self.outbox.put(self.chat, content)

    def notice(self, key: str, *, buttons: Rows = ()) -> Parcel:
        return self.outbox.put(self.chat, Notice(key=key), buttons=buttons)

    def brief(self) -> Parcel:
        content = Brief(exercise_id="lamps", language=Language.DE)
        return self.outbox.put(self.chat, content)


def chat(id: str) -> Chat:
    return Chat(channel=Channel.WEB, id=id)
