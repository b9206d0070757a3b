"""Domain values as JSON text and back, exactly. Does not know where the text is kept.

Amounts are written as strings, so that a ``Decimal`` comes back with its digits. Many contents of
messages look alike, so each is stored under the name of its class.
"""

from typing import Any, Generic, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, from_json

from bot.domain.errors import StorageUnavailable

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes and reads values of one type."""

    def __init__(self, type_: Any) -> None:
        self.adapter: TypeAdapter[T] = TypeAdapter(type_)

    def encode(self, value: T) -> str:
        """``value`` as JSON; halves of surrogate pairs, which nothing stores, become U+FFFD."""
        try:
            return self.adapter.dump_json(value).decode()
        except PydanticSerializationError:
            mended = _mended(self.adapter.dump_python(value, mode="json"))
            return self.adapter.dump_json(self.adapter.validate_python(mended)).decode()

    def decode(self, text: str) -> T:
        """The value that was encoded.

        Raises:
            StorageUnavailable: it was written by a program that knew other values.
        """
        try:
            return self.adapter.validate_json(text)
        except ValidationError as error:
            raise _unreadable(error) from None  # the cause would quote the learner's text


class UnionCodec(Generic[T]):
    """Writes and reads values of a union of dataclasses, each under the name of its class."""

    def __init__(self, union: Any) -> None:
        self._codecs: dict[str, Codec[T]] = {
            member.__name__: Codec(member) for member in get_args(union)
        }

    def encode(self, value: T) -> str:
        """``{"kind": <class name>, "value": <JSON>}``."""
        kind = type(value).__name__
        return f'{{"kind":"{kind}","value":{self._codecs[kind].encode(value)}}}'

    def decode(self, text: str) -> T:
        """The value that was encoded.

        Raises:
            StorageUnavailable: it was written by a program that knew other values.
        """
        try:
            stored = from_json(text)
            return self._codecs[stored["kind"]].adapter.validate_python(stored["value"])
        except (ValueError, LookupError, TypeError) as error:
            raise _unreadable(error) from None  # the cause would quote the learner's text


def storable(text: str) -> str:
    """``text`` with what no text column can hold (NUL, halves of surrogate pairs) as U+FFFD.

    One code point for one, so that places in the text stay right.
    """
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def _mended(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case list():
            return [_mended(item) for item in value]
        case dict():
            return {_mended(key): _mended(item) for key, item in value.items()}
        case _:
            return value


def _unreadable(error: Exception) -> StorageUnavailable:
    where = str(error) if isinstance(error, KeyError) else type(error).__name__
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, (error.title, *first["loc"])))
    return StorageUnavailable("storage_unreadable", where=where)
