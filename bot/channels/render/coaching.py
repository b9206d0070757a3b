"""How a talk was led, in words: the eight classes with a better sentence, figures, tricks.

What was good is ``domain.judging``'s business, the better sentences are authored.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from bot.channels.render.formats import Values, comma, gain, points
from bot.channels.render.messages import Messages
from bot.channels.render.speech import speak
from bot.domain.deal import Deal, IssueId, Offer
from bot.domain.errorclasses import ClassMark
from bot.domain.exercise import Version
from bot.domain.languages import Interface, Language
from bot.domain.marks import Marks
from bot.domain.models import Model
from bot.domain.process import Answered, Concession, Process
from bot.domain.talk import Say, Spoken
from bot.ports import Library


class Coaching:
    """Renders what there is to say about the way of a talk."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._messages = messages
        self._values = Values(messages)

    # --- the eight classes --------------------------------------------------------------------

    def classes(
        self, version: Version, language: Language, marks: Marks, seed: int, interface: Interface
    ) -> Iterator[str]:
        """Each class that could be judged; where it went wrong, what to say instead.

        ``seed`` chooses among the sentences: another for another session, always the same for one.
        """
        judged = marks.classes
        if not judged:
            return
        good = sum(mark.good for mark in judged)
        yield self._messages.text(interface, "judged.head", n=len(judged), good=good)
        for mark in judged:
            yield self._messages.text(
                interface,
                "judged.item",
                mark="✓" if mark.good else "✗",
                name=self._messages.plain(interface, f"error_class.{mark.cls}"),
                what=self._what(version.deal, mark, interface),
            )
            sentence = self.better(version, language, mark.better, seed) if mark.better else ""
            if sentence:
                yield self._messages.text(interface, "judged.better", sentence=sentence)

    def _what(self, deal: Deal, mark: ClassMark, interface: Interface) -> str:
        words = self._messages.plain(
            interface,
            f"why.{mark.why}",
            n=mark.count or 0,
            points=points(mark.points or Decimal(0), interface),
            share=f"{(mark.share or Decimal(0)) * 100:.0f}",
            issues=comma(interface).join(
                self._values.issue(deal, id, interface) for id in mark.issues
            ),
            offer=self.offer(deal, mark.offer, interface) if mark.offer else "",
        )
        return self._joined(words, self.turns(mark.turns, interface), interface)

    def better(self, version: Version, language: Language, model: Model, seed: int) -> str:
        """A sentence of the practice language with the learner's own figures."""
        phrases = [
            text
            for text in self._library.advice[language].get(model.occasion, ())
            if _slots(text) <= model.slots
        ]
        if not phrases:
            return ""
        say = Say(
            give=model.give,
            want=model.want,
            first=model.first,
            terms=model.terms,
            name=version.persona.address,
        )
        fullest = max(len(_slots(text)) for text in phrases)
        chosen = [text for text in phrases if len(_slots(text)) == fullest]
        phrase = Random(f"{seed}/{model.occasion}").choice(chosen)
        return speak([Spoken(phrase=phrase, say=say)], version, language)

    def turns(self, turns: Sequence[int], interface: Interface) -> str:
        """``(turns 2, 4)``; turn 0 is the preparation."""
        if not turns:
            return ""
        if turns[0] == 0:
            return self._messages.plain(interface, "judged.prepared")
        once = tuple(dict.fromkeys(turns))
        listed = comma(interface).join(map(str, once))
        return self._messages.plain(interface, "judged.turns", n=len(once), turns=listed)

    # --- figures ------------------------------------------------------------------------------

    def figures(self, deal: Deal, marks: Marks, interface: Interface) -> Iterator[str]:
        """The process in figures, each with the turns it comes from."""
        process = marks.process
        yield self._messages.text(interface, "figures.head")
        counts = (("questions", process.questions), ("reasons", process.reasons))
        yield " · ".join(self._counted(key, turns, interface) for key, turns in counts)
        yield from self._concessions(deal, process, interface)
        if process.gestures:
            yield self._relationship(process, interface)
        if marks.agreement is not None:
            yield from self._distances(marks, interface)

    def _counted(self, key: str, turns: Sequence[int], interface: Interface) -> str:
        told = self.turns(turns, interface)
        return self._messages.text(interface, f"figures.{key}", n=len(turns), turns=told).strip()

    def _concessions(self, deal: Deal, process: Process, interface: Interface) -> Iterator[str]:
        text = self._messages.text
        steps = process.concessions
        if not steps:
            yield text(interface, "figures.no_concessions")
            return
        yield text(
            interface,
            "figures.concessions",
            n=len(steps),
            given=points(process.given, interface),
            received=points(process.received, interface),
        )
        yield from (self._step(deal, step, interface) for step in steps)
        if len(steps) > 1 and steps[-1].points > steps[-2].points:
            yield text(interface, "figures.growing")

    def _step(self, deal: Deal, step: Concession, interface: Interface) -> str:
        changes = (
            self._messages.plain(
                interface,
                "figures.change",
                issue=self._values.issue(deal, id, interface),
                old=self.offer(deal, step.before.only([id]), interface),
                new=self.offer(deal, step.after.only([id]), interface),
            )
            for id in step.issues
        )
        key = "free" if step.is_free else "tied" if step.is_conditional else "returned"
        return self._messages.text(
            interface,
            "figures.step",
            turn=step.turn,
            changes=comma(interface).join(changes),
            given=gain(-step.points, interface),
            received=self._messages.plain(
                interface,
                "figures.received",
                points=gain(step.received, interface) if step.received else "0",
            ),
            how=self._messages.plain(interface, f"figures.{key}"),
        )

    def _relationship(self, process: Process, interface: Interface) -> str:
        kinds = dict.fromkeys(gesture.kind for gesture in process.gestures)
        seen = (
            self._joined(
                self._messages.plain(interface, f"gesture.{kind}"),
                self.turns([g.turn for g in process.gestures if g.kind is kind], interface),
                interface,
            )
            for kind in kinds
        )
        kind = sum(gesture.kind.is_kind for gesture in process.gestures)
        return self._messages.text(
            interface,
            "figures.relationship",
            kind=kind,
            unkind=len(process.gestures) - kind,
            sum=gain(Decimal(process.relationship), interface),
            seen=comma(interface).join(seen),
        )

    def _distances(self, marks: Marks, interface: Interface) -> Iterator[str]:
        text, agreed = self._messages.text, marks.agreement
        if agreed is not None and marks.surplus_share is not None:
            yield text(
                interface,
                "figures.share",
                points=points(agreed.learner, interface),
                limit=points(marks.reservation, interface),
                best=points(marks.best.learner, interface),
                share=f"{marks.surplus_share * 100:.0f}".replace("-", "−"),
            )
        yield text(
            interface,
            "figures.frontier",
            distance=points(marks.frontier_distance or Decimal(0), interface),
            nash=points(marks.nash_distance or Decimal(0), interface),
            mine=points(marks.nash.learner, interface),
            theirs=points(marks.nash.buyer, interface),
        )

    # --- tricks -------------------------------------------------------------------------------

    def tricks(self, process: Process, interface: Interface) -> Iterator[str]:
        """What the buyer tried, what it was, and how one meets it."""
        if process.tricks:
            yield self._messages.text(interface, "trick.head")
        for answered in process.tricks:
            yield self._trick(answered, interface)

    def _trick(self, answered: Answered, interface: Interface) -> str:
        name, how = self._messages.pair(interface, f"trick.{answered.trick.kind}")
        line = self._messages.text(
            interface,
            "trick.item",
            name=name,
            turns=self.turns([answered.trick.turn], interface),
            how=how,
        )
        key = "gave" if answered.given else "met"
        given = points(answered.given, interface)
        return f"{line} {self._messages.text(interface, f'trick.{key}', points=given)}"

    # --- words --------------------------------------------------------------------------------

    def offer(self, deal: Deal, offer: Offer, interface: Interface) -> str:
        """The values of an offer, one after another."""
        values = ((id, offer.value(id)) for id in offer.issues)
        return comma(interface).join(
            self._values.value(deal, id, value, interface)
            for id, value in values
            if value is not None
        )

    def issue(self, deal: Deal, id: IssueId, interface: Interface) -> str:
        """The name of an issue."""
        return self._values.issue(deal, id, interface)

    def _joined(self, words: str, more: str, interface: Interface) -> str:
        space = "" if interface is Interface.ZH or not more else " "
        return f"{words}{space}{more}"


def _slots(text: str) -> frozenset[str]:
    return frozenset(piece.partition("}")[0] for piece in text.split("{")[1:])
