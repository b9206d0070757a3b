"""Issues that an author names: a table of what a deal with them must not lack."""

from pathlib import Path
from typing import Any

import pytest

from tests.content.factories import MISSING, load_broken, make_option, put

LAMP = "dialogues/communication/lamp.yaml"
DE = ("versions", "de")
NAME = {"zh": "佣金", "en": "commission", "de": "Provision", "fr": "commission"}
SHARE, PERIOD, SCOPE = range(3)


def _named_option(id: str, words: list[str], *, learner: int, buyer: int) -> dict[str, Any]:
    option = make_option(id, {}, learner=learner, buyer=buyer)
    del option["means"]
    return option | {"words": words}


def make_issues() -> list[dict[str, Any]]:
    return [
        {
            "id": "share",
            "name": dict(NAME),
            "called": "die Provision",
            "words": ["Provision"],
            "points": [
                {"value": "5", "learner": 40, "buyer": 0},
                {"value": "12", "learner": 0, "buyer": 40},
            ],
            "step": "1",
        },
        {
            "id": "period",
            "name": dict(NAME),
            "called": "die Laufzeit",
            "unit": "month",
            "points": [
                {"value": "12", "learner": 40, "buyer": 0},
                {"value": "36", "learner": 0, "buyer": 20},
            ],
        },
        {
            "id": "scope",
            "name": dict(NAME),
            "called": "das Gebiet",
            "options": [
                _named_option("south", ["nur Bayern", "Bayern"], learner=20, buyer=0),
                _named_option("all", ["ganz Deutschland", "bundesweit"], learner=0, buyer=40),
            ],
        },
    ]


def problems(root: Path, *changes: tuple[tuple[str | int, ...], Any]) -> list[tuple[str, str]]:
    issues = make_issues()
    for where, value in changes:
        issues = put(issues, where, value)
    library = load_broken(
        root,
        LAMP,
        ((*DE, "deal", "issues"), issues),
        ((*DE, "hints"), {id: "Gut {theirs}." for id in ("share", "period", "scope")}),
        (
            (*DE, "openings"),
            ["Guten Tag, 12\xa0% Provision.", "12 Prozent, bitte.", "12\xa0%."],
        ),
        ((*DE, "opening_names"), ["share"]),
    )
    at = "versions.de.deal.issues"
    return [(p.where.removeprefix(at), p.message) for p in library.problems]


def test_a_sound_deal_with_them_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


TABLE: list[tuple[str, tuple[str | int, ...], Any, list[tuple[str, str]]]] = [
    ("no name", (SHARE, "name", "fr"), MISSING, [("[0].name", "fr is missing")]),
    ("nothing it is called", (SCOPE, "called"), MISSING, [("[2].called", "is missing")]),
    ("no unit", (PERIOD, "unit"), MISSING, [("[1].unit", "is missing")]),
    ("a unit of a share", (SHARE, "unit"), "day", [("[0].unit", "is only for a period")]),
    (
        "more than the whole",
        (SHARE, "points", 1, "value"),
        "112",
        [
            ("[0].points[1].value", "is no percentage"),
            ("versions.de.openings[0]", "does not name the buyer's first share"),
            ("versions.de.openings[1]", "does not name the buyer's first share"),
            ("versions.de.openings[2]", "does not name the buyer's first share"),
        ],
    ),
    (
        "half a month",
        (PERIOD, "points", 1, "value"),
        "36.5",
        [("[1].points[1].value", "must be a whole number above zero")],
    ),
    (
        "a buyer who wants less",
        (PERIOD, "points", 0, "buyer"),
        20,
        [("[1].points[1].buyer", "must be more than before: a buyer wants more of it")],
    ),
    (
        "an option without phrases",
        (SCOPE, "options", 0, "words"),
        ["nur Bayern"],
        [("[2].options[0].words", "needs 2 to 6 phrases")],
    ),
    (
        "a phrase for two options",
        (SCOPE, "options", 1, "words"),
        ["bundesweit", "NUR Bayern"],
        [("[2].options[1].words[1]", "is there twice")],
    ),
    (
        "an option that means a trade term",
        (SCOPE, "options", 0, "means"),
        {"code": "FOB"},
        [("[2].options[0].means", "must be left out: words name this option")],
    ),
    (
        "options told by words where a trade term is needed",
        (SCOPE, "id"),
        "payment",
        [
            ("[2].name", "is only for issues that no trade term names"),
            ("[2].called", "is only for issues that no trade term names"),
            ("[2].options[0].words", "are for options that no trade term names"),
            ("[2].options[0].means", "is no payment"),
            ("[2].options[1].words", "are for options that no trade term names"),
            ("[2].options[1].means", "is no payment"),
            ("versions.de.hints", "payment is missing"),
            ("versions.de.hints.scope", "is no issue of the deal"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("where", "value", "found"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_deal_with(
    tmp_path: Path, where: tuple[str | int, ...], value: Any, found: list[tuple[str, str]]
) -> None:
    assert sorted(problems(tmp_path, (where, value))) == sorted(found)


@pytest.mark.parametrize(
    ("opening", "is_named"),
    [
        ("Guten Tag, 12\xa0% Provision und 36 Monate.", True),
        ("Guten Tag, 12\xa0% Provision und drei Jahre.", True),
        ("Guten Tag, 12\xa0% Provision und 24 Stunden.", False),
        ("Guten Tag, 12\xa0% Provision, bundesweit.", True),
        ("Guten Tag, 12\xa0% Provision.", False),
    ],
)
def test_an_opening_names_only_what_it_claims(
    tmp_path: Path, opening: str, is_named: bool
) -> None:
    library = load_broken(
        tmp_path,
        LAMP,
        ((*DE, "deal", "issues"), make_issues()),
        ((*DE, "hints"), {id: "Gut {theirs}." for id in ("share", "period", "scope")}),
        ((*DE, "openings"), [opening] * 3),
        ((*DE, "opening_names"), ["share"]),
    )
    wheres = {problem.where for problem in library.problems}
    assert wheres == ({f"versions.de.openings[{i}]" for i in range(3)} if is_named else set())
