"""Puts a typed message into one written form, without changing what it says.

Decides about full-width characters, Chinese punctuation, quotes and spaces; knows no language.
"""

import re
import unicodedata

_PUNCTUATION = str.maketrans(
    {"。": ". ", "、": ", ", "，": ", ", "；": "; ", "？": "? ", "！": "! ", "：": ": "}
    | dict.fromkeys("’‘`´′＇", "'")
    | dict.fromkeys("“”„«»″＂", '"')
    | dict.fromkeys("–—−‐‑", "-")
    | {"½": " 1/2 ", "…": " ... ", "\u200b": "", "²": "2", "³": "3"}
)
# Inside a figure a full-width comma or stop is a separator, not punctuation.
_FULL_WIDTH_SEPARATOR = re.compile(r"(?<=[0-9０-９])([，．。])(?=[0-9０-９])")
# A run of signs says no more than its first ones, and a tokenizer is slow on it.
_SIGNS = re.compile(r"([^\w\s]{3})[^\w\s]{5,}")
_GAP = re.compile(r"[^\S\n]+")
MAX_CHARACTERS = 3_000
"""Judgement: a turn in a talk is shorter; what is longer is read up to here."""


def normalise(text: str) -> str:
    """Write ``text`` in the half-width forms the rules are written in."""
    text = text[: 2 * MAX_CHARACTERS]
    text = _FULL_WIDTH_SEPARATOR.sub(lambda found: "," if found[1] == "，" else ".", text)
    text = unicodedata.normalize("NFKC", text.translate(_PUNCTUATION))
    text = _SIGNS.sub(r"\1 ", text.translate(_PUNCTUATION))
    text = _GAP.sub(" ", text)
    return text.strip()[:MAX_CHARACTERS]


def fold(text: str) -> str:
    """Lower case without accents, character for character, so that positions stay."""
    return "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character == "ß":
        return "s"
    lowered = unicodedata.normalize("NFD", character.lower())[:1]
    return lowered or character
