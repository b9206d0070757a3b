"""Outbox rows -> the JSON the page shows.

Decides who is speaking, in which language, and what of a row the browser is told. Does not know
the words.
"""

from __future__ import annotations

import html
import logging
from typing import TypedDict

from bot.channels.render.rendered import Picture, Rendered
from bot.channels.web.contracts import Renderer
from bot.channels.web.texts import HTML_LANG, page_texts
from bot.domain.messages import BuyerSays, Content, Corrections, LearnerSaid, Outgoing
from bot.ports import Parcel

log = logging.getLogger(__name__)

Part = dict[str, str]


class Mark(TypedDict):
    """A place in the learner's own words. ``start`` and ``end`` count code points."""

    start: int
    end: int
    kind: str
    fixes: list[str]


Payload = TypedDict(
    "Payload",
    {
        "id": int,
        "at": str,
        "kind": str,
        "from": str,
        "name": str,
        "lang": str,
        "interface": str,
        "parts": list[Part],
        "buttons": list[list[dict[str, str]]],
        "key": str | None,
        "text": str | None,
        "marks": list[Mark],
    },
)


def payload_of(parcel: Parcel, renderer: Renderer) -> Payload:
    """What the page gets for one outbox row. Never raises: a row that cannot be shown says so."""
    outgoing = parcel.outgoing
    content = outgoing.content
    parts, buttons = _shown(parcel, renderer)
    return {
        "id": parcel.id,
        "at": parcel.at.isoformat(),
        "kind": type(content).__name__,
        "from": _speaker(outgoing),
        "name": content.name if isinstance(content, BuyerSays) else "",
        "lang": _lang(outgoing),
        "interface": outgoing.interface.value,
        "parts": parts,
        "buttons": buttons,
        "key": content.key if isinstance(content, LearnerSaid | Corrections) else None,
        "text": content.text if isinstance(content, LearnerSaid | Corrections) else None,
        "marks": _marks(content) if isinstance(content, Corrections) else [],
    }


def picture_path(parcel_id: int, index: int) -> str:
    """The address of a picture of a row; the first one being 0."""
    return f"/pictures/{parcel_id}-{index}.png" if index else f"/pictures/{parcel_id}.png"


def _shown(parcel: Parcel, renderer: Renderer) -> tuple[list[Part], list[list[dict[str, str]]]]:
    outgoing = parcel.outgoing
    if isinstance(outgoing.content, LearnerSaid):
        return _own_words(outgoing.content), []
    try:
        rendered = renderer.render(outgoing)
        return _parts(parcel.id, outgoing.content, rendered), [
            [{"text": label.text, "action": label.action} for label in row]
            for row in rendered.buttons
        ]
    except Exception:  # one bad row must not hide the whole conversation
        log.exception("outbox row %d cannot be shown", parcel.id)
        return [{"html": html.escape(page_texts()[outgoing.interface]["unshowable"])}], []


def _own_words(content: LearnerSaid | BuyerSays) -> list[Part]:
    """A speaker's words alone: the page shows itself who it is."""
    return [{"html": html.escape(content.text)}]


def _parts(parcel_id: int, content: Content, rendered: Rendered) -> list[Part]:
    if isinstance(content, BuyerSays):
        return _own_words(content)
    parts: list[Part] = []
    pictures = 0
    for part in rendered.parts:
        if isinstance(part, Picture):
            src = picture_path(parcel_id, pictures)
            parts.append({"src": src, "alt": part.alt, "caption": part.caption})
            pictures += 1
        else:
            parts.append({"html": part.html})
    return parts


def _speaker(outgoing: Outgoing) -> str:
    match outgoing.content:
        case LearnerSaid():
            return "learner"
        case BuyerSays():
            return "buyer"
        case _:
            return "coach"


def _lang(outgoing: Outgoing) -> str:
    match outgoing.content:
        case LearnerSaid():
            return ""  # nobody knows before it has been understood
        case BuyerSays(language=language):
            return language.value
        case _:
            return HTML_LANG[outgoing.interface]


def _marks(corrections: Corrections) -> list[Mark]:
    return [
        {
            "start": finding.start,
            "end": finding.end,
            "kind": finding.kind.value,
            "fixes": list(finding.fixes),
        }
        for finding in corrections.findings
    ]
