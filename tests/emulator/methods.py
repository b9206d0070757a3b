"""What the Bot API's methods do.

Decides the answer to each method; those about messages stand in `messages`. Does not know how a
request came (HTTP, or the body of a webhook's answer).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.emulator.checks import Refusal, as_json
from tests.emulator.messages import Fields, Messages, Method
from tests.emulator.people import Answer
from tests.emulator.webhook import Webhook
from tests.emulator.world import World

_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class Methods:
    """The Bot API over a world."""

    def __init__(
        self, world: World, *, carry_out: Callable[[str, Fields], Awaitable[object]]
    ) -> None:
        """`carry_out` does a call that came in a webhook's answer."""
        self._world = world
        self._carry_out = carry_out
        self._by_name: dict[str, Method] = {
            **Messages(world).by_name,
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "answerCallbackQuery": self._answer_press,
            "getFile": self._get_file,
        }

    async def call(self, name: str, fields: Fields) -> Any:
        """The method's result.

        Raises:
            Refusal: the server says no.
        """
        method = self._by_name.get(name)
        if method is not None:
            return await method(fields)
        if name.startswith(("set", "delete")):
            self._world.profile[name] = dict(fields)
            return True
        raise Refusal(404, "Not Found: method not found")

    async def _get_me(self, fields: Fields) -> dict[str, Any]:
        return {
            **self._world.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _get_updates(self, fields: Fields) -> list[dict[str, Any]]:
        if self._world.webhook is not None:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._allow(fields)
        batch = await self._world.updates.poll(
            offset=int(fields.get("offset") or 0),
            limit=min(max(int(fields.get("limit") or 100), 1), 100),
            timeout_s=min(float(fields.get("timeout") or 0), 50),
        )
        self._world.bell.ring()
        return batch

    async def _set_webhook(self, fields: Fields) -> bool:
        if not fields.get("url"):
            return await self._delete_webhook(fields)
        self._allow(fields)
        wanted = (
            str(fields["url"]),
            str(fields["secret_token"]) if fields.get("secret_token") else None,
            min(max(int(fields.get("max_connections") or 40), 1), 100),
        )
        present = self._world.webhook
        if present and wanted == (present.url, present.secret_token, present.max_connections):
            return True  # "Webhook is already set": deliveries under way go on
        await self._delete_webhook(fields)
        self._world.updates.end_poll(Refusal(409, "Conflict: terminated by setWebhook request"))
        url, secret_token, max_connections = wanted
        self._world.webhook = Webhook(
            url=url,
            secret_token=secret_token,
            max_connections=max_connections,
            updates=self._world.updates,
            rng=self._world.rng,
            time_scale=self._world.settings.time_scale,
            carry_out=self._follow,
            delivered=self._world.log_delivery,
        )
        return True

    async def _delete_webhook(self, fields: Fields) -> bool:
        if self._world.webhook is not None:
            webhook, self._world.webhook = self._world.webhook, None
            await webhook.close()
        if str(fields.get("drop_pending_updates", "")).lower() == "true":
            self._world.updates.waiting.clear()
        return True

    async def _get_webhook_info(self, fields: Fields) -> dict[str, Any]:
        webhook = self._world.webhook
        info: dict[str, Any] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates.waiting),
        }
        if webhook is not None:
            info["max_connections"] = webhook.max_connections
            if webhook.last_error is not None:
                info["last_error_date"], info["last_error_message"] = webhook.last_error
        return info

    async def _follow(self, call: dict[str, Any]) -> None:
        """The method in a webhook's answer; its result, good or bad, goes nowhere."""
        name = str(call.pop("method"))
        if name.startswith("get") or name in ("setWebhook", "deleteWebhook", "close", "logOut"):
            return
        await self._carry_out(name, call)

    async def _answer_press(self, fields: Fields) -> bool:
        text = str(fields.get("text", ""))
        if len(text) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        person, pressed_at = self._world.presses.get(
            str(fields.get("callback_query_id")), (None, 0.0)
        )
        late = time.monotonic() - pressed_at > self._world.settings.answer_within_s
        if person is None or late:
            raise Refusal(400, _TOO_OLD)
        show_alert = str(fields.get("show_alert", "")).lower() == "true"
        person.answers.append(Answer(text, show_alert))
        self._world.bell.ring()
        return True

    async def _get_file(self, fields: Fields) -> dict[str, Any]:
        file_id = str(fields.get("file_id"))
        if file_id not in self._world.files:
            raise Refusal(400, "Bad Request: invalid file_id")
        return {
            "file_id": file_id,
            "file_unique_id": file_id.replace("file-", "u"),
            "file_size": len(self._world.files[file_id]),
            "file_path": f"documents/{file_id}",
        }

    def _allow(self, fields: Fields) -> None:
        if fields.get("allowed_updates"):
            self._world.updates.allowed = frozenset(as_json(fields["allowed_updates"], []))
