"""The understander: reads a learner's message off the event loop and never raises.

Decides threads, loading and what a foreign or unreadable message becomes; the reading is the
pipeline's.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from spacy.language import Language as Pipeline

from bot.domain.languages import Language
from bot.domain.understanding import Act, Context, Topic, Understanding
from bot.language.understanding.foreign import foreign_language, identifier
from bot.language.understanding.judge import Judge, Judgement
from bot.language.understanding.normalise import normalise
from bot.language.understanding.pipeline import make_pipeline, read_doc
from bot.language.understanding.reading import CLEAR, NOTHING, Reading
from bot.language.understanding.references import Found
from bot.language.understanding.rules import rules_for
from bot.language.understanding.spelling import correct_spelling

logger = logging.getLogger(__name__)
_FOREIGN_SURE = 0.9
_AMBIGUOUS = 0.7  # Factor: a figure that reads two ways is asked about, not acted on.


class SpacyUnderstander:
    """Understands English, German and French by spaCy pipelines with our own components."""

    def __init__(self, *, today: Callable[[], date], judge: Judge | None = None) -> None:
        self._today = today
        self._judge = judge
        self._pipelines: dict[Language, Pipeline] = {}
        self._loading = threading.Lock()
        self._executors = {
            language: ThreadPoolExecutor(1, thread_name_prefix=f"understand-{language}")
            for language in Language
        }

    async def warm(self) -> None:
        """Load all three languages."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(
            *(loop.run_in_executor(self._executors[one], self._warm, one) for one in Language)
        )

    async def understand(self, text: str, language: Language, context: Context) -> Understanding:
        """Read one message in the language's own thread."""
        loop = asyncio.get_running_loop()
        executor = self._executors[language]
        return await loop.run_in_executor(executor, self.read, text, language, context)

    def read(self, text: str, language: Language, context: Context) -> Understanding:
        """Read one message here and now."""
        try:
            return self._read(text, language, context)
        except Exception:
            logger.exception("a message in %s could not be read", language)
            return Understanding(acts=(Act.OTHER,), confidence=0.0)

    def close(self) -> None:
        """End the threads."""
        for executor in self._executors.values():
            executor.shutdown(wait=False, cancel_futures=True)

    def _warm(self, language: Language) -> None:
        identifier()
        self.read("5,000 pcs", language, Context())

    def _pipeline(self, language: Language) -> Pipeline:
        with self._loading:
            if language not in self._pipelines:
                self._pipelines[language] = make_pipeline(language)
            return self._pipelines[language]

    def _read(self, text: str, language: Language, context: Context) -> Understanding:
        text = normalise(text)
        if foreign := foreign_language(text, rules_for(language)):
            return Understanding(acts=(Act.OTHER,), foreign=foreign, confidence=_FOREIGN_SURE)
        text = correct_spelling(text, language)
        doc = read_doc(self._pipeline(language), text, context, self._today(), self._judge)
        reading: Reading = doc._.reading
        found: Found = doc._.found
        ambiguous = any(
            figure is not None and figure.ambiguous
            for figure in (doc._.terms.price, doc._.terms.quantity)
        )
        return Understanding(
            acts=tuple(act for act in Act if act in reading.evidence) or (Act.OTHER,),
            topics=tuple(topic for topic in Topic if topic in reading.topics),
            terms=doc._.terms,
            register=doc._.register,
            probes=doc._.probes,
            confidence=_confidence(doc._.judgement, reading, ambiguous=ambiguous),
            doubt=doc._.judgement.doubt,
            references=tuple(found.references),
            corrects=found.corrects,
            granted=tuple(topic for topic in Topic if topic in found.granted),
            disputed=tuple(topic for topic in Topic if topic in found.disputed),
            mentions=doc._.mentions,
        )


def _confidence(judgement: Judgement, reading: Reading, *, ambiguous: bool) -> float:
    sure = judgement.confidence
    if not judgement.found:
        sure = min(sure, NOTHING) if Act.OFFER not in reading.evidence else CLEAR
    return round(sure * (_AMBIGUOUS if ambiguous else 1.0), 2)
