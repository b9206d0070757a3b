"""What a test waits for before it begins."""

import asyncio

import aiohttp

from tests.kontor import Kontor
from tests.language.grammar.running import languagetool_url


async def real_languagetool() -> str:
    """The address of the LanguageTool all tests of a run share."""
    return await asyncio.to_thread(languagetool_url)


async def with_languagetool(app: Kontor, *, limit_s: float = 120) -> None:
    """Wait until the app has found LanguageTool warm."""
    async with asyncio.timeout(limit_s), aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"{app.url}/health") as answer:
                if (await answer.json())["languagetool"] == "ready":
                    return
            await asyncio.sleep(0.1)
