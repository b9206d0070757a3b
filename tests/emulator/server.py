"""The emulator itself: the Bot API over HTTP on the loopback.

Decides how requests and answers look on the wire, and what is logged. Does not know what methods
do.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from tests.emulator import control, oracle
from tests.emulator.checks import Limits, Refusal
from tests.emulator.messages import Fields
from tests.emulator.methods import Methods
from tests.emulator.webhook import Delivery
from tests.emulator.world import Call, Settings, World

TOKEN = "4242:KONTOR-TEST-TOKEN"
_LARGEST_REQUEST = 64 * 1024 * 1024


class Emulator(World):
    """A Bot API server for one bot, and the people it talks to."""

    def __init__(self, settings: Settings, *, log: Path | None = None) -> None:
        super().__init__(settings)
        self.url = ""
        self._log = log.open("a", encoding="utf-8") if log else None
        self._methods = Methods(self, carry_out=self.answer)

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        *,
        token: str = TOKEN,
        time_scale: float = 0.01,
        port: int = 0,
        limits: Limits | bool = False,
        log: Path | None = None,
        **settings: Any,
    ) -> AsyncIterator[Self]:
        """Serve until the block is left; `settings` are those of `Settings`."""
        rates = limits if isinstance(limits, Limits) else Limits() if limits else None
        emulator = cls(
            Settings(token=token, time_scale=time_scale, limits=rates, **settings), log=log
        )
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.router.add_route("*", "/bot{token}/{method}", emulator._serve_method)
        app.router.add_get("/file/bot{token}/{folder}/{file_id}", emulator._serve_file)
        app.add_routes(control.routes(emulator))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            emulator.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield emulator
        finally:
            await emulator._stop(runner)

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.settings.token

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls `base_file_url`."""
        return f"{self.url}/file/bot"

    async def answer(self, method: str, fields: Fields) -> tuple[int, dict[str, Any], float]:
        """Carry out one call and log it: status, body, seconds to hold the answer back."""
        shown = {name: _shown(value) for name, value in fields.items()}
        call = Call(method=method, fields=shown)
        self.calls.append(call)
        self.bell.ring()
        self.violations.extend(oracle.violations(method, shown))
        plan = self.next_plan(method)
        try:
            if plan is not None and plan.refusal is not None:
                raise plan.refusal
            call.result = await self._methods.call(method, fields)
            call.status, body = 200, {"ok": True, "result": call.result}
        except (Refusal, ValueError, TypeError, KeyError) as error:
            refusal = error if isinstance(error, Refusal) else _nonsense(error)
            call.status, call.description = refusal.status, refusal.description
            body = _refused(refusal)
        self._write({"call": method, "fields": shown, "status": call.status})
        self.bell.ring()
        return call.status, body, plan.stall_s if plan is not None else 0.0

    def log_delivery(self, delivery: Delivery) -> None:
        """Remember an attempt to deliver."""
        super().log_delivery(delivery)
        self._write({"delivered": delivery.update_id, "status": delivery.status})

    async def _serve_method(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.json_response(_refused(Refusal(401, "Unauthorized")), status=401)
        fields = await _fields(request)
        status, body, hold_s = await self.answer(request.match_info["method"], fields)
        if hold_s:
            await asyncio.sleep(hold_s)
        return web.json_response(body, status=status)

    async def _serve_file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["file_id"])
        if request.match_info["token"] != self.token or content is None:
            return web.json_response(_refused(Refusal(404, "Not Found")), status=404)
        return web.Response(body=content)

    async def _stop(self, runner: web.AppRunner) -> None:
        self.updates.end_poll()
        if self.webhook is not None:
            await self.webhook.close()
        await runner.cleanup()
        if self._log is not None:
            self._log.close()

    def _write(self, line: dict[str, Any]) -> None:
        if self._log is not None and not self._log.closed:
            self._log.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._log.flush()


async def _fields(request: web.Request) -> dict[str, Any]:
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        return {**fields, **await request.json()}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            fields[name] = value.filename, value.file.read()
        else:
            fields[name] = value
    return fields


def _shown(value: Any) -> Any:
    """A parameter for the log: a file by its name and size."""
    return f"{value[0]} ({len(value[1])} bytes)" if isinstance(value, tuple) else value


def _nonsense(error: Exception) -> Refusal:
    return Refusal(400, f"Bad Request: {type(error).__name__} {error}")


def _refused(refusal: Refusal) -> dict[str, Any]:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return body
