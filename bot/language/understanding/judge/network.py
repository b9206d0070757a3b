"""A network with one hidden layer, as plain arrays, and how its scores become probabilities.

Decides nothing by itself; ``benchmarks.training`` makes the arrays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """``max(0, x @ hidden + hidden_bias) @ output + x @ direct + bias``."""

    hidden: Array
    """(inputs, hidden units)"""
    hidden_bias: Array
    output: Array
    """(hidden units, scores)"""
    direct: Array
    """(inputs, scores)"""
    bias: Array

    def scores(self, inputs: Array) -> Array:
        """The scores of each row of ``inputs``."""
        active = np.maximum(inputs @ self.hidden + self.hidden_bias, 0)
        scores: Array = active @ self.output + inputs @ self.direct + self.bias
        return scores

    @classmethod
    def of(cls, arrays: Mapping[str, Any], name: str) -> Self:
        """The network stored under ``name``."""
        stored = {one.name: arrays[f"{name}.{one.name}"] for one in fields(cls)}
        return cls(**{key: array.astype(np.float32) for key, array in stored.items()})

    def arrays(self, name: str) -> dict[str, NDArray[np.float16]]:
        """The arrays to store under ``name``, in half precision."""
        return {f"{name}.{f.name}": getattr(self, f.name).astype(np.float16) for f in fields(self)}


def at_least_once(scores: Array) -> Array:
    """The probability that something holds in one row or another (noisy-or), by column."""
    found: Array = -np.expm1(-np.logaddexp(np.float32(0), scores).sum(axis=0))
    return found


def one_of(scores: Array) -> Array:
    """The probabilities of alternatives (softmax), by row."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Array = powers / powers.sum(axis=-1, keepdims=True)
    return found
