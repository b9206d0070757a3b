"""Twins are the same deal in other goods; each row a pair that is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.content import Library, load
from tests.content.factories import FILES, MISSING, make_exercise, put

PRICE = ("versions", "de", "deal", "issues", 1)
Change = tuple[tuple[str | int, ...], Any]


def load_pair(root: Path, *changes: Change, twin: str | None = "torch") -> Library:
    """The lamp and its twin, the latter changed."""
    lamp = make_exercise() | {"twin": "torch"}
    torch = make_exercise() | {"id": "torch", "twin": "lamp"}
    for where, value in changes:
        torch = put(torch, where, value)
    files = {name: make() for name, make in FILES.items()}
    folder = "dialogues/communication"
    files |= {f"{folder}/lamp.yaml": lamp}
    files |= {f"{folder}/{twin}.yaml": torch} if twin else {}
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return load(root)


def found(library: Library) -> list[tuple[str, str, str]]:
    return [(Path(p.path).stem, p.where, p.message) for p in library.problems]


def test_twins_with_other_figures_are_sound(tmp_path: Path) -> None:
    other = ((*PRICE, "points", 1, "value"), "11.00"), ((*PRICE, "step"), "1.00")
    library = load_pair(tmp_path, *other)
    assert found(library) == []
    assert (library.exercises["lamp"].twin, library.exercises["torch"].twin) == ("torch", "lamp")


TABLE: list[tuple[str, Change, list[tuple[str, str, str]]]] = [
    (
        "that does not point back",
        (("twin",), MISSING),
        [("lamp", "twin", "torch does not name lamp as its twin")],
    ),
    (
        "of another band",
        (("band",), "A2"),
        [
            ("lamp", "band", "must be that of its twin, A2"),
            ("torch", "band", "must be that of its twin, B1"),
        ],
    ),
    (
        "of another temper",
        (("versions", "fr", "persona", "temper"), "cooperative"),
        [
            ("lamp", "versions.fr.persona.temper", "must be that of its twin, cooperative"),
            ("torch", "versions.fr.persona.temper", "must be that of its twin, analytical"),
        ],
    ),
    (
        "with other payoffs",
        ((*PRICE, "points", 1, "buyer"), 5),
        [
            (
                one,
                "versions.de.deal.issues[1]",
                "must have the payoffs of its twin, in the same order",
            )
            for one in ("lamp", "torch")
        ],
    ),
    (
        "with less time",
        (("versions", "en", "deal", "deadline_turns"), 9),
        [
            (one, "versions.en.deal.deadline_turns", "must be that of its twin")
            for one in ("lamp", "torch")
        ],
    ),
]


@pytest.mark.parametrize(
    ("change", "problems"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_twin(tmp_path: Path, change: Change, problems: list[tuple[str, str, str]]) -> None:
    library = load_pair(tmp_path, change)
    assert found(library) == problems
    assert library.exercises["lamp"].twin is None


def test_twin_that_is_not_there_is_told_and_the_exercise_stays(tmp_path: Path) -> None:
    library = load_pair(tmp_path, twin=None)
    assert found(library) == [("lamp", "twin", "is no other exercise that is fit for use")]
    assert library.exercises["lamp"].twin is None
