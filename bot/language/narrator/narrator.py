"""The narrator: the buyer's authored line in a language model's words, if they say the same."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.exercise import Persona
from bot.domain.languages import Band, Language
from bot.domain.understanding import Context
from bot.language.narrator.faithful import objection
from bot.language.narrator.model import Model
from bot.language.understanding import SpacyUnderstander

log = logging.getLogger(__name__)


class ModelNarrator:
    """``bot.ports.Narrator`` by an OpenAI-compatible server."""

    def __init__(
        self, model: Model, understander: SpacyUnderstander, *, today: Callable[[], date]
    ) -> None:
        self._model = model
        self._understander = understander
        self._today = today

    async def narrate(
        self,
        line: str,
        *,
        persona: Persona,
        language: Language,
        band: Band,
        said: Sequence[str],
    ) -> str:
        """See ``ports.Narrator``."""
        told = await self._model.rewrite(line, persona, language, band)
        if told is None:
            return line
        meant, heard = await asyncio.gather(
            self._understander.understand(line, language, Context()),
            self._understander.understand(told, language, Context()),
        )
        reason = objection(
            told,
            line,
            heard=heard,
            meant=meant,
            language=language,
            said=said,
            today=self._today(),
        )
        if reason is not None:
            log.warning("the narrator's line is not used (%s): the authored one is sent", reason)
            return line
        return told

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._model.close()
