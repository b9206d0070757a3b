"""The use cases over a real database file, with people who write and press."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import content
from bot.storage import migrate, open_storage
from tests.shipped import shipped
from tests.usecases.world import World


@pytest.fixture(scope="session")
def library() -> content.Library:
    """The shipped exercises."""
    loaded = shipped()
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without rows, to copy."""
    path = tmp_path_factory.mktemp("empty") / "kontor.db"
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(f"sqlite:///{path}")).result()
    return path


@pytest.fixture
async def world(
    tmp_path: Path, empty_database: Path, library: content.Library
) -> AsyncIterator[World]:
    """Nobody has come in yet; it is Wednesday, 2026-11-18, 10:00 in Shanghai."""
    path = tmp_path / "kontor.db"
    shutil.copy(empty_database, path)
    async with open_storage(f"sqlite:///{path}") as storage:
        yield World(storage, library)


@pytest.fixture
async def other(tmp_path: Path, world: World) -> AsyncIterator[World]:
    """The same database and clock in another process."""
    async with open_storage(f"sqlite:///{tmp_path / 'kontor.db'}") as storage:
        yield World(storage, world.library, clock=world.clock)
