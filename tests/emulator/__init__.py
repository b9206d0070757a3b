"""A Bot API server for tests: real HTTP, people who write and press, and the server's own manners.

    async with Emulator.start() as emulator:
        learner = emulator.user(7)
        await learner.send("/start")
        welcome = await learner.wait_for("Kontor")

The modules: `server` (HTTP), `methods` (what a call does), `checks` and `markup` (what is
refused), `updates` and `webhook` (how updates reach the bot), `people`, `world` (what is
remembered), `control` (from another process), `oracle` (the specification's verdict, where it is
at hand).
"""

from tests.emulator.checks import Limits
from tests.emulator.people import Button, Person, Received
from tests.emulator.server import TOKEN, Emulator
from tests.emulator.world import Call

__all__ = ["TOKEN", "Button", "Call", "Emulator", "Limits", "Person", "Received"]
