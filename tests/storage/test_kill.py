"""A process is killed in the middle of its work: what it has reported is there, whole."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.messages import LearnerSaid
from bot.storage import migrate, open_storage
from tests.storage.samples import LI, NOW

ROOT = Path(__file__).parents[2]


@pytest.mark.real
@pytest.mark.parametrize("reports", [1, 57])
async def test_what_a_killed_process_has_reported_is_there(url: str, reports: int) -> None:
    reported = await asyncio.to_thread(_commit_and_be_killed, url, reports)
    await migrate(url)
    async with open_storage(url) as storage:
        letters = await storage.outbox.page(LI, after=0, limit=100_000)
        said = [letter.outgoing.content for letter in letters]
        numbers = [int(content.text) for content in said if isinstance(content, LearnerSaid)]
        assert numbers == list(range(len(numbers)))
        assert reported <= len(numbers) <= reported + 1  # the last may be committed, not reported
        async with storage.store.transaction() as work:
            for number in numbers:
                assert not await work.mark(LI, f"u{number}", NOW)
            assert await work.mark(LI, f"u{len(numbers)}", NOW)


def _commit_and_be_killed(url: str, reports: int) -> int:
    """The number of commits reported; the kill comes after ``reports`` of them at the earliest."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.committing", url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        for _ in range(reports):
            assert process.stdout.readline()
        process.kill()
        return reports + len(process.stdout.readlines())
