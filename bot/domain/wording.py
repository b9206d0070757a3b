"""Chooses the authored phrase for what the buyer says; no sentence comes twice in a session.

The exercise's own phrases come before the shared ones, those of the buyer's temper mostly before
the rest. Filling the slots is the renderer's business.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from random import Random

from bot.domain.deal import IssueId, Offer
from bot.domain.exercise import Line, Phrase, Phrasebook, Version, issue_of
from bot.domain.languages import Band
from bot.domain.talk import Say, Spoken
from bot.domain.terms import Price

_SLOT = re.compile(r"\{(\w+)\}")
_END_OF_SENTENCE = re.compile(r"[.!?…][\"»”“]?(?=\s|$)")
_OWN_SLOTS = ("ours", "give", "want", "terms")
_PHRASES = 8192  # about as many as are authored in three languages
_IN_CHARACTER = 0.6  # probability that the temper's own words come first; else talks feel alike
_ALWAYS_FILLED = frozenset({"name"})  # a missing name is dropped
Used = tuple[str, ...]


def choose(
    say: Say,
    version: Version,
    phrases: Phrasebook,
    used: Used,
    rng: Random,
    *,
    band: Band | None = None,
) -> tuple[Spoken | None, Used]:
    """An authored phrase for ``say`` that makes a new sentence, or ``None`` when all are used up.

    A phrase is used again only when all others of its line are used and its slots make it another
    sentence. One for another ``band`` is said only when there is none better.
    """
    options, own = _options(say, version, phrases)
    counts = Counter(entry.split("|")[0] for entry in used)
    written = {name: _written(getattr(say, name, None)) for name in _slots_of(options)}
    temper, is_itself = version.persona.temper, rng.random() < _IN_CHARACTER
    ranked: list[tuple[tuple[int, bool, bool, bool, float], str, Phrase]] = []
    for index, option in enumerate(options):
        base = f"{_occasion(say)}#{index}"
        key = _key(base, option, written)
        fits = not option.tempers or temper in option.tempers
        if key in used or not fits or not _is_filled(option, say):
            continue
        times = counts[base]
        if times and _has_fixed_sentence(option.text):
            continue
        preference = index >= own if own else is_itself and not option.tempers
        nameless = "name" in slots(option.text) and not say.name
        misses = bool(option.bands and band) and band not in option.bands
        is_fact = say.topic or say.detail
        order = index if is_fact else rng.random()  # of the facts, the chief one comes first
        ranked.append(((times, nameless, misses, preference, order), key, option))
    if not ranked:
        return None, used
    _, key, option = min(ranked, key=lambda entry: entry[0])
    return Spoken(phrase=option.text, say=say), (*used, key)


def _options(say: Say, version: Version, phrases: Phrasebook) -> tuple[Sequence[Phrase], int]:
    """All phrases for ``say``, and how many of them, from the first on, are the exercise's own."""
    if say.opening:
        texts: Sequence[str] = version.openings
    elif say.topic is not None:
        texts = version.facts.get(say.topic, ())
    elif say.wish is not None:
        texts = _of_wish(say, version)
    elif say.detail is not None:
        texts = next((d.answers for d in version.details if d.id == say.detail), ())
    else:
        assert say.line is not None, "nothing to be said"
        mine = version.lines.get(say.line, ())
        return (*mine, *phrases.get(say.line, ())), len(mine)
    return [Phrase(text=text) for text in texts], len(texts)


def _slots_of(options: Sequence[Phrase]) -> set[str]:
    return {name for option in options for name in slots(option.text)} - _ALWAYS_FILLED


@lru_cache(_PHRASES)
def slots(text: str) -> tuple[str, ...]:
    """The names of the slots of a phrase."""
    return tuple(_SLOT.findall(text))


@lru_cache(_PHRASES)
def _has_fixed_sentence(text: str) -> bool:
    """Whether a sentence of it has no slot, so that it would come again word for word."""
    sentences = [part for part in _END_OF_SENTENCE.split(text) if part.strip()]
    return any(not _SLOT.search(sentence) for sentence in sentences)


def _is_filled(option: Phrase, say: Say) -> bool:
    return all(getattr(say, name) for name in slots(option.text) if name not in _ALWAYS_FILLED)


def _key(base: str, option: Phrase, written: Mapping[str, str]) -> str:
    values = [f"{name}={written[name]}" for name in slots(option.text) if name in written]
    return base + (f"|{';'.join(values)}" if values else "")


def _occasion(say: Say) -> str:
    if say.line:
        return say.line.value
    if say.wish:
        return f"wish_{say.wish}_{say.about}"
    if say.detail:
        return f"detail_{say.detail}"
    return f"fact_{say.topic}" if say.topic else "opening"


def _of_wish(say: Say, version: Version) -> Sequence[str]:
    speech = version.wish(say.wish).speech if say.wish else {}
    return speech.get(say.about, ()) if say.about else ()


def _written(value: object) -> str:
    match value:
        case Offer():
            return ",".join(f"{id.value}:{_plain(value.value(id))}" for id in value.issues)
        case Price():
            return f"{_plain(value.amount)} {value.currency}"
        case tuple():
            return ",".join(str(part) for part in value)
    return str(value)


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


class Speaker:
    """Collects one reply, phrase by phrase."""

    def __init__(
        self,
        version: Version,
        phrases: Phrasebook,
        rng: Random,
        *,
        used: Used,
        name: str | None,
        band: Band | None = None,
    ) -> None:
        self._version = version
        self._phrases = phrases
        self._rng = rng
        self._name = name
        self._band = band
        self._before = used
        self.used = used
        self.spoken: list[Spoken] = []

    @property
    def sentences(self) -> int:
        """Sentences said so far in this reply."""
        return sum(max(len(_END_OF_SENTENCE.findall(s.phrase)), 1) for s in self.spoken)

    @property
    def named(self) -> tuple[IssueId, ...]:
        """The issues on which this reply has named the buyer's own value."""
        found = {
            id
            for spoken in self.spoken
            for name in slots(spoken.phrase)
            if name in _OWN_SLOTS
            for id in getattr(spoken.say, name).issues
        }
        return tuple(id for id in IssueId if id in found)

    def times(self, line: Line) -> int:
        """How often the session has used ``line`` so far, this reply included."""
        start = f"{line.value}#"
        return sum(entry.startswith(start) for entry in self.used)

    def said(self, line: Line) -> bool:
        """Whether this reply uses ``line``."""
        return any(spoken.say.line is line for spoken in self.spoken)

    def say(self, say: Say) -> bool:
        """Say it in new words; ``False`` when there are none left."""
        named = replace(say, name=self._name) if say.line else say
        issue = issue_of(say.line) if say.line else None
        if issue is not None:
            named = replace(named, issues=(issue,))
        spoken, self.used = choose(
            named,
            self._version,
            self._phrases,
            self.used,
            self._rng,
            band=self._band,
        )
        if spoken is None:
            return False
        self.spoken.append(spoken)
        return True

    def line(self, line: Line, **filled: Offer | None) -> bool:
        """Say a line with these slots."""
        return self.say(Say(line=line, **filled))  # type: ignore[arg-type]  # slots are offers

    def anything_about(self, package: Offer) -> bool:
        """Say some part of ``package`` in words not used yet: the last resort against silence."""
        ids = package.issues
        for size in range(1, len(ids) + 1):
            for part in combinations(ids, size):
                if self.line(Line.COUNTER, ours=package.only(part)):
                    return True
        return False
