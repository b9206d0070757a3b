"""Writes the patterns of the rule files for folded text, those of money and units among them.

Decides how a word may be spelled and what may stand between it and a number.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import srsly

DIRECTORY = Path(__file__).parent / "rules"
_UMLAUTS = str.maketrans({"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "ss?"})
ONE_OF = "pro|per|je|each|every|chaque|par|eine?|einem|einen|one|une?|ein"


def folded_pattern(pattern: str) -> str:
    """Write a pattern for folded text: accents off, German letters in all their spellings."""
    pattern = re.sub(r"\|\s+", "|", pattern.strip()).translate(_UMLAUTS)
    return "".join(
        c for c in unicodedata.normalize("NFD", pattern) if not unicodedata.combining(c)
    )


def compile_words(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that matches whole words of folded text."""
    return re.compile(rf"(?<![\w])(?:{folded_pattern(pattern)})(?!\w)")


def names_of(names: str) -> list[str]:
    """The names in every spelling of their umlauts: they are looked up, not matched."""
    folded = folded_pattern(names).split("|")
    return [spelt for name in folded for spelt in {name.replace("e?", ""), name.replace("?", "")}]


def read_rules(name: str) -> dict[str, Any]:
    """A rule file of the format we know."""
    data: dict[str, Any] = srsly.read_yaml(DIRECTORY / f"{name}.yaml")
    if data.pop("format") != 1:
        raise ValueError(f"{name}.yaml: unknown format")
    return data


@cache
def shared(name: str) -> Any:
    """A part of the rules that all languages share."""
    return read_rules("common")[name]


def after_number(pattern: str) -> re.Pattern[str]:
    """A pattern right behind a number."""
    return re.compile(rf"[ -]{{0,2}}(?:{folded_pattern(pattern)})(?![\w])")


def _around_number(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    folded = folded_pattern(pattern)
    return (
        re.compile(rf"(?<![a-z])(?:{folded})[ :]{{0,2}}$"),
        re.compile(rf"[ -]?(?:{folded})(?![a-z])"),
    )


def currencies(own: dict[str, str]) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """The currencies as all write them, and as the language alone does."""
    common = shared("currencies")
    return {
        name: _around_number("|".join(p[name] for p in (own, common) if name in p))
        for name in {**common, **own}
    }


def per_unit(per: str, unit: str) -> re.Pattern[str]:
    """What a price is for, in a unit."""
    # A slash or an elision needs no space before the unit, a word does.
    return re.compile(rf" ?(?:{per})(?:(?<=[/'])| ) ?(?:{unit})(?![\w])")


def before_price(price_per: str, unit: str, is_: str) -> re.Pattern[str]:
    """The unit in front of a price: "one kilo 42 euro", "Stückpreis 42 euro"."""
    named = price_per.replace("@", f"(?:{unit})")
    return re.compile(
        rf"(?<!\w)(?:(?:{ONE_OF}) (?:{unit})|{named})(?:[ :,=]|(?:{is_})(?!\w)){{0,9}}$"
    )


def per_goods(raw: dict[str, Any]) -> re.Pattern[str]:
    """Any goods behind "per", and what is surely goods behind "the" or "le" too."""
    for_any, for_known = folded_pattern(raw["per_goods"]), folded_pattern(raw["per"])
    known = rf"(?!(?:{shared('unitless')})(?!\w))(?:{folded_pattern(raw['products'])})(?!\w)"
    other = "|".join([folded_pattern(raw["not_goods"]), *shared("units").values()])
    return re.compile(
        rf"(?: ?/|(?: |(?<=/))(?:{for_any}) ) ?(?!(?:{other})(?!\w))[a-z][a-z-]{{2,}}"
        rf"| (?:{for_known})(?:(?<=')| ){known}"
    )
