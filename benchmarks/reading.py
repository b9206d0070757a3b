"""How well messages are understood, measured on the labelled corpus; dev and held-out apart."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.languages import Language
from bot.domain.understanding import Act, Context, Topic
from bot.language.understanding import SpacyUnderstander, as_json
from bot.language.understanding.judge import Judge

CORPUS = Path(__file__).parent / "corpus"
TODAY = date(2026, 11, 23)  # the day the corpus takes for today
HELD_OUT_EVERY = 3  # situations
BASICS = "s1000"  # what must be understood exactly, as a test says


@dataclass(slots=True)
class Score:
    """Hits and misses of one half of one language."""

    messages: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    terms_right: int = 0
    terms_invented: int = 0

    def __str__(self) -> str:
        right = self.terms_right / max(self.messages, 1)
        return (
            f"{self.messages} messages, acts F1 {_f1(self.acts):.3f}, "
            f"topics F1 {_f1(self.topics):.3f}, all terms right {right:.3f}, "
            f"wrong or invented in {self.terms_invented}"
        )


def corpus(language: Language) -> Iterator[Mapping[str, Any]]:
    """The labelled messages of one language.

    Raises:
        ValueError: a line is not what the corpus' README says; with its number.
    """
    path = CORPUS / f"{language}.jsonl"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield checked(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path.name}:{number}: {error!r}") from error


def checked(item: dict[str, Any]) -> dict[str, Any]:
    """``item`` as it is, when it is a message as the corpus' README describes it.

    Raises:
        ValueError, KeyError, TypeError: it is not.
    """
    unknown = set(item) - {"situation", "text", "context", "acts", "topics", "terms"}
    if unknown or not item["text"].strip() or not item["situation"][1:].isdigit():
        raise ValueError(f"unknown keys, no text or no situation: {unknown}")
    acts = [Act(act) for act in item["acts"]]
    if not acts or (Act.OTHER in acts and len(acts) > 1):
        raise ValueError("acts: at least one; 'other' only alone")
    [Topic(topic) for topic in item["topics"]]
    if bool(item["topics"]) != (Act.ASK in acts):
        raise ValueError("topics belong to an ask, and an ask has some")
    context_of(item)
    return item


def context_of(item: Mapping[str, Any]) -> Context:
    """The context a message is read in."""
    given = dict(item.get("context", {}))
    asked = Topic(given.pop("asked")) if given.get("asked") else None
    return Context(asked=asked, **given)


def is_held_out(item: Mapping[str, Any]) -> bool:
    """Whether a message is kept from whoever writes rules."""
    return int(item["situation"][1:]) % HELD_OUT_EVERY == 0


def score(understander: SpacyUnderstander, language: Language, *, held_out: bool) -> Score:
    """Read one half of the corpus and count."""
    result = Score()
    for item in corpus(language):
        if is_held_out(item) is held_out:
            read = as_json(understander.read(item["text"], language, context_of(item)))
            _count(result, item, read)
    return result


def _count(result: Score, item: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    result.messages += 1
    _compare(result.acts, set(item["acts"]), set(read["acts"]))
    _compare(result.topics, set(item["topics"]), set(read["topics"]))
    result.terms_right += item["terms"] == read["terms"]
    result.terms_invented += any(
        item["terms"].get(key) != value for key, value in read["terms"].items()
    )


def _compare(counts: Counter[str], wanted: set[str], found: set[str]) -> None:
    counts["hit"] += len(wanted & found)
    counts["missed"] += len(wanted - found)
    counts["false"] += len(found - wanted)


def _f1(counts: Counter[str]) -> float:
    total = 2 * counts["hit"] + counts["missed"] + counts["false"]
    return 2 * counts["hit"] / total if total else 1.0


def report(judge: Judge) -> None:
    """Print the scores of all languages; ``judge`` has learned from the dev half only."""
    understander = SpacyUnderstander(today=lambda: TODAY, judge=judge)
    for language in Language:
        print(f"reading {language} held out: {score(understander, language, held_out=True)}")
