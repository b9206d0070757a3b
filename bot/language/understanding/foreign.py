"""Notices a message in another language than the one practised. Silent when in doubt.

Chinese shows by its characters; the others by their function words and py3langid together.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.domain.languages import Language
from bot.language.understanding.normalise import fold
from bot.language.understanding.rules import Rules, rules_for

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FEWEST_WORDS = 4
_SURE = 0.9  # Judgement: below that py3langid errs on faulty sentences.


@cache
def identifier() -> Any:
    """The language identifier, restricted to the languages met here."""
    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(["en", "de", "fr", "zh"])
    return found


def foreign_language(text: str, rules: Rules) -> str | None:
    """The language a message is in, when it is surely not the practised one."""
    letters = [c for c in text if c.isalpha()]
    chinese = sum(unicodedata.name(c, "").startswith("CJK UNIFIED") for c in letters)
    if chinese and 3 * chinese > len(letters):
        return "zh"
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return None
    known = _known(words, rules.language)
    others = {other: _known(words, other) for other in Language if other is not rules.language}
    other = max(others, key=lambda language: others[language])
    if others[other] < 2 or others[other] <= 2 * known:
        return None
    guess, probability = identifier().classify(text)
    return str(guess) if guess == other and probability >= _SURE else None


def _known(words: list[str], language: Language) -> int:
    function_words = rules_for(language).function_words
    return sum(fold(word) in function_words for word in words)
