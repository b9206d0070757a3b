"""The server all tests of the checker share."""

from collections.abc import Iterator

import pytest

from bot.language.grammar.checker import LanguageToolChecker
from tests.language.grammar.running import languagetool_url


@pytest.fixture(scope="session")
def url() -> str:
    """A server that is warm in every language."""
    return languagetool_url()


@pytest.fixture(scope="session")
def checker(url: str) -> Iterator[LanguageToolChecker]:
    """The checker on it."""
    checker = LanguageToolChecker(lambda: url)
    yield checker
    checker.close()
