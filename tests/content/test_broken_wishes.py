"""Tables of broken conversations: each row a change to a sound shipped file and its problems."""

from pathlib import Path
from typing import Any

import pytest
import srsly

from bot.app import CONTENT
from bot.content.exercises import ADAPTER, in_version
from bot.domain.languages import Language
from tests.content.factories import MISSING, make_deal, put

SOURCE = CONTENT / "dialogues" / "communication" / "fair_contact.yaml"
WISHES = ("versions", "en", "wishes")
Change = tuple[tuple[str | int, ...], Any]


def problems(*changes: Change) -> set[tuple[str, str]]:
    data = srsly.read_yaml(Path(SOURCE))
    for where, value in changes:
        data = put(data, where, value)
    data["versions"]["en"]["lines"] = {}  # strings there are spelled out by the loader
    for language in ("de", "fr"):
        del data["versions"][language]
    version = ADAPTER.validate_python(data).versions[Language.EN]
    found = in_version(version, Language.EN)
    return {(".".join(map(str, loc)), message) for loc, message in found if loc[0] != "lines"}


def test_shipped_conversation_is_sound() -> None:
    assert problems() == set()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ((*WISHES, 0, "points"), 15),
            ("wishes", "must be worth 100 together, are worth 101"),
        ),
        (
            ((*WISHES, 2, "points"), 17),
            ("wishes.2.points", "must be at least 2, and even where half of it can be met"),
        ),
        (
            ((*WISHES, 0, "in_opening"), False),
            ("wishes", "one must be brought up in the openings"),
        ),
        (
            ((*WISHES, 5, "note"), ""),
            ("wishes", "one must have a note, so that there is something to sum up"),
        ),
        (((*WISHES, 1, "id"), "who"), ("wishes.1.id", "is there twice")),
        (((*WISHES, 1, "id"), "Who?"), ("wishes.1.id", "must be small letters and underscores")),
        (
            ((*WISHES, 1, "after"), "follow_up"),
            ("wishes.1.after", "must be a wish that stands before"),
        ),
        (((*WISHES, 1, "needs"), [{}]), ("wishes.1.needs.0", "asks for nothing")),
        (
            ((*WISHES, 1, "needs"), [{"acts": ["other"]}]),
            ("wishes.1.needs.0.acts", "greet and other are no answer to a wish"),
        ),
        (
            ((*WISHES, 1, "needs"), [{"says": ["a*"]}]),
            ("wishes.1.needs.0.says.0", "has a stem of less than 3 letters"),
        ),
        (
            ((*WISHES, 1, "speech", "press"), ["Well?"]),
            ("wishes.1.speech.press", "needs 3, has 1"),
        ),
        (
            ((*WISHES, 2, "speech", "partly"), []),
            ("wishes.2.speech.partly", "needs 2, has 0"),
        ),
        (
            ((*WISHES, 1, "speech", "thank", 0), "no capital letter"),
            ("wishes.1.speech.thank.0", "must begin with a capital letter"),
        ),
        (
            ((*WISHES, 5, "note"), "your offer{when}"),
            ("wishes.5.note", "needs a space before {when}"),
        ),
        (
            ((*WISHES, 1, "title", "zh"), MISSING),
            ("wishes.1.title", "zh is missing"),
        ),
        (
            (("versions", "en", "deal"), make_deal()),
            ("wishes", "stand in place of a deal, its opening_names and hints"),
        ),
        (
            (WISHES, []),
            ("deal", "is missing, and there are no wishes in its place"),
        ),
        (
            (("versions", "en", "facts", "other"), ["I don't know."]),
            ("facts.other", "needs 3 answers"),
        ),
        (
            (("versions", "en", "details", 0, "answers"), ["Here."]),
            ("details.0.answers", "needs 2, has 1"),
        ),
    ],
)
def test_what_is_wrong_is_told(change: Change, problem: tuple[str, str]) -> None:
    assert problem in problems(change)
