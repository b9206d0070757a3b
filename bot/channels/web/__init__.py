"""The web page as a full channel. ``create_app`` builds it, ``PageServer`` serves it."""

from bot.channels.web.app import create_app
from bot.channels.web.server import PageServer
from bot.channels.web.wake import Wake

__all__ = ["PageServer", "Wake", "create_app"]
