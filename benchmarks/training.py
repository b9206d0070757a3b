"""Makes the weights of the judge of messages from the labelled corpus.

The same corpus, rules and seed make the same weights, but for the last digits of floating point.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from random import Random
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language as Pipeline

from benchmarks.offers import politely, write_offer
from benchmarks.reading import BASICS, CORPUS, TODAY, context_of, corpus, is_held_out
from benchmarks.ways import POLITE
from bot.domain.languages import Language
from bot.domain.understanding import Context
from bot.language.understanding.figures import Figure, Kind
from bot.language.understanding.json_form import terms_as_json
from bot.language.understanding.judge.clues import ROLES, Clue
from bot.language.understanding.judge.encoders import (
    WORDS_DIMENSIONS,
    WORDS_STEPS,
    Letters,
    Meaning,
    Words,
    packed,
    words_of,
)
from bot.language.understanding.judge.evidence import Part
from bot.language.understanding.judge.judge import (
    ACTS,
    TOPICS,
    WEIGHTS,
    Judge,
    quick_clues,
    quick_inputs,
    thorough_clues,
    thorough_inputs,
)
from bot.language.understanding.judge.network import Network
from bot.language.understanding.normalise import normalise
from bot.language.understanding.pipeline import evidence_of, make_pipeline, read_doc
from bot.language.understanding.roles import Role
from bot.language.understanding.spelling import correct_spelling
from bot.language.understanding.terms import days_of

Array = NDArray[np.float32]

# Chosen by cross-validation on the dev half.
_EPOCHS, _BATCH, _RATE, _DECAY = 24, 64, 2e-3, 1e-2
_ACTS_UNITS, _ROLES_UNITS = 256, 128
_UNIT_LOSS, _INPUT_LOSS = 0.5, 0.25  # shares left out in each step
_RARE = 1e-6
_FEWEST_MESSAGES = 2  # A word of one message only is looked up no more.
_COMMON = 0.01  # A word in that share of the messages counts half.
_WRITTEN = 1500  # offers in all usual ways of writing


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message, read by the rules alone."""

    item: dict[str, Any]
    parts: list[Part]
    clues: list[Clue]
    roles: list[int]
    """For each clue the place of the right role in ``ROLES``."""


def examples(of: Callable[[dict[str, Any]], bool] = lambda _: True) -> Iterator[Example]:
    """The labelled messages for which ``of`` holds."""
    for language in Language:
        nlp = _rules_alone(language)
        for item in filter(of, corpus(language)):
            text = correct_spelling(normalise(item["text"]), language)
            doc = read_doc(nlp, text, context_of(item), TODAY)
            parts, clues = evidence_of(doc)
            figures = doc._.marked.figures
            roles = [ROLES.index(role_of(figures[clue.figure], item["terms"])) for clue in clues]
            yield Example(dict(item), parts, clues, roles)


def written() -> Iterator[Example]:
    """Offers written by chance; half of them politely, and these say nothing of acts."""
    readers = {language: _rules_alone(language) for language in Language}
    random = Random(0)
    for number in range(_WRITTEN):
        offer = write_offer(random)
        terms = terms_as_json(offer.terms)
        polite = number % 2
        text = politely(random, offer.text, *POLITE[offer.language]) if polite else offer.text
        text = correct_spelling(normalise(text), offer.language)
        doc = read_doc(readers[offer.language], text, Context(), TODAY)
        parts, clues = evidence_of(doc)
        figures = doc._.marked.figures
        roles = [ROLES.index(role_of(figures[clue.figure], terms)) for clue in clues]
        item = {"situation": "written", "acts": ["offer"], "topics": []}
        yield Example(item, [] if polite else parts, clues, roles)


def _rules_alone(language: Language) -> Pipeline:
    nlp = make_pipeline(language)
    nlp.disable_pipe("kontor_judge")
    return nlp


class Kept:
    """Sentence vectors kept beside the corpus, since encoding takes most of the time.

    A vector is kept in steps of 1/512, under the first 8 bytes of the text's SHA-256.
    """

    path = CORPUS / "vectors.npz"
    steps = 512

    def __init__(self) -> None:
        self._vectors: dict[int, NDArray[np.int8]] = {}
        self._asked: set[int] = set()
        self._meaning: Meaning | None = None
        if self.path.exists():
            with np.load(self.path, allow_pickle=False) as stored:
                self._vectors = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))

    def encode(self, texts: Sequence[str]) -> Array:
        """One row for each text."""
        kept = np.stack([self.steps_of(text) for text in texts])
        return np.asarray(kept / np.float32(self.steps), np.float32)

    def steps_of(self, text: str, *, anew: bool = False) -> NDArray[np.int8]:
        """The kept vector of a text; ``anew`` encodes it in any case."""
        key = _key(text)
        self._asked.add(key)
        if anew or key not in self._vectors:
            self._meaning = self._meaning or Meaning()
            row = self._meaning.encode([text])[0] * self.steps
            self._vectors[key] = np.clip(np.rint(row), -127, 127).astype(np.int8)
        return self._vectors[key]

    def has(self, text: str) -> bool:
        """Whether a text's vector is kept."""
        return _key(text) in self._vectors

    def write(self) -> None:
        """Keep what has been asked for."""
        keys = sorted(self._asked)
        rows = np.stack([self._vectors[key] for key in keys])
        np.savez_compressed(self.path, keys=np.array(keys, np.uint64), vectors=rows)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def make(given: Iterable[Example], kept: Kept) -> dict[str, Any]:
    """Train the networks; the arrays of the weights file."""
    given = [*given, *written()]
    given += [example for example in given if example.item["situation"] == BASICS]
    listed = [example for example in given if example.parts]
    wanted = np.array([_wanted(example.item) for example in listed], np.float32)
    vocabulary, vectors = _word_vectors(listed, kept)
    letters, words = Letters(), Words(vocabulary, vectors)
    quick = [quick_inputs(letters, words, example.parts) for example in listed]
    thorough = [thorough_inputs(letters, kept, example.parts) for example in listed]
    figures = [pair for e in given for pair in zip(e.clues, e.roles, strict=True)]
    clues, roles = [clue for clue, _ in figures], np.array([role for _, role in figures])
    return {
        "words": packed(vocabulary),
        "word_vectors": vectors,
        **_train_sets(quick, wanted).arrays("quick"),
        **_train_sets(thorough, wanted).arrays("thorough"),
        **_train_choice(quick_clues(words, clues), roles).arrays("quick_roles"),
        **_train_choice(thorough_clues(words, kept, clues), roles).arrays("thorough_roles"),
    }


def _word_vectors(given: Sequence[Example], kept: Kept) -> tuple[list[str], NDArray[np.int8]]:
    """What each word means by itself, the less the more messages have it (SIF, Arora 2017)."""
    texts = [{w for part in example.parts for w in words_of(part.text)} for example in given]
    counts = Counter(word for words in texts for word in words)
    vocabulary = sorted(word for word, count in counts.items() if count >= _FEWEST_MESSAGES)
    rows = np.array(kept.encode(vocabulary), np.float64)
    rows -= rows.mean(axis=0)
    _, _, axes = np.linalg.svd(rows, full_matrices=False)
    rows = rows @ axes[:WORDS_DIMENSIONS].T
    rows /= rows.std()
    shares = np.array([counts[word] / len(given) for word in vocabulary])
    rows *= (_COMMON / (_COMMON + shares))[:, None]
    return vocabulary, np.clip(np.rint(rows * WORDS_STEPS), -127, 127).astype(np.int8)


def write() -> None:
    """Make the weights from the whole corpus and put them beside the judge."""
    kept = Kept()
    np.savez_compressed(WEIGHTS, **make(examples(), kept))
    kept.write()
    for path in (WEIGHTS, Kept.path):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def judge_of_dev() -> Judge:
    """A judge that has not seen the held-out half, to be measured on it."""
    return Judge(make(examples(lambda item: not is_held_out(item)), Kept()), Meaning())


def _wanted(item: dict[str, Any]) -> list[float]:
    names = [*item["acts"], *(f"on {topic}" for topic in item["topics"])]
    return [float(n in names) for n in (*ACTS, *(f"on {topic}" for topic in TOPICS))]


# -- gold roles


def role_of(figure: Figure, terms: dict[str, Any]) -> Role | None:
    """The role a figure must have for ``terms`` (their JSON form) to come out."""
    return next((role for role, fits in _FITS.items() if fits(figure, terms)), None)


def _same(value: object, amount: Decimal) -> bool:
    try:
        return Decimal(str(value)) == amount
    except InvalidOperation:
        return False


def _amount(named: dict[str, Any] | None, amount: Decimal) -> bool:
    if named is None:
        return False
    digits = str(named["amount"]).replace(".", "").replace(",", "")
    return _same(named["amount"], amount) or (
        bool(named.get("ambiguous")) and _same(digits, Decimal(str(amount).replace(".", "")))
    )


def _is_price(figure: Figure, terms: dict[str, Any]) -> bool:
    price = terms.get("price")
    currencies = {figure.currency, (price or {}).get("currency")} - {None}
    is_money = figure.kind in (Kind.MONEY, Kind.BARE)
    return is_money and _amount(price, figure.amount) and len(currencies) <= 1


def _is_quantity(figure: Figure, terms: dict[str, Any]) -> bool:
    is_count = figure.kind in (Kind.COUNT, Kind.BARE)
    return is_count and _amount(terms.get("quantity"), figure.amount)


def _is_share(figure: Figure, share: object) -> bool:
    return figure.kind in (Kind.PERCENT, Kind.BARE) and _same(share, figure.amount)


def _is_span(figure: Figure, days: object) -> bool:
    return figure.kind in (Kind.SPAN, Kind.BARE) and bool(days) and days_of(figure) == days


def _is_warranty(figure: Figure, terms: dict[str, Any]) -> bool:
    months = figure.amount * (12 if figure.span == "year" else 1)
    is_span = figure.kind in (Kind.SPAN, Kind.BARE) and figure.span in ("month", "year", None)
    return is_span and _same(terms.get("warranty_months"), months)


def _is_until(figure: Figure, terms: dict[str, Any]) -> bool:
    until = terms.get("validity", {}).get("until")
    if figure.day is None or until is None:
        return False
    try:
        day = datetime.strptime(f"{until} {figure.day.year}", "%d %B %Y").date()
    except ValueError:
        return bool(until == figure.written)
    return day == figure.day


def _code(figure: Figure) -> str | None:
    return figure.incoterm.code.value if figure.incoterm else None


_FITS: dict[Role, Callable[[Figure, dict[str, Any]], bool]] = {
    Role.INCOTERM: lambda f, t: bool(_code(f)) and t.get("incoterm", {}).get("code") == _code(f),
    Role.METHOD: lambda f, t: bool(f.method) and t.get("payment", {}).get("method") == f.method,
    Role.PRICE: _is_price,
    Role.QUANTITY: _is_quantity,
    Role.DEPOSIT: lambda f, t: _is_share(f, t.get("payment", {}).get("deposit_pct")),
    Role.DISCOUNT: lambda f, t: _is_share(f, t.get("discount_pct")),
    Role.LEAD_TIME: lambda f, t: _is_span(f, t.get("lead_time_days")),
    Role.PAYMENT_DAYS: lambda f, t: _is_span(f, t.get("payment", {}).get("days")),
    Role.VALIDITY: lambda f, t: _is_span(f, t.get("validity", {}).get("days")) or _is_until(f, t),
    Role.WARRANTY: _is_warranty,
    Role.DELIVERY_DATE: lambda f, t: bool(f.day) and t.get("delivery_date") == str(f.day),
}


# -- learning


def _train_sets(rows: list[Array], wanted: Array) -> Network:
    """Learn what holds in one row or another of each set of rows (noisy-or)."""
    starts = np.cumsum([0, *map(len, rows)])
    stacked = np.vstack(rows)

    def batch(chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], Callable[[Array], Array]]:
        places = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in chosen])
        owners = np.repeat(np.arange(len(chosen)), [len(rows[i]) for i in chosen])
        right = wanted[chosen]

        def slope(scores: Array) -> Array:
            total = np.zeros_like(right)
            np.add.at(total, owners, np.logaddexp(np.float32(0), scores))
            total = np.maximum(total, _RARE)
            outer = (1 - right) - right * np.exp(-total) / -np.expm1(-total)
            return np.asarray(outer[owners] / (1 + np.exp(-scores)) / len(chosen), np.float32)

        return places, slope

    start = Start(_ACTS_UNITS, wanted.shape[1], bias=-2.0)
    return _descend(stacked, len(rows), batch, start)


def _train_choice(rows: Array, right: NDArray[np.intp]) -> Network:
    """Learn the one right alternative of each row (softmax)."""

    def batch(chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], Callable[[Array], Array]]:
        def slope(scores: Array) -> Array:
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            found = powers / powers.sum(axis=1, keepdims=True)
            found[np.arange(len(chosen)), right[chosen]] -= 1
            return np.asarray(found / len(chosen), np.float32)

        return chosen, slope

    start = Start(_ROLES_UNITS, len(ROLES), bias=0.0)
    return _descend(rows, len(rows), batch, start)


@dataclass(frozen=True, slots=True)
class Start:
    """Where learning starts."""

    units: int
    scores: int
    bias: float


def _descend(
    rows: Array,
    count: int,
    batch: Callable[[NDArray[np.intp]], tuple[NDArray[np.intp], Callable[[Array], Array]]],
    start: Start,
) -> Network:
    """Adam with dropout and a cosine schedule."""
    rng = np.random.default_rng(0)
    width = rows.shape[1]
    values = [
        rng.normal(0, 1 / np.sqrt(width), (width, start.units)).astype(np.float32),
        np.zeros(start.units, np.float32),
        rng.normal(0, 0.5 / np.sqrt(start.units), (start.units, start.scores)).astype(np.float32),
        np.zeros((width, start.scores), np.float32),
        np.full(start.scores, start.bias, np.float32),
    ]
    learned = [Adam.of(value) for value in values]
    steps = _EPOCHS * -(-count // _BATCH)
    step = 0
    for _ in range(_EPOCHS):
        order = rng.permutation(count)
        for at in range(0, count, _BATCH):
            places, slope = batch(order[at : at + _BATCH])
            step += 1
            rate = _RATE * (0.5 + 0.5 * np.cos(np.pi * step / steps))
            inputs = _thinned(rows[places], _INPUT_LOSS, rng)
            for one, by in zip(learned, _slopes(values, inputs, slope, rng), strict=True):
                one.move(by, step, rate)
    return Network(*values)


@dataclass(frozen=True, slots=True)
class Adam:
    """Adam with decoupled weight decay (Loshchilov, Hutter 2019); all in place, for speed."""

    value: Array
    first: Array
    second: Array
    scratch: Array

    @classmethod
    def of(cls, value: Array) -> Self:
        """Without momentum yet."""
        return cls(value, *(np.zeros_like(value) for _ in range(3)))

    def move(self, by: Array, step: int, rate: float) -> None:
        """Go down the slope ``by``, which is used up."""
        np.multiply(by, np.float32(0.1), out=self.scratch)
        np.multiply(self.first, np.float32(0.9), out=self.first)
        np.add(self.first, self.scratch, out=self.first)
        np.multiply(by, by, out=by)
        np.multiply(by, np.float32(0.001), out=by)
        np.multiply(self.second, np.float32(0.999), out=self.second)
        np.add(self.second, by, out=self.second)
        np.sqrt(self.second, out=self.scratch)
        np.multiply(self.scratch, np.float32((1 - 0.999**step) ** -0.5), out=self.scratch)
        np.add(self.scratch, np.float32(1e-8), out=self.scratch)
        np.divide(self.first, self.scratch, out=self.scratch)
        np.multiply(self.scratch, np.float32(rate / (1 - 0.9**step)), out=self.scratch)
        if self.value.ndim > 1:
            np.multiply(self.value, np.float32(1 - rate * _DECAY), out=self.value)
        np.subtract(self.value, self.scratch, out=self.value)


def _thinned(rows: Array, loss: float, rng: np.random.Generator) -> Array:
    kept = rng.random(rows.shape, np.float32) > loss
    return rows * kept * np.float32(1 / (1 - loss))


def _slopes(
    values: list[Array], inputs: Array, slope: Callable[[Array], Array], rng: np.random.Generator
) -> list[Array]:
    hidden, hidden_bias, output, direct, bias = values
    active = np.maximum(inputs @ hidden + hidden_bias, 0)
    thinned = _thinned(active, _UNIT_LOSS, rng)
    by_score = slope(thinned @ output + inputs @ direct + bias)
    by_unit = (by_score @ output.T) * (thinned > 0) * np.float32(1 / (1 - _UNIT_LOSS))
    return [
        inputs.T @ by_unit,
        by_unit.sum(axis=0),
        thinned.T @ by_score,
        inputs.T @ by_score,
        by_score.sum(axis=0),
    ]
