"""A process for the kill test: commits as fast as it can and reports each commit on its output."""

import asyncio
import sys
from itertools import count

from bot.storage import open_storage
from tests.storage.samples import LI, NOW, make_outgoing


async def _commit_on_and_on(url: str) -> None:
    async with open_storage(url) as storage:
        for number in count():
            async with storage.store.transaction() as work:
                assert await work.mark(LI, f"u{number}", NOW)
                await work.send(make_outgoing(str(number)), at=NOW)
            print(number, flush=True)


asyncio.run(_commit_on_and_on(sys.argv[1]))
