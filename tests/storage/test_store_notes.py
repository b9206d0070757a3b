"""Notes on a talk to come."""

from dataclasses import replace

from bot.domain.languages import Language
from bot.domain.preparation import Preparation, Step
from bot.storage import Storage
from tests.storage.samples import make_attempt, make_offer, make_session, meet

NOTES = Preparation().answered(Step.TARGET, "8,20 € 😀", make_offer("8.20", payment="tt30"))


async def test_notes_are_of_one_exercise_in_one_language(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        await work.save_preparation(account.id, "fasteners", Language.DE, NOTES)
    async with storage.store.transaction() as work:
        assert await work.preparation(account.id, "fasteners", Language.DE) == NOTES
        assert not await work.preparation(account.id, "fasteners", Language.FR)
        assert not await work.preparation(account.id, "lamps", Language.DE)


async def test_later_notes_take_the_place_of_earlier_ones_until_they_are_dropped(
    storage: Storage,
) -> None:
    account = await meet(storage)
    more = replace(NOTES, is_warned=True)
    async with storage.store.transaction() as work:
        await work.save_preparation(account.id, "fasteners", Language.DE, NOTES)
        await work.save_preparation(account.id, "fasteners", Language.DE, more)
        assert await work.preparation(account.id, "fasteners", Language.DE) == more
        await work.drop_preparation(account.id, "fasteners", Language.DE)
        assert not await work.preparation(account.id, "fasteners", Language.DE)


async def test_session_and_attempt_keep_the_notes(storage: Storage) -> None:
    account = await meet(storage)
    async with storage.store.transaction() as work:
        session = await work.add_session(make_session(account.id, preparation=NOTES))
        await work.add_attempt(make_attempt(session, preparation=NOTES))
    async with storage.store.transaction() as work:
        assert (await work.session(session.id)).preparation == NOTES
        (attempt,) = await work.attempts(account.id)
        assert attempt.preparation == NOTES
