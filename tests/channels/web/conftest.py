"""A site with nobody on it, served on a free port."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.channels.web.browser import browser, page
from tests.channels.web.fakes import World
from tests.channels.web.serving import Site

__all__ = ["browser", "page"]


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    site = Site(World())
    await site.start()
    yield site
    await site.stop()
