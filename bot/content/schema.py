"""Turns a document into a domain value or into problems, all at once.

Knows nothing of what makes sense.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.content.source import Document, Loc, Problem

T = TypeVar("T")

FORMAT = 1
"""The version of the file formats that this program reads."""

AMOUNTS = frozenset({"value", "step", "deposit_pct"})
"""Keys of exact amounts, written in quotes: without them ``7.20`` is a binary fraction."""


def parse(document: Document, adapter: TypeAdapter[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """The value in ``document``, or ``None`` and everything that keeps it from being one."""
    if not isinstance(document.data, Mapping):
        return None, (document.problem((), "must be a mapping of keys to values"),)
    problems = [document.problem(*found) for found in _of_format(document.data)]
    problems += [document.problem(loc, _QUOTE) for loc in _unquoted((), document.data)]
    try:
        value = adapter.validate_python(_with_phrases(document.data))
    except ValidationError as error:
        found = [_translated(detail, document.data) for detail in error.errors(include_url=False)]
        problems += [document.problem(*item) for item in found if item]
    if problems:
        return None, tuple(dict.fromkeys(problems))
    return value, ()


_QUOTE = "amounts are written in quotes"


def _of_format(data: Mapping[str, Any]) -> Iterator[tuple[Loc, str]]:
    if "format" in data and data["format"] != FORMAT:
        yield ("format",), f"this program reads format {FORMAT}"


def _unquoted(loc: Loc, node: Any) -> Iterator[Loc]:
    match node:
        case Mapping():
            for key, value in node.items():
                is_number = isinstance(value, int) and not isinstance(value, bool)
                if key in AMOUNTS and is_number:
                    yield (*loc, key)
                else:
                    yield from _unquoted((*loc, key), value)
        case list():
            for index, value in enumerate(node):
                yield from _unquoted((*loc, index), value)
        case float():
            yield loc
        case _:
            pass


def _with_phrases(node: Any) -> Any:
    """A phrase that anybody may say can be written as a mere string: make it a mapping."""
    match node:
        case Mapping():
            return {
                key: _spelled_out(value) if key == "lines" else _with_phrases(value)
                for key, value in node.items()
            }
        case list():
            return [_with_phrases(value) for value in node]
        case _:
            return node


def _spelled_out(lines: Any) -> Any:
    if not isinstance(lines, Mapping):
        return lines
    return {
        line: [{"text": phrase} if isinstance(phrase, str) else phrase for phrase in phrases]
        if isinstance(phrases, list)
        else phrases
        for line, phrases in lines.items()
    }


_CHOSEN_BY = {
    "FigureIssue": lambda node: "options" not in node,
    "ChoiceIssue": lambda node: "options" in node,
    "Payment": lambda node: "code" not in node,
    "Incoterm": lambda node: "code" in node,
}
"""Which member of a union the author meant, by the keys that were written."""


def _translated(detail: ErrorDetails, data: Any) -> tuple[Loc, str] | None:
    """Where and what in the author's words; ``None`` for a union member that was not meant."""
    loc: list[str | int] = []
    node = data
    for part in detail["loc"]:
        if part == "[key]":
            return tuple(loc), "unknown key"
        if part in _CHOSEN_BY and isinstance(node, Mapping):
            if not _CHOSEN_BY[str(part)](node):
                return None
            continue
        loc.append(part)
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            node = None
    return tuple(loc), _message(detail)


def _message(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "missing":
            return "is missing"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "unknown key"
        case "enum":
            return f"must be {detail['ctx']['expected']}"
        case "decimal_parsing":
            return "must be a number such as '7.20'"
        case _:
            message = detail["msg"]
            return message[:1].lower() + message[1:]
