"""Finds Incoterms with their places, payment methods, and shares paid in advance.

Whether anything is agreed to is not known here.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.domain.terms import Incoterm, IncotermCode, PaymentMethod
from bot.language.understanding.places import place_ahead, place_behind
from bot.language.understanding.rules import Rules

_WHOLE = Decimal(100)
_BESIDE = 30
# "30 % Vorkasse", "prepayment of 30 %": how much of it is in advance.
_PERCENT_AHEAD = re.compile(r"(?:%|per ?cent|prozent|pour ?cents?)(?: \w+){0,2} ?$")
_PERCENT_BEHIND = re.compile(r"[ :]{0,2}(?:\w+ ){0,2}\d+ ?(?:%|per ?cent|prozent|pour ?cent)")
_ALONGSIDE = re.compile(r"\bFAS\b")


def find_incoterms(text: str, folded: str, rules: Rules) -> Iterator[tuple[int, int, Incoterm]]:
    """All delivery terms, each with its place if one is named."""
    taken: list[tuple[int, int]] = []
    for code, pattern in sorted(rules.common.incoterms.items(), key=lambda c: c[0] != "DDP"):
        found = list(pattern.finditer(folded))
        if code is IncotermCode.FAS:
            found += _ALONGSIDE.finditer(text)
        for match in found:
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            end, place = place_behind(text, folded, match.end(), rules)
            place = place or place_ahead(text, folded, match.start())
            taken.append((match.start(), end))
            yield match.start(), end, Incoterm(code=code, place=place)


def find_methods(
    folded: str, rules: Rules
) -> Iterator[tuple[int, int, PaymentMethod | None, bool]]:
    """All payment methods, each with whether it is payable at sight; "at sight" also alone."""
    ends: set[int] = set()
    for method, pattern in rules.common.methods.items():
        for match in pattern.finditer(folded):
            sight = rules.common.sight.match(folded, match.end())
            end = sight.end() if sight else match.end()
            ends.add(end)
            yield match.start(), end, method, bool(sight)
    for match in rules.common.sight_alone.finditer(folded):
        if match.end() not in ends:
            yield match.start(), match.end(), None, True


def find_shares(folded: str, rules: Rules) -> Iterator[tuple[int, int, Decimal]]:
    """The shares paid in advance that are said in words: "half up front", "Vorkasse"."""
    for share, pattern in rules.advance.items():
        for match in pattern.finditer(folded):
            ahead = folded[max(0, match.start() - _BESIDE) : match.start()]
            is_part = _PERCENT_AHEAD.search(ahead) or _PERCENT_BEHIND.match(folded, match.end())
            if share != _WHOLE or not is_part:
                yield match.start(), match.end(), share
