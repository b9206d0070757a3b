"""Every storage test runs on both engines; a second storage on the same database stands for
another process."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.storage import Storage, migrate, open_storage
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.real))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file."""
    path = tmp_path_factory.mktemp("sqlite") / "kontor.db"
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(f"sqlite:///{path}")).result()
    return path


def _fresh(request: pytest.FixtureRequest, engine: str, *, is_empty: bool) -> Iterator[str]:
    if engine == "sqlite":
        path = request.getfixturevalue("tmp_path") / "data" / "kontor.db"
        if not is_empty:
            path.parent.mkdir()
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    url = cluster.new_database(template="template0" if is_empty else "template_kontor")
    yield url
    cluster.drop(url)


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database without rows."""
    yield from _fresh(request, request.param, is_empty=False)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without tables."""
    yield from _fresh(request, request.param, is_empty=True)


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    """A storage over a fresh database."""
    async with open_storage(url) as opened:
        yield opened


@pytest.fixture
async def other(url: str) -> AsyncIterator[Storage]:
    """The same database, as another process has it open."""
    async with open_storage(url) as opened:
        yield opened
