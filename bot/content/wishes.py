"""What the wishes of a conversation must keep to: complete, reachable, worth 100 together.

Knows nothing of how a talk goes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from bot.content import wording
from bot.content.source import Loc
from bot.domain.exercise import Line, Version
from bot.domain.languages import Language
from bot.domain.spotting import STEM, words_of
from bot.domain.understanding import Act, Topic
from bot.domain.wishes import Detail, Need, Wish, WishLine

TOP = 100
"""Points of all wishes together, so that marks compare across exercises."""
LEAST_WISHES = 4
LEAST = {WishLine.RAISE: 3, WishLine.PRESS: 3, WishLine.THANK: 2, WishLine.PARTLY: 2}
"""Ways to speak of one wish: what evading learners hear before patience is over."""
LEAST_ANSWERS = 2
LEAST_OTHER = 3
"""Answers to questions nobody has foreseen."""
LEAST_OWN = {Line.GREET: 2, Line.IN_ROLE: 3, Line.SATISFIED: 2, Line.DISAPPOINTED: 2}
"""Own phrases of the lines that carry the colour of a conversation."""
SHORTEST_STEM = 3
"""Letters: shorter stems are in too many words."""
SAYS_NOTHING = frozenset({Act.OTHER, Act.GREET})
WHEN = frozenset({"when"})

Found = Iterator[tuple[Loc, str]]


def in_wishes(version: Version, language: Language) -> Found:
    """Everything wrong with the wishes and the details of a version."""
    wishes = version.wishes
    if len(wishes) < LEAST_WISHES:
        yield ("wishes",), f"needs {LEAST_WISHES}, has {len(wishes)}"
    total = sum(wish.points for wish in wishes)
    if total != TOP:
        yield ("wishes",), f"must be worth {TOP} together, are worth {total}"
    if not any(wish.in_opening for wish in wishes):
        yield ("wishes",), "one must be brought up in the openings"
    if not any(wish.note for wish in wishes):
        yield ("wishes",), "one must have a note, so that there is something to sum up"
    for index, wish in enumerate(wishes):
        before = {other.id for other in wishes[:index]}
        for loc, message in _in_wish(wish, before, language):
            yield ("wishes", index, *loc), message
    for index, detail in enumerate(version.details):
        for loc, message in _in_detail(detail, language):
            yield ("details", index, *loc), message
    yield from _in_ids(version)
    yield from _in_speech(version)
    yield from _in_own_lines(version)


def _in_wish(wish: Wish, before: set[str], language: Language) -> Found:
    if wish.points < 2 or (wish.half and wish.points % 2):
        yield ("points",), "must be at least 2, and even where half of it can be met"
    if wish.after is not None and wish.after not in before:
        yield ("after",), "must be a wish that stands before"
    if wish.after is not None and wish.in_opening:
        yield ("after",), "cannot wait for another one and be in the openings"
    if not wish.needs:
        yield ("needs",), "needs at least one"
    for key, needs in (("needs", wish.needs), ("half", wish.half)):
        for index, need in enumerate(needs):
            for loc, message in _in_need(need):
                yield (key, index, *loc), message
    yield from _in_lines(wish, language)
    for message in (*wording.in_slots(wish.hint, required=frozenset()), *_in(wish.hint, language)):
        yield ("hint",), message
    if wish.note:
        slots = wording.in_slots(wish.note, required=frozenset(), optional=WHEN)
        for message in (*slots, *wording.in_typography(wish.note, language)):
            yield ("note",), message
        if "{when}" in wish.note and " {when}" not in wish.note:
            yield ("note",), "needs a space before {when}"


def _in_need(need: Need) -> Found:
    if not (need.acts or need.topics or need.terms or need.says):
        yield (), "asks for nothing"
    if set(need.acts) & SAYS_NOTHING:
        yield ("acts",), "greet and other are no answer to a wish"
    yield from _in_says(need.says, ("says",))
    yield from _in_says(need.unless, ("unless",))


def _in_says(phrases: tuple[str, ...], at: Loc) -> Found:
    for index, phrase in enumerate(phrases):
        words = words_of(phrase)
        if not words:
            yield (*at, index), "has no word"
        if any(w.endswith(STEM) and len(w) <= SHORTEST_STEM for w in words):
            yield (*at, index), f"has a stem of less than {SHORTEST_STEM} letters"


def _in_lines(wish: Wish, language: Language) -> Found:
    for occasion in WishLine:
        is_due = occasion is not WishLine.PARTLY or bool(wish.half)
        phrases = wish.speech.get(occasion, ())
        at: Loc = ("speech", occasion.value)
        if is_due and len(phrases) < LEAST[occasion]:
            yield at, f"needs {LEAST[occasion]}, has {len(phrases)}"
        if phrases and not is_due:
            yield at, "is never said: nothing meets half of it"
        for index, phrase in enumerate(phrases):
            for message in _in(phrase, language):
                yield (*at, index), message


def _in_detail(detail: Detail, language: Language) -> Found:
    if not detail.says:
        yield ("says",), "needs at least one"
    yield from _in_says(detail.says, ("says",))
    if len(detail.answers) < LEAST_ANSWERS:
        yield ("answers",), f"needs {LEAST_ANSWERS}, has {len(detail.answers)}"
    for index, answer in enumerate(detail.answers):
        for message in _in(answer, language):
            yield ("answers", index), message


def _in(text: str, language: Language) -> Iterator[str]:
    yield from wording.in_slots(text, required=frozenset())
    yield from wording.in_sentences(text, language)
    yield from wording.in_secrecy(text)


def _in_ids(version: Version) -> Found:
    ids = {"wishes": [w.id for w in version.wishes], "details": [d.id for d in version.details]}
    for key, all_of in ids.items():
        for index, id in enumerate(all_of):
            if all_of.count(id) > 1:
                yield (key, index, "id"), "is there twice"
            if not re.fullmatch(r"[a-z][a-z_]*", id):
                yield (key, index, "id"), "must be small letters and underscores"


def _in_speech(version: Version) -> Found:
    """No sentence comes twice, as none may be said twice."""
    said = Counter(text for _, text in _all_said(version))
    for loc, text in _all_said(version):
        if said[text] > 1:
            yield loc, "is there twice"


def _all_said(version: Version) -> Iterator[tuple[Loc, str]]:
    for i, wish in enumerate(version.wishes):
        for occasion, phrases in wish.speech.items():
            yield from ((("wishes", i, "speech", occasion.value), text) for text in phrases)
    for i, detail in enumerate(version.details):
        yield from ((("details", i, "answers"), text) for text in detail.answers)
    for topic, answers in version.facts.items():
        yield from ((("facts", topic.value), text) for text in answers)


def in_facts(facts: Mapping[Topic, tuple[str, ...]]) -> Found:
    """Whether there are answers enough; those that a detail gives need not be here."""
    if len(facts.get(Topic.OTHER, ())) < LEAST_OTHER:
        yield ("facts", "other"), f"needs {LEAST_OTHER} answers"
    for topic, answers in facts.items():
        if len(answers) < LEAST_ANSWERS:
            yield ("facts", topic.value), f"needs {LEAST_ANSWERS} answers, has {len(answers)}"


def _in_own_lines(version: Version) -> Found:
    for line, least in LEAST_OWN.items():
        count = len(version.lines.get(line, ()))
        if count < least:
            yield ("lines", line.value), f"needs {least} phrases, has {count}"
