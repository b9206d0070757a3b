"""What holds for every test.

One LanguageTool serves all workers of a parallel run: two would fight for the same two cores. In
CI the property tests try the same inputs every time; elsewhere they look for new ones.
"""

import os

import pytest
from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers that share cores only wait for more

from tests.language.grammar.running import languagetool_url

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start it before the workers, which inherit its address."""
    options = session.config.option
    is_parallel = getattr(options, "numprocesses", None) and not hasattr(
        session.config, "workerinput"
    )
    if is_parallel and options.markexpr == "real":
        os.environ["KONTOR_TEST_LANGUAGETOOL_URL"] = languagetool_url()
