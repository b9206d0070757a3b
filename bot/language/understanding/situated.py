"""Where a figure stands in its message, and which words stand around it.

Decides how near a word must be to belong to a figure; what it makes of it is not known here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.understanding import Context, Topic
from bot.language.understanding.figures import Figure, Marked
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Segment, Sentence


class Role(StrEnum):
    """The term a figure gives a value for."""

    PRICE = "price"
    QUANTITY = "quantity"
    INCOTERM = "incoterm"
    METHOD = "method"
    DEPOSIT = "deposit"
    BALANCE = "balance"
    PAYMENT_DAYS = "payment_days"
    LEAD_TIME = "lead_time"
    DELIVERY_DATE = "delivery_date"
    DISCOUNT = "discount"
    WARRANTY = "warranty"
    VALIDITY = "validity"


_MARK = re.compile(r"<[a-z]\d+>")
# Distances are in characters of the marked sentence. Judgement, tried on the tables of the tests.
_REACH = 70
_ACROSS_FIGURE = 14
_ACROSS_COMMA = 10


@dataclass(frozen=True, slots=True)
class Situated:
    """A figure in its part of a sentence."""

    index: int
    marked: Marked
    sentence: Sentence
    segment: Segment
    rules: Rules
    context: Context

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.marked.figures[self.index]

    @property
    def place(self) -> int:
        """Where its mark begins in the sentence."""
        return self.marked.places[self.index] - self.sentence.start

    def others(self) -> Iterator["Situated"]:
        """The other figures of the sentence."""
        for segment in self.sentence.segments:
            for index in segment.figures:
                if index != self.index:
                    yield replace(self, index=index, segment=segment)

    @property
    def before(self) -> str:
        """The sentence up to the figure."""
        return self.sentence.text[: self.place]

    @property
    def after(self) -> str:
        """The sentence behind the figure's mark."""
        return self.sentence.text[self.sentence.text.index(">", self.place) + 1 :]

    def is_beside(self, *cues: str) -> bool:
        """Whether one of the cues stands in the same part of the sentence."""
        return any(self.rules.cues[cue].search(self.segment.text) for cue in cues)

    def is_about(self, topic: Topic) -> bool:
        """Whether the part of the sentence is about a topic."""
        return bool(self.rules.topics[topic].search(self.segment.text))

    def is_noted(self, *patterns: str) -> bool:
        """Whether one of the patterns notes the figure."""
        text = self.sentence.text
        return any(self.index in captured(self.rules.patterns[name], text) for name in patterns)

    def nearest(self, cues: Iterable[str]) -> str | None:
        """The nearest of the cues, first in the figure's own part of the sentence."""
        start = self.segment.start - self.sentence.start
        part = self.sentence.text[start : self.segment.end - self.sentence.start]
        for text, place in ((part, self.place - start), (self.sentence.text, self.place)):
            near = {
                cue: far
                for cue in cues
                if (far := distance(self.rules.cues[cue], text, place)) is not None
            }
            if near:
                return min(near, key=lambda cue: near[cue])
        return None


def captured(pattern: re.Pattern[str], text: str) -> set[int]:
    """The figures a pattern notes in a marked text."""
    return {
        int(group)
        for found in pattern.finditer(text)
        for group in found.groups()
        if group and group.isdigit()
    }


def distance(cue: re.Pattern[str], text: str, place: int) -> int | None:
    """How far the nearest cue stands from the mark at ``place``."""
    mark = _MARK.match(text, place)
    end = mark.end() if mark else place
    best: int | None = None
    for found in cue.finditer(text, max(0, place - 2 * _REACH), end + 2 * _REACH):
        if found.start() <= place < found.end():
            continue
        between = text[found.end() : place] if found.end() <= place else text[end : found.start()]
        far = len(between) + _ACROSS_COMMA * between.count(",")
        far += _ACROSS_FIGURE * len(_MARK.findall(between))
        # What stands after the figure belongs to it a little less.
        far += 4 if found.start() >= end else 0
        if far <= _REACH and (best is None or far < best):
            best = far
    return best
