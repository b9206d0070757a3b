"""Finds authored phrases in a learner's text, whatever their endings and small slips.

Decides by words alone; whether what a phrase names is offered or refused is not known here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.domain.spotting import one_off
from bot.language.understanding.normalise import fold
from bot.language.understanding.rules import Rules

_WORD = re.compile(r"[^\W_]+")
_UMLAUT = re.compile(r"([aou])e")  # "Oesterreich" for "Österreich"
_ENDINGS = frozenset(("", "s", "es", "e", "n", "en", "er", "em", "ed", "d", "x"))
# Letters; judgement, tried on the phrases of the shipped deals.
_SHORT, _LONG, _STEM, _LONG_STEM, _LONG_ENDING, _COMPOUND = 3, 5, 4, 7, 4, 5
_GAP, _WINDOW = 1, 2  # words that may stand within a phrase, in order and in any order


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a folded text."""

    text: str
    start: int
    end: int
    joined: int
    """Where what is written together with it begins: ``on-site``, ``l'exclusivité``."""


def tokens(folded: str) -> list[Token]:
    """The words of a folded text."""
    found: list[Token] = []
    for word in _WORD.finditer(folded):
        is_joined = found and folded[found[-1].end : word.start()] in ("-", "'")
        joined = found[-1].joined if is_joined else word.start()
        found.append(Token(_plain(word[0]), word.start(), word.end(), joined))
    return found


def _plain(word: str) -> str:
    return _UMLAUT.sub(r"\1", word)


def content_words(phrase: str, rules: Rules) -> tuple[str, ...]:
    """The words of a phrase that carry its meaning; all of them when none does."""
    words = [token.text for token in tokens(fold(phrase))]
    ignored = rules.function_words - rules.order_words
    kept = [word for word in words if word not in ignored and _counts(word)]
    return tuple(kept or words)


def _counts(word: str) -> bool:
    """One letter is what an elision leaves: "l'exclusivité"."""
    return len(word) > 1 or word.isdigit()


def find(words: Sequence[Token], phrase: Sequence[str], rules: Rules) -> Iterator[tuple[int, int]]:
    """Where ``phrase``, its content words, stands in a text: places of characters."""
    ignored = rules.function_words - rules.order_words - set(phrase)
    left = [word for word in words if word.text not in ignored and _counts(word.text)]
    is_ordered = bool(rules.order_words & set(phrase))
    for start in range(len(left)):
        found = _in_order(left, start, phrase) if is_ordered else _together(left, start, phrase)
        end = max((token.end for token in found), default=0)
        within = {token.text for token in left[start:] if token.end <= end}
        if found and not (within & rules.order_words) - set(phrase):
            yield left[start].joined, end


def _in_order(left: Sequence[Token], start: int, phrase: Sequence[str]) -> list[Token]:
    found: list[Token] = []
    at = start
    for wanted in phrase:
        reach = left[at : at + 1] if not found else left[at : at + _GAP + 1]
        here = next((i for i, token in enumerate(reach) if alike(token.text, wanted)), None)
        if here is None:
            return []
        found.append(reach[here])
        at += here + 1
    return found


def _together(left: Sequence[Token], start: int, phrase: Sequence[str]) -> list[Token]:
    """The words of ``phrase`` in any order, from the one at ``start`` on."""
    window = left[start : start + len(phrase) + (_WINDOW if len(phrase) > 1 else 0)]
    open_words = list(phrase)
    found: list[Token] = []
    for token in window:
        hit = next((wanted for wanted in open_words if alike(token.text, wanted)), None)
        if hit is None and not found:
            return []
        if hit is not None:
            open_words.remove(hit)
            found.append(token)
    return [] if open_words else found


def alike(word: str, wanted: str) -> bool:
    """Whether ``word`` is ``wanted`` in another form, in a compound, or with one slip."""
    if word == wanted:
        return True
    if min(len(word), len(wanted)) < _SHORT or word.isdigit() or wanted.isdigit():
        return False
    stem = _shared(word, wanted)
    endings = word[stem:], wanted[stem:]
    if min(len(word), len(wanted)) < _LONG:
        return stem >= _SHORT and set(endings) <= {"", "s", "n"}
    if stem >= _STEM and set(endings) <= _ENDINGS:
        return True
    if stem >= _LONG_STEM and max(map(len, endings)) <= _LONG_ENDING:
        return True
    is_compound = len(wanted) >= _COMPOUND and word.endswith(wanted)
    return is_compound or one_off(word, wanted)


def _shared(word: str, wanted: str) -> int:
    """How many letters two words have in common from the first on."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, wanted, strict=False))
    return sum(1 for _ in pairs)
