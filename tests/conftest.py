"""One LanguageTool for all workers of a parallel run: two would fight for the same two cores."""

import os

import pytest

from tests.language.grammar.running import languagetool_url


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start it before the workers, which inherit its address."""
    options = session.config.option
    is_parallel = getattr(options, "numprocesses", None) and not hasattr(
        session.config, "workerinput"
    )
    if is_parallel and options.markexpr == "real":
        os.environ["KONTOR_TEST_LANGUAGETOOL_URL"] = languagetool_url()
