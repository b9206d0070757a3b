"""Doubtful messages as lines of a corpus to be labelled (``benchmarks/corpus/README.md``)."""

import json
from typing import Any

from bot.domain.understanding import Act, Context
from bot.language.understanding import as_json
from bot.usecases.doubts import Doubt


def line(doubt: Doubt) -> str:
    """One JSON line. What was understood is a proposal; the situation is for the labeller."""
    read = as_json(doubt.understanding)
    item: dict[str, Any] = {"lang": doubt.language.value, "text": doubt.text}
    if doubt.context is not None:
        item["context"] = _context(doubt.context)
    item["acts"] = read["acts"]
    item["topics"] = read["topics"] if Act.ASK in doubt.understanding.acts else []
    item["terms"] = read["terms"]
    item["confidence"] = read["confidence"]
    return json.dumps(item, ensure_ascii=False)


def _context(context: Context) -> dict[str, Any]:
    values = {
        "currency": context.currency,
        "asked": context.asked.value if context.asked else None,
        "confirming": context.confirming or None,
    }
    return {key: value for key, value in values.items() if value is not None}
