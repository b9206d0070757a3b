"""The shipped content, read once for all tests of a process: reading YAML takes a second."""

from functools import cache

from bot import content
from bot.app import CONTENT


@cache
def shipped() -> content.Library:
    """All exercises, phrases and words."""
    return content.load(CONTENT)
