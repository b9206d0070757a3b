"""Reads one YAML file, remembering on which line everything stood.

Knows nothing of what the file means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srsly.ruamel_yaml import YAML
from srsly.ruamel_yaml.constructor import DuplicateKeyError
from srsly.ruamel_yaml.error import MarkedYAMLError, YAMLError

Loc = tuple[str | int, ...]
"""The way from the top of a file to a value: keys and list indices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a content file. Prints as ``path:line: where: message``."""

    path: str
    """Relative to the content root, with forward slashes."""
    line: int
    """Counted from 1."""
    where: str
    """``versions.de.deal.issues[1].points``; empty for the file as a whole."""
    message: str

    def __str__(self) -> str:
        parts = (f"{self.path}:{self.line}", self.where, self.message)
        return ": ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A YAML file as plain values, with the line of every one of them."""

    path: str
    data: Any
    node: Any
    """The round-trip node tree, which carries the lines."""

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem at ``loc``, or at the nearest value above it that is written in the file."""
        return Problem(path=self.path, line=self.line(loc), where=dotted(loc), message=message)

    def line(self, loc: Loc) -> int:
        """The line of ``loc`` in the file, counted from 1."""
        line, node = 0, self.node
        for key in loc:
            if not _holds(node, key):
                break
            line, node = node.lc.data[key][0], node[key]
        return int(line) + 1


def read(path: Path, *, root: Path) -> Document | Problem:
    """The file as a document, or why it is none."""
    name = path.relative_to(root).as_posix()
    try:
        node = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Problem(path=name, line=1, where="", message=f"cannot be read: {error}")
    except (MarkedYAMLError, DuplicateKeyError) as error:
        mark = error.problem_mark or error.context_mark
        return Problem(
            path=name,
            line=mark.line + 1 if mark else 1,
            where="",
            message=f"is not YAML: {_first_line(error.problem or error.context or '')}",
        )
    except YAMLError as error:
        return Problem(path=name, line=1, where="", message=f"is not YAML: {_first_line(error)}")
    return Document(path=name, data=_plain(node), node=node)


def dotted(loc: Loc) -> str:
    """``("issues", 1, "points")`` as ``issues[1].points``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.removeprefix(".")


def _holds(node: Any, key: str | int) -> bool:
    if isinstance(node, Mapping):
        return key in node
    is_list = isinstance(node, Sequence) and not isinstance(node, str)
    return is_list and isinstance(key, int) and key < len(node)


def _plain(node: Any) -> Any:
    match node:
        case Mapping():
            return {_plain(key): _plain(value) for key, value in node.items()}
        case str():
            return str(node)
        case Sequence():
            return [_plain(value) for value in node]
        case bool() | None:
            return node
        case int():
            return int(node)
        case float():
            return float(node)
        case _:
            return node


def _first_line(error: object) -> str:
    return str(error).partition("\n")[0]
