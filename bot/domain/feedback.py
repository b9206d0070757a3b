"""Language remarks on a text, and which to show. Finding them is ``language``'s business."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """Stable ids of the kinds of remark; each is explained in every interface language."""

    AGREEMENT = "agreement"
    APOSTROPHE = "apostrophe"
    ARTICLE = "article"
    CAPITALS = "capitals"
    CASE = "case"
    COLLOCATION = "collocation"
    COMMA = "comma"
    COMPOUND = "compound"
    CONFUSED_WORD = "confused_word"
    CONTRACTION = "contraction"
    FALSE_FRIEND = "false_friend"
    NUMBER_FORMAT = "number_format"
    PLURAL = "plural"
    PREPOSITION = "preposition"
    PUNCTUATION = "punctuation"
    REGISTER = "register"
    REPETITION = "repetition"
    SPELLING = "spelling"
    STYLE = "style"
    TENSE = "tense"
    TYPOGRAPHY = "typography"
    VERB_FORM = "verb_form"
    WORD_ORDER = "word_order"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One located remark. ``start`` and ``end`` count code points of the text checked."""

    start: int
    end: int
    kind: FindingKind
    fixes: tuple[str, ...]
    """Better forms, best first; may be empty."""
    rule: str
    """The id of the rule that fired, as its checker names it."""
    message: str
    """The checker's own words, in the practice language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The outcome of a check. ``findings is None`` means *unchecked*, never *no errors*."""

    findings: tuple[Finding, ...] | None

    @property
    def is_unchecked(self) -> bool:
        """Whether nobody has looked at the text yet."""
        return self.findings is None


UNCHECKED = Check(findings=None)

SHOWN_PER_TURN = 3  # findings; more and the talk dies (house rule, storyboard section 3)

_SILENT_IN_CHAT = frozenset({FindingKind.TYPOGRAPHY, FindingKind.STYLE})
_FIRST_IN_CHAT = (
    FindingKind.NUMBER_FORMAT,
    FindingKind.FALSE_FRIEND,
    FindingKind.WORD_ORDER,
    FindingKind.VERB_FORM,
    FindingKind.TENSE,
    FindingKind.AGREEMENT,
    FindingKind.CASE,
    FindingKind.ARTICLE,
    FindingKind.PREPOSITION,
    FindingKind.PLURAL,
)


def for_chat(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The at most ``SHOWN_PER_TURN`` findings worth showing in a talk, in reading order.

    Those that change what the other understands come first; typography never.
    """

    def weight(finding: Finding) -> tuple[int, int, int, str, str]:
        kind = finding.kind
        rank = _FIRST_IN_CHAT.index(kind) if kind in _FIRST_IN_CHAT else len(_FIRST_IN_CHAT)
        return rank, finding.start, finding.end, kind.value, finding.rule

    loud = [finding for finding in findings if finding.kind not in _SILENT_IN_CHAT]
    chosen = sorted(loud, key=weight)[:SHOWN_PER_TURN]
    return tuple(sorted(chosen, key=lambda finding: finding.start))


def counts_as_language(text: str, findings: Iterable[Finding]) -> bool:
    """Whether remarks on a text nobody understood help: not when most of it are no words."""
    misspelt = sum(finding.kind is FindingKind.SPELLING for finding in findings)
    return 2 * misspelt < len(text.split())
