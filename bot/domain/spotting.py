"""Whether a text says an authored phrase, written as learners write it.

Decides by words: accents, endings and one mistyped letter do not matter, what is denied is not
said. Knows nothing of what a phrase is good for.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

BETWEEN = 3  # words that may stand between two words of a phrase: "refund you the full amount"
NEAR = 3  # words before a phrase within which a "not" denies it; house judgement
TAG = 4  # words after a statement's comma that merely ask for a yes; "is that all right?"
LONG_WORD = 5  # letters from which one mistyped letter leaves a word recognisable
FIGURE = "#"
"""In place of a word: any number in figures (``in # days``)."""
STEM = "*"
"""At the end of a word: any ending will do (``refund*``)."""

_SENTENCE = re.compile(r"[^.!?;\n]+(?:\.(?=\w)[^.!?;\n]+)*[.!?;\n]*")
_TURN = re.compile(
    r",(?=\s)|\b(?:but|however|aber|sondern|jedoch|mais|cependant)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+\*?|#")
_DENIAL = (
    "not never cannot t nicht nie pas jamais no kein keine keinen keinem keiner keinerlei aucun "
    "aucune"
)
_DENIES_BEFORE = frozenset(_DENIAL.split())
_DENIES_AFTER = frozenset(["nicht", "nie", "pas", "jamais"])
"""English denies before the verb."""
_UMLAUT = re.compile(r"(?<![aeq])([aou])e")  # "zurueck" for "zurück"
_MERGED = str.maketrans({"œ": "oe", "æ": "ae"})


def says(text: str, phrases: Iterable[str], *, questions: bool = False) -> bool:
    """Whether ``text`` says any of ``phrases``; in its questions only if ``questions``."""
    wanted = [words_of(phrase) for phrase in phrases]
    return any(
        _holds(clause, phrase)
        for clause in _clauses(text, questions=questions)
        for phrase in wanted
    )


@lru_cache(maxsize=8192)  # phrases of an exercise, met again with every message
def words_of(text: str) -> tuple[str, ...]:
    """The words without case, accents and the e of an umlaut."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_MERGED))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(_WORD.findall(_UMLAUT.sub(r"\1", bare)))


def _clauses(text: str, *, questions: bool) -> Iterator[tuple[str, ...]]:
    for sentence in _SENTENCE.findall(text):
        clauses = [words_of(clause) for clause in _TURN.split(sentence)]
        if "?" in sentence and not questions:
            is_tag = len(clauses[-1]) <= TAG
            clauses = clauses[:-1] if is_tag else []
        yield from clauses


def _holds(clause: Sequence[str], phrase: Sequence[str]) -> bool:
    denies = bool(_DENIES_BEFORE & set(phrase))
    for start in range(len(clause)):
        if not _from(clause, start, phrase):
            continue
        before = clause[max(start - NEAR, 0) : start]
        after = clause[start + 1 : start + 1 + len(phrase) + BETWEEN]
        if denies or not (_DENIES_BEFORE & set(before) or _DENIES_AFTER & set(after)):
            return True
    return False


def _from(clause: Sequence[str], start: int, phrase: Sequence[str]) -> bool:
    """Whether the words of ``phrase`` stand in order, the first at ``start``."""
    if not phrase or not _same(clause[start], phrase[0]):
        return False
    at = start + 1
    for wanted in phrase[1:]:
        near = islice(range(at, len(clause)), BETWEEN + 1)
        found = next((index for index in near if _same(clause[index], wanted)), None)
        if found is None:
            return False
        at = found + 1
    return True


def _same(word: str, wanted: str) -> bool:
    if wanted == FIGURE:
        return word.isdigit()
    if wanted.endswith(STEM):
        stem = wanted[:-1]
        return word.startswith(stem) or (
            len(stem) >= LONG_WORD and one_off(word[: len(stem)], stem)
        )
    return word == wanted or (len(wanted) >= LONG_WORD and one_off(word, wanted))


def one_off(word: str, wanted: str) -> bool:
    """Whether one letter is wrong, missing, too many, or changed places with the next."""
    if abs(len(word) - len(wanted)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, wanted, strict=False)) if a != b), None)
    if at is None:
        return True
    rests = {(1, 1), (0, 1), (1, 0)}
    is_near = any(word[at + i :] == wanted[at + j :] for i, j in rests)
    swapped = word[at : at + 2] == wanted[at : at + 2][::-1]
    return is_near or (swapped and word[at + 2 :] == wanted[at + 2 :])
