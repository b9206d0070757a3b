"""What we ask of LanguageTool per language: its code for the language and the rules left out.

Decides nothing itself: the choices stand in ``profile.toml``, each with its reason.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.domain.languages import Language

PROFILE = Path(__file__).with_name("profile.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The parameters of every check in one language."""

    code: str
    """LanguageTool's: never a bare ``en`` or ``de``, they carry no spelling rule."""
    disabled_rules: tuple[str, ...]
    disabled_categories: tuple[str, ...]
    warm_up: str
    """A text that makes LanguageTool load everything the language needs."""

    def parameters(self, text: str) -> dict[str, str]:
        """The form fields of a check; always in the same order: LanguageTool's pipelines are
        cached by them."""
        fields = {"language": self.code, "text": text}
        if self.disabled_rules:
            fields["disabledRules"] = ",".join(self.disabled_rules)
        if self.disabled_categories:
            fields["disabledCategories"] = ",".join(self.disabled_categories)
        return fields


@cache
def profiles() -> Mapping[Language, Profile]:
    """The profile of every practice language."""
    tables = tomllib.loads(PROFILE.read_text(encoding="utf-8"))
    return {language: _profile(tables[language]) for language in Language}


def _profile(table: Mapping[str, object]) -> Profile:
    rules, categories = table["disabled_rules"], table["disabled_categories"]
    assert isinstance(rules, dict) and isinstance(categories, dict)
    return Profile(
        code=str(table["code"]),
        disabled_rules=tuple(sorted(rules)),
        disabled_categories=tuple(sorted(categories)),
        warm_up=str(table["warm_up"]),
    )
