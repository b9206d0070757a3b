"""Conversations without a deal in words: the learner's task, and what a talk was worth."""

from collections.abc import Iterator

from bot.channels.render.messages import Messages
from bot.domain.conversation_marks import ConversationMarks, Seen, WishPart, assess_conversation
from bot.domain.exercise import Version
from bot.domain.languages import Interface
from bot.domain.talk import Phase, Talk

SEEN = 4  # things of each sort, good and bad; more is not read on a phone


class Conversations:
    """Renders what is particular to conversations."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def task(self, version: Version, interface: Interface) -> str:
        """What the learner is to do, with the points."""
        text = self._messages.text
        shown = [wish for wish in version.wishes if wish.shown]
        lines = [text(interface, "conversation.task")]
        lines += [
            text(interface, "conversation.wish", wish=wish.title[interface], points=wish.points)
            for wish in shown
        ]
        hidden = sum(wish.points for wish in version.wishes if not wish.shown)
        if hidden:
            lines.append(text(interface, "conversation.hidden", points=hidden))
        return "\n".join(lines)

    def result(self, version: Version, talk: Talk, interface: Interface) -> tuple[str, ...]:
        """How it ended with the points, the wishes one by one, the way, a better sentence."""
        marks = assess_conversation(version, talk)
        sections = (
            self._outcome(marks, interface),
            "\n".join(self._part(version, part, interface) for part in marks.parts),
            "\n".join(self._way(marks, interface)),
            "\n".join(self._better(version, marks, interface)),
        )
        return tuple(section for section in sections if section)

    def _outcome(self, marks: ConversationMarks, interface: Interface) -> str:
        key = "satisfied" if marks.phase is Phase.AGREED else "disappointed"
        if marks.phase is Phase.LEFT:
            key = "left"
        head = self._messages.text(
            interface, f"conversation.{key}", points=marks.points, most=marks.most
        )
        counted = [part for part in marks.parts if part.points]
        terms = " + ".join(str(part.points) for part in counted)
        if len(counted) < 2:
            return head
        summed = self._messages.text(
            interface, "conversation.sum", points=marks.points, parts=terms
        )
        return f"{head}\n{summed}"

    def _part(self, version: Version, part: WishPart, interface: Interface) -> str:
        key = "met" if part.points == part.most else "half" if part.points else "missed"
        return self._messages.text(
            interface,
            f"conversation.{key}",
            wish=version.wish(part.wish).title[interface],
            points=part.points,
            most=part.most,
            turn=part.turn or 0,
        )

    def _way(self, marks: ConversationMarks, interface: Interface) -> Iterator[str]:
        good = [seen for seen in marks.seen if seen.good][:SEEN]
        bad = [seen for seen in marks.seen if not seen.good][:SEEN]
        for mark, seen in [*(("✓", one) for one in good), *(("✗", one) for one in bad)]:
            yield f"{mark} {self._seen(seen, interface)}"

    def _seen(self, seen: Seen, interface: Interface) -> str:
        words = self._messages.text(interface, f"tact.{seen.tact}", n=seen.count or 0)
        if seen.turn is None:
            return words
        turn = self._messages.text(interface, "judged.turns", n=1, turns=seen.turn)
        return f"{words} {turn}"

    def _better(
        self, version: Version, marks: ConversationMarks, interface: Interface
    ) -> Iterator[str]:
        """How one could have put what brought least."""
        for part in marks.missed[:1]:
            wish = version.wish(part.wish)
            yield self._messages.text(
                interface,
                "conversation.better",
                wish=wish.title[interface],
                sentence=wish.hint,
            )
