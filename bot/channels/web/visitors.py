"""Who a request is from, and whether it really comes from our own page.

Decides about the cookie and about cross-site requests. Does not know accounts: a cookie stands for
a chat, and only the hash of its token is ever stored.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.domain.messages import Channel, Chat
from bot.ports import WebKeys

KEY_COOKIE = "kontor_key"
INTERFACE_COOKIE = "kontor_lang"  # written by the page; chooses the shell's language
KEY_BYTES = 32
KEY_AGE = timedelta(days=365)


def token_hash(token: str) -> str:
    """What is stored of a token; a plain SHA-256 does, since the token is random and long."""
    return hashlib.sha256(token.encode()).hexdigest()


async def chat_of(request: Request, webkeys: WebKeys) -> Chat | None:
    """The chat this browser belongs to, if its cookie is known."""
    token = request.cookies.get(KEY_COOKIE)
    return await webkeys.chat_for(token_hash(token)) if token else None


def new_token() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def chat_entered_with(key: str) -> Chat:
    """The chat that entering with this key opens.

    The key is made at random in the browser (122 bits) and forgotten after success, so that
    pressing the button again after a lost answer leads to the same chat and not to a second
    learner of the same name.
    """
    return Chat(channel=Channel.WEB, id=hashlib.sha256(f"enter:{key}".encode()).hexdigest()[:32])


def give_token(response: Response, token: str, *, is_https: bool) -> None:
    """Let the browser keep its token, out of reach of scripts."""
    response.set_cookie(
        KEY_COOKIE,
        token,
        max_age=int(KEY_AGE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_https,
    )


def is_same_origin(request: Request) -> bool:
    """Whether a page of this very host made the request.

    ``Sec-Fetch-Site`` is the browser's own word, but only secure contexts send it; ``Origin``
    comes with every POST.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
