"""Better sentences for the debrief: one file per practice language, so many for each occasion.

Decides whether there are enough and whether their slots can be filled; which is shown does not
concern it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import TypeAdapter

from bot.content import wording
from bot.content.source import Loc
from bot.domain.languages import Language
from bot.domain.models import OPTIONAL_SLOTS, REQUIRED_SLOTS, Occasion

LEAST = 4
"""Sentences of an occasion: who plays four times should not read one twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One file ``dialogues/advice/<language>.yaml``."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    format: int
    phrases: Mapping[Occasion, tuple[str, ...]]


ADAPTER = TypeAdapter(Advice)


def in_advice(advice: Advice, language: Language) -> Iterator[tuple[Loc, str]]:
    """Everything wrong with the sentences of a language."""
    said = Counter(text for phrases in advice.phrases.values() for text in phrases)
    for occasion in Occasion:
        phrases = advice.phrases.get(occasion, ())
        at: Loc = ("phrases", occasion.value)
        if len(phrases) < LEAST:
            yield at, f"needs {LEAST} sentences, has {len(phrases)}"
        optional = OPTIONAL_SLOTS.get(occasion, frozenset())
        if "want" in optional and all("{want}" in text for text in phrases):
            yield at, "needs a sentence without {want}: there is not always anything to want"
        for index, text in enumerate(phrases):
            if said[text] > 1:
                yield (*at, index), "is there twice"
            for message in _in_sentence(text, occasion, language):
                yield (*at, index), message


def _in_sentence(text: str, occasion: Occasion, language: Language) -> Iterator[str]:
    required = REQUIRED_SLOTS.get(occasion, frozenset())
    optional = OPTIONAL_SLOTS.get(occasion, frozenset())
    yield from wording.in_slots(text, required=required, optional=optional)
    yield from wording.in_sentences(text, language)
    yield from wording.in_secrecy(text)
