"""Our own rules and words, as LanguageTool itself reads them."""

import asyncio
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.feedback import Finding, FindingKind
from bot.domain.languages import Language
from bot.language.grammar.checker import LanguageToolChecker
from bot.language.grammar.java import OVERLAY
from bot.language.grammar.kinds import kind_of
from bot.language.grammar.verb_end import RULE as VERB_END

pytestmark = pytest.mark.real

HERE = Path(__file__).parent
SILENT = {FindingKind.STYLE, FindingKind.TYPOGRAPHY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example of a rule; ``start is None`` when the text is right."""

    language: Language
    rule: str
    text: str
    start: int | None
    end: int
    correction: str


def examples(language: Language) -> list[Example]:
    tree = ET.parse(OVERLAY / f"org/languagetool/rules/{language}/grammar_custom.xml")
    found = []
    for top in tree.iterfind("category/*"):
        for element in top.iter("example"):
            before, marker = element.text or "", element.find("marker")
            if marker is None:
                text, start, end = before, None, 0
            else:
                wrong = marker.text or ""
                text = before + wrong + (marker.tail or "")
                start, end = len(before), len(before) + len(wrong)
            found.append(
                Example(
                    language=language,
                    rule=top.attrib["id"],
                    text=text,
                    start=start,
                    end=end,
                    correction=element.attrib.get("correction", ""),
                )
            )
    return found


ALL = [example for language in Language for example in examples(language)]


def findings(checker: LanguageToolChecker, text: str, language: Language) -> tuple[Finding, ...]:
    check = asyncio.run(checker.check(text, language, timeout_s=30))
    assert check.findings is not None, "unchecked"
    return check.findings


@pytest.mark.parametrize("example", ALL, ids=lambda e: f"{e.language}-{e.rule}-{e.text[:20]}")
def test_rule_keeps_to_its_example(checker: LanguageToolChecker, example: Example) -> None:
    hits = [
        finding
        for finding in findings(checker, example.text, example.language)
        if finding.rule == example.rule
    ]
    if example.start is None:
        assert hits == []
    elif example.rule == VERB_END:  # the fix is made behind LanguageTool: the right example tells
        (hit,) = hits
        mended = example.text[: hit.start] + hit.fixes[0] + example.text[hit.end :]
        assert hit.start == example.start
        assert mended in {one.text for one in ALL if one.rule == VERB_END and one.start is None}
    else:
        assert [(hit.start, hit.end) for hit in hits] == [(example.start, example.end)]
        expected = tuple(filter(None, example.correction.split("|")))
        assert hits[0].fixes == expected


@pytest.mark.parametrize("language", Language)
def test_every_rule_has_both_kinds_of_example_and_a_kind(language: Language) -> None:
    rules = {example.rule for example in examples(language)}
    assert len(rules) >= 8
    for rule in rules:
        of_rule = [example for example in examples(language) if example.rule == rule]
        assert {example.start is None for example in of_rule} == {True, False}, rule
        kind = kind_of(language, rule=rule, category="?", issue_type="?")
        assert kind is not FindingKind.OTHER, rule


def sentences(language: Language) -> list[str]:
    lines = (HERE / f"good_{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line]


@pytest.mark.parametrize("language", Language)
def test_good_business_text_is_left_alone(
    checker: LanguageToolChecker, language: Language
) -> None:
    assert len(sentences(language)) >= 40
    false_alarms = [
        f"{finding.rule}: {sentence[finding.start : finding.end]!r} in {sentence}"
        for sentence in sentences(language)
        for finding in findings(checker, sentence, language)
        if finding.kind not in SILENT
    ]
    assert false_alarms == []


@pytest.mark.parametrize("language", Language)
def test_trade_words_are_no_spelling_errors(
    checker: LanguageToolChecker, language: Language
) -> None:
    path = OVERLAY / f"org/languagetool/resource/{language}/hunspell/spelling_custom.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [re.sub(r"/\w+$", "", word) if "/" in word[2:] else word for word in lines]
    words = [word for word in words if word and not word.startswith("#")]
    assert {"FOB", "Ningbo", "CIF", "Shenzhen", "Felixstowe"} <= set(words)
    text = "\n\n".join(f"– {word} –" for word in words)
    wrong = [
        text[finding.start : finding.end]
        for finding in findings(checker, text, language)
        if finding.kind is FindingKind.SPELLING
    ]
    assert wrong == []


def test_the_common_words_stand_in_every_language() -> None:
    parts = set()
    for language in Language:
        path = OVERLAY / f"org/languagetool/resource/{language}/hunspell/spelling_custom.txt"
        parts.add(path.read_text(encoding="utf-8").partition("# This language only")[0])
    assert len(parts) == 1
