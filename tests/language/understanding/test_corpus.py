"""The labelled messages are what the corpus' README says, so that scores mean something."""

import json
from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

import pytest

from benchmarks.reading import CORPUS, checked, corpus, is_held_out
from bot.domain.languages import Language

GOOD: dict[str, Any] = {
    "situation": "s07",
    "text": "MOQ?",
    "acts": ["ask"],
    "topics": ["quantity"],
    "terms": {},
}


@pytest.mark.parametrize("language", list(Language))
def test_every_line_is_well_formed(language: Language) -> None:
    assert list(corpus(language))


def test_there_is_a_file_for_every_practice_language_and_no_other() -> None:
    assert {path.stem for path in CORPUS.glob("*.jsonl")} == {code.value for code in Language}


@pytest.mark.parametrize("language", list(Language))
def test_no_text_stands_twice_in_the_same_context(language: Language) -> None:
    """The same words after another question are another message: "35 days."."""
    seen = Counter(
        (item["text"], json.dumps(item.get("context", {}), sort_keys=True))
        for item in corpus(language)
    )
    assert [message for message, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("language", list(Language))
def test_a_situation_is_one_block_wholly_in_one_half(language: Language) -> None:
    items = list(corpus(language))
    halves = defaultdict(set)
    for item in items:
        halves[item["situation"]].add(is_held_out(item))
    assert [name for name, half in halves.items() if len(half) > 1] == []
    blocks = [name for name, _ in groupby(item["situation"] for item in items)]
    assert [name for name, times in Counter(blocks).items() if times > 1] == []


@pytest.mark.parametrize("language", list(Language))
def test_about_a_third_is_held_out(language: Language) -> None:
    held_out = [is_held_out(item) for item in corpus(language)]
    assert 0.25 < sum(held_out) / len(held_out) < 0.4


@pytest.mark.parametrize(
    "change",
    [
        {"text": "  "},
        {"situation": "seven"},
        {"label": "ask"},
        {"acts": []},
        {"acts": ["ask", "other"]},
        {"acts": ["haggle"]},
        {"acts": ["offer"]},
        {"topics": []},
        {"topics": ["colour"]},
        {"context": {"asked": "colour"}},
        {"context": {"weather": "fine"}},
    ],
)
def test_a_line_of_another_form_is_refused(change: dict[str, Any]) -> None:
    assert checked(dict(GOOD)) == GOOD
    with pytest.raises((ValueError, TypeError)):
        checked({**GOOD, **change})
