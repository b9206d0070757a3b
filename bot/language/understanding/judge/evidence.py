"""Writes what the rules found in each sentence as numbers, for the judge of acts and topics.

Decides which evidence counts and in which order it stands; how much it weighs is learned.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.domain.languages import Language
from bot.domain.understanding import Act, Context, Topic
from bot.language.understanding.figures import Kind, Marked
from bot.language.understanding.reading import Reading
from bot.language.understanding.roles import Role
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Link, Segment, Sentence

Vector = NDArray[np.float32]

_MANY_WORDS = 12
_MANY_PARTS = 6
_ANSWER_WORDS = 6  # What is longer says by itself what it is.
_CUES = (
    "delivery", "payment", "warranty", "validity", "deposit", "balance", "discount", "nonterm_pct",
    "price", "quantity", "oneoff", "capacity", "cargo",
)  # fmt: skip
_PATTERNS = (
    "firm", "goes_back", "within_question", "limits", "refused", "mentioned", "questions",
    "information", "proposals", "offer_verbs", "restricting", "infinitive", "agreeing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence as the judge sees it."""

    text: str
    """As it was typed, for an encoder."""
    evidence: Vector
    """One number for each of ``names()``."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the rules have read it."""

    text: str
    marked: Marked
    sentences: Sequence[Sentence]
    reading: Reading
    rules: Rules
    context: Context

    def local(self) -> list[list[dict[str, float]]]:
        """What the rules find in each segment of each sentence."""
        return [
            [dict(_of_segment(segment, self)) for segment in sentence.segments]
            for sentence in self.sentences
        ]


def parts(shown: Shown, local: list[list[dict[str, float]]]) -> list[Part]:
    """The sentences of a message in order."""
    whole = dict(_of_message(shown))
    found: list[Part] = []
    last = len(shown.sentences) - 1
    for place, (sentence, segments) in enumerate(zip(shown.sentences, local, strict=True)):
        named = whole | {"first": place == 0, "last": place == last}
        for segment in segments:
            for name, value in segment.items():
                named[name] = max(value, named.get(name, 0))
        found.append(Part(sentence_text(sentence, shown), vector(named, names())))
    return found


def sentence_text(sentence: Sentence, shown: Shown) -> str:
    """A sentence as it was typed, but for a full stop: with or without it means the same."""
    start, end = shown.marked.source(sentence.start), shown.marked.source(sentence.end)
    return shown.text[start:end].strip().rstrip(".")


@cache
def names() -> dict[str, int]:
    """The name of each piece of evidence, and its place in the vector."""
    listed = [
        *local_names(),
        *(f"message {act}" for act in Act),
        *(f"message on {topic}" for topic in Topic),
        *(f"message role {role}" for role in Role),
        *(f"language {language}" for language in Language),
        *("first", "last", "message asks", "message short", "message parts"),
        *("asked", "confirming"),
    ]
    return {name: place for place, name in enumerate(listed)}


@cache
def local_names() -> dict[str, int]:
    """The evidence that lies in a segment alone."""
    listed = [
        *(f"{act} {strength}" for act in Act for strength in ("strong", "weak")),
        *(f"about {topic}" for topic in Topic),
        *(f"cue {cue}" for cue in _CUES),
        *(f"pattern {pattern}" for pattern in _PATTERNS),
        *(f"link {link}" for link in Link),
        *(f"figure {kind.name}" for kind in Kind),
        *(f"role {role}" for role in Role),
        *("asks", "softened", "words", "short"),
    ]
    return {name: place for place, name in enumerate(listed)}


def vector(named: dict[str, float], places: dict[str, int]) -> Vector:
    """Named numbers in their places."""
    found = np.zeros(len(places), np.float32)
    for name, value in named.items():
        found[places[name]] = value
    return found


def _of_message(shown: Shown) -> Iterator[tuple[str, float]]:
    for act, strength in shown.reading.evidence.items():
        yield f"message {act}", strength
    for topic in shown.reading.topics:
        yield f"message on {topic}", 1
    for role in shown.reading.roles.values():
        yield f"message role {role}", 1
    yield f"language {shown.rules.language}", 1
    yield "message asks", "?" in shown.text
    words = len(shown.text.split())
    yield "message short", words <= 3
    yield "message parts", min(len(shown.sentences), _MANY_PARTS) / _MANY_PARTS
    yield "asked", shown.context.asked is not None and words <= _ANSWER_WORDS
    yield "confirming", shown.context.confirming


def _of_segment(segment: Segment, shown: Shown) -> Iterator[tuple[str, float]]:
    text, rules = segment.text, shown.rules
    for act, patterns in rules.acts.items():
        yield f"{act} strong", bool(patterns.strong.search(text))
        yield f"{act} weak", bool(patterns.weak and patterns.weak.search(text))
    for topic, pattern in rules.topics.items():
        yield f"about {topic}", bool(pattern.search(text))
    for cue in _CUES:
        yield f"cue {cue}", bool(rules.cues[cue].search(text))
    for name in _PATTERNS:
        yield f"pattern {name}", bool(rules.patterns[name].search(text))
    yield f"link {segment.link}", 1
    for index in segment.figures:
        yield f"figure {shown.marked.figures[index].kind.name}", 1
        if role := shown.reading.roles.get(index):
            yield f"role {role}", 1
    words = len(re.findall(r"\w+", text))
    yield "asks", segment.asks
    yield "softened", "_" in text
    yield "words", min(words, _MANY_WORDS) / _MANY_WORDS
    yield "short", words <= 2
