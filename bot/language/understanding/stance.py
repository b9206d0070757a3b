"""Reads the stance of a sentence: courtesies, refusal, agreement, and which figures are refused.

Decides about set phrases only; which figures become terms and what is asked is read in ``acts``.
"""

import re
from collections.abc import Iterator

from bot.domain.understanding import Act, Context
from bot.language.understanding.figures import Kind, Marked
from bot.language.understanding.reading import CLEAR, CONFIRMED, WEAK, Reading
from bot.language.understanding.roles import captured
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Link, Segment, Sentence

SOCIAL = (Act.APOLOGISE, Act.THANK, Act.CLOSE, Act.GREET, Act.SMALL_TALK, Act.INTRODUCE)


class StanceReader:
    """What one sentence says of its writer's stance."""

    def __init__(
        self, marked: Marked, sentence: Sentence, rules: Rules, context: Context, before: set[Act]
    ) -> None:
        self.marked, self.sentence, self.rules = marked, sentence, rules
        self.context, self.before = context, before
        self.reading = Reading()
        self.refused = self._refused()
        self.accepting = self.rejecting = False

    def _refused(self) -> set[int]:
        patterns, text = self.rules.patterns, self.sentence.text
        limits = captured(patterns["limits"], text)
        refused = captured(patterns["refused"], text) - limits
        if not self._accepts(text):
            refused |= captured(patterns["mentioned"], text)
        return refused

    def _accepts(self, text: str) -> bool:
        text = blank(self.rules.acts[Act.REJECT].strong, text)
        return bool(self.rules.acts[Act.ACCEPT].strong.search(text))

    def _social(self, text: str, found: set[Act]) -> str:
        for act in SOCIAL:
            pattern = self.rules.acts[act].strong
            if pattern.search(text):
                self.reading.add(act, CLEAR)
                found.add(act)
                text = blank(pattern, text)
        return text

    def _stand(self, text: str, segment: Segment, found: set[Act]) -> str:
        """Find refusal and agreement; a refusal's words cannot also agree."""
        reject, accept = self.rules.acts[Act.REJECT], self.rules.acts[Act.ACCEPT]
        if reject.strong.search(text):
            self.reading.add(Act.REJECT, CLEAR)
            found.add(Act.REJECT)
            text = blank(reject.strong, text)
            self.accepting = False
        elif reject.weak and reject.weak.search(text):
            self.reading.add(Act.REJECT, self._weak(segment))
            text = blank(reject.weak, text)
            found |= set() if segment.figures else {Act.REJECT}
        if segment.link is not Link.CONDITION and accept.strong.search(text):
            restricted = self.rules.patterns["restricting"].search(segment.text)
            if not (restricted and segment.figures):
                self._accept(CLEAR, found)
            text = blank(accept.strong, text)
        elif accept.weak and (weak := accept.weak.search(text)):
            if self._answers(segment, text[weak.end() :]):
                self._accept(self._weak(segment), found)
            text = blank(accept.weak, text)
        return text

    def _accept(self, strength: float, found: set[Act]) -> None:
        self.reading.add(Act.ACCEPT, strength)
        found.add(Act.ACCEPT)
        self.accepting = True

    def _answers(self, segment: Segment, rest: str) -> bool:
        """Whether a mere "yes" or "ok" agrees to something, and does not only open an answer."""
        if self.context.confirming or (not re.sub(r"\W", "", rest) and self._is_whole(segment)):
            return True
        return bool(self.rules.patterns["offer_verbs"].search(self.sentence.text)) or any(
            figure.kind not in (Kind.NOISE, Kind.BARE)
            for i in self._indices()
            if (figure := self.marked.figures[i])
        )

    def _is_whole(self, segment: Segment) -> bool:
        others = [s for s in self.sentence.segments if s is not segment]
        return all(
            self._social(other.text, set()).strip(" ,") == ""
            or self.rules.links["contrast"].search(self.sentence.text)
            or self._stands(other.text)
            for other in others
        )

    def _stands(self, text: str) -> bool:
        accept, reject = self.rules.acts[Act.ACCEPT], self.rules.acts[Act.REJECT]
        return any(
            p and p.search(text) for p in (accept.strong, accept.weak, reject.strong, reject.weak)
        )

    def _indices(self) -> Iterator[int]:
        for segment in self.sentence.segments:
            yield from segment.figures

    def _weak(self, segment: Segment) -> float:
        if self.context.confirming:
            return CONFIRMED
        return CLEAR if not self.before and len(self.sentence.text.split()) <= 3 else WEAK


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Put spaces in the place of what ``pattern`` matches."""
    return pattern.sub(lambda found: " " * len(found[0]), text)
