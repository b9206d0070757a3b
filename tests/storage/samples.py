"""Values to store, with defaults."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.feedback import UNCHECKED, Check, Finding, FindingKind
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Channel, Chat, LearnerSaid, Outgoing
from bot.domain.people import Account
from bot.domain.session import Attempt, Session, Turn
from bot.domain.talk import Heard, Step, Talk
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act, Understanding
from bot.storage import Storage

NOW = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LI = Chat(channel=Channel.TELEGRAM, id="1001")
WANG = Chat(channel=Channel.TELEGRAM, id="1002")
PAGE = Chat(channel=Channel.WEB, id="page-1")


def make_offer(price: str = "8.20", **choices: str) -> Offer:
    return Offer(
        figures={IssueId.PRICE: Decimal(price), IssueId.QUANTITY: Decimal(5000)},
        choices={IssueId(key): value for key, value in choices.items()},
    )


def make_talk(**changes: Any) -> Talk:
    values: dict[str, Any] = {
        "turn": 2,
        "learner": "Li Na",
        "standing": make_offer("7.90"),
        "offered": make_offer("8.20", payment="tt30"),
        "spoken": (IssueId.PRICE,),
        "path": (Step(turn=1, side=Side.LEARNER, offer=make_offer("8.20")),),
        "heard": (Heard(turn=1, acts=(Act.GREET, Act.OFFER), offered=make_offer("8.20")),),
        "used": ("greet#0", "counter#2"),
    }
    return Talk(**values | changes)


def make_session(account_id: int, **changes: Any) -> Session:
    values: dict[str, Any] = {
        "id": 0,
        "account_id": account_id,
        "exercise_id": "fasteners",
        "language": Language.DE,
        "band": Band.B1,
        "seed": 2**62,
        "talk": make_talk(),
        "started_at": NOW,
    }
    return Session(**values | changes)


def make_turn(session_id: int, number: int = 1, **changes: Any) -> Turn:
    values: dict[str, Any] = {
        "session_id": session_id,
        "number": number,
        "key": f"u{number}",
        "text": "Wir können 8,20 € pro Stück anbieten 😀",
        "understanding": Understanding(
            acts=(Act.OFFER,),
            terms=Terms(price=Price(amount=Decimal("8.20"), currency="EUR")),
            confidence=0.87,
        ),
        "check": UNCHECKED,
        "reply": "Das ist uns zu viel.",
        "at": NOW,
    }
    return Turn(**values | changes)


def make_attempt(session: Session, **changes: Any) -> Attempt:
    values: dict[str, Any] = {
        "session_id": session.id,
        "account_id": session.account_id,
        "exercise_id": session.exercise_id,
        "language": session.language,
        "band": session.band,
        "assignment_id": session.assignment_id,
        "talk": session.talk,
        "kinds": {FindingKind.ARTICLE: 2, FindingKind.COMMA: 1},
        "words": 42,
        "unchecked": 1,
        "started_at": NOW,
        "ended_at": NOW + MINUTE,
    }
    return Attempt(**values | changes)


def make_check() -> Check:
    finding = Finding(
        start=4,
        end=10,
        kind=FindingKind.CASE,
        fixes=("den", "dem"),
        rule="DE_CASE",
        message="Falscher Kasus",
    )
    return Check(findings=(finding,))


def make_outgoing(text: str = "hello", chat: Chat = LI) -> Outgoing:
    content = LearnerSaid(text=text, key=text)
    return Outgoing(chat=chat, interface=Interface.ZH, content=content)


async def meet(storage: Storage, chat: Chat = LI, name: str = "Li Na") -> Account:
    """A new account in ``chat``."""
    async with storage.store.transaction() as work:
        return await work.add_account(
            chat, name=name, interface=Interface.ZH, timezone="Asia/Shanghai", at=NOW
        )


async def send(storage: Storage, *outgoings: Outgoing, at: datetime = NOW) -> None:
    """Put messages into the outbox, in one transaction."""
    async with storage.store.transaction() as work:
        for outgoing in outgoings:
            await work.send(outgoing, at=at)
