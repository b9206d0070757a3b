"""The page's own words, from ``texts.yaml``.

Decides which interface language a visitor sees first. Does not know the words of the conversation:
those are ``channels/render``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import srsly

from bot.domain.languages import Interface

HTML_LANG = {
    Interface.ZH: "zh-Hans",
    Interface.EN: "en",
    Interface.DE: "de",
    Interface.FR: "fr",
}

Texts = Mapping[Interface, Mapping[str, str]]


@cache
def page_texts() -> Texts:
    """All words of the page by interface language and key.

    Raises:
        ValueError: a text is missing in a language.
    """
    rows: dict[str, dict[str, str]] = srsly.read_yaml(Path(__file__).with_name("texts.yaml"))
    wanted = {interface.value for interface in Interface}
    for key, row in rows.items():
        if set(row) != wanted:
            raise ValueError(f"texts.yaml: {key} needs {sorted(wanted)}, has {sorted(row)}")
    return {
        interface: {key: row[interface.value] for key, row in rows.items()}
        for interface in Interface
    }


def interface_named(tag: str | None) -> Interface | None:
    """The interface language an IETF tag means, if it is one of ours."""
    try:
        return Interface((tag or "").split("-")[0].strip().lower())
    except ValueError:
        return None


def wanted_interface(accept_language: str) -> Interface:
    """The best of ours for an ``Accept-Language`` header; Chinese when the header is absent."""
    if not accept_language.strip():
        return Interface.ZH
    wishes: list[tuple[float, int, str]] = []
    for place, wish in enumerate(accept_language.split(",")):
        tag, _, parameter = wish.partition(";")
        wishes.append((-_weight(parameter), place, tag))
    for _, _, tag in sorted(wishes):
        if interface := interface_named(tag):
            return interface
    return Interface.EN


def _weight(parameter: str) -> float:
    """The ``q`` value of RFC 9110, section 12.4.2; 1 when absent, 0 when unreadable."""
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
