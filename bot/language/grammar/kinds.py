"""Which kind of finding a rule of LanguageTool stands for.

Decides by ``kinds.toml``: the rule's own line first, then its category, then its issue type. Does
not know what the kinds mean to a learner.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from bot.domain.feedback import FindingKind
from bot.domain.languages import Language

KINDS = Path(__file__).with_name("kinds.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    rules: Mapping[str, FindingKind]
    patterns: tuple[tuple[str, FindingKind], ...]
    """Ids with a ``*``; the most letters first."""
    categories: Mapping[str, FindingKind]


def kind_of(language: Language, *, rule: str, category: str, issue_type: str) -> FindingKind:
    """The kind of a rule's findings."""
    table = _tables()[language]
    if rule in table.rules:
        return table.rules[rule]
    for pattern, kind in table.patterns:
        if fnmatchcase(rule, pattern):
            return kind
    if category in table.categories:
        return table.categories[category]
    return _issue_types().get(issue_type, FindingKind.OTHER)


@cache
def _read() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(KINDS.read_text(encoding="utf-8"))


@cache
def _tables() -> Mapping[Language, _Table]:
    return {language: _table(_read()[language]) for language in Language}


@cache
def _issue_types() -> Mapping[str, FindingKind]:
    return _turned(_read()["any"]["issue_types"])


def _table(part: Mapping[str, Mapping[str, list[str]]]) -> _Table:
    rules = _turned(part["rules"])
    patterns = [(rule, kind) for rule, kind in rules.items() if "*" in rule]
    return _Table(
        rules=rules,
        patterns=tuple(sorted(patterns, key=lambda pair: -len(pair[0]))),
        categories=_turned(part["categories"]),
    )


def _turned(table: Mapping[str, list[str]]) -> dict[str, FindingKind]:
    """From kind -> names, as people write it, to name -> kind."""
    return {name: FindingKind(kind) for kind, names in table.items() for name in names}
