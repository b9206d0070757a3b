"""Updates by webhook: answered with 200 only after their transaction, so Telegram is the queue."""

import hmac
import json
import logging

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.channels.telegram.reception import Reception
from bot.channels.telegram.updates import ALLOWED
from bot.domain.errors import StorageUnavailable

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 100  # updates in flight at once; the Bot API's maximum
LARGEST_BODY = 1_000_000  # bytes; an update is far smaller
TRIES = 5  # of one update in this process before its writer is told that it failed

log = logging.getLogger(__name__)


class Webhook:
    """The endpoint Telegram posts to."""

    def __init__(self, *, bot: Bot, reception: Reception, secret: str) -> None:
        self._bot = bot
        self._reception = reception
        self._secret = secret
        self._failures: dict[int, int] = {}
        self.route = Route(PATH, self._receive, methods=["POST"])

    async def register(self, base_url: str) -> None:
        """Tell Telegram where to post."""
        await self._bot.set_webhook(
            url=base_url.rstrip("/") + PATH,
            secret_token=self._secret,
            allowed_updates=list(ALLOWED),
            max_connections=CONNECTIONS,
        )

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=403)
        body = await request.body()
        if len(body) > LARGEST_BODY:
            return Response(status_code=413)
        try:
            update = Update.de_json(json.loads(body), self._bot)
        except (ValueError, KeyError, TypeError):
            log.warning("an unreadable update was refused")
            return Response(status_code=400)
        return await self._handle(update)

    async def _handle(self, update: Update) -> Response:
        try:
            await self._reception.handle(update)
        except StorageUnavailable as error:  # not the update's fault, however long it lasts
            log.warning("update %s waits: %s", update.update_id, error)
            return Response(status_code=503)
        except Exception:
            log.exception("update %s failed", update.update_id)
            failures = self._failures[update.update_id] = 1 + self._failures.get(
                update.update_id, 0
            )
            if failures < TRIES:
                return Response(status_code=503)
            if failures < 2 * TRIES and not await self._is_given_up(update):
                return Response(status_code=503)
        self._failures.pop(update.update_id, None)
        return Response(status_code=200)

    async def _is_given_up(self, update: Update) -> bool:
        try:
            await self._reception.give_up(update)
        except Exception:
            log.exception("update %s failed, and so did the apology", update.update_id)
            return False
        return True
