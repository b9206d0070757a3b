"""The shared phrasebooks: what a buyer says on each occasion, in one language.

Decides whether there are enough phrases; which of them is said is not its business.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pydantic import TypeAdapter

from bot.content import wording
from bot.content.source import Loc
from bot.domain.exercise import Line, Phrase, Phrasebook, Temper
from bot.domain.languages import Language

LEAST = 4
"""Phrases of a line that each temper can choose from: two more than a usual talk needs."""
LEAST_OFTEN = 6
"""The same for what is said many times in one talk (deadlines are about 14 turns)."""
OFTEN = frozenset(
    {
        Line.UNCLEAR,
        Line.ACKNOWLEDGE,
        Line.COUNTER,
        Line.PUSH_PRICE,
        Line.GIVE_PRICE,
        Line.HOLD,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One file ``dialogues/speech/<language>.yaml``."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    format: int
    lines: Phrasebook


ADAPTER = TypeAdapter(Speech)


def in_speech(speech: Speech, language: Language) -> Iterator[tuple[Loc, str]]:
    """Everything wrong with a shared phrasebook: it must cover every line for every temper."""
    for line in Line:
        yield from _too_few(line, speech.lines.get(line, ()))
    yield from in_lines(speech.lines, language, at=("lines",))


def in_lines(lines: Phrasebook, language: Language, *, at: Loc) -> Iterator[tuple[Loc, str]]:
    """Everything wrong with the phrases themselves."""
    said = Counter(_sentence(line, phrase) for line in lines for phrase in lines[line])
    for line, phrases in lines.items():
        for index, phrase in enumerate(phrases):
            loc = (*at, line.value, index)
            if said[_sentence(line, phrase)] > 1:
                yield loc, "is there twice"
            for message in _in_phrase(line, phrase, language):
                yield loc, message


def _sentence(line: Line, phrase: Phrase) -> tuple[Line | None, str]:
    """What makes a sentence another: its words and, where it has slots, what these are about."""
    return (line if "{" in phrase.text else None), phrase.text


def _in_phrase(line: Line, phrase: Phrase, language: Language) -> Iterator[str]:
    slots = wording.required_slots(line), wording.optional_slots(line)
    yield from wording.in_slots(phrase.text, required=slots[0], optional=slots[1])
    yield from wording.in_sentences(phrase.text, language)
    yield from wording.in_secrecy(phrase.text)


def _too_few(line: Line, phrases: tuple[Phrase, ...]) -> Iterator[tuple[Loc, str]]:
    least = LEAST_OFTEN if line in OFTEN else LEAST
    for temper in Temper:
        count = sum(not phrase.tempers or temper in phrase.tempers for phrase in phrases)
        if count < least:
            yield ("lines", line.value), f"needs {least} phrases for {temper}, has {count}"
