"""Whether a rephrased line says what the engine decided: no more, no less, nothing else.

Both lines are read by our own understanding; where acts, topics, terms or figures differ, or the
line falls out of language, role or form, there is a reason not to send it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.languages import Language
from bot.domain.understanding import Act, Understanding
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.marking import mark
from bot.language.understanding.normalise import normalise
from bot.language.understanding.rules import rules_for

_DECIDED = (
    *(Act.ASK, Act.OFFER, Act.ACCEPT, Act.REJECT),
    *(Act.REQUEST, Act.PROMISE, Act.CLOSE, Act.OTHER),
)
"""What binds or moves the talk; thanks and small talk are a matter of wording."""
_LONGEST = 1.6  # times the authored line; house judgement
_SPARE = 40  # characters more for a very short line
_SHORTEST_SENTENCE = 3  # words; "I see." may come again
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_DIGITS = re.compile(r"\d+")
_MARKUP = re.compile(r"[*_#`<>{}\[\]|\n\r]")
_OUT_OF_ROLE = re.compile(
    r"\b(?:a\.?i\.?|ki|ia|assistant|chatbot|language model|sprachmodell|modèle de langage"
    r"|prompt|instructions?|anweisung(?:en)?|system message|reservation value|walk-away"
    r"|utility|payoff)\b",
    re.IGNORECASE,
)


def objection(
    told: str,
    authored: str,
    *,
    heard: Understanding,
    meant: Understanding,
    language: Language,
    said: Sequence[str],
    today: date,
) -> str | None:
    """Why ``told``, read as ``heard``, may not stand for ``authored``, read as ``meant``."""
    if not told or len(told) > _LONGEST * len(authored) + _SPARE:
        return "length"
    if _MARKUP.search(told) or (_OUT_OF_ROLE.search(told) and not _OUT_OF_ROLE.search(authored)):
        return "role"
    if _digits(told, language, today) - _digits(authored, language, today):
        return "figures"
    if _figures(told, language, today) != _figures(authored, language, today):
        return "figures"
    if heard.foreign is not None:
        return "language"
    if told.count("?") != authored.count("?") or _content(heard) != _content(meant):
        return "meaning"
    return "repeated" if _sentences([told]) & _sentences(said) else None


def _content(heard: Understanding) -> Understanding:
    """What must be the same; wording shows in the rest."""
    return replace(
        Understanding(acts=tuple(act for act in heard.acts if act in _DECIDED)),
        topics=heard.topics,
        terms=heard.terms,
        granted=heard.granted,
        disputed=heard.disputed,
    )


def _marked(text: str, language: Language, today: date) -> tuple[Figure, ...]:
    return mark(normalise(text), rules_for(language), today).figures


def _figures(text: str, language: Language, today: date) -> Counter[Figure]:
    """Each figure with all it counts, wherever it stands and however it is written."""
    return Counter(
        replace(figure, start=0, end=0, written="", product=False, each=False)
        for figure in _marked(text, language, today)
        if figure.kind is not Kind.NOISE
    )


def _digits(text: str, language: Language, today: date) -> set[str]:
    """The runs of digits in a text, and those its words for numbers stand for."""
    amounts = (f"{figure.amount:f}" for figure in _marked(text, language, today))
    return {*_DIGITS.findall(normalise(text)), *(d for a in amounts for d in _DIGITS.findall(a))}


def _sentences(texts: Sequence[str]) -> set[str]:
    found = (sentence.strip() for text in texts for sentence in _SENTENCE.split(text))
    return {one for one in found if len(one.split()) >= _SHORTEST_SENTENCE}
