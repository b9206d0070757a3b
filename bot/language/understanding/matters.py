"""Finds what a message says of the matters that only its deal has: a commission, a territory.

Decides what stands and what is refused as it is read of a trade term: what is meant for a matter
gets the mark of one, and the rules read the message once more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain.understanding import Act, Matter, Mention, Reference, Stance, Topic
from bot.language.understanding.claims import (
    Claim,
    Message,
    apart,
    changes,
    claimed_figures,
    claimed_options,
    covered_by,
    days_in,
    places_of,
    takes_over,
)
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.marking import write
from bot.language.understanding.message import read_acts
from bot.language.understanding.normalise import fold
from bot.language.understanding.phrases import Token, tokens
from bot.language.understanding.references import Found
from bot.language.understanding.roles import captured
from bot.language.understanding.segments import Link, Segment, Sentence, split


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was found."""

    mentions: tuple[Mention, ...]
    figures: frozenset[int]
    """The figures that are values of matters and no terms."""
    topics: frozenset[Topic]
    """What only seemed to be asked about."""
    references: tuple[Reference, ...]


def find_mentions(message: Message, found: Found) -> Spoken:
    """What ``message`` says of the matters, beside the references ``found`` in it."""
    words = tokens(fold(message.text))
    options = claimed_options(message, words)
    covered = covered_by(message.marked, options)
    figures = dict(claimed_figures(message, words, found.figures | covered))
    claims = sorted([*options, *figures.values()], key=lambda claim: claim.start)
    named = _named(message, words, claims)
    matters = message.context.matters
    mentions = [one for m in matters for one in _Again(message, claims, named, m).read()]
    return Spoken(
        mentions=tuple(dict.fromkeys(mentions)),
        figures=frozenset({*figures, *covered}),
        topics=frozenset(_misread(message, mentions)),
        references=tuple(_references(message, words, found.references)),
    )


def _references(
    message: Message, words: list[Token], found: list[Reference]
) -> Iterator[Reference]:
    """``found``, with what was taken for a change of a trade term put right."""
    own = list(changes(message, words))
    for reference in found:
        by = abs(reference.change.by) if reference.change else None
        meant = (mine for figure, mine in own if by in (figure.amount, days_in(figure)))
        change = next(meant, None)
        yield replace(change, whose=reference.whose) if change else reference


def _named(message: Message, words: list[Token], claims: list[Claim]) -> list[Claim]:
    """The places where a matter itself is named."""
    found = [
        Claim(start, end, matter)
        for matter in message.context.matters
        for start, end in places_of(matter, words, message.rules)
    ]
    return apart(found, claims)


def _misread(message: Message, mentions: list[Mention]) -> set[Topic]:
    """The topics of a question that was about a matter."""
    if not mentions:
        return set()
    asked = {one.issue for one in mentions if one.stance is Stance.ASKED}
    text, rules = message.marked.text, message.rules
    unsaid = {topic for topic, words in rules.topics.items() if not words.search(text)}
    own = [matter for matter in message.context.matters if matter.issue in asked]
    is_warranty = any(takes_over(matter, "warranty", message) for matter in own)
    return (
        unsaid | ({Topic.OTHER} if asked else set()) | ({Topic.WARRANTY} if is_warranty else set())
    )


class _Again:
    """The message with the claims on one matter in it as marks, read once more by the rules."""

    def __init__(
        self, message: Message, claims: list[Claim], named: list[Claim], matter: Matter
    ) -> None:
        self.matter, self.rules, self.context = matter, message.rules, message.context
        covered = covered_by(message.marked, [*claims, *named])
        figures = [f for i, f in enumerate(message.marked.figures) if i not in covered]
        marks = [_mark(c, matter) for c in claims] + [_mark(c, None) for c in named]
        listed = sorted([*figures, *marks], key=lambda figure: figure.start)
        starts = {claim.start: claim for claim in claims if claim.matter is matter}
        self.claims: Mapping[int, Claim] = {
            index: starts[figure.start]
            for index, figure in enumerate(listed)
            if figure.start in starts
        }
        own = {claim.start for claim in named if claim.matter is matter}
        self.names = {index for index, figure in enumerate(listed) if figure.start in own}
        self.marked = write(fold(message.text), listed)
        self.sentences = split(self.marked.text, self.rules)
        reading = read_acts(self.marked, self.sentences, self.rules, self.context)
        self.denied = self._denied()
        self.standing = {i for i in self.claims if i in reading.roles} - self.denied

    def _denied(self) -> set[int]:
        """ "No exclusivity for the Benelux" names no way without exclusivity: both are refused."""
        denied = captured(self.rules.patterns["denied"], self.marked.text)
        for first, second in pairwise(self.claims):
            end = self.marked.places[first] + len(f"<i{first}>")
            between = self.marked.text[end : self.marked.places[second]]
            is_denial = self.rules.order_words & set(self.claims[first].phrase)
            if is_denial and self.rules.patterns["applies_to"].fullmatch(between.strip()):
                denied |= {first, second}
        return denied & {*self.claims}

    def read(self) -> list[Mention]:
        """All that is said of the matter."""
        found: list[Mention] = []
        for sentence in self.sentences:
            for segment in sentence.segments:
                found += self._values(segment)
                found += self._answers(segment)
            found += self._asked(sentence)
        return found or list(self._unknown())

    def _values(self, segment: Segment) -> Iterator[Mention]:
        for index in segment.figures:
            if index in self.standing:
                claim = self.claims[index]
                yield Mention(
                    issue=self.matter.issue,
                    stance=Stance.PUT,
                    amount=claim.amount,
                    option=claim.option,
                )

    def _answers(self, segment: Segment) -> Iterator[Mention]:
        """Whether it is agreed to or refused in one part of a sentence."""
        own = self.claims.keys() & set(segment.figures)
        is_put = bool(own & self.standing)
        is_about = self._is_about(segment) and not is_put
        is_refused = is_about and self.rules.acts[Act.REJECT].strong.search(segment.text)
        is_plain = segment.link not in (Link.CONDITION, Link.REASON) and not segment.asks
        if own & self.denied or is_refused:
            yield Mention(issue=self.matter.issue, stance=Stance.DISPUTED)
        elif is_about and is_plain and self._grants(segment):
            yield Mention(issue=self.matter.issue, stance=Stance.GRANTED)

    def _grants(self, segment: Segment) -> bool:
        accept, granted = self.rules.acts[Act.ACCEPT].strong, self.rules.references["granted"]
        return bool(accept.search(segment.text) or granted.search(segment.text))

    def _asked(self, sentence: Sentence) -> Iterator[Mention]:
        """Whether a question is about it that puts no value for it forward."""
        asks, parts = self.rules.acts[Act.ASK].strong, sentence.segments
        is_put = any(i in self.standing for part in parts for i in part.figures)
        is_question = any(part.asks or asks.search(part.text) for part in parts)
        if is_question and not is_put and any(map(self._is_about, parts)):
            yield Mention(issue=self.matter.issue, stance=Stance.ASKED)

    def _unknown(self) -> Iterator[Mention]:
        """Something is offered that is none of the options."""
        if not self.matter.options or self.claims:
            return
        offers = self.rules.patterns["offer_verbs"]
        parts = (part for sentence in self.sentences for part in sentence.segments)
        if any(offers.search(part.text) and self._is_about(part) for part in parts):
            yield Mention(issue=self.matter.issue, stance=Stance.PUT)

    def _is_about(self, segment: Segment) -> bool:
        """Whether a part of a sentence names the matter or a value of it."""
        return bool({*self.claims, *self.names} & set(segment.figures))


def _mark(claim: Claim, matter: Matter | None) -> Figure:
    """A claim as the mark of a trade term; what is not about ``matter`` is noise."""
    kind = Kind.INCOTERM if claim.matter is matter else Kind.NOISE
    return Figure(start=claim.start, end=claim.end, kind=kind)
