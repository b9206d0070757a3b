"""What any authored text must keep to: slots, ends, typography, length, secrecy.

Knows nothing of deals.
"""

import re
from collections.abc import Iterator
from string import Formatter

from bot.domain.exercise import Line
from bot.domain.languages import Language

MAX_WORDS = 24
"""Words in a buyer's sentence, for B1 readers (plain-language guides say 20 to 25)."""

NAME = frozenset({"name"})
PAIR = frozenset({"first", "second"})
OURS = frozenset({"ours"})
THEIRS = frozenset({"theirs"})
ISSUES = frozenset({"issues"})

_REQUIRED: dict[Line, frozenset[str]] = {
    Line.COUNTER: OURS,
    Line.CONDITION: frozenset({"give", "want"}),
    Line.LAST_MINUTE: frozenset({"want"}),
    Line.SPLIT: OURS,
    Line.UNCLEAR_FIGURE: PAIR,
    Line.UNCLEAR_OPTION: PAIR,
    Line.OPEN_ISSUES: ISSUES,
    Line.SUMMARY: frozenset({"terms"}),
    Line.UNCLEAR_CURRENCY: frozenset({"foreign", "second"}),
    Line.UNCLEAR_OFFER: frozenset({"first"}),
    Line.UNCLEAR_YES: frozenset({"first"}),
    Line.CORRECTED: THEIRS,
    Line.CURRENCY: frozenset({"currency"}),
    Line.RECAP: frozenset({"notes"}),
}
_OPTIONAL: dict[Line, frozenset[str]] = {
    Line.GREET: NAME,
    Line.AGREED: NAME,
    Line.WALK_AWAY: NAME,
    Line.FAREWELL: NAME,
    Line.REMINDER: NAME,
    Line.SATISFIED: NAME,
    Line.DISAPPOINTED: NAME,
    Line.PARTED: NAME,
    Line.BEYOND: THEIRS,
    Line.WHY: THEIRS | OURS,
    Line.COMPETITOR: THEIRS,
    Line.BOSS: THEIRS,
}
_BY_VERB = {
    "push": (frozenset[str](), THEIRS | OURS | ISSUES),
    "give": (OURS, ISSUES),
    "take": (THEIRS, ISSUES),
    "ask": (frozenset[str](), ISSUES),
    "answer": (OURS, ISSUES),
}


def required_slots(line: Line) -> frozenset[str]:
    """The slots that every phrase of ``line`` must use."""
    return _REQUIRED.get(line) or _by_verb(line)[0]


def optional_slots(line: Line) -> frozenset[str]:
    """The slots that a phrase of ``line`` may use as well."""
    return _OPTIONAL.get(line) or _by_verb(line)[1]


def _by_verb(line: Line) -> tuple[frozenset[str], frozenset[str]]:
    return _BY_VERB.get(line.value.partition("_")[0], (frozenset(), frozenset()))


def in_slots(
    text: str, *, required: frozenset[str], optional: frozenset[str] = frozenset()
) -> Iterator[str]:
    """What is wrong with the slots of ``text``."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield "has a brace without its partner"
        return
    for name in sorted(set(fields) - required - optional):
        yield f"has no slot {{{name}}} to fill"
    for name in sorted(required - set(fields)):
        yield f"must use the slot {{{name}}}"
    for name in sorted({name for name in fields if fields.count(name) > 1}):
        yield f"uses the slot {{{name}}} twice"
    if "name" in fields and not re.search(r"^\w[\w ]*? \{name\}[,!]|, \{name\}[.!?\xa0]", text):
        yield "has {name} neither after the greeting word nor after a comma at a sentence's end"


def in_sentences(text: str, language: Language) -> Iterator[str]:
    """What is wrong with ``text`` as sentences that stand alone in a reply."""
    if text != " ".join(text.split(" ")).strip() or "  " in text:
        yield "has stray spaces"
    if not re.search(r"[.?!…]$", text):
        yield "must end with a full stop, a question mark or an exclamation mark"
    if not (text[:1].isupper() or text[:1] in "{0123456789«„“"):
        yield "must begin with a capital letter"
    for sentence in re.split(r"(?<=[.?!…])\s+(?=[A-ZÄÖÜÀ-Ý{])", text):
        if len(sentence.split(" ")) > MAX_WORDS:
            yield f"has a sentence of more than {MAX_WORDS} words"
    yield from in_typography(text, language)


_FRENCH = re.compile(r"[^\xa0\u202f](?:[;?!%»]|:(?!\d))|«[^\xa0\u202f]")


def in_typography(text: str, language: Language) -> Iterator[str]:
    """What is wrong with the spaces, by the customs of ``language``."""
    match language:
        case Language.FR:
            if _FRENCH.search(text):
                yield "needs a no-break space (U+00A0) inside « » and before : ; ? ! and %"
        case Language.DE:
            if re.search(r"\d ?%", text):
                yield "needs a no-break space (U+00A0) before %"
        case Language.EN:
            if re.search(r"\d\s%", text):
                yield "has a space before %"


_POINTS = re.compile(r"\d\s*(?:Punkte?n?\b|points?\b|pts?\b|分(?!钟))", re.IGNORECASE)


def in_secrecy(text: str) -> Iterator[str]:
    """Whether ``text`` gives payoffs away."""
    if _POINTS.search(text):
        yield "names a payoff"
