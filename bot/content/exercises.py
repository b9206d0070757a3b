"""What an exercise must keep to beyond its schema: names, completeness, texts.

Deals and single sentences have their own checks.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import TypeAdapter

from bot.content import wording
from bot.content.deals import in_deal
from bot.content.naming import names_any, names_first
from bot.content.source import Loc
from bot.content.speech import in_lines
from bot.content.wishes import in_facts, in_wishes
from bot.domain.deal import NAMED, IssueId
from bot.domain.exercise import NO_DEAL, Exercise, Version, Words
from bot.domain.languages import Interface, Language
from bot.domain.understanding import Topic

ADAPTER = TypeAdapter(Exercise)

LEAST_OPENINGS = 3
LEAST_ANSWERS = 3
"""A learner may ask the same thing three times before the buyer runs out of words."""
ISSUE_TOPICS = frozenset(
    {Topic.PRICE, Topic.QUANTITY, Topic.INCOTERM, Topic.PAYMENT, Topic.DELIVERY}
)
"""Answered from the deal by the ``answer_`` lines, so ``facts`` need not have them."""

Found = Iterator[tuple[Loc, str]]


def in_exercise(exercise: Exercise, path: Path) -> Found:
    """Everything wrong with ``exercise`` as a whole."""
    if exercise.id != path.stem:
        yield ("id",), f"must be the file's name, {path.stem}"
    if exercise.competence != path.parent.name:
        yield ("competence",), f"must be the folder's name, {path.parent.name}"
    if exercise.minutes < 1:
        yield ("minutes",), "must be positive"
    yield from _in_words(exercise.title, ("title",))
    for language in Language:
        if language not in exercise.versions:
            yield ("versions",), f"{language} is missing"
    for language, version in exercise.versions.items():
        for loc, message in in_version(version, language):
            yield ("versions", language.value, *loc), message


def in_version(version: Version, language: Language) -> Found:
    """Everything wrong with one version."""
    yield from _in_people(version)
    yield from _in_openings(version, language)
    yield from in_lines(version.lines, language, at=("lines",))
    if version.wishes:
        yield from _in_conversation(version, language)
    elif version.deal == NO_DEAL:
        yield ("deal",), "is missing, and there are no wishes in its place"
    else:
        yield from _in_negotiation(version, language)


def _in_conversation(version: Version, language: Language) -> Found:
    if version.deal != NO_DEAL or version.opening_names or version.hints:
        yield ("wishes",), "stand in place of a deal, its opening_names and hints"
    for index, wish in enumerate(version.wishes):
        yield from _in_words(wish.title, ("wishes", index, "title"))
    yield from in_wishes(version, language)
    yield from in_facts(version.facts)
    yield from _in_answers(version, language)


def _in_negotiation(version: Version, language: Language) -> Found:
    for loc, message in in_deal(version.deal):
        yield ("deal", *loc), message
    for index, issue in enumerate(version.deal.issues):
        if issue.id in NAMED:
            yield from _in_words(issue.name, ("deal", "issues", index, "name"))
        for position, option in enumerate(getattr(issue, "options", ())):
            at = ("deal", "issues", index, "options", position, "label")
            yield from _in_words(option.label, at)
    yield from _in_facts(version)
    yield from _in_answers(version, language)
    yield from _in_hints(version, language)


def _in_people(version: Version) -> Found:
    if version.persona.timezone not in available_timezones():
        yield ("persona", "timezone"), "must be an IANA time zone"
    texts: dict[Loc, Words] = {
        ("persona", "role"): version.persona.role,
        ("seller", "town"): version.seller.town,
        ("seller", "role"): version.seller.role,
        ("product", "name"): version.product.name,
        ("product", "facts"): version.product.facts,
        ("situation",): version.situation,
    }
    for loc, words in texts.items():
        yield from _in_words(words, loc)


def _in_words(words: Mapping[Interface, str] | Mapping[str, str], at: Loc) -> Found:
    for interface in Interface:
        text = words.get(interface)
        if not text:
            yield at, f"{interface} is missing"
            continue
        checks = [wording.in_slots(text, required=frozenset()), wording.in_secrecy(text)]
        if interface is not Interface.ZH:
            checks.append(wording.in_typography(text, Language(interface.value)))
        for check in checks:
            for message in check:
                yield (*at, interface.value), message
    for key in words:
        if key not in tuple(Interface):
            yield (*at, key), "is no language of the interface"


def _in_openings(version: Version, language: Language) -> Found:
    if len(version.openings) < LEAST_OPENINGS:
        yield ("openings",), f"needs {LEAST_OPENINGS}, has {len(version.openings)}"
    issues = {issue.id: issue for issue in version.deal.issues}
    for index, id in enumerate(version.opening_names):
        if id not in issues:
            yield ("opening_names", index), "is no issue of the deal"
    for index, opening in enumerate(version.openings):
        yield from _in_text(opening, ("openings", index), language)
        for id, issue in issues.items():
            if id in version.opening_names and not names_first(opening, issue, language):
                yield ("openings", index), f"does not name the buyer's first {id}"
            if id not in version.opening_names and names_any(opening, issue, language):
                yield ("openings", index), f"names a {id} that opening_names does not claim"


def _in_facts(version: Version) -> Found:
    for topic in Topic:
        answers = version.facts.get(topic, ())
        if topic not in ISSUE_TOPICS and len(answers) < LEAST_ANSWERS:
            yield ("facts", topic.value), f"needs {LEAST_ANSWERS} answers, has {len(answers)}"


def _in_answers(version: Version, language: Language) -> Found:
    for topic, answers in version.facts.items():
        for index, answer in enumerate(answers):
            yield from _in_text(answer, ("facts", topic.value, index), language)


def _in_hints(version: Version, language: Language) -> Found:
    ids = {issue.id for issue in version.deal.issues}
    for id in IssueId:
        if id in ids and id not in version.hints:
            yield ("hints",), f"{id} is missing"
        if id in version.hints and id not in ids:
            yield ("hints", id.value), "is no issue of the deal"
    for id, hint in version.hints.items():
        for message in (
            *wording.in_slots(hint, required=wording.THEIRS),
            *wording.in_sentences(hint, language),
            *wording.in_secrecy(hint),
        ):
            yield ("hints", id.value), message


def _in_text(text: str, at: Loc, language: Language) -> Found:
    for message in (
        *wording.in_slots(text, required=frozenset()),
        *wording.in_sentences(text, language),
        *wording.in_secrecy(text),
    ):
        yield at, message
