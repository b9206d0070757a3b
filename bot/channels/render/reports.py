"""What was done, in words: progress, weeks, who has done an assignment. From attempts alone."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from bot.channels.render.cards import title
from bot.channels.render.formats import day, points, when
from bot.channels.render.languagemarks import errors_per_100
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Words
from bot.domain.conversation_marks import reached
from bot.domain.deal import Side
from bot.domain.feedback import FindingKind
from bot.domain.languages import Interface
from bot.domain.messages import (
    AssignmentReport,
    GroupWeek,
    LearnerWeek,
    Progress,
    Standing,
)
from bot.domain.session import Attempt
from bot.ports import Library

LISTED = 10  # attempts; a phone screen
KINDS_NAMED = 3  # finding kinds named as recurring


class Reports:
    """Renders what has been done."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._messages = messages

    def progress(self, progress: Progress, interface: Interface) -> tuple[Words, ...]:
        """A learner's talks and what they show."""
        attempts = progress.attempts
        text = self._messages.text
        lines = [text(interface, "progress.head", n=len(attempts))]
        lines += [
            self._attempt(attempt, progress.timezone, interface)
            for attempt in reversed(attempts[-LISTED:])
        ]
        bargained = [attempt for attempt in attempts if self.talked(attempt) is None]
        deals = sum(attempt.talk.agreement is not None for attempt in bargained)
        if bargained:
            lines.append(text(interface, "progress.deals", deals=deals, n=len(bargained)))
        half = len(attempts) // 2
        if half:
            first, last = errors_per_100(attempts[:half]), errors_per_100(attempts[half:])
            lines.append(
                text(
                    interface,
                    "progress.errors",
                    first=points(first, interface),
                    last=points(last, interface),
                )
            )
        lines += self._recurring("progress.again", attempts, interface)
        return (Words(html="\n".join(lines)),)

    def _attempt(self, attempt: Attempt, timezone: str, interface: Interface) -> str:
        talked = self.talked(attempt)
        if talked is not None:
            return self._messages.text(
                interface,
                "progress.item_talk",
                when=when(attempt.ended_at, timezone, interface),
                title=title(self._library, attempt.exercise_id, interface),
                language=self._messages.plain(interface, f"language.{attempt.language}"),
                points=talked,
            )
        over = self.over_limit(attempt)
        key = "item_none" if over is None else "item_agreed" if over >= 0 else "item_below"
        return self._messages.text(
            interface,
            f"progress.{key}",
            when=when(attempt.ended_at, timezone, interface),
            title=title(self._library, attempt.exercise_id, interface),
            language=self._messages.plain(interface, f"language.{attempt.language}"),
            points=points(self.own_points(attempt) or Decimal(0), interface),
            above=points(abs(over or Decimal(0)), interface),
        )

    def learner_week(self, week: LearnerWeek, interface: Interface) -> tuple[Words, ...]:
        """A learner's ISO week."""
        lines = [self._week_head("week.head", week.monday, interface)]
        if not week.attempts:
            lines.append(self._messages.text(interface, "week.none"))
            return (Words(html="\n".join(lines)),)
        overs = [over for a in week.attempts if (over := self.over_limit(a)) is not None]
        n = len(week.attempts)
        lines.append(self._messages.text(interface, "week.talks", n=n, deals=len(overs)))
        if overs:
            mean = points(sum(overs, start=Decimal(0)) / len(overs), interface)
            lines.append(self._messages.text(interface, "week.average", points=mean))
        better = _improved(week)
        if better:
            kind, before, now = better
            lines.append(
                self._messages.text(
                    interface,
                    "week.better",
                    kind=self._kind(kind, interface),
                    before=before,
                    now=now,
                )
            )
        lines += self._recurring("week.again", week.attempts, interface)
        lines.append(self._messages.text(interface, "week.next"))
        return (Words(html="\n".join(lines)),)

    def group_week(self, week: GroupWeek, interface: Interface) -> tuple[Words, ...]:
        """A group's ISO week, for its teacher."""
        text = self._messages.text
        lines = [self._week_head("group_week.head", week.monday, interface, group=week.group)]
        if not week.standings:
            lines.append(text(interface, "group_week.nobody"))
            return (Words(html="\n".join(lines)),)
        attempts = [a for standing in week.standings for a in standing.attempts]
        lines.append(
            text(
                interface,
                "group_week.active",
                active=sum(bool(standing.attempts) for standing in week.standings),
                n=len(week.standings),
                talks=len(attempts),
                deals=sum(a.talk.agreement is not None for a in attempts),
            )
        )
        if week.assigned and week.missing:
            lines.append(text(interface, "group_week.missing", names=", ".join(week.missing)))
        elif week.assigned:
            lines.append(text(interface, "group_week.complete"))
        lines += self._recurring("group_week.kinds", attempts, interface)
        return (Words(html="\n".join(lines)),)

    def assignment(self, report: AssignmentReport, interface: Interface) -> tuple[Words, ...]:
        """Who has done an assignment."""
        text = self._messages.text
        head = text(
            interface,
            "report.head",
            title=title(self._library, report.exercise_id, interface),
            group=report.group,
            when=when(report.due_at, report.timezone, interface),
        )
        if not report.standings:
            return (Words(html=f"{head}\n{text(interface, 'report.empty')}"),)
        done = sum(bool(standing.attempts) for standing in report.standings)
        lines = [head, text(interface, "report.done", done=done, n=len(report.standings))]
        lines += [
            self._standing(standing, interface) + self._disputes(standing, interface)
            for standing in report.standings
        ]
        return (Words(html="\n".join(lines)),)

    def _standing(self, standing: Standing, interface: Interface) -> str:
        if not standing.attempts:
            key = "running" if standing.is_running else "open"
            return self._messages.text(interface, f"report.{key}", name=standing.name)
        last = standing.attempts[-1]
        own = self.own_points(last)
        talked = self.talked(last)
        if talked is not None:
            return self._messages.text(
                interface,
                "report.item_talk",
                name=standing.name,
                points=talked,
                errors=sum(last.kinds.values()),
            )
        return self._messages.text(
            interface,
            "report.item_none" if own is None else "report.item_agreed",
            name=standing.name,
            points=points(own or Decimal(0), interface),
            errors=sum(last.kinds.values()),
        )

    def talked(self, attempt: Attempt) -> int | None:
        """The points of a conversation; ``None`` for a negotiation."""
        exercise = self._library.exercises.get(attempt.exercise_id)
        version = exercise.versions[attempt.language] if exercise else None
        if version is None or not version.wishes:
            return None
        return reached(version, attempt.talk)

    def _disputes(self, standing: Standing, interface: Interface) -> str:
        if not standing.disputes:
            return ""
        return " · " + self._messages.text(interface, "dispute.count", n=standing.disputes)

    def own_points(self, attempt: Attempt) -> Decimal | None:
        """The learner's points from the agreement; ``None`` without one or its exercise."""
        exercise = self._library.exercises.get(attempt.exercise_id)
        if attempt.talk.agreement is None or exercise is None:
            return None
        deal = exercise.versions[attempt.language].deal
        return deal.payoff(Side.LEARNER, attempt.talk.agreement)

    def over_limit(self, attempt: Attempt) -> Decimal | None:
        """The learner's points over the walk-away value."""
        own = self.own_points(attempt)
        if own is None:
            return None
        version = self._library.exercises[attempt.exercise_id].versions[attempt.language]
        return own - version.deal.learner_reservation

    def _week_head(self, key: str, monday: date, interface: Interface, **values: str) -> str:
        sunday = monday + timedelta(days=6)
        return self._messages.text(
            interface,
            key,
            week=monday.isocalendar().week,
            **{"from": day(monday, interface), "to": day(sunday, interface)},
            **values,
        )

    def _recurring(self, key: str, attempts: Iterable[Attempt], interface: Interface) -> list[str]:
        counts = kinds_of(attempts).most_common(KINDS_NAMED)
        if not counts:
            return []
        kinds = ", ".join(f"{self._kind(kind, interface)} ×{n}" for kind, n in counts)
        return [self._messages.text(interface, key, kinds=kinds)]

    def _kind(self, kind: FindingKind, interface: Interface) -> str:
        return self._messages.pair(interface, f"kind.{kind}")[0]


def kinds_of(attempts: Iterable[Attempt]) -> Counter[FindingKind]:
    """Findings of several attempts, by kind."""
    total: Counter[FindingKind] = Counter()
    for attempt in attempts:
        total.update(dict(attempt.kinds))
    return total


def _improved(week: LearnerWeek) -> tuple[FindingKind, int, int] | None:
    before, now = kinds_of(week.before), kinds_of(week.attempts)
    fewer = [(n - now[kind], kind) for kind, n in before.items() if n > now[kind]]
    if not fewer:
        return None
    _, kind = max(fewer)
    return kind, before[kind], now[kind]
