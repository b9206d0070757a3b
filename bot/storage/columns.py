"""Column types: how a Python value stands in a column, the same on both engines."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

from bot.storage.codec import storable


class Writes(Protocol):
    """What turns values into text and back."""

    def encode(self, value: Any) -> str: ...

    def decode(self, text: str) -> Any: ...


class Moment(TypeDecorator[datetime]):
    """A point in time: aware, UTC, to the microsecond."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a point in time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite knows no time zones: what Moment wrote there was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Free text of people, who can send anything."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Choice(TypeDecorator[StrEnum]):
    """A member of a closed set, as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.members(value)


class Json(TypeDecorator[Any]):
    """A domain value as JSON text: JSONB can hold no NUL and forgets the order of keys."""

    impl = Text
    cache_ok = True

    def __init__(self, codec: Writes) -> None:
        super().__init__()
        self.codec = codec

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.codec.encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.codec.decode(value)
