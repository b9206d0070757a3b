"""Trade terms by topic, each concept in four languages.

How they are practised is no business of this module.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import TypeAdapter

from bot.content import wording
from bot.content.source import Loc
from bot.domain.exercise import Words
from bot.domain.languages import Interface, Language


class Gender(StrEnum):
    """The gender of a German or French noun."""

    M = "m"
    F = "f"
    N = "n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A concept in one language."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    term: str
    """As the headword of a trade dictionary: singular, without article."""
    gender: Gender | None = None
    """Of a German or French noun; ``None`` for abbreviations, verbs and plural nouns."""
    also: tuple[str, ...] = ()
    """Abbreviations and other terms for the same concept."""
    example: str | None = None
    """A sentence from trade; in every practice language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing of the trade and what it is called."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    words: Mapping[Interface, Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One file ``lexicons/<id>.yaml``."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    format: int
    id: str
    title: Words
    concepts: tuple[Concept, ...]


ADAPTER = TypeAdapter(Lexicon)


def in_lexicon(lexicon: Lexicon, stem: str) -> Iterator[tuple[Loc, str]]:
    """Everything wrong with a lexicon: gaps, doublets, sentences."""
    if lexicon.id != stem:
        yield ("id",), f"must be the file's name, {stem}"
    for interface in Interface:
        if interface not in lexicon.title:
            yield ("title",), f"{interface} is missing"
    ids = Counter(concept.id for concept in lexicon.concepts)
    for index, concept in enumerate(lexicon.concepts):
        if ids[concept.id] > 1:
            yield ("concepts", index, "id"), "is there twice"
        for loc, message in _in_concept(concept):
            yield ("concepts", index, "words", *loc), message


def _in_concept(concept: Concept) -> Iterator[tuple[Loc, str]]:
    for interface in Interface:
        if interface not in concept.words:
            yield (), f"{interface} is missing"
    for interface, word in concept.words.items():
        if interface is Interface.ZH:
            if word.gender is not None or word.example is not None:
                yield (interface.value,), "has only a term and other names for it in Chinese"
            if not re.search(r"[\u4e00-\u9fff]", word.term):
                yield (interface.value, "term"), "must be Chinese"
        elif word.example is None:
            yield (interface.value,), "needs an example"
        else:
            for message in wording.in_sentences(word.example, Language(interface.value)):
                yield (interface.value, "example"), message
