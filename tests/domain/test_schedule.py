"""Calendar rules, on the clocks of those they are for."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import (
    due_in,
    local_date,
    monday_of,
    next_digest,
    next_morning,
    read_due,
    read_week,
    week_bounds,
)

SHANGHAI, BERLIN, NEW_YORK = "Asia/Shanghai", "Europe/Berlin", "America/New_York"
MONDAY = date(2026, 11, 16)
ZONES = st.sampled_from([SHANGHAI, BERLIN, NEW_YORK, "Pacific/Kiritimati", "UTC"])
TIMES = st.datetimes(
    min_value=datetime(2024, 1, 1), max_value=datetime(2032, 1, 1), timezones=st.just(UTC)
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_day_is_that_of_the_place() -> None:
    late = utc(2026, 11, 16, 23, 30)
    assert local_date(late, SHANGHAI) == date(2026, 11, 17)
    assert local_date(late, NEW_YORK) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (utc(2026, 11, 16, 1), utc(2026, 11, 17, 8, 10)),  # Monday: Tuesday
        (utc(2026, 11, 20, 12), utc(2026, 11, 23, 8, 10)),  # Friday: Monday
        (utc(2026, 11, 21, 12), utc(2026, 11, 23, 8, 10)),  # Saturday: Monday
        (utc(2026, 11, 22, 23, 30), utc(2026, 11, 24, 8, 10)),  # Monday already, there
        (utc(2026, 3, 27, 12), utc(2026, 3, 30, 7, 10)),  # over the change to summer time
    ],
)
def test_buyer_writes_on_the_next_working_morning(now: datetime, morning: datetime) -> None:
    assert next_morning(now, ZoneInfo(BERLIN)) == morning


@given(now=TIMES, zone=ZONES)
def test_reminder_never_comes_on_a_weekend_nor_on_the_same_day(now: datetime, zone: str) -> None:
    there = next_morning(now, ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    assert (there.hour, there.minute) == (9, 10)
    assert there.weekday() < 5
    assert timedelta(0) < there.date() - local_date(now, zone) <= timedelta(days=3)


@pytest.mark.parametrize("day", [MONDAY, date(2026, 11, 18), date(2026, 11, 22)])
def test_week_begins_on_monday(day: date) -> None:
    assert monday_of(day) == MONDAY


def test_week_is_that_of_the_place_and_lasts_until_the_next() -> None:
    assert week_bounds(MONDAY, SHANGHAI) == (utc(2026, 11, 15, 16), utc(2026, 11, 22, 16))
    assert week_bounds(MONDAY, SHANGHAI)[1] == week_bounds(date(2026, 11, 23), SHANGHAI)[0]


def test_week_in_which_the_clocks_change_has_an_hour_more() -> None:
    start, end = week_bounds(date(2026, 10, 19), BERLIN)
    assert end - start == timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (utc(2026, 11, 18), utc(2026, 11, 23)),
        (utc(2026, 11, 15, 23, 59), utc(2026, 11, 16)),
        (utc(2026, 11, 16), utc(2026, 11, 23)),  # exactly then: a week later
    ],
)
def test_digest_is_due_on_monday_at_eight_strictly_later(now: datetime, due: datetime) -> None:
    assert next_digest(now, SHANGHAI) == due


@given(now=TIMES, zone=ZONES)
def test_digests_follow_each_other_week_by_week(now: datetime, zone: str) -> None:
    first = next_digest(now, zone)
    second = next_digest(first, zone)
    assert now < first
    assert local_date(second, zone) - local_date(first, zone) == timedelta(days=7)
    assert second.astimezone(ZoneInfo(zone)).hour == 8


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W47", MONDAY),
        (" 2026W47 ", MONDAY),
        ("2026-W1", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("2025-W53", None),  # has 52
        ("2026-W0", None),
        ("W47", None),
        ("1026-W47", None),
        ("2026-47", None),
        ("", None),
    ],
)
def test_week_is_read_as_iso_8601_writes_it(text: str, monday: date | None) -> None:
    assert read_week(text) == monday


def test_assignment_is_due_in_the_evening_of_the_groups_day() -> None:
    late = utc(2026, 11, 16, 23, 30)  # Tuesday in Shanghai
    assert due_in(1, late, SHANGHAI) == utc(2026, 11, 18, 12)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-11-27 20:30", utc(2026, 11, 27, 12, 30)),
        ("2026-11-27T20:30", utc(2026, 11, 27, 12, 30)),
        (" 2026-1-7   9:05 ", utc(2026, 1, 7, 1, 5)),
        ("2026-11-27", utc(2026, 11, 27, 12)),
        ("2026-11-31", None),
        ("2026-11-27 24:00", None),
        ("2026-11-27 20", None),
        ("27.11.2026", None),
        ("tomorrow", None),
        ("9026-11-27", None),
    ],
)
def test_due_time_is_read_on_the_groups_clock(text: str, due: datetime | None) -> None:
    assert read_due(text, SHANGHAI) == due
