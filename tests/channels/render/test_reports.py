"""What was done, in words: progress, weeks, assignments."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.channels.render.formats import points
from bot.channels.render.languagemarks import errors_per_100
from bot.domain.deal import Side
from bot.domain.feedback import FindingKind
from bot.domain.languages import Interface, Language
from bot.domain.messages import (
    AssignmentReport,
    GroupWeek,
    LearnerWeek,
    Progress,
    Standing,
)
from bot.domain.session import Attempt
from tests.channels.render.exhibits import (
    ID,
    MONDAY,
    NOW,
    SHANGHAI,
    lines_with,
    make_attempt,
    played,
    text,
)

EN = Interface.EN
VERSION = played("conceder").version
LIMIT = VERSION.deal.learner_reservation
WON = make_attempt()
assert WON.talk.agreement is not None
OWN = VERSION.deal.payoff(Side.LEARNER, WON.talk.agreement)
LOST = make_attempt(played("hard-liner").last, kinds={})
BELOW = replace(
    WON,
    talk=replace(
        WON.talk,
        agreement=max(VERSION.deal.outcomes, key=lambda outcome: outcome.buyer).offer,
    ),
)


def progress(*attempts: Attempt) -> list[str]:
    return text(Progress(attempts=attempts, timezone=SHANGHAI)).splitlines()


def week(*attempts: Attempt, before: tuple[Attempt, ...] = ()) -> list[str]:
    return text(LearnerWeek(monday=MONDAY, attempts=attempts, before=before)).splitlines()


def standing(name: str, *attempts: Attempt, is_running: bool = False) -> Standing:
    return Standing(account_id=1, name=name, attempts=attempts, is_running=is_running)


# --- progress ----------------------------------------------------------------------------------


def test_progress_tells_each_talk_the_latest_first() -> None:
    earlier = make_attempt(days_ago=7, language=Language.FR)
    lines = progress(earlier, LOST)
    assert lines[0] == "<b>Your progress</b>: 2 talks finished"
    assert lines[1].endswith("(German): no deal")
    assert lines[1].startswith("• Wed 18 Nov, 10:00 · ")
    assert "(French): deal, " in lines[2]
    assert lines[3] == "Deals reached: 1 out of 2."


def test_points_are_told_from_the_limit() -> None:
    assert progress(WON)[1].endswith(
        f"deal, {points(OWN, EN)} points, {points(OWN - LIMIT, EN)} above your limit"
    )
    assert progress(BELOW)[1].endswith(" below your limit")
    assert "-" not in progress(BELOW)[1].partition("deal,")[2]


def test_progress_lists_ten_talks_and_counts_them_all() -> None:
    lines = progress(*[WON] * 12)
    assert lines[0] == "<b>Your progress</b>: 12 talks finished"
    assert len(lines_with("• ", lines)) == 10


def test_remarks_are_compared_over_halves_and_not_after_one_talk() -> None:
    many, few = make_attempt(words=50), make_attempt(words=200, kinds={FindingKind.COMMA: 1})
    assert lines_with("per 100 words", progress(many, few)) == [
        "Remarks per 100 words: 8 at first, 0.5 lately."
    ]
    assert lines_with("per 100 words", progress(many)) == []


def test_what_keeps_coming_back_is_named_by_how_often() -> None:
    kinds = {
        FindingKind.COMMA: 1,
        FindingKind.PLURAL: 3,
        FindingKind.CASE: 2,
        FindingKind.TENSE: 1,
    }
    assert progress(make_attempt(kinds=kinds))[-1] == (
        "What keeps coming back: plural ×3, case ×2, comma ×1."
    )
    assert lines_with("coming back", progress(LOST)) == []


@pytest.mark.parametrize(
    ("words", "expected"), [((100,), "4"), ((50, 150), "4"), ((0,), "400"), ((), "0")]
)
def test_remarks_are_counted_per_100_words(words: tuple[int, ...], expected: str) -> None:
    assert errors_per_100([make_attempt(words=count) for count in words]) == Decimal(expected)


# --- weeks -------------------------------------------------------------------------------------


def test_week_is_named_by_its_number_and_days() -> None:
    assert week() == ["<b>Week 47</b> (16 Nov – 22 Nov)", "Nothing finished this week."]


def test_week_counts_talks_and_deals_and_averages_from_the_limit() -> None:
    lines = week(WON, WON, LOST)
    assert lines[1] == "3 talks finished, 2 with a deal."
    assert lines[2] == f"Average, measured from your limit: {points(OWN - LIMIT, EN)} points."
    assert lines_with("Average", week(LOST)) == []


def test_what_has_become_better_is_told_once() -> None:
    before = make_attempt(kinds={FindingKind.PLURAL: 5, FindingKind.COMMA: 2})
    now = make_attempt(kinds={FindingKind.PLURAL: 1, FindingKind.COMMA: 1})
    assert lines_with("Fewer mistakes", week(now, before=(before,))) == [
        "Fewer mistakes: plural 5 → 1."
    ]
    assert lines_with("Fewer mistakes", week(before, before=(now,))) == []


def group_week(
    *standings: Standing, assigned: int = 0, missing: tuple[str, ...] = ()
) -> list[str]:
    shown = GroupWeek(
        group="Trade",
        monday=MONDAY,
        standings=standings,
        assigned=assigned,
        missing=missing,
    )
    return text(shown).splitlines()


def test_groups_week_counts_who_practised() -> None:
    lines = group_week(standing("Li", WON, LOST), standing("Wang"))
    assert lines[:2] == [
        "<b>Trade · week 47</b> (16 Nov – 22 Nov)",
        "1 of 2 practised; talks: 2, deals: 1.",
    ]
    assert lines_with("Most common", lines) == ["Most common: plural ×3, comma ×1."]


def test_groups_week_names_who_is_missing_only_when_something_was_due() -> None:
    li = standing("Li", WON)
    assert group_week(li, assigned=1, missing=("Wang", "Zhao"))[2] == (
        "Assignments not done: Wang, Zhao."
    )
    assert group_week(li, assigned=1)[2] == "Everybody has done what was due."
    assert lines_with("due", group_week(li)) == []


def test_group_of_nobody_says_so() -> None:
    assert group_week()[1] == "Nobody has joined the group yet."


# --- assignments -------------------------------------------------------------------------------


def test_assignment_tells_where_each_learner_stands() -> None:
    report = AssignmentReport(
        exercise_id=ID,
        group="Trade",
        due_at=NOW,
        timezone=SHANGHAI,
        standings=(
            standing("Li", LOST, WON),
            standing("Wang", LOST),
            standing("Zhao", is_running=True),
            standing("Chen"),
        ),
    )
    lines = text(report).splitlines()
    assert lines[0].endswith("</b> · Trade · due Wed 18 Nov, 10:00")
    assert lines[1:] == [
        "2 of 4 have done it",
        f"✅ Li: deal, {points(OWN, EN)} points; remarks: 4",
        "✅ Wang: no deal; remarks: 0",
        "… Zhao: in the middle of it",
        "– Chen: not yet",
    ]
