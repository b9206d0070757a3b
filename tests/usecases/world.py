"""A whole installation in one test: the use cases, a clock, and people in their chats."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import TypeVar

from bot import content
from bot.channels.render import Renderer
from bot.channels.render.rendered import Picture
from bot.channels.render.speech import BuyerVoice
from bot.domain.feedback import Finding, FindingKind
from bot.domain.messages import (
    BuyerSays,
    Channel,
    Chat,
    Content,
    Edited,
    Incoming,
    Notice,
    Outgoing,
    Press,
    Text,
    Unreadable,
)
from bot.domain.terms import Incoterm, IncotermCode, Payment, PaymentMethod, Price, Quantity
from bot.domain.understanding import Act
from bot.storage import Storage
from bot.usecases.aftercare import Aftercare
from bot.usecases.desk import Desk
from bot.usecases.digests import Digests
from bot.usecases.helping import Helping
from bot.usecases.practice import Practice
from bot.usecases.preparing import Preparing
from bot.usecases.scene import Scene
from bot.usecases.study import Study
from bot.usecases.teaching import Teaching
from bot.usecases.timekeeping import Timekeeping
from tests.fakes import FakeChecker, FakeClock, FakeLinks, FakeNarrator, FakeUnderstander

WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, 03:00 in Hamburg
GIFT = "Alles, wie Sie wollen: 5.000 Stück, 7,20 EUR, CIF Hamburg, 60 Tage, vier Wochen."
"""A message no buyer refuses."""

C = TypeVar("C", bound=Content)
_KEYS = count(1)


class World:
    """The use cases over one storage, and what they are given to work with."""

    def __init__(
        self,
        storage: Storage,
        library: content.Library,
        *,
        clock: FakeClock | None = None,
        narrator: FakeNarrator | None = None,
    ) -> None:
        self.storage = storage
        self.library = library
        self.renderer = Renderer(library)
        self.clock = clock or FakeClock(WEDNESDAY)
        self.understander, self.checker = FakeUnderstander(), FakeChecker()
        store, codes, seeds = storage.store, count(1), count(1)
        scene = Scene(library=library, speaker=BuyerVoice())
        digests = Digests(store=store)
        self.teaching = Teaching(
            store=store, scene=scene, links=FakeLinks(), codes=lambda: f"CODE{next(codes):04}WXYZ"
        )
        self.practice = Practice(
            store=store,
            scene=scene,
            understander=self.understander,
            checker=self.checker,
            seeds=lambda: next(seeds),
            narrator=narrator,
        )
        self.desk = Desk(
            store=store,
            study=Study(scene=scene, timezone="Asia/Shanghai"),
            preparing=Preparing(store=store, scene=scene, understander=self.understander),
            practice=self.practice,
            helping=Helping(scene=scene),
            teaching=self.teaching,
            digests=digests,
        )
        self.timekeeping = Timekeeping(
            store=store,
            timers=storage.timers,
            aftercare=Aftercare(store=store, scene=scene, checker=self.checker),
            teaching=self.teaching,
            digests=digests,
        )
        self.understander.means(
            GIFT,
            Act.OFFER,
            price=Price(amount=Decimal("7.20")),
            quantity=Quantity(amount=Decimal("5000")),
            incoterm=Incoterm(code=IncotermCode.CIF),
            payment=Payment(method=PaymentMethod.OA, days=60),
            lead_time_days=28,
        )

    def person(self, id: str, *, name: str | None = None, locale: str = "en") -> "Person":
        """Somebody with a chat."""
        return Person(self, id, name=id.title() if name is None else name, locale=locale)

    async def learner(self, id: str = "li", *, name: str | None = None) -> "Person":
        """Somebody who has chosen German and B1."""
        person = self.person(id, name=name)
        await person.says("/start")
        await person.presses("language:de")
        await person.presses("band:B1")
        await person.news()
        return person

    async def teacher(self, id: str = "wang", *, group: str = "Trade 2301") -> "Person":
        """Somebody with a group, whose code is ``person.code``."""
        person = self.person(id)
        invitation = (await self.teaching.invite(self.clock()))[0].partition("start=")[2]
        await person.says(f"/start {invitation}")
        await person.presses("newgroup")
        await person.says(group)
        told = await person.notice("group")
        person.code = str(told.values["code"])
        await person.news()
        return person

    async def pass_time(self, **passed: float) -> None:
        """Let time pass, and the timekeeping do what is due."""
        self.clock.advance(**passed)
        await self.keep_time()

    async def keep_time(self) -> None:
        """Carry out everything that is due now."""
        while await self.timekeeping.carry_out_due(self.clock()):
            pass


class Person:
    """One person in one chat."""

    code = ""

    def __init__(self, world: World, id: str, *, name: str, locale: str) -> None:
        self.world = world
        self.chat = Chat(channel=Channel.TELEGRAM, id=id)
        self.name = name
        self.locale = locale
        self._seen = 0

    async def says(self, text: str, *, key: str | None = None) -> None:
        """Write a message."""
        await self.does(Text(text=text), key=key)

    async def presses(self, action: str, *, key: str | None = None) -> None:
        """Press the button with this action, whether it was shown or not."""
        await self.does(Press(action=action), key=key)

    async def does(
        self, content: Text | Press | Edited | Unreadable, *, key: str | None = None
    ) -> None:
        """Send an update."""
        await self.world.desk.take(self.incoming(content, key=key))

    def incoming(
        self, content: Text | Press | Edited | Unreadable, *, key: str | None = None
    ) -> Incoming:
        """An update of this chat."""
        return Incoming(
            chat=self.chat,
            key=key or f"{self.chat.id}-{next(_KEYS)}",
            name=self.name,
            locale=self.locale,
            at=self.world.clock(),
            content=content,
        )

    async def news(self) -> list[Outgoing]:
        """What has come since the last look; all of it can be shown in every language."""
        rows = await self.world.storage.outbox.page(self.chat, after=self._seen, limit=1000)
        self._seen = rows[-1].id if rows else self._seen
        for row in rows:
            for part in self.world.renderer.render(row.outgoing).parts:
                assert isinstance(part, Picture) or part.html.strip()
        return [row.outgoing for row in rows]

    async def gets(self) -> list[str]:
        """The news by name: the key of a notice, the name of any other content."""
        return [_name(outgoing.content) for outgoing in await self.news()]

    async def one(self, kind: type[C]) -> C:
        """The one piece of news of this kind."""
        found = [o.content for o in await self.news() if isinstance(o.content, kind)]
        assert len(found) == 1, found
        return found[0]

    async def notice(self, key: str) -> Notice:
        """The one notice with this key among the news."""
        notices = [o.content for o in await self.news() if isinstance(o.content, Notice)]
        found = [notice for notice in notices if notice.key == key]
        assert len(found) == 1, [notice.key for notice in notices]
        return found[0]

    async def begins(self, *, assignment: int | None = None) -> None:
        """Begin the desk-lamp talk."""
        await self.presses("begin:desk_lamp" + (f":{assignment}" if assignment else ""))

    async def makes_a_deal(self, *, assignment: int | None = None) -> None:
        """Begin a talk, give the buyer everything, and sign."""
        await self.begins(assignment=assignment)
        await self.says(GIFT)
        await self.presses(next(a for a in await self.actions() if a.startswith("yes:")))

    async def actions(self) -> list[str]:
        """The actions of the buttons among the news."""
        return list(_actions(await self.news()))

    async def shown_text(self) -> str:
        """The news in words."""
        rows = await self.news()
        parts = (part for row in rows for part in self.world.renderer.render(row).parts)
        return "\n".join(
            part.caption if isinstance(part, Picture) else part.html for part in parts
        )


def finding(text: str, wrong: str, right: str) -> Finding:
    """A remark on ``wrong`` in ``text``."""
    start = text.index(wrong)
    return Finding(
        start=start,
        end=start + len(wrong),
        kind=FindingKind.PLURAL,
        fixes=(right,),
        rule="RULE",
        message="message",
    )


def counted(names: list[str]) -> Counter[str]:
    """How often each is there."""
    return Counter(names)


def _name(content: Content) -> str:
    if isinstance(content, Notice):
        return content.key
    return "buyer" if isinstance(content, BuyerSays) else type(content).__name__


def _actions(rows: list[Outgoing]) -> Iterator[str]:
    return (button.action for out in rows for line in out.buttons for button in line)
