"""Talks to an OpenAI-compatible server: a prompt in, a text out, or nothing.

Decides what the model is told and how long it may take. It is told the authored line and who
speaks; of the deal, of points and of limits it is told nothing.
"""

import json
import logging
import time
from http import HTTPStatus

import aiohttp

from bot.domain.exercise import Persona
from bot.domain.languages import Band, Language

log = logging.getLogger(__name__)

LIMIT_S = 5.0  # seconds; a learner's patience, and the grammar check takes half of it anyway
_MOST_BYTES = 65_536  # of an answer
_FAILURES = 3  # in a row, after which the server is left alone for a while
_REST_S = 60.0
_TEMPERATURE = 0.8  # lively; what strays too far is not used

_TASK = """\
You rewrite one chat message of {name} ({company}, {town}), a buyer, in {language}.
Keep every figure, date, currency, trade term and name exactly, keep every question, every offer,
every yes and every no, and add none. Change only the wording: natural {language} as this person
would type it to a supplier, readable at CEFR level {band}. Not longer than the original, one
paragraph, no quotation marks around it, nothing but the message."""
_NAMES = {Language.EN: "English", Language.DE: "German", Language.FR: "French"}


class Model:
    """One model behind ``url`` (``.../v1``)."""

    def __init__(self, url: str, *, name: str, key: str | None, limit_s: float = LIMIT_S) -> None:
        self._url = f"{url}/chat/completions"
        self._name = name
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._limit_s = limit_s
        self._session: aiohttp.ClientSession | None = None
        self._failures = 0
        self._rests_until = 0.0

    async def rewrite(
        self, line: str, persona: Persona, language: Language, band: Band
    ) -> str | None:
        """The line in other words, or nothing; never raises."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            told = await self._ask(line, persona, language, band)
        except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as error:
            self._note_failure(error)
            return None
        self._failures = 0
        return told

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _ask(self, line: str, persona: Persona, language: Language, band: Band) -> str:
        task = _TASK.format(
            name=persona.name,
            company=persona.company,
            town=persona.town,
            language=_NAMES[language],
            band=band,
        )
        asked = {
            "model": self._name,
            "temperature": _TEMPERATURE,
            "messages": [
                {"role": "system", "content": task},
                {"role": "user", "content": line},
            ],
        }
        timeout = aiohttp.ClientTimeout(total=self._limit_s)
        self._session = self._session or aiohttp.ClientSession(headers=self._headers)
        async with self._session.post(
            self._url, json=asked, timeout=timeout, allow_redirects=False
        ) as response:
            if response.status != HTTPStatus.OK:
                raise ValueError(f"status {response.status}")
            body = b""
            async for piece in response.content.iter_chunked(_MOST_BYTES):
                body += piece
                if len(body) > _MOST_BYTES:
                    raise ValueError("the answer is too long")
        answer = json.loads(body)
        told = answer["choices"][0]["message"]["content"]
        if not isinstance(told, str):
            raise TypeError("the answer is no text")
        return told.strip()

    def _note_failure(self, error: Exception) -> None:
        self._failures += 1
        log.warning(
            "the narrator gave no line (%s): the authored one is sent", type(error).__name__
        )
        if self._failures >= _FAILURES:
            self._failures = 0
            self._rests_until = time.monotonic() + _REST_S
