"""Sessions with doubtful messages are found on both engines."""

from bot.domain.languages import Language
from bot.domain.understanding import Act, Understanding
from bot.ports import Record
from bot.storage import Storage
from tests.storage.samples import LI, NOW, WANG, make_session, make_turn, meet


def understood(confidence: float) -> Understanding:
    return Understanding(acts=(Act.INFORM,), confidence=confidence)


async def talk(
    storage: Storage, account_id: int, *confidences: float | None, language: Language = Language.DE
) -> int:
    """A finished session with one turn for each confidence; its id."""
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account_id, language=language, ended_at=NOW))
        for number, confidence in enumerate(confidences):
            understanding = None if confidence is None else understood(confidence)
            await work.add_turn(make_turn(session.id, number, understanding=understanding))
        return session.id


async def doubtful(
    storage: Storage, *, below: float = 0.6, language: Language | None = None
) -> list[int]:
    records = await storage.records.doubtful(below=below, language=language)
    return [record.session.id for record in records]


async def test_sessions_with_a_doubtful_message_are_found_oldest_first(storage: Storage) -> None:
    li, wang = await meet(storage), await meet(storage, WANG)
    first = await talk(storage, wang.id, None, 0.9, 0.59, 0.1)
    await talk(storage, li.id, None, 0.9, 0.6)
    last = await talk(storage, li.id, None, 0.35)
    await talk(storage, li.id, None)
    assert await doubtful(storage) == [first, last]
    assert await doubtful(storage, below=0.2) == [first]
    assert await doubtful(storage, below=0.1) == []


async def test_a_language_can_be_asked_for(storage: Storage) -> None:
    li = await meet(storage)
    await talk(storage, li.id, None, 0.3)
    french = await talk(storage, li.id, None, 0.3, language=Language.FR)
    assert await doubtful(storage, language=Language.FR) == [french]
    assert await doubtful(storage, language=Language.EN) == []


async def test_a_record_holds_the_whole_session(storage: Storage) -> None:
    li = await meet(storage, LI)
    id = await talk(storage, li.id, None, 0.9, 0.3)
    async with storage.store.transaction() as work:
        expected = Record(session=await work.session(id), learner=li, turns=await work.turns(id))
    assert await storage.records.doubtful(below=0.6, language=None) == (expected,)
    assert len(expected.turns) == 3
