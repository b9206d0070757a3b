"""The verb of a German subordinate clause is carried to the end, where the end is plain."""

import pytest

from bot.domain.feedback import Finding, FindingKind
from bot.language.grammar.verb_end import RULE, with_verb_at_end


def _found(text: str, word: str, rule: str = RULE) -> Finding:
    start = text.index(word)
    return Finding(
        start=start,
        end=start + len(word),
        kind=FindingKind.WORD_ORDER,
        fixes=(),
        rule=rule,
        message="",
    )


@pytest.mark.parametrize(
    ("text", "verb", "marked", "fix"),
    [
        (
            "Das ist schwer, weil wir haben viele Aufträge. Danke!",
            "haben",
            "haben viele Aufträge",
            "viele Aufträge haben",
        ),
        (
            "Wir liefern, wenn Sie bezahlen 30 % vorab, in sechs Wochen.",
            "bezahlen",
            "bezahlen 30 % vorab",
            "30 % vorab bezahlen",
        ),
        ("Gut, dass wir sind einig", "sind", "sind einig", "einig sind"),
    ],
)
def test_the_verb_goes_to_the_end_of_its_clause(
    text: str, verb: str, marked: str, fix: str
) -> None:
    better = with_verb_at_end(_found(text, verb), text)
    assert text[better.start : better.end] == marked
    assert better.fixes == (fix,)


@pytest.mark.parametrize(
    "text",
    [
        "Das geht nicht, weil wir haben viele Aufträge und wenig Leute.",
        "Weil wir haben.",
        "Weil wir haben eins zwei drei vier fünf sechs sieben acht neun zehn.",
    ],
)
def test_where_the_end_is_a_guess_only_the_verb_is_marked(text: str) -> None:
    finding = _found(text, "haben")
    assert with_verb_at_end(finding, text) == finding


def test_findings_of_other_rules_stay_as_they_are() -> None:
    text = "weil wir haben viele Aufträge"
    finding = _found(text, "haben", rule="ANOTHER")
    assert with_verb_at_end(finding, text) == finding
