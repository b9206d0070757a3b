"""Writes what surrounds each figure as numbers, for the judge of roles.

Only the figure's own sentence counts, without its courtesies: said politely it means the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from bot.domain.understanding import Act, Topic
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.judge.encoders import hashed
from bot.language.understanding.judge.evidence import (
    Shown,
    Vector,
    local_names,
    sentence_text,
    vector,
)
from bot.language.understanding.reading import Reading
from bot.language.understanding.roles import Role, captured
from bot.language.understanding.segments import Sentence
from bot.language.understanding.stance import blank

ROLES: tuple[Role | None, ...] = (None, *Role)
AROUND_DIMENSIONS = 512
_WINDOW = 6  # Words on either side of a figure that are looked at.
_POSITIONED = 2  # Of these, the nearest ones also by their place.
_SIZES = (1, 5, 10, 50, 100, 500, 1_000, 5_000, 100_000)
_COURTESIES = (Act.GREET, Act.THANK, Act.APOLOGISE, Act.CLOSE)
_NOTED = ("refused", "limits", "mentioned")
_WORD = re.compile(r"<\w>|[\w']+|[^\w\s_]")
_MARK = re.compile(r"<(\w)\d+>")


@dataclass(frozen=True, slots=True)
class Clue:
    """A figure as the judge sees it."""

    figure: int
    text: str
    """Its sentence as it was typed."""
    plain: str
    """The words of its sentence without courtesies and figures."""
    evidence: Vector


def clues(shown: Shown, local: list[list[dict[str, float]]]) -> list[Clue]:
    """What speaks for the role of each figure."""
    return [
        clue
        for sentence, segments in zip(shown.sentences, local, strict=True)
        if any(segment.figures for segment in sentence.segments)
        for clue in _of_sentence(sentence, segments, shown)
    ]


def _of_sentence(
    sentence: Sentence, segments: list[dict[str, float]], shown: Shown
) -> Iterator[Clue]:
    patterns = shown.rules.patterns
    noted = {name: captured(patterns[name], sentence.text) for name in _NOTED}
    plain = sentence.text.rstrip(" .")
    for act in _COURTESIES:
        plain = blank(shown.rules.acts[act].strong, plain)
    owns = [vector(_without_courtesy(named), local_names()) for named in segments]
    whole = np.max(owns, axis=0) * np.float32(0.5)
    text, words_alone = sentence_text(sentence, shown), _MARK.sub(" ", plain)
    for segment, own in zip(sentence.segments, owns, strict=True):
        for index in segment.figures:
            around = _around(plain, shown.marked.places[index] - sentence.start)
            words = hashed(around, AROUND_DIMENSIONS) * np.float32(0.5)
            evidence = np.concatenate([_of_figure(index, shown, noted), own, whole, words])
            yield Clue(index, text, words_alone, evidence)


@cache
def _figure_names() -> dict[str, int]:
    listed = [
        *(f"kind {kind.name}" for kind in Kind),
        *(f"could be {role}" for role in Role),
        *(f"taken for {role}" for role in Role),
        *("refused", "limits", "mentioned"),
        *("currency", "unit", "each", "whole", "ambiguous", "product"),
        *(f"size {size}" for size in _SIZES),
        *(f"span {span}" for span in ("day", "week", "month", "year")),
        *("first", "last", "first alike", "last alike", "several alike", "several"),
        *(f"asked {topic}" for topic in Topic),
        *("confirming", "currency known"),
    ]
    return {name: place for place, name in enumerate(listed)}


def _of_figure(index: int, shown: Shown, noted: dict[str, set[int]]) -> Vector:
    marked, context = shown.marked, shown.context
    figure = marked.figures[index]
    alike = [i for i, other in enumerate(marked.figures) if other.kind is figure.kind]
    named: dict[str, float] = {
        f"kind {figure.kind.name}": 1,
        "currency": bool(figure.currency),
        "unit": bool(figure.unit),
        "each": figure.each,
        "whole": figure.amount == figure.amount.to_integral_value(),
        "ambiguous": figure.ambiguous,
        "product": figure.product,
        "first": index == 0,
        "last": index == len(marked.figures) - 1,
        "first alike": alike[0] == index,
        "last alike": alike[-1] == index,
        "several alike": len(alike) > 1,
        "several": len(marked.figures) > 1,
        "confirming": context.confirming,
        "currency known": bool(context.currency),
    }
    named |= {f"size {size}": figure.amount >= size for size in _SIZES}
    named |= {name: index in indices for name, indices in noted.items()}
    named |= _of_roles(index, figure, shown.reading)
    if context.asked:
        named[f"asked {context.asked}"] = 1
    return vector(named, _figure_names())


def _of_roles(index: int, figure: Figure, reading: Reading) -> dict[str, float]:
    named: dict[str, float] = {}
    if role := reading.candidates.get(index):
        named[f"could be {role}"] = 1
    if role := reading.roles.get(index):
        named[f"taken for {role}"] = 1
    if figure.span:
        named[f"span {figure.span}"] = 1
    return named


def _without_courtesy(named: dict[str, float]) -> dict[str, float]:
    words = ("words", "short", "softened")
    courtesies = tuple(f"{act} " for act in _COURTESIES)
    return {k: v for k, v in named.items() if k not in words and not k.startswith(courtesies)}


def _around(text: str, place: int) -> list[tuple[str, float]]:
    """The words on both sides of the mark at ``place``, the near ones weightier."""
    mark = _MARK.match(text, place)
    end = mark.end() if mark else place
    left = _WORD.findall(_MARK.sub(r"<\1>", text[:place]))[: -_WINDOW - 1 : -1]
    right = _WORD.findall(_MARK.sub(r"<\1>", text[end:]))[:_WINDOW]
    found: list[tuple[str, float]] = []
    for side, words in (("L", left), ("R", right)):
        for distance, word in enumerate(words):
            found.append((f"{side}{word}", 0.8 if distance < 4 else 0.5))
            if distance < _POSITIONED:
                found.append((f"{side}{distance}{word}", 1.0))
    return found
