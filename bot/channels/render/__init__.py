"""Words and pictures for everything that goes out, the same for every channel."""

from html import escape

from bot.channels.render.aids import Aids
from bot.channels.render.cards import Cards, title
from bot.channels.render.debriefing import Debriefing
from bot.channels.render.formats import when
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Label, Picture, Rendered, Words
from bot.channels.render.reports import Reports
from bot.channels.render.sums import Sums
from bot.domain.languages import Interface, Language
from bot.domain.messages import (
    AssignmentReport,
    Brief,
    Button,
    BuyerSays,
    Calculation,
    Content,
    Corrections,
    Debrief,
    GroupWeek,
    LearnerSaid,
    LearnerWeek,
    Menu,
    Notice,
    Outgoing,
    PreparationStep,
    Progress,
    Suggestions,
    TableOfIssues,
    Transcript,
)
from bot.ports import Library

__all__ = ["Label", "Picture", "Rendered", "Renderer", "Words"]


class Renderer:
    """Renders every content in every interface language."""

    def __init__(self, library: Library) -> None:
        self.messages = Messages()
        self._library = library
        self._aids = Aids(library, self.messages)
        self._cards = Cards(library, self.messages)
        self._sums = Sums(library, self.messages)
        self._reports = Reports(library, self.messages)
        self._debriefing = Debriefing(library, self.messages)

    def render(self, outgoing: Outgoing) -> Rendered:
        """``outgoing`` in words and pictures. Pictures are drawn later, when they are needed."""
        return Rendered(
            parts=self._parts(outgoing.content, outgoing.interface),
            buttons=tuple(
                tuple(self._label(button, outgoing.interface) for button in row)
                for row in outgoing.buttons
            ),
        )

    def _parts(self, content: Content, interface: Interface) -> tuple[Words | Picture, ...]:
        match content:
            case Notice():
                return (Words(html=self._notice(content, interface)),)
            case LearnerSaid(text=text):
                return (Words(html=escape(text, quote=False)),)
            case BuyerSays(name=name, text=text):
                says = f"<b>{escape(name, quote=False)}</b>\n{escape(text, quote=False)}"
                return (Words(html=says),)
            case Corrections():
                return self._cards.corrections(content, interface)
            case Menu():
                return self._cards.menu(content, interface)
            case Brief():
                return self._cards.brief(content, interface)
            case PreparationStep():
                return self._aids.step(content, interface)
            case TableOfIssues():
                return self._aids.table(content, interface)
            case Suggestions():
                return self._aids.suggestions(content, interface)
            case Calculation():
                return self._sums.calculation(content, interface)
            case Transcript():
                return self._cards.transcript(content, interface)
            case Debrief():
                return self._debriefing.debrief(content, interface)
            case Progress():
                return self._reports.progress(content, interface)
            case LearnerWeek():
                return self._reports.learner_week(content, interface)
            case GroupWeek():
                return self._reports.group_week(content, interface)
            case AssignmentReport():
                return self._reports.assignment(content, interface)

    def _notice(self, notice: Notice, interface: Interface) -> str:
        values = {name: self._value(value, interface) for name, value in notice.values.items()}
        if notice.at is not None and notice.timezone is not None:
            values["when"] = when(notice.at, notice.timezone, interface)
        return self.messages.text(interface, notice.key, **values)

    def _label(self, button: Button, interface: Interface) -> Label:
        values = {name: self._value(value, interface) for name, value in button.values.items()}
        text = self.messages.plain(interface, f"button.{button.key}", **values)
        return Label(text=text, action=button.action)

    def _value(self, value: str | int, interface: Interface) -> str | int:
        """A value with its words, where it is the key of some; see ``Notice.values``."""
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        if value.startswith("@title:"):
            return title(self._library, value.removeprefix("@title:"), interface)
        if value.startswith("@wish:"):
            return self._wish(value.removeprefix("@wish:"), interface)
        try:
            return self.messages.plain(interface, value[1:])
        except KeyError:
            return value

    def _wish(self, key: str, interface: Interface) -> str:
        """The title of a wish, by ``exercise:language:wish``."""
        exercise_id, language, id = key.split(":")
        exercise = self._library.exercises.get(exercise_id)
        if exercise is None:
            return id
        return exercise.versions[Language(language)].wish(id).title[interface]
