"""One LanguageTool server for a whole run of the tests, whoever asks for it first.

It lives in a thread with a loop of its own, so that tests of any loop scope can use it by its URL.
Import it as ``tests.language.grammar.running`` everywhere, so that there is only one of it.
"""

import asyncio
import os
import threading
from functools import cache
from pathlib import Path

from bot.language.grammar.server import LanguageToolServer

ROOT = Path(__file__).resolve().parents[3]


def data_dir() -> Path:
    """Where ``make install`` has put the jars."""
    return Path(os.environ.get("KONTOR_DATA") or ROOT / ".kontor")


@cache
def languagetool_url() -> str:
    """The URL of a server that is warm in every language; started at the first call.

    ``KONTOR_TEST_LANGUAGETOOL_URL`` names one that runs already (a developer's shortcut).
    """
    outside = os.environ.get("KONTOR_TEST_LANGUAGETOOL_URL")
    if outside:
        return outside
    loop = asyncio.new_event_loop()
    # A daemon: the kernel ends Java with the thread that started it.
    threading.Thread(target=loop.run_forever, name="languagetool", daemon=True).start()
    return asyncio.run_coroutine_threadsafe(_start(), loop).result()


async def _start() -> str:
    server = LanguageToolServer(data_dir=data_dir())
    await server.start()
    state = await server.wait_until_ready()
    assert state.url is not None
    return state.url
