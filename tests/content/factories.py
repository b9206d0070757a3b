"""A content folder in the small: valid as it is, so that each test breaks one thing."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content import Library, load
from bot.content.wording import optional_slots, required_slots
from bot.domain.exercise import Line
from bot.domain.languages import Language
from bot.domain.models import REQUIRED_SLOTS, Occasion
from bot.domain.understanding import Topic

MISSING = object()
"""In ``put``: take the key away."""

_WORDS = {"zh": "灯", "en": "lamp", "de": "Lampe", "fr": "lampe"}


def make_exercise() -> dict[str, Any]:
    """A valid exercise as plain data."""
    return {
        "format": 1,
        "id": "lamp",
        "kind": "roleplay",
        "title": dict(_WORDS),
        "competence": "communication",
        "stage": "foundation",
        "band": "B1",
        "job": "export_sales",
        "minutes": 15,
        "versions": {language.value: make_version() for language in Language},
    }


def make_version() -> dict[str, Any]:
    """A valid version; its sentences keep the typography of all three languages."""
    return {
        "persona": {
            "name": "Eva Berg",
            "address": "Eva",
            "role": dict(_WORDS),
            "company": "Berg",
            "town": "Hamburg",
            "timezone": "Europe/Berlin",
            "temper": "analytical",
        },
        "seller": {"company": "Minghui", "town": dict(_WORDS), "role": dict(_WORDS)},
        "product": {"model": "DL", "name": dict(_WORDS), "facts": dict(_WORDS)},
        "situation": dict(_WORDS),
        "deal": make_deal(),
        "openings": [f"DL {n}, 500." for n in "ABC"],
        "opening_names": ["quantity"],
        "facts": {
            topic: [f"{topic.capitalize()} {n}." for n in "ABC"]
            for topic in Topic
            if topic not in ("price", "quantity", "incoterm", "payment", "delivery")
        },
        "hints": {id: "Bon {theirs}." for id in ("quantity", "price", "incoterm")},
    }


def make_deal() -> dict[str, Any]:
    """Three issues that can be traded against each other."""
    return {
        "currency": "EUR",
        "unit": "piece",
        "issues": [
            {
                "id": "quantity",
                "points": [
                    {"value": "500", "learner": 0, "buyer": 20},
                    {"value": "800", "learner": 40, "buyer": 0},
                ],
            },
            {
                "id": "price",
                "points": [
                    {"value": "7.00", "learner": 0, "buyer": 40},
                    {"value": "9.00", "learner": 40, "buyer": 0},
                ],
                "step": "0.50",
            },
            {
                "id": "incoterm",
                "options": [
                    make_option("fob", {"code": "FOB", "place": "Ningbo"}, learner=20, buyer=0),
                    make_option("cif", {"code": "CIF", "place": "Hamburg"}, learner=0, buyer=40),
                ],
            },
        ],
        "learner_reservation": 30,
        "buyer_reservation": 30,
        "deadline_turns": 12,
    }


def make_option(id: str, means: dict[str, Any], *, learner: int, buyer: int) -> dict[str, Any]:
    """An option whose label is the same everywhere."""
    label = dict.fromkeys(("zh", "en", "de", "fr"), id.upper())
    return {"id": id, "means": means, "label": label, "learner": learner, "buyer": buyer}


def make_speech() -> dict[str, Any]:
    """A phrasebook that is just large enough."""
    return {"format": 1, "lines": {line.value: make_phrases(line) for line in Line}}


def make_phrases(line: Line, count: int = 6) -> list[str]:
    """Phrases with all their mandatory slots."""
    slots = " ".join(f"{{{slot}}}" for slot in sorted(required_slots(line)))
    assert not required_slots(line) & optional_slots(line)
    return [f"{line.capitalize()} {n} {slots}".strip() + "." for n in "ABCDEF"[:count]]


def make_advice() -> dict[str, Any]:
    """Just enough better sentences."""
    return {
        "format": 1,
        "phrases": {
            occasion.value: [_advice(occasion, letter) for letter in "ABCD"]
            for occasion in Occasion
        },
    }


def _advice(occasion: Occasion, letter: str) -> str:
    if occasion is Occasion.ICE:
        return f"Bonjour {{name}}, {letter}."
    slots = " ".join(f"{{{slot}}}" for slot in sorted(REQUIRED_SLOTS.get(occasion, ())))
    return f"{occasion.capitalize()} {letter} {slots}".strip() + "."


def make_lexicon() -> dict[str, Any]:
    """A lexicon of one concept."""
    word = {"term": "lamp", "example": "Lamp."}
    words = {"zh": {"term": "灯"}} | {language.value: dict(word) for language in Language}
    return {
        "format": 1,
        "id": "light",
        "title": dict(_WORDS),
        "concepts": [{"id": "lamp", "words": words}],
    }


FILES = {
    "dialogues/communication/lamp.yaml": make_exercise,
    "dialogues/speech/en.yaml": make_speech,
    "dialogues/speech/de.yaml": make_speech,
    "dialogues/speech/fr.yaml": make_speech,
    "dialogues/advice/en.yaml": make_advice,
    "dialogues/advice/de.yaml": make_advice,
    "dialogues/advice/fr.yaml": make_advice,
    "lexicons/light.yaml": make_lexicon,
}


def put(data: Any, where: tuple[str | int, ...], value: Any) -> Any:
    """``data`` with another value at ``where``."""
    data = deepcopy(data)
    node = data
    for key in where[:-1]:
        node = node[key]
    if value is MISSING:
        del node[where[-1]]
    else:
        node[where[-1]] = value
    return data


def load_with(root: Path, *, path: str | None = None, text: str | None = None) -> Library:
    """The small content folder, loaded; the file at ``path`` replaced by ``text``."""
    for name, make in FILES.items():
        _write(root / name, json.dumps(make(), ensure_ascii=False, indent=1))
    if path is not None and text is not None:
        _write(root / path, text)
    return load(root)


def load_broken(root: Path, path: str, *changes: tuple[tuple[str | int, ...], Any]) -> Library:
    """The one file at ``path``, changed and loaded; that others are missing is no concern here."""
    data = FILES[path]()
    for where, value in changes:
        data = put(data, where, value)
    _write(root / path, json.dumps(data, ensure_ascii=False, indent=1))
    library = load(root)
    here = tuple(problem for problem in library.problems if problem.path == path)
    return replace(library, problems=here)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
