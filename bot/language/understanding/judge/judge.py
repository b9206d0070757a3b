"""Judges a message: its acts, what is asked about, the roles of its figures.

Decides when the quick judgement by letters is enough and when the encoder of meaning is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain.understanding import Act, Topic
from bot.language.understanding.judge.clues import ROLES, Clue
from bot.language.understanding.judge.encoders import Encoder, Letters, Words, meaning, unpacked
from bot.language.understanding.judge.evidence import Part
from bot.language.understanding.judge.network import Array, Network, at_least_once, one_of
from bot.language.understanding.roles import Role

WEIGHTS = Path(__file__).with_name("weights.npz")
ACTS: tuple[Act, ...] = tuple(act for act in Act if act is not Act.OTHER)
TOPICS = tuple(Topic)
# Chosen on the dev half of the corpus (`make benchmark` prints what they give).
ACT_THRESHOLD = 0.4
TOPIC_THRESHOLD = 0.35
_CLEAR = 0.42  # wrong decisions to be expected; some two fifths of the messages have more
_CLEAR_ROLE = 0.8
_TOPICS_WEIGH = 2  # Meaning tells topics apart much better than letters do.
_SURE, _POSSIBLE = 0.65, 0.3
_AGREEING = (Act.OFFER, Act.ACCEPT)
_DECISIVE = (Act.ACCEPT, Act.REJECT, Act.OFFER, Act.ASK)
_MOST_PARTS = 12  # What is longer is a letter or noise, and judged by its letters.
_LETTERS, _WORDS, _MEANING = 10.0, 0.4, 8.0  # Bring the vectors to the size of the evidence.


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities of a message's acts, topics and roles."""

    acts: dict[Act, float] = field(default_factory=lambda: dict.fromkeys(ACTS, 0.0))
    topics: dict[Topic, float] = field(default_factory=lambda: dict.fromkeys(TOPICS, 0.0))
    roles: dict[int, tuple[Role | None, float]] = field(default_factory=dict)
    """The likeliest role of each figure, and how likely it is."""

    @property
    def found(self) -> tuple[Act, ...]:
        """The acts the message carries; where a figure stands it offers or accepts."""
        agreeing = max(_AGREEING, key=lambda act: self.acts[act])
        stands = bool(self.standing)
        return tuple(
            act
            for act, p in self.acts.items()
            if p > ACT_THRESHOLD or (stands and act is agreeing)
        )

    @property
    def standing(self) -> dict[int, Role]:
        """The figures that are terms."""
        return {i: role for i, (role, _) in self.roles.items() if role}

    @property
    def asked(self) -> tuple[Topic, ...]:
        """What a question in it is about, at least the likeliest."""
        best = max(self.topics, key=lambda topic: self.topics[topic])
        return tuple(t for t, p in self.topics.items() if p > TOPIC_THRESHOLD) or (best,)

    @property
    def confidence(self) -> float:
        """How sure the least sure of its decisions is, 0 to 1."""
        acts = (p if p > ACT_THRESHOLD else 1 - p for p in self.acts.values())
        return min([*acts, *(p for _, p in self.roles.values())])

    @property
    def doubt(self) -> tuple[Act, Act] | None:
        """Two acts that decide over the deal and are both possible, none of them sure."""
        first, second = sorted(_DECISIVE, key=lambda act: -self.acts[act])[:2]
        is_open = self.acts[first] < _SURE and self.acts[second] > _POSSIBLE
        return (first, second) if is_open else None

    @property
    def is_clear(self) -> bool:
        """Whether few wrong decisions are to be expected on acts and, of a question, topics."""
        acts, topics = _wrong(self.acts.values()), _wrong(self.topics.values())
        return acts + _TOPICS_WEIGH * self.acts[Act.ASK] * topics < _CLEAR


def _wrong(decided: Iterable[float]) -> float:
    return sum(min(p, 1 - p) for p in decided)


class Judge:
    """The networks of a weights file, with an encoder of meaning if there is one."""

    def __init__(self, arrays: Mapping[str, Any], encoder: Encoder | None) -> None:
        self._quick = Network.of(arrays, "quick")
        self._thorough = Network.of(arrays, "thorough")
        self._quick_roles = Network.of(arrays, "quick_roles")
        self._thorough_roles = Network.of(arrays, "thorough_roles")
        self._words = Words(unpacked(arrays["words"]), arrays["word_vectors"])
        self._letters, self._meaning = Letters(), encoder

    def weigh(self, parts: Sequence[Part], clues: Sequence[Clue]) -> Judgement:
        """Judge a message by its sentences and its figures."""
        return replace(self._acts(parts), roles=self._judged(clues)) if parts else Judgement()

    def _acts(self, parts: Sequence[Part]) -> Judgement:
        inputs = quick_inputs(self._letters, self._words, parts)
        quick = judgement(self._quick.scores(inputs))
        if self._meaning is None or quick.is_clear or len(parts) > _MOST_PARTS:
            return quick
        inputs = thorough_inputs(self._letters, self._meaning, parts)
        return judgement(self._thorough.scores(inputs))

    def _judged(self, clues: Sequence[Clue]) -> dict[int, tuple[Role | None, float]]:
        if not clues:
            return {}
        shares = one_of(self._quick_roles.scores(quick_clues(self._words, clues)))
        unsure = shares.max(axis=1) < _CLEAR_ROLE
        if self._meaning and unsure.any() and len({clue.text for clue in clues}) <= _MOST_PARTS:
            asked = [clue for clue, is_unsure in zip(clues, unsure, strict=True) if is_unsure]
            inputs = thorough_clues(self._words, self._meaning, asked)
            shares[unsure] = one_of(self._thorough_roles.scores(inputs))
        best = shares.argmax(axis=1)
        return {
            clue.figure: (ROLES[place], float(row[place]))
            for clue, row, place in zip(clues, shares, best, strict=True)
        }


def quick_clues(words: Encoder, clues: Sequence[Clue]) -> Array:
    """Rows of evidence and words."""
    plain = words.encode([clue.plain for clue in clues])
    evidence = np.stack([clue.evidence for clue in clues])
    return np.hstack([evidence, plain * np.float32(_WORDS / 2)])


def thorough_clues(words: Encoder, meaning: Encoder, clues: Sequence[Clue]) -> Array:
    """Rows of evidence, words and the meaning of the sentence."""
    own = meaning.encode([clue.text for clue in clues])
    return np.hstack([quick_clues(words, clues), own * np.float32(_MEANING * 0.75)])


def quick_inputs(letters: Encoder, words: Encoder, parts: Sequence[Part]) -> Array:
    """Rows of evidence, letters, words, and the mean of the words over the message."""
    texts = [part.text for part in parts]
    own = words.encode(texts)
    return np.hstack(
        [
            np.stack([part.evidence for part in parts]),
            letters.encode(texts) * np.float32(_LETTERS),
            own * np.float32(_WORDS),
            _mean(own) * np.float32(_WORDS / 2),
        ]
    )


def thorough_inputs(letters: Encoder, meaning: Encoder, parts: Sequence[Part]) -> Array:
    """Rows of evidence, letters, meaning, and the mean of the meaning over the message."""
    texts = [part.text for part in parts]
    own = meaning.encode(texts)
    return np.hstack(
        [
            np.stack([part.evidence for part in parts]),
            letters.encode(texts) * np.float32(_LETTERS / 5),
            own * np.float32(_MEANING),
            _mean(own) * np.float32(_MEANING * 0.75),
        ]
    )


def _mean(rows: Array) -> Array:
    return np.broadcast_to(rows.mean(axis=0), rows.shape)


def judgement(scores: Array) -> Judgement:
    """What the scores of a message's sentences come to."""
    found = [float(p) for p in at_least_once(scores)]
    acts: dict[Act, float] = dict(zip(ACTS, found[: len(ACTS)], strict=True))
    return Judgement(acts, dict(zip(TOPICS, found[len(ACTS) :], strict=True)))


@cache
def shared_judge() -> Judge:
    """The judge of all three languages."""
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        return Judge(arrays, meaning())
