"""Loading a content folder: what comes out, and that problems know their place."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content import load
from bot.domain.deal import IssueId
from bot.domain.exercise import Line, Phrase, Temper
from bot.domain.languages import Language
from bot.domain.terms import Incoterm, IncotermCode
from tests.content.factories import load_broken, load_with, make_exercise, make_phrases, put

LAMP = "dialogues/communication/lamp.yaml"


def test_a_sound_folder_loads_without_problems(tmp_path: Path) -> None:
    library = load_with(tmp_path)

    assert library.problems == ()
    assert set(library.exercises) == {"lamp"}
    assert set(library.speech) == set(Language)
    assert set(library.lexicon) == {"light"}


def test_amounts_become_decimals_and_options_mean_terms(tmp_path: Path) -> None:
    deal = load_with(tmp_path).exercises["lamp"].versions[Language.DE].deal

    price, incoterm = deal.issue(IssueId.PRICE), deal.issue(IssueId.INCOTERM)
    assert price.values[1] == Decimal("7.50")
    assert incoterm.options[1].means == Incoterm(code=IncotermCode.CIF, place="Hamburg")  # type: ignore[union-attr]


def test_a_phrase_is_a_mere_string_or_says_whose_it_is(tmp_path: Path) -> None:
    special = {"text": "Shipping is slow.", "tempers": ["hard_bargainer"]}
    phrases = [*make_phrases(Line.CHECK, 4), special]

    library = load_broken(tmp_path, "dialogues/speech/en.yaml", (("lines", "check"), phrases))

    assert library.problems == ()
    assert library.speech[Language.EN][Line.CHECK][3:] == (
        Phrase(text="Check D."),
        Phrase(text="Shipping is slow.", tempers=(Temper.HARD_BARGAINER,)),
    )


def test_a_file_with_problems_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    library = load_with(tmp_path, path=LAMP, text="format: 1")

    assert set(library.exercises) == set()
    assert set(library.speech) == set(Language)


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    changed = put(put(make_exercise(), ("minutes",), 0), ("id",), "other")
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "empty.yaml").write_text("", encoding="utf-8")

    library = load_with(tmp_path, path=LAMP, text=json.dumps(changed, indent=1))

    assert [str(problem) for problem in library.problems] == [
        f"{LAMP}:3: id: must be the file's name, lamp",
        f"{LAMP}:15: minutes: must be positive",
        "lexicons/empty.yaml:1: must be a mapping of keys to values",
    ]


def test_an_empty_folder_lacks_what_is_said_in_each_language(tmp_path: Path) -> None:
    paths = [problem.path for problem in load(tmp_path).problems]

    assert paths == [
        f"dialogues/{folder}/{language}.yaml"
        for folder in ("advice", "speech")
        for language in ("de", "en", "fr")
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "format: 1\nlines:\n  thank:\n    - [\n",
            "dialogues/speech/en.yaml:5: is not YAML: "
            "expected the node content, but found '<stream end>'",
            id="not YAML",
        ),
        pytest.param(
            "format: 1\nformat: 1\n",
            "dialogues/speech/en.yaml:2: is not YAML: "
            'found duplicate key "format" with value "1" (original value: "1")',
            id="a key twice",
        ),
        pytest.param(
            "- format\n",
            "dialogues/speech/en.yaml:1: must be a mapping of keys to values",
            id="a list",
        ),
        pytest.param(
            "format: 1\nlines:\n  # a comment\n  thanks: []\n",
            "dialogues/speech/en.yaml:4: lines.thanks: unknown key",
            id="an unknown line",
        ),
        pytest.param(
            "format: 1\n\n\nlines:\n  thank:\n    - text: No.\n      temper: []\n",
            "dialogues/speech/en.yaml:7: lines.thank[0].temper: unknown key",
            id="an unknown key deep inside",
        ),
        pytest.param(
            "format: 2\nlines: {}\n",
            "dialogues/speech/en.yaml:1: format: this program reads format 1",
            id="a format of the future",
        ),
    ],
)
def test_problem_says_file_line_and_place(tmp_path: Path, text: str, problem: str) -> None:
    library = load_with(tmp_path, path="dialogues/speech/en.yaml", text=text)

    assert [str(found) for found in library.problems] == [problem]


def test_yaml_is_1_2_so_that_french_on_and_norway_stay_words(tmp_path: Path) -> None:
    text = "format: 1\nid: light\ntitle: {zh: 灯, en: on, de: no, fr: 12:30}\nconcepts: []\n"

    lexicon = load_with(tmp_path, path="lexicons/light.yaml", text=text).lexicon["light"]

    assert [lexicon.title[key] for key in ("en", "de", "fr")] == ["on", "no", "12:30"]  # type: ignore[index]
