"""Driving the people from another process, where the emulator runs by itself.

Decides which of a person's doings can be asked for over HTTP. Does not know the Bot API.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.emulator.people import Person
from tests.emulator.world import World

_DOINGS = ("send", "edit", "press", "sticker", "photo", "voice", "location", "contact")


def routes(world: World) -> list[web.RouteDef]:
    """`POST /control/<user>/<doing>` with its arguments, `GET /control/<user>/inbox`, calls."""

    async def do(request: web.Request) -> web.Response:
        doing = request.match_info["doing"]
        arguments: dict[str, Any] = await request.json() if request.can_read_body else {}
        person = world.user(int(request.match_info["user"]))
        if doing in ("block", "unblock"):
            getattr(world, doing)(person.id)
            return web.json_response({})
        if doing not in _DOINGS:
            raise web.HTTPNotFound
        try:
            return web.json_response({"update_id": await getattr(person, doing)(**arguments)})
        except LookupError as error:
            raise web.HTTPConflict(text=str(error)) from error

    async def inbox(request: web.Request) -> web.Response:
        return web.json_response(_inbox(world.user(int(request.match_info["user"]))))

    async def calls(request: web.Request) -> web.Response:
        shown = [(call.method, call.fields, call.status) for call in world.calls]
        return web.json_response({"calls": shown, "violations": world.violations})

    return [
        web.post(r"/control/{user:\d+}/{doing}", do),
        web.get(r"/control/{user:\d+}/inbox", inbox),
        web.get("/control/calls", calls),
    ]


def _inbox(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "text": one.text,
            "html": one.html,
            "edits": one.edits,
            "buttons": [asdict(button) for button in one.buttons],
            "photo_bytes": len(one.photo or b""),
        }
        for one in person.shown()
    ]
