"""Which remarks are worth showing while a talk goes on."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feedback import SHOWN_PER_TURN, UNCHECKED, Check, Finding, FindingKind, for_chat

SILENT = {FindingKind.TYPOGRAPHY, FindingKind.STYLE}


def make_finding(kind: FindingKind, start: int = 0) -> Finding:
    return Finding(start=start, end=start + 3, kind=kind, fixes=("x",), rule="R", message="m")


def kinds(*given: FindingKind) -> list[FindingKind]:
    """The kinds shown of findings of these kinds, one after the other in the text."""
    findings = [make_finding(kind, place * 10) for place, kind in enumerate(given)]
    return [finding.kind for finding in for_chat(findings)]


def test_what_changes_the_meaning_is_chosen_before_spelling() -> None:
    k = FindingKind
    assert kinds(k.SPELLING, k.COMMA, k.ARTICLE, k.SPELLING, k.TENSE, k.NUMBER_FORMAT) == [
        k.ARTICLE,
        k.TENSE,
        k.NUMBER_FORMAT,
    ]


def test_of_equal_weight_the_first_are_shown() -> None:
    findings = [make_finding(FindingKind.SPELLING, start) for start in (40, 10, 30, 20)]
    assert [finding.start for finding in for_chat(findings)] == [10, 20, 30]


def test_typography_and_style_stay_silent() -> None:
    assert kinds(FindingKind.TYPOGRAPHY, FindingKind.STYLE) == []
    assert kinds(FindingKind.TYPOGRAPHY, FindingKind.COMMA) == [FindingKind.COMMA]


def test_nothing_found_is_nothing_shown() -> None:
    assert for_chat([]) == ()


@given(st.lists(st.builds(make_finding, st.sampled_from(FindingKind), st.integers(0, 500))))
def test_at_most_three_are_shown_in_reading_order(findings: list[Finding]) -> None:
    loud = [finding for finding in findings if finding.kind not in SILENT]
    shown = for_chat(findings)
    assert len(shown) == min(len(loud), SHOWN_PER_TURN)
    assert set(shown) <= set(loud)
    assert [one.start for one in shown] == sorted(one.start for one in shown)


@given(st.lists(st.builds(make_finding, st.sampled_from(FindingKind), st.integers(0, 500))))
def test_choice_does_not_depend_on_the_checkers_order(findings: list[Finding]) -> None:
    once = {(finding.start, finding.kind): finding for finding in findings}
    ordered = sorted(once.values(), key=lambda finding: (finding.start, finding.kind))
    assert {(one.start, one.kind) for one in for_chat(ordered)} == {
        (one.start, one.kind) for one in for_chat(reversed(ordered))
    }


def test_unchecked_is_not_the_same_as_no_errors() -> None:
    assert UNCHECKED.is_unchecked
    assert not Check(findings=()).is_unchecked
