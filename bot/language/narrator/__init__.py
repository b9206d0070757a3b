"""Lets a language model rephrase what the buyer says, and believes it nothing."""

from bot.language.narrator.model import Model
from bot.language.narrator.narrator import ModelNarrator

__all__ = ["Model", "ModelNarrator"]
