"""The specification's own verdict on a call, where the specification lies beside the project.

Decides nothing: reports what `../shared/botapi/specval.py` says, and nothing at all where that is
absent.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_SPECVAL = Path(__file__).parents[2] / "../shared/botapi/specval.py"


def violations(method: str, fields: Mapping[str, Any]) -> list[str]:
    """What is wrong with the call by the specification, one line each."""
    return [f"{method}: {error}" for error in _validator()(method, dict(fields))]


def is_present() -> bool:
    """Whether there is a specification to ask."""
    return _SPECVAL.is_file()


@cache
def _validator() -> Callable[[str, dict[str, Any]], list[str]]:
    if not is_present():
        return lambda method, fields: []
    spec = importlib.util.spec_from_file_location("specval", _SPECVAL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # it leaves its data file to the collector
        spec.loader.exec_module(module)
    validate: Callable[[str, dict[str, Any]], list[str]] = module.validate
    return validate
