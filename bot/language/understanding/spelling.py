"""Reads a mistyped word of trade as the word that was meant: "waranty", "Wohcen", "livrason".

Decides by two lists, the words there are and the words of trade; a word that exists is left
alone, and so is one that could be two words of trade. Knows no grammar.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from simplemma import is_known
from spacy.util import get_lang_class

from bot.domain.languages import Language
from bot.language.understanding.normalise import fold
from bot.language.understanding.rules import rules_for

_WORD = re.compile(r"(?<![\w@/.])[^\W\d_]{4,20}(?![\w'@])")
_COUNTS = re.compile(r"\d[ .,-]*(?:%[ .]*)?$")
_TITLES = re.compile(
    r"(?:^|\W)(?:mr|mrs|ms|dr|herrn?|frau|hr|fr|mme|m|monsieur|madame)\.? $", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?:^|[.!?:;\n\"(])\s*$")
_LONG = 8  # Letters: from here on two slips are likelier than another word. Judgement.
_ACCENTS: dict[Language, dict[str, str]] = {
    Language.EN: {},
    Language.DE: {"a": "ä", "o": "ö", "u": "ü"},
    Language.FR: {"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ùû"},
}
_SHORT = 4  # Letters: too few to go by the sound. Judgement.
_UNMISTAKABLE = 7  # Letters of a month in English or French that is hardly a name. Judgement.
_DOUBLE = re.compile(r"(.)\1")
_HEARD = {
    Language.EN: (),
    Language.DE: (("ie", "i"), ("th", "t"), ("dt", "t"), ("ck", "k"), ("tz", "z")),
    Language.FR: (("eau", "o"), ("au", "o"), ("ai", "e"), ("ei", "e")),
}


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of trade of one language, by their folded form."""

    counted: dict[str, str]
    """What stands after a number: units and spans of time."""
    every: dict[str, str]


@cache
def _vocabulary(language: Language) -> _Vocabulary:
    words = rules_for(language).trade_words
    counted = {fold(word): word for word in words["counted"].split()}
    return _Vocabulary(counted, {fold(w): w for w in words["other"].split()} | counted)


def correct_spelling(text: str, language: Language) -> str:
    """Write mistyped words of trade as they are spelled, and leave everything else."""

    def corrected(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - 12) : found.start()]
        after_number = bool(_COUNTS.search(before))
        meant = _meant(found[0], language, after_number=after_number)
        if meant == found[0] or after_number:
            return meant
        return found[0] if _may_be_name(found[0], meant, before, language) else meant

    return _WORD.sub(corrected, text)


def _may_be_name(word: str, meant: str, before: str, language: Language) -> bool:
    """Whether the capital letter may be a name's: German writes its nouns with one too."""
    if not word[0].isupper() or word.isupper():
        return False
    if _TITLES.search(before):
        return True
    is_month = meant[0].isupper() and len(meant) >= _UNMISTAKABLE
    return language is not Language.DE and not is_month and not _SENTENCE.search(before)


@lru_cache(maxsize=4096)
def _meant(word: str, language: Language, *, after_number: bool) -> str:
    folded = fold(word)
    vocabulary = _vocabulary(language)
    if folded in vocabulary.every or _exists(word, language):
        return word
    if after_number and (meant := _nearest(folded, vocabulary.counted, language)):
        return meant
    return _nearest(folded, vocabulary.every, language) or word


def _exists(word: str, language: Language) -> bool:
    """Whether it is a word of the language, or of trade English, which is at home everywhere."""
    lower = word.lower()
    if lower in _stop_words(language) | _stop_words(Language.EN):
        return True
    forms = {lower, lower.capitalize(), *_accented(lower, language)}
    if language is Language.FR:
        forms.add(lower.removesuffix("ment"))  # The dictionary has few adverbs.
    is_english = lower in _vocabulary(Language.EN).every
    return is_english or any(is_known(form, lang=language.value) for form in forms)


def _accented(word: str, language: Language) -> Iterator[str]:
    """The word with the accent that learners leave out: "journee", "fur"."""
    for place, letter in enumerate(word):
        for accented in _ACCENTS[language].get(letter, ""):
            yield f"{word[:place]}{accented}{word[place + 1 :]}"


@cache
def _stop_words(language: Language) -> frozenset[str]:
    """The small words, some of which the dictionary leaves out."""
    return frozenset(get_lang_class(language.value).Defaults.stop_words)


def _nearest(typed: str, words: dict[str, str], language: Language) -> str | None:
    most = 2 if len(typed) >= _LONG else 1
    near: dict[int, list[str]] = {}
    heard = _heard(typed, language)
    for word in words:
        if abs(len(word) - len(typed)) <= 2 and _begins(word) == _begins(typed):
            slips = _slips(typed, word)
            if slips > 1 and len(heard) > _SHORT and _slips(heard, _heard(word, language)) <= 1:
                slips = 1
            if slips <= most:
                near.setdefault(slips, []).append(word)
    if not near:
        return None
    best = near[min(near)]
    return words[best[0]] if _is_one_word(best) else None


@lru_cache(maxsize=4096)
def _heard(word: str, language: Language) -> str:
    """The word as it sounds, where learners write what they hear."""
    for written, sound in _HEARD[language]:
        word = word.replace(written, sound)
    word = _DOUBLE.sub(r"\1", word)
    return word.removesuffix("e") if language is Language.FR else word


def _begins(word: str) -> str:
    return {"k": "c", "f": "v", "z": "c"}.get(word[0], word[0])


def _is_one_word(forms: Iterable[str]) -> bool:
    """Whether all are forms of one word: "woche", "wochen"."""
    shortest = min(forms, key=len)
    return all(form.startswith(shortest) for form in forms)


def _slips(typed: str, word: str) -> int:
    """Letters left out, put in, mistaken or changed about (optimal string alignment)."""
    two_back: list[int] = []
    back = list(range(len(word) + 1))
    for i, a in enumerate(typed, start=1):
        row = [i]
        for j, b in enumerate(word, start=1):
            cost = min(back[j] + 1, row[j - 1] + 1, back[j - 1] + (a != b))
            if i > 1 and j > 1 and a == word[j - 2] and typed[i - 2] == b:
                cost = min(cost, two_back[j - 2] + 1)
            row.append(cost)
        two_back, back = back, row
    return back[-1]
