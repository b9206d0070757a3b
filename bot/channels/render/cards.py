"""The coach's cards about exercises and texts: menu, brief, corrections, transcript."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from bot.channels.render.aids import Aids
from bot.channels.render.conversation_debrief import Conversations
from bot.channels.render.formats import Values, points, when
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Words
from bot.channels.render.understood import Understood
from bot.domain.deal import Deal, FigureIssue, Issue, Side
from bot.domain.disputes import UNDERSTANDING
from bot.domain.feedback import Finding
from bot.domain.languages import Interface
from bot.domain.messages import Brief, Corrections, Menu, Transcript, TranscriptTurn
from bot.ports import Library

AROUND = 24  # characters of a text shown on each side of a finding


class Cards:
    """Renders the cards that need exercises or texts."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._aids = Aids(library, messages)
        self._messages = messages
        self._values = Values(messages)
        self._understood = Understood(messages)
        self._conversations = Conversations(messages)

    def menu(self, menu: Menu, interface: Interface) -> tuple[Words, ...]:
        """What is asked of the learner, and what there is besides."""
        lines: list[str] = []
        if menu.due:
            lines.append(self._messages.text(interface, "menu.due"))
        for item in menu.due:
            lines.append(
                self._messages.text(
                    interface,
                    "menu.due_item",
                    mark="✅" if item.is_done else "▫️",
                    title=title(self._library, item.exercise_id, interface),
                    group=item.group,
                    when=when(item.due_at, menu.timezone, interface),
                )
            )
        if set(menu.exercises) & set(self._library.exercises):
            lines.append(self._messages.text(interface, "menu.free"))
        there = [id for id in menu.exercises if id in self._library.exercises]
        lines += [self._item(id, interface) for id in there]
        return (Words(html="\n".join(lines) or self._messages.text(interface, "menu.nothing")),)

    def _item(self, exercise_id: str, interface: Interface) -> str:
        exercise = self._library.exercises[exercise_id]
        return self._messages.text(
            interface,
            "menu.item",
            title=exercise.title[interface],
            minutes=exercise.minutes,
            competence=self._messages.plain(interface, f"competence.{exercise.competence}"),
            band=exercise.band,
        )

    def brief(self, brief: Brief, interface: Interface) -> tuple[Words, ...]:
        """The learner's task: who, what, how much it is worth."""
        exercise = self._library.exercises.get(brief.exercise_id)
        if exercise is None:
            return (Words(html=self._messages.text(interface, "exercise_gone")),)
        version = exercise.versions[brief.language]
        persona, seller, product = version.persona, version.seller, version.product
        text = self._messages.text
        head = text(
            interface,
            "brief.head",
            title=exercise.title[interface],
            language=self._messages.plain(interface, f"language.{brief.language}"),
            band=exercise.band,
        )
        people = [
            text(
                interface,
                "brief.you",
                company=seller.company,
                town=seller.town[interface],
                role=seller.role[interface],
            ),
            text(
                interface,
                "brief.product",
                name=product.name[interface],
                model=product.model,
                facts=product.facts[interface],
            ),
            text(
                interface,
                "brief.buyer",
                name=persona.name,
                role=persona.role[interface],
                company=persona.company,
                town=persona.town,
            ),
        ]
        task = (
            self._conversations.task(version, interface)
            if version.wishes
            else self._issues(version.deal, interface)
        )
        blocks = [
            head,
            escape(version.situation[interface], quote=False),
            "\n".join(people),
            task,
        ]
        if brief.preparation:
            blocks.append(self._aids.notes(brief.preparation, version.deal, interface))
        elif not version.wishes:
            blocks.append(text(interface, "brief.think"))
        if brief.due_at is not None and brief.timezone is not None:
            due = when(brief.due_at, brief.timezone, interface)
            blocks.insert(1, text(interface, "brief.due", when=due))
        return (Words(html="\n\n".join(blocks)),)

    def _issues(self, deal: Deal, interface: Interface) -> str:
        lines = [self._messages.text(interface, "brief.issues")]
        lines += [self._issue(deal, issue, interface) for issue in deal.issues]
        limit = points(deal.learner_reservation, interface)
        lines.append(self._messages.text(interface, "brief.reservation", points=limit))
        return "\n".join(lines)

    def _issue(self, deal: Deal, issue: Issue, interface: Interface) -> str:
        is_range = isinstance(issue, FigureIssue) and issue.step is not None
        values = (issue.values[0], issue.values[-1]) if is_range else issue.values
        rated = (self._rated(deal, issue, value, interface) for value in values)
        return self._messages.text(
            interface,
            "brief.issue",
            issue=self._values.issue(deal, issue.id, interface),
            values=(" – " if is_range else " / ").join(rated),
        )

    def _rated(self, deal: Deal, issue: Issue, value: Decimal | str, interface: Interface) -> str:
        written = self._values.value(deal, issue.id, value, interface)
        worth = deal.payoff_of(Side.LEARNER, issue.id, value)
        return f"{written} ({points(worth, interface)})"

    def corrections(self, corrections: Corrections, interface: Interface) -> tuple[Words, ...]:
        """At most a few remarks, each with its place, the better form and the reason."""
        lines = [self.remark(corrections.text, f, interface) for f in corrections.findings]
        head = self._messages.text(interface, "corrections.head", n=len(lines)) if lines else ""
        if corrections.is_late:
            quoted = escape(_shortened(corrections.text), quote=False)
            late = self._messages.text(interface, "corrections.late")
            none = "" if lines else self._messages.text(interface, "corrections.none")
            lines = [f"{late} {none}".strip(), f"<blockquote>{quoted}</blockquote>", *lines]
        return (Words(html="\n".join(line for line in (head, *lines) if line)),)

    def remark(self, text: str, finding: Finding, interface: Interface) -> str:
        """One remark on one line: the place, the better form, the reason."""
        reason = self._messages.pair(interface, f"kind.{finding.kind}")[1]
        place = self.place(text, finding, interface)
        return self._messages.frame(interface, "corrections.item", place=place, reason=reason)

    def place(self, text: str, finding: Finding, interface: Interface) -> str:
        """Where a finding is, with a few words around it, and the better form."""
        before = text[: finding.start].rpartition("\n")[2]
        after = text[finding.end :].partition("\n")[0]
        return self._messages.text(
            interface,
            "corrections.place" if finding.fixes else "corrections.place_without_fix",
            before=before if len(before) <= AROUND else "…" + _last_words(before),
            wrong=text[finding.start : finding.end],
            right=finding.fixes[0] if finding.fixes else "",
            after=after if len(after) <= AROUND else _first_words(after) + "…",
        )

    def transcript(self, transcript: Transcript, interface: Interface) -> tuple[Words, ...]:
        """A whole talk, one part per turn so that a channel can cut between them."""
        head = self._messages.text(
            interface,
            "transcript.head",
            title=title(self._library, transcript.exercise_id, interface),
            language=self._messages.plain(interface, f"language.{transcript.language}"),
            learner=transcript.learner,
        )
        turns = [self._turn(transcript, turn, interface) for turn in transcript.turns]
        return (Words(html="\n\n".join([head, *turns])),)

    def _turn(self, whole: Transcript, turn: TranscriptTurn, interface: Interface) -> str:
        lines = []
        if turn.text:
            mark = "" if turn.findings is not None else self._unchecked(interface)
            said = self._marked(turn.text, turn.findings or (), interface)
            lines.append(f"<b>{escape(whole.learner, quote=False)}:</b> {said}{mark}")
            if turn.understood:
                lines.append(self._understood.line(turn.understood, interface))
            lines += [self._dispute(turn, about, interface) for about in turn.disputed]
        if turn.reply:
            reply = escape(turn.reply, quote=False)
            lines.append(f"<b>{escape(whole.buyer, quote=False)}:</b> {reply}")
        return "\n".join(lines)

    def _dispute(self, turn: TranscriptTurn, about: str, interface: Interface) -> str:
        if about == UNDERSTANDING:
            return self._messages.text(interface, "dispute.understanding")
        place = self.place(turn.text, (turn.findings or ())[int(about)], interface)
        return self._messages.frame(interface, "dispute.finding", what=place)

    def _unchecked(self, interface: Interface) -> str:
        return " <i>" + self._messages.text(interface, "transcript.unchecked") + "</i>"

    def _marked(self, text: str, findings: Sequence[Finding], interface: Interface) -> str:
        pieces, at = [], 0
        for finding in sorted(findings, key=lambda finding: finding.start):
            if finding.start < at or not finding.fixes:
                continue
            pieces.append(escape(text[at : finding.start], quote=False))
            pieces.append(
                self._messages.text(
                    interface,
                    "transcript.fix",
                    wrong=text[finding.start : finding.end],
                    right=finding.fixes[0],
                )
            )
            at = finding.end
        return "".join(pieces) + escape(text[at:], quote=False)


def title(library: Library, exercise_id: str, interface: Interface) -> str:
    """The title of an exercise; of one that is there no more, its id."""
    exercise = library.exercises.get(exercise_id)
    return exercise.title[interface] if exercise else exercise_id


def _last_words(text: str) -> str:
    return text[-AROUND:].partition(" ")[2]


def _first_words(text: str) -> str:
    return text[:AROUND].rpartition(" ")[0]


def _shortened(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[: limit - 1].rpartition(" ")[0] + "…"
