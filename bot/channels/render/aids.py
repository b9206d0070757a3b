"""The coach's cards around a negotiation: own notes, the table of the issues, suggestions."""

from decimal import Decimal

from bot.channels.render.formats import Values, comma, points
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Words
from bot.domain.deal import Deal, IssueId, Offer
from bot.domain.exercise import Version
from bot.domain.languages import Interface
from bot.domain.messages import PreparationStep, Suggestions, TableOfIssues
from bot.domain.preparation import Preparation, Step, parts, shortfall
from bot.domain.table import IssueTable, Package, Row, State
from bot.domain.talk import Promise
from bot.ports import Library

LONGEST_NOTE = 300  # characters of a note shown again; the whole of it stands further up the chat
EXAMPLE_ISSUES = (
    3  # named in the example of an answer; one is too few to see that more can be said
)


class Aids:
    """Renders what helps a learner before and during a negotiation."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._messages = messages
        self._values = Values(messages)

    # --- before -------------------------------------------------------------------------------

    def step(self, shown: PreparationStep, interface: Interface) -> tuple[Words, ...]:
        """What was made of the last answer, and the next question."""
        exercise = self._library.exercises.get(shown.exercise_id)
        if exercise is None:
            return (Words(html=self._text(interface, "exercise_gone")),)
        version = exercise.versions[shown.language]
        blocks = []
        if shown.answered is not None:
            blocks.append(self._noted(shown, shown.answered, version.deal, interface))
        if shown.asks is not None:
            blocks.append(self._question(shown, shown.asks, version.deal, interface))
        elif shown.preparation:
            blocks.append(self._text(interface, "preparation.ready"))
            blocks.append(self.notes(shown.preparation, version.deal, interface))
        else:
            blocks.append(self._text(interface, "preparation.ready_empty"))
        return (Words(html="\n\n".join(blocks)),)

    def notes(self, preparation: Preparation, deal: Deal, interface: Interface) -> str:
        """All that was written down, with its points where it could be read."""
        lines = [self._text(interface, "preparation.head")]
        for step in Step:
            if step not in preparation.texts:
                continue
            text, offer = _shortened(preparation.texts[step]), preparation.offer(step)
            if offer:
                text = self._messages.plain(
                    interface,
                    "preparation.worth",
                    text=text,
                    points=_sum(deal, preparation, step, interface),
                    named=len(parts(deal, offer)),
                    all=len(deal.issues),
                )
            lines.append(
                self._text(
                    interface, "preparation.note", step=self._step(step, interface), text=text
                )
            )
        return "\n".join(lines)

    def _noted(self, shown: PreparationStep, step: Step, deal: Deal, interface: Interface) -> str:
        lines = [self._text(interface, "preparation.noted", step=self._step(step, interface))]
        offer = shown.preparation.offer(step)
        if shown.warns:
            lines.append(self._warning(shown.preparation, deal, interface))
        elif offer:
            lines.append(
                self._text(
                    interface,
                    "preparation.read",
                    parts=self._parts(shown.preparation, step, deal, interface),
                    points=_sum(deal, shown.preparation, step, interface),
                    named=len(parts(deal, offer)),
                    all=len(deal.issues),
                )
            )
        elif step is not Step.QUESTIONS:
            lines.append(self._text(interface, "preparation.unread"))
        return "\n".join(lines)

    def _warning(self, preparation: Preparation, deal: Deal, interface: Interface) -> str:
        short = shortfall(deal, preparation.walk_away)
        if short is None:
            return ""
        return self._text(
            interface,
            "preparation.short_rest" if short.rest else "preparation.short",
            parts=self._parts(preparation, Step.WALK_AWAY, deal, interface),
            points=points(short.total, interface),
            limit=points(short.limit, interface),
            **(
                {"named": points(short.named, interface), "rest": points(short.rest, interface)}
                if short.rest
                else {}
            ),
        )

    def _question(
        self, shown: PreparationStep, step: Step, deal: Deal, interface: Interface
    ) -> str:
        steps = tuple(Step)
        values = {"step": str(steps.index(step) + 1), "steps": str(len(steps))}
        if step is not Step.QUESTIONS:
            values["example"] = self._example(deal, interface)
        if step is Step.WALK_AWAY:
            values["limit"] = points(deal.learner_reservation, interface)
        lines = [self._text(interface, f"preparation.{step}", **values)]
        before = shown.preparation.texts.get(step)
        if before:
            text = _shortened(before)
            lines.append(self._text(interface, "preparation.before", text=text))
        if step is steps[0] and shown.language.value == interface.value:
            lines.append(self._text(interface, "preparation.how_here"))
        elif step is steps[0]:
            practised = self._messages.plain(interface, f"language.{shown.language}")
            lines.append(self._text(interface, "preparation.how", language=practised))
        return "\n".join(lines)

    def _example(self, deal: Deal, interface: Interface) -> str:
        """Values from the middle: how an answer looks, not what it should be."""
        shown = sorted(deal.issues, key=lambda issue: issue.id is not IssueId.PRICE)
        return comma(interface).join(
            self._values.value(deal, issue.id, issue.values[len(issue.values) // 2], interface)
            for issue in shown[:EXAMPLE_ISSUES]
        )

    def _parts(
        self, preparation: Preparation, step: Step, deal: Deal, interface: Interface
    ) -> str:
        return " + ".join(
            self._messages.plain(
                interface,
                "preparation.part",
                issue=self._values.issue(deal, part.issue, interface),
                value=self._values.value(deal, part.issue, part.value, interface),
                points=points(part.points, interface),
            )
            for part in parts(deal, preparation.offer(step))
        )

    def _step(self, step: Step, interface: Interface) -> str:
        return self._messages.plain(interface, f"preparation.step.{step}")

    # --- during -------------------------------------------------------------------------------

    def table(self, shown: TableOfIssues, interface: Interface) -> tuple[Words, ...]:
        """All issues at a glance, one line each."""
        exercise = self._library.exercises.get(shown.exercise_id)
        if exercise is None:
            return (Words(html=self._text(interface, "exercise_gone")),)
        deal, table = exercise.versions[shown.language].deal, shown.table
        number = {"settled": str(table.settled), "all": str(len(table.rows))}
        blocks = [
            self._text(interface, "table.head", **number),
            "\n".join(self._row(deal, table, row, interface) for row in table.rows),
        ]
        if table.promises:
            blocks.append("\n".join(self._promise(deal, one, interface) for one in table.promises))
        if shown.has_points:
            limit = points(table.limit, interface)
            packages = (("table.mine", table.mine), ("table.theirs", table.theirs))
            lines = [
                self._package(key, package, number["all"], interface) for key, package in packages
            ]
            lines.append(self._text(interface, "table.limit", limit=limit))
            blocks.append("\n".join(lines))
        return (Words(html="\n\n".join(blocks)),)

    def _row(self, deal: Deal, table: IssueTable, row: Row, interface: Interface) -> str:
        name = self._values.issue(deal, row.issue, interface)
        mine, theirs = (
            self._value(deal, row.issue, package.offer, interface)
            for package in (table.mine, table.theirs)
        )
        if row.state is State.SETTLED:
            return self._text(interface, "table.settled", issue=name, value=mine)
        if row.issue not in (*table.mine.offer.issues, *table.theirs.offer.issues):
            return self._text(interface, "table.untouched", issue=name)
        return self._text(interface, f"table.{row.state}", issue=name, mine=mine, theirs=theirs)

    def _promise(self, deal: Deal, promise: Promise, interface: Interface) -> str:
        give, want = (
            comma(interface).join(self._value(deal, id, offer, interface) for id in offer.issues)
            for offer in (promise.give, promise.want)
        )
        return self._text(interface, "table.promise", give=give, want=want)

    def _value(self, deal: Deal, id: IssueId, offer: Offer, interface: Interface) -> str:
        value = offer.value(id)
        if value is None:
            return self._messages.plain(interface, "table.unsaid")
        return self._values.value(deal, id, value, interface)

    def _package(self, key: str, package: Package, all: str, interface: Interface) -> str:
        worth = points(package.points, interface)
        return self._text(interface, key, points=worth, named=str(package.named), all=all)

    def suggestions(self, shown: Suggestions, interface: Interface) -> tuple[Words, ...]:
        """What one could write, or for the more advanced what one could do."""
        exercise = self._library.exercises.get(shown.exercise_id)
        if exercise is None:
            return (Words(html=self._text(interface, "exercise_gone")),)
        if shown.moves:
            lines = self._moves(shown, exercise.versions[shown.language], interface)
        elif shown.is_asked:
            lines = self._asked(shown, exercise.versions[shown.language], interface)
        else:
            lines = [self._text(interface, "suggestion.unasked")]
            lines += self._sentences(shown.sentences, interface)
        return (Words(html="\n".join(lines)),)

    def _asked(self, shown: Suggestions, version: Version, interface: Interface) -> list[str]:
        sentence, *others = shown.sentences
        issue = self._values.issue(version.deal, shown.hint.issue, interface)
        key = f"hint_{shown.hint.reason}"
        lines = [self._text(interface, key, **self._slots(key, interface, issue, sentence))]
        if others:
            lines.append(self._text(interface, "suggestion.more"))
            lines += self._sentences(tuple(others), interface)
        return lines

    def _moves(self, shown: Suggestions, version: Version, interface: Interface) -> list[str]:
        issue = self._values.issue(version.deal, shown.hint.issue, interface)
        key = f"suggestion.{shown.hint.reason}"
        return [
            self._text(interface, key, **self._slots(key, interface, issue, "")),
            *(
                self._text(
                    interface,
                    "suggestion.move",
                    move=self._messages.plain(interface, f"move.{move}"),
                )
                for move in shown.moves
            ),
        ]

    def _slots(self, key: str, interface: Interface, issue: str, sentence: str) -> dict[str, str]:
        entry = str(self._messages.entry(interface, key))
        known = {"issue": issue, "sentence": sentence}
        return {name: value for name, value in known.items() if f"{{{name}}}" in entry}

    def _sentences(self, sentences: tuple[str, ...], interface: Interface) -> list[str]:
        return [
            self._text(interface, "suggestion.sentence", sentence=sentence)
            for sentence in sentences
        ]

    def _text(self, interface: Interface, key: str, **values: object) -> str:
        return self._messages.text(interface, key, **values)


def _sum(deal: Deal, preparation: Preparation, step: Step, interface: Interface) -> str:
    worth = (part.points for part in parts(deal, preparation.offer(step)))
    return points(sum(worth, start=Decimal(0)), interface)


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_NOTE else plain[: LONGEST_NOTE - 1] + "…"
