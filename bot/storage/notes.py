"""Preparations within a transaction: notes on a talk that has not begun yet."""

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from bot.domain.languages import Language
from bot.domain.preparation import Preparation
from bot.storage.area import Area
from bot.storage.tables import notes


class Notes(Area):
    """What people have written down for the talks to come."""

    async def preparation(
        self, account_id: int, exercise_id: str, language: Language
    ) -> Preparation:
        """The notes on an exercise; empty where there are none."""
        query = select(notes.c.preparation).where(_of(account_id, exercise_id, language))
        found = (await self._connection.execute(query)).scalar_one_or_none()
        return found or Preparation()

    async def save_preparation(
        self, account_id: int, exercise_id: str, language: Language, preparation: Preparation
    ) -> None:
        """Keep notes in place of earlier ones on the same exercise."""
        query = update(notes).where(_of(account_id, exercise_id, language))
        if await self._count(query.values(preparation=preparation)):
            return
        values = {"account_id": account_id, "exercise_id": exercise_id, "language": language}
        await self._connection.execute(
            insert(notes).values({**values, "preparation": preparation})
        )

    async def drop_preparation(
        self, account_id: int, exercise_id: str, language: Language
    ) -> None:
        """Forget the notes on an exercise: its session has them now."""
        await self._connection.execute(delete(notes).where(_of(account_id, exercise_id, language)))


def _of(account_id: int, exercise_id: str, language: Language) -> ColumnElement[bool]:
    return and_(
        notes.c.account_id == account_id,
        notes.c.exercise_id == exercise_id,
        notes.c.language == language,
    )
