"""Finds what a message takes up of the talk: values said before, corrections, points agreed on.

Decides what is pointed at ("your price", "ten days earlier", "payment is fine"); which value that
is in a deal is not known here.
"""

from dataclasses import dataclass, field

from bot.domain.understanding import (
    Act,
    Change,
    Context,
    Correction,
    Measure,
    Reference,
    Topic,
    Whose,
)
from bot.language.understanding.figures import Figure, Kind, Marked
from bot.language.understanding.roles import Role, assign, captured
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Link, Segment, Sentence

_TOPICS = (Topic.INCOTERM, Topic.PRICE, Topic.QUANTITY, Topic.PAYMENT, Topic.DELIVERY)
"""What a deal has a value for; the rules of delivery go before the time of it."""
_DAYS = {"day": 1, "week": 7, "month": 30}
_TOPIC_OF = {
    Role.PRICE: Topic.PRICE,
    Role.DISCOUNT: Topic.PRICE,
    Role.QUANTITY: Topic.QUANTITY,
    Role.INCOTERM: Topic.INCOTERM,
    Role.METHOD: Topic.PAYMENT,
    Role.DEPOSIT: Topic.PAYMENT,
    Role.BALANCE: Topic.PAYMENT,
    Role.PAYMENT_DAYS: Topic.PAYMENT,
    Role.LEAD_TIME: Topic.DELIVERY,
    Role.DELIVERY_DATE: Topic.DELIVERY,
}


@dataclass(slots=True)
class Found:
    """What a message takes up."""

    references: list[Reference] = field(default_factory=list)
    figures: set[int] = field(default_factory=set)
    """The figures that belong to references and are no terms."""
    corrects: Correction | None = None
    granted: set[Topic] = field(default_factory=set)
    disputed: set[Topic] = field(default_factory=set)


def find_references(
    marked: Marked, sentences: list[Sentence], rules: Rules, context: Context
) -> Found:
    """Read what a marked message takes up of the talk."""
    found = Found()
    for sentence in sentences:
        for segment in sentence.segments:
            _Part(marked, sentence, segment, rules, context, found).read()
        if marked.figures and rules.references["meant"].search(sentence.text):
            found.corrects = Correction.PLAIN
        elif rules.references["terse"].search(sentence.text) and found.corrects is None:
            found.corrects = Correction.TERSE
    found.granted -= found.disputed
    return found


@dataclass(slots=True)
class _Part:
    """One part of a sentence and what is found in it."""

    marked: Marked
    sentence: Sentence
    segment: Segment
    rules: Rules
    context: Context
    found: Found

    def read(self) -> None:
        is_refused, is_reason = self._says(Act.REJECT), self._gives_reason()
        changes = [] if is_reason else self._changes()
        proposals = self.rules.patterns["proposals"]
        is_asked = self.segment.asks and not proposals.search(self.segment.text)
        if is_refused:
            self.found.disputed |= self._topics() or self._topics_of_sentence()
        elif not (is_asked or is_reason):
            self.found.references += changes or self._as_it_was()
            if self.segment.link is not Link.CONDITION and self._grants():
                self.found.granted |= self._topics()

    def _says(self, act: Act) -> bool:
        return bool(self.rules.acts[act].strong.search(self.segment.text))

    def _gives_reason(self) -> bool:
        """ "Le paiement comme la dernière fois" only looks like one."""
        is_reason = self.segment.link is Link.REASON or self._says(Act.JUSTIFY)
        return is_reason and not self._has("same")

    def _grants(self) -> bool:
        is_all = self._has("whole") or self._has("both")
        return not is_all and (self._says(Act.ACCEPT) or self._has("granted"))

    def _has(self, name: str) -> bool:
        return bool(self.rules.references[name].search(self.segment.text))

    def _topics(self) -> set[Topic]:
        """What the part is about, by its words and its figures."""
        text, topics = self.segment.text, set[Topic]()
        for topic in _TOPICS:
            if self.rules.topics[topic].search(text):
                topics.add(topic)
                text = self.rules.topics[topic].sub(" ", text)
        roles = assign(self.marked, self.sentence, self.segment, self.rules, self.context)
        return topics | {_TOPIC_OF[role] for role in roles.values() if role in _TOPIC_OF}

    def _topics_of_sentence(self) -> set[Topic]:
        """ "The price, I must say, is too low": when nothing else is about anything."""
        patterns = ((topic, self.rules.topics[topic]) for topic in _TOPICS)
        topics = {topic for topic, pattern in patterns if pattern.search(self.sentence.text)}
        return topics if len(topics) == 1 and not self.found.granted else set()

    def _as_it_was(self) -> list[Reference]:
        """A value said before, unchanged."""
        names = {"both": Whose.BOTH, "theirs": Whose.THEIRS, "own": Whose.OWN, "same": Whose.LAST}
        whose = next((names[name] for name in names if self._has(name)), None)
        if whose is None:
            return []
        if whose is Whose.BOTH:
            both = captured(self.rules.references["both"], self.segment.text)  # "les deux"
            self.found.figures |= both
            return [Reference(whose=whose)]
        topics = set[Topic]()
        if not self._has("whole"):
            topics = self._topics() or self._topics_of_sentence()
        if not topics:
            return [Reference(whose=whose)]
        return [Reference(topic=topic, whose=whose) for topic in Topic if topic in topics]

    def _changes(self) -> list[Reference]:
        references = []
        for name, sign in (("less", -1), ("more", 1)):
            for index in sorted(captured(self.rules.references[name], self.segment.text)):
                reference = self._change(self.marked.figures[index], sign)
                if reference:
                    if not _is_discount(reference):
                        self.found.figures.add(index)
                    references.append(reference)
        return references

    def _change(self, figure: Figure, sign: int) -> Reference | None:
        topics = self._words_of_topics()
        match figure.kind:
            case Kind.PERCENT if not topics & {Topic.PAYMENT, Topic.DELIVERY}:
                topic = Topic.QUANTITY if topics == {Topic.QUANTITY} else Topic.PRICE
                measure, by = Measure.PERCENT, figure.amount
            case Kind.MONEY | Kind.BARE if figure.kind is Kind.MONEY or figure.amount % 1:
                topic, measure, by = Topic.PRICE, Measure.AMOUNT, figure.amount
            case Kind.COUNT:
                topic, measure, by = Topic.QUANTITY, Measure.AMOUNT, figure.amount
            case Kind.SPAN if figure.span in _DAYS and Topic.PAYMENT not in topics:
                topic, measure = Topic.DELIVERY, Measure.DAYS
                by = figure.amount * _DAYS[figure.span]
            case _:
                return None
        whose = Whose.LAST
        if self._has("than_theirs"):
            whose = Whose.THEIRS
        elif self._has("than_own"):
            whose = Whose.OWN
        return Reference(topic=topic, whose=whose, change=Change(measure=measure, by=sign * by))

    def _words_of_topics(self) -> set[Topic]:
        text = self.segment.text
        return {topic for topic in _TOPICS if self.rules.topics[topic].search(text)}


def _is_discount(reference: Reference) -> bool:
    """ "3 % less" is a term as well, by itself."""
    change = reference.change
    is_share = change is not None and change.measure is Measure.PERCENT and change.by < 0
    return is_share and reference.topic is Topic.PRICE
