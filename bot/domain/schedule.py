"""Calendar rules: ISO weeks, mornings, due times. ``now`` is an argument, aware and in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

REMINDER_TIME = time(9, 10)  # of the buyer's day: when an office has read its mail
DIGEST_TIME = time(8, 0)  # of the group's Monday
DUE_TIME = time(20, 0)  # of the group's day: after evening classes

_ISO_WEEK = re.compile(r"(2\d{3})-?W(\d{1,2})")  # this millennium: arithmetic needs room
_DUE = re.compile(r"(2\d{3})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2}))?")


def local_date(now: datetime, timezone: str) -> date:
    """The calendar day in ``timezone``."""
    return now.astimezone(ZoneInfo(timezone)).date()


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """``REMINDER_TIME`` of the next working day in ``zone``."""
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return _at(day, REMINDER_TIME, zone)


def monday_of(day: date) -> date:
    """The first day of the ISO 8601 week of ``day``."""
    return day - timedelta(days=day.weekday())


def week_bounds(monday: date, timezone: str) -> tuple[datetime, datetime]:
    """Beginning and end of the ISO week that starts on ``monday``, in UTC."""
    zone = ZoneInfo(timezone)
    return _at(monday, time(), zone), _at(monday + timedelta(days=7), time(), zone)


def next_digest(now: datetime, timezone: str) -> datetime:
    """The next Monday at ``DIGEST_TIME`` in ``timezone``, strictly after ``now``."""
    zone = ZoneInfo(timezone)
    due = _at(monday_of(now.astimezone(zone).date()), DIGEST_TIME, zone)
    while due <= now:
        due = _at(due.astimezone(zone).date() + timedelta(days=7), DIGEST_TIME, zone)
    return due


def read_week(text: str) -> date | None:
    """The Monday of an ISO week written ``2026-W47``, or ``None``."""
    match = _ISO_WEEK.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


def due_in(days: int, now: datetime, timezone: str) -> datetime:
    """``DUE_TIME`` in so many days, in UTC."""
    return _at(local_date(now, timezone) + timedelta(days=days), DUE_TIME, ZoneInfo(timezone))


def read_due(text: str, timezone: str) -> datetime | None:
    """A due time written ``2026-11-27`` or ``2026-11-27 20:00`` (ISO 8601), or ``None``."""
    match = _DUE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute = match.groups()
    try:
        clock = time(int(hour), int(minute)) if hour else DUE_TIME
        return _at(date(int(year), int(month), int(day)), clock, ZoneInfo(timezone))
    except ValueError:
        return None
