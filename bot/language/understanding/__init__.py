"""Understanding: what a learner's message does, names and asks, in English, German and French."""

from bot.language.understanding.json_form import as_json
from bot.language.understanding.understander import SpacyUnderstander

__all__ = ["SpacyUnderstander", "as_json"]
