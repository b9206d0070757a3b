"""The grammar checker: one text in, located findings out, by way of LanguageTool.

Decides how texts reach LanguageTool without ever blocking the event loop, and turns its matches
into findings counted in code points. Does not know which findings are worth showing.
"""

import asyncio
import logging
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

from language_tool_python import LanguageTool
from language_tool_python.exceptions import LanguageToolError
from language_tool_python.match import Match

from bot.domain.feedback import UNCHECKED, Check, Finding, FindingKind
from bot.domain.languages import Language
from bot.language.grammar.kinds import kind_of
from bot.language.grammar.names import may_be_chinese_name
from bot.language.grammar.profile import profiles
from bot.language.grammar.verb_end import with_verb_at_end

log = logging.getLogger(__name__)

_CHECKS_AT_ONCE = 2  # more threads than that only queue up inside LanguageTool (measured, 2 cores)
_LONGEST_S = 60.0  # the longest a check may hold a thread, whatever its caller would wait
_FIXES_KEPT = 5  # of up to 25; nobody reads more

# LanguageTool keeps the positions of 4-byte characters of the last text in attributes of the
# class: requests may overlap, building matches may not.
_matches_lock = threading.Lock()

# A lone surrogate cannot be sent, a control character makes LanguageTool lose count. Replaced one
# for one, so that places stay right.
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# Checks run as en-US; LanguageTool then says this of a British form, which is no error.
_OTHER_VARIANT = re.compile(r"is British English|British spelling", re.IGNORECASE)


class _Client(LanguageTool):
    """``language-tool-python`` with a time limit per request and without repeats."""

    def __init__(self, url: str, language: Language, *, limit_s: float) -> None:
        self._profile = profiles()[language]
        self._limit(limit_s)  # making a client asks the server for its languages
        super().__init__(self._profile.code, remote_server=url)

    def _create_params(self, text: str) -> dict[str, str]:
        return self._profile.parameters(text)

    def _query_server(
        self,
        url: str,
        params: dict[str, str] | None = None,
        num_tries: int = 1,
        method: Literal["get", "post"] = "get",
    ) -> Any:
        return super()._query_server(url, params, 1, method)

    def _limit(self, limit_s: float) -> None:
        self._TIMEOUT = limit_s  # type: ignore[assignment]

    def matches(self, text: str, *, limit_s: float) -> list[Match]:
        """The matches in a text."""
        self._limit(limit_s)
        answer = self._query_server(f"{self._url}check", self._create_params(text), method="post")
        with _matches_lock:
            return [Match(match, text) for match in answer["matches"]]


class LanguageToolChecker:
    """``ports.GrammarChecker`` through the server at ``url()``; ``None`` from it means *away*."""

    def __init__(self, url: Callable[[], str | None]) -> None:
        self._url = url
        self._threads = ThreadPoolExecutor(_CHECKS_AT_ONCE, thread_name_prefix="languagetool")
        self._clients = threading.local()

    def close(self) -> None:
        """Let the threads go; checks under way come back as *unchecked*."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def check(self, text: str, language: Language, *, timeout_s: float) -> Check:
        """See ``ports.GrammarChecker``."""
        if not text.strip():
            return Check(findings=())
        url = self._url()
        if url is None:
            return UNCHECKED
        timeout_s = min(timeout_s, _LONGEST_S)
        deadline = time.monotonic() + timeout_s
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout_s):
                return await loop.run_in_executor(
                    self._threads, self._check, url, text, language, deadline
                )
        except TimeoutError:
            return UNCHECKED
        except RuntimeError:  # closed
            return UNCHECKED

    def _check(self, url: str, text: str, language: Language, deadline: float) -> Check:
        """In a thread: never waits longer than until ``deadline``."""
        left_s = deadline - time.monotonic()
        if left_s <= 0:  # it has waited behind others too long; nobody listens any more
            return UNCHECKED
        sent = _UNSENDABLE.sub(_stand_in, text)
        try:
            client = self._client(url, language, left_s)
            matches = client.matches(sent, limit_s=max(deadline - time.monotonic(), 0.01))
            return Check(findings=_findings(matches, sent, language))
        except (LanguageToolError, OSError) as problem:
            log.warning("a text stays unchecked: %s", type(problem).__name__)
        except Exception:  # an answer of another shape: an outside server of another version
            log.exception("LanguageTool's answer cannot be read")
        return UNCHECKED

    def _client(self, url: str, language: Language, limit_s: float) -> _Client:
        """One per thread: the time limit is the client's."""
        clients = self._clients.__dict__
        kept = clients.get(language)
        if kept is None or kept[0] != url:
            kept = clients[language] = (url, _Client(url, language, limit_s=limit_s))
        client = kept[1]
        assert isinstance(client, _Client)
        return client


def _stand_in(found: re.Match[str]) -> str:
    return "\ufffd" if found[0] >= "\ud800" else " "


def _findings(matches: list[Match], text: str, language: Language) -> tuple[Finding, ...]:
    found = [
        Finding(
            start=match.offset,
            end=_end(text, match.offset, match.error_length),
            kind=kind_of(
                language,
                rule=match.rule_id,
                category=match.category,
                issue_type=match.rule_issue_type,
            ),
            fixes=tuple(match.replacements[:_FIXES_KEPT]),
            rule=match.rule_id,
            message=match.message,
        )
        for match in matches
        if not _OTHER_VARIANT.search(match.message)
    ]
    kept = [with_verb_at_end(finding, text) for finding in found if not _is_name(finding, text)]
    return tuple(sorted(kept, key=lambda finding: (finding.start, finding.end)))


def _is_name(finding: Finding, text: str) -> bool:
    is_spelling = finding.kind is FindingKind.SPELLING
    return is_spelling and may_be_chinese_name(text[finding.start : finding.end])


def _end(text: str, start: int, units: int) -> int:
    """Where a stretch of so many UTF-16 units ends; ``Match`` converts the start only."""
    end = start
    while units > 0 and end < len(text):
        units -= 2 if text[end] > "\uffff" else 1
        end += 1
    return end
