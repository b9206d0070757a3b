"""Cuts a marked message into sentences and their parts, at stops, commas, "but", "if", "because".

Decides where one statement ends; what it says is not known here.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.language.understanding.rules import Rules


class Link(StrEnum):
    """How a part follows the one before it."""

    START = "start"
    COMMA = "comma"
    CLAUSE = "clause"
    CONTRAST = "contrast"
    CONDITION = "condition"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a sentence, ``text[start:end]`` of the marked message."""

    start: int
    end: int
    text: str
    link: Link
    asks: bool
    """The question mark stands at its end."""
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the marked message."""

    start: int
    end: int
    text: str
    segments: tuple[Segment, ...]


_STOP = re.compile(r"[.!?;\n]+(?=\s|$|[\"')<])|[?!;\n]+|(?<=[^\s\d])\.(?=[A-Za-z]{3})")
_MARK = re.compile(r"<[a-z](\d+)>")
_COLON = re.compile(r":(?=\s)")
_COMMA = re.compile(r"(?:,|:\)| - |\()(?=[ <]|\w)")


def split(text: str, rules: Rules) -> list[Sentence]:
    """Cut a marked message."""
    # Softeners ("I'm afraid", "leider") say nothing of their own.
    text = rules.softeners.sub(lambda found: re.sub(r"\w", "_", found[0]), text)
    sentences: list[Sentence] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0] == "." and rules.abbreviations.search(text[start : stop.start()]):
            continue
        _append(sentences, text, start, stop.end(), rules)
        start = stop.end()
    _append(sentences, text, start, len(text), rules)
    return sentences


def _append(sentences: list[Sentence], text: str, start: int, end: int, rules: Rules) -> None:
    if text[start:end].strip(" _.!;\n?"):
        segments = tuple(_segments(text, start, end, rules))
        sentences.append(Sentence(start=start, end=end, text=text[start:end], segments=segments))


def _segments(text: str, start: int, end: int, rules: Rules) -> list[Segment]:
    cuts: dict[int, Link] = {start: Link.START}
    inner = text[start:end]
    for comma in _COMMA.finditer(inner):
        cuts[start + comma.end()] = Link.COMMA
    for clause in rules.clause.finditer(inner):
        cuts[start + clause.end()] = Link.CLAUSE
    for name, pattern in rules.links.items():
        for found in pattern.finditer(inner):
            place = start + (found.end() if name == "contrast" else found.start())
            if name == "contrast" or place not in cuts or cuts[place] is not Link.CONTRAST:
                cuts[place] = Link(name)
    for place in [place for place, link in cuts.items() if link is Link.REASON]:
        # "Because you are new here: 8.00" - what stands after the colon is no reason any more.
        colon = _COLON.search(text, place, min([p for p in cuts if p > place], default=end))
        if colon:
            cuts[colon.end()] = Link.COMMA
    places = sorted(cuts)
    parts: list[Segment] = []
    pending: Link | None = None
    for place, following in zip(places, [*places[1:], end], strict=True):
        part = text[place:following]
        if not part.strip(" _,.:;!?-"):
            # An empty part hands its link on: ", but ..." is a contrast.
            pending = cuts[place] if cuts[place] in (Link.CONTRAST, Link.START) else pending
            continue
        stripped = part.strip(" _,.:;!-")
        parts.append(
            Segment(
                start=place,
                end=following,
                text=stripped.rstrip("? "),
                link=_stronger(pending, cuts[place]),
                asks="?" in part,
                figures=tuple(int(m[1]) for m in _MARK.finditer(part)),
            )
        )
        pending = None
    return parts


def _stronger(pending: Link | None, own: Link) -> Link:
    if own in (Link.COMMA, Link.CLAUSE) and pending:
        return pending
    return own
