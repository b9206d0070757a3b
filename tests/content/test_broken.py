"""Tables of broken content: each row a change to a sound file and exactly its problems."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.exercise import Line
from tests.content.factories import (
    MISSING,
    load_broken,
    make_option,
    make_phrases,
    make_version,
)

Change = tuple[tuple[str | int, ...], Any]
Problems = list[tuple[str, str]]

DE = ("versions", "de")
DEAL = (*DE, "deal")
QUANTITY, PRICE, INCOTERM = ((*DEAL, "issues", index) for index in range(3))
NOWHERE = {"code": "FOB", "place": "Ningbo"}


def found(root: Path, path: str, *changes: Change) -> Problems:
    return [(p.where, p.message) for p in load_broken(root, path, *changes).problems]


SCHEMA: list[tuple[str, tuple[Change, ...], Problems]] = [
    ("unknown key", ((("colour",), "red"),), [("colour", "unknown key")]),
    (
        "unknown key in a point",
        (((*PRICE, "points", 0, "bonus"), 1),),
        [("versions.de.deal.issues[1].points[0].bonus", "unknown key")],
    ),
    (
        "unknown key in a meaning",
        (((*INCOTERM, "options", 0, "means", "harbour"), "x"),),
        [("versions.de.deal.issues[2].options[0].means.harbour", "unknown key")],
    ),
    ("missing key", ((("band",), MISSING),), [("band", "is missing")]),
    (
        "unknown band",
        ((("band",), "D1"),),
        [("band", "must be 'A2', 'B1', 'B2' or 'C1'")],
    ),
    (
        "unknown language",
        ((("versions", "it"), make_version()),),
        [
            ("versions.it", "unknown key"),
        ],
    ),
    (
        "amount without quotes",
        (((*PRICE, "points", 0, "value"), 7.1), ((*QUANTITY, "points", 0, "value"), 500)),
        [
            ("versions.de.deal.issues[0].points[0].value", "amounts are written in quotes"),
            ("versions.de.deal.issues[1].points[0].value", "amounts are written in quotes"),
        ],
    ),
    (
        "amount that is no number",
        (((*PRICE, "step"), "ten cents"),),
        [("versions.de.deal.issues[1].step", "must be a number such as '7.20'")],
    ),
    (
        "points and options mixed up",
        (((*PRICE, "options"), []),),
        [
            ("versions.de.deal.issues[1].points", "unknown key"),
            ("versions.de.deal.issues[1].step", "unknown key"),
        ],
    ),
]

EXERCISE: list[tuple[str, tuple[Change, ...], Problems]] = [
    ("id is not the file", ((("id",), "torch"),), [("id", "must be the file's name, lamp")]),
    (
        "competence is not the folder",
        ((("competence",), "logistics"),),
        [("competence", "must be the folder's name, communication")],
    ),
    ("a title is missing", ((("title", "zh"), MISSING),), [("title", "zh is missing")]),
    ("a version is missing", ((("versions", "fr"), MISSING),), [("versions", "fr is missing")]),
    (
        "no such time zone",
        (((*DE, "persona", "timezone"), "Europe/Bremen"),),
        [("versions.de.persona.timezone", "must be an IANA time zone")],
    ),
    (
        "a payoff in a text",
        (((*DE, "situation", "zh"), "成交价 8.00 可得 20 分"),),
        [("versions.de.situation.zh", "names a payoff")],
    ),
    (
        "too few openings",
        (((*DE, "openings"), ["DL, 500.", "Wir brauchen 500 Stück."]),),
        [("versions.de.openings", "needs 3, has 2")],
    ),
    (
        "opening without its quantity",
        (((*DE, "openings", 1), "Guten Tag."),),
        [("versions.de.openings[1]", "does not name the buyer's first quantity")],
    ),
    (
        "opening with a price it does not claim",
        (((*DE, "openings", 0), "Wir möchten 500 Stück zu 7,50 EUR."),),
        [("versions.de.openings[0]", "names a price that opening_names does not claim")],
    ),
    (
        "opening claims what is no issue",
        (((*DE, "opening_names"), ["quantity", "payment"]),),
        [("versions.de.opening_names[1]", "is no issue of the deal")],
    ),
    (
        "too few answers",
        (((*DE, "facts", "sample"), ["Gern."]),),
        [("versions.de.facts.sample", "needs 3 answers, has 1")],
    ),
    (
        "answer with a slot",
        (((*DE, "facts", "sample", 0), "Gern {name}."),),
        [
            ("versions.de.facts.sample[0]", "has no slot {name} to fill"),
            (
                "versions.de.facts.sample[0]",
                "has {name} neither after the greeting word nor after a comma at a sentence's end",
            ),
        ],
    ),
    (
        "hints for the wrong issues",
        (((*DE, "hints", "payment"), "So {theirs}."), ((*DE, "hints", "price"), MISSING)),
        [
            ("versions.de.hints", "price is missing"),
            ("versions.de.hints.payment", "is no issue of the deal"),
        ],
    ),
    (
        "hint without its value",
        (((*DE, "hints", "price"), "Gern."),),
        [("versions.de.hints.price", "must use the slot {theirs}")],
    ),
]

A_DEAL: list[tuple[str, tuple[Change, ...], Problems]] = [
    ("no currency", (((*DEAL, "currency"), "Euro"),), [("currency", "must be an ISO 4217 code")]),
    ("no time", (((*DEAL, "deadline_turns"), 3),), [("deadline_turns", "must be at least 6")]),
    (
        "points descend",
        (((*PRICE, "points", 1, "value"), "6.00"),),
        [("issues[1].points[1].value", "must be greater than the one before")],
    ),
    (
        "step does not divide",
        (((*PRICE, "step"), "0.30"),),
        [("issues[1].step", "must divide the range from the first to the last point")],
    ),
    (
        "one point",
        (((*PRICE, "points", 1), MISSING),),
        [("issues[1].points", "needs at least two")],
    ),
    (
        "an issue twice",
        (((*QUANTITY, "id"), "price"), ((*DE, "opening_names"), [])),
        [("issues[1].id", "is there twice")],
    ),
    (
        "payment by points",
        (((*PRICE, "id"), "payment"),),
        [("issues[1].points", "payment is settled by options, not by points")],
    ),
    (
        "meaning of another issue",
        (((*INCOTERM, "options", 0, "means"), {"method": "lc"}),),
        [("issues[2].options[0].means", "is no incoterm")],
    ),
    (
        "two options mean the same",
        (((*INCOTERM, "options", 1), make_option("cif", NOWHERE, learner=0, buyer=40)),),
        [("issues[2].options[1].means", "is there twice")],
    ),
    (
        "label missing",
        (((*INCOTERM, "options", 1, "label", "fr"), MISSING),),
        [("issues[2].options[1].label", "fr is missing")],
    ),
    (
        "payoffs do not add up",
        (((*INCOTERM, "options", 0, "learner"), 25),),
        [("issues", "the best payoffs of the learner must add up to 100")],
    ),
    (
        "no zone of agreement",
        (((*DEAL, "buyer_reservation"), 99), ((*DEAL, "learner_reservation"), 99)),
        [("", "has no outcome that both sides could sign")],
    ),
    (
        "trivial frontier",
        (
            ((*PRICE, "points", 0, "learner"), 40),
            ((*PRICE, "points", 1, "learner"), 0),
        ),
        [("", "has fewer than 5 outcomes on its frontier")],
    ),
]

SENTENCE: list[tuple[str, str, list[str]]] = [
    ("de", "Danke {nam}.", ["has no slot {nam} to fill"]),
    (
        "de",
        "Danke {name",
        [
            "has a brace without its partner",
            "must end with a full stop, a question mark or an exclamation mark",
        ],
    ),
    ("en", "Thanks  a lot.", ["has stray spaces"]),
    ("en", "Thanks", ["must end with a full stop, a question mark or an exclamation mark"]),
    ("en", "thanks.", ["must begin with a capital letter"]),
    ("en", "That is worth 20 points.", ["names a payoff"]),
    ("en", "Take 30 % now.", ["has a space before %"]),
    ("de", "Nur 30 % jetzt.", ["needs a no-break space (U+00A0) before %"]),
    ("fr", "Pourquoi ?", ["needs a no-break space (U+00A0) inside « » and before : ; ? ! and %"]),
    ("fr", "Pourquoi\xa0?", []),
    ("en", "Well " * 24 + "well.", ["has a sentence of more than 24 words"]),
]


def named(rows: list[Any]) -> list[Any]:
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(("changes", "problems"), named(SCHEMA + EXERCISE))
def test_exercise_with(tmp_path: Path, changes: tuple[Change, ...], problems: Problems) -> None:
    assert found(tmp_path, "dialogues/communication/lamp.yaml", *changes) == problems


@pytest.mark.parametrize(("changes", "problems"), named(A_DEAL))
def test_deal_with(tmp_path: Path, changes: tuple[Change, ...], problems: Problems) -> None:
    full = [(f"versions.de.deal.{where}".rstrip("."), message) for where, message in problems]
    changes = (*changes, ((*DE, "hints"), hints_for(changes)))

    assert found(tmp_path, "dialogues/communication/lamp.yaml", *changes) == full


def hints_for(changes: tuple[Change, ...]) -> dict[str, str]:
    """Hints that fit whatever issues a row leaves in the deal."""
    ids = {0: "quantity", 1: "price", 2: "incoterm"}
    ids |= {where[4]: value for where, value in changes if where[-1] == "id" and len(where) == 6}  # type: ignore[misc]
    return {id: "So {theirs}." for id in ids.values()}


@pytest.mark.parametrize(("language", "text", "messages"), SENTENCE)
def test_sentence(tmp_path: Path, language: str, text: str, messages: list[str]) -> None:
    path = f"dialogues/speech/{language}.yaml"

    assert found(tmp_path, path, (("lines", "thank", 0), text)) == [
        ("lines.thank[0]", message) for message in messages
    ]


def test_every_temper_needs_phrases_of_every_line(tmp_path: Path) -> None:
    mine = [{"text": text, "tempers": ["analytical"]} for text in ("One.", "Two.", "Three.")]

    problems = found(
        tmp_path,
        "dialogues/speech/en.yaml",
        (("lines", "check"), [*make_phrases(Line.CHECK, 1), *mine]),
        (("lines", "hold"), MISSING),
    )

    others = ("cooperative", "hard_bargainer", "relationship_minded")
    assert problems == [
        *[
            ("lines.hold", f"needs 6 phrases for {temper}, has 0")
            for temper in ("cooperative", "analytical", "hard_bargainer", "relationship_minded")
        ],
        *[("lines.check", f"needs 4 phrases for {temper}, has 1") for temper in others],
    ]


def test_mandatory_slots_are_used_and_no_sentence_is_there_twice(tmp_path: Path) -> None:
    problems = found(
        tmp_path,
        "dialogues/speech/en.yaml",
        (("lines", "counter", 0), "How about this."),
        (("lines", "thank", 0), "Same here."),
        (("lines", "check", 0), "Same here."),
        (("lines", "take_price", 0), "Yes to {theirs}."),
        (("lines", "take_payment", 0), "Yes to {theirs}."),
    )

    assert sorted(problems) == [
        ("lines.check[0]", "is there twice"),
        ("lines.counter[0]", "must use the slot {ours}"),
        ("lines.thank[0]", "is there twice"),
    ]


LEXICON: list[tuple[str, tuple[Change, ...], Problems]] = [
    ("id is not the file", ((("id",), "dark"),), [("id", "must be the file's name, light")]),
    ("title missing", ((("title", "fr"), MISSING),), [("title", "fr is missing")]),
    (
        "word missing",
        ((("concepts", 0, "words", "de"), MISSING),),
        [("concepts[0].words", "de is missing")],
    ),
    (
        "example missing",
        ((("concepts", 0, "words", "de", "example"), MISSING),),
        [("concepts[0].words.de", "needs an example")],
    ),
    (
        "Chinese that is none",
        ((("concepts", 0, "words", "zh", "term"), "L/C"),),
        [("concepts[0].words.zh.term", "must be Chinese")],
    ),
    (
        "no such gender",
        ((("concepts", 0, "words", "de", "gender"), "x"),),
        [("concepts[0].words.de.gender", "must be 'm', 'f' or 'n'")],
    ),
]


@pytest.mark.parametrize(("changes", "problems"), named(LEXICON))
def test_lexicon_with(tmp_path: Path, changes: tuple[Change, ...], problems: Problems) -> None:
    assert found(tmp_path, "lexicons/light.yaml", *changes) == problems
