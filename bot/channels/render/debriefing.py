"""The debrief: what a finished talk was worth, as arithmetic, a picture and words.

The arithmetic is ``domain.marks``'; here it gets its words, section by section.
"""

from collections.abc import Iterator
from functools import partial

from bot.channels.render.cards import Cards, title
from bot.channels.render.coaching import Coaching
from bot.channels.render.comparing import Comparing, Side
from bot.channels.render.conversation_debrief import Conversations
from bot.channels.render.dealmap import DealMap, Stop, draw
from bot.channels.render.formats import Values, comma, gain, points
from bot.channels.render.languagemarks import LanguageMarks
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Picture, Words
from bot.domain import deal as deals
from bot.domain.deal import Deal, Offer
from bot.domain.exercise import Version
from bot.domain.languages import Interface
from bot.domain.marks import Marks, assess
from bot.domain.messages import Debrief
from bot.domain.process import Process
from bot.domain.session import Attempt
from bot.domain.talk import Phase, Talk
from bot.ports import Library

ADVICE = 2  # things to try next; nobody works on more at once
ENOUGH_QUESTIONS = 2  # in a talk; house judgement


class Debriefing:
    """Renders debriefs."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._messages = messages
        self._values = Values(messages)
        self._coaching = Coaching(library, messages)
        self._language = LanguageMarks(messages, Cards(library, messages), self._coaching)
        self._comparing = Comparing(messages)
        self._conversations = Conversations(messages)

    def debrief(self, debrief: Debrief, interface: Interface) -> tuple[Words | Picture, ...]:
        """The deal with its map; the way there; the language; the twin; what to try next."""
        attempt = debrief.attempt
        exercise = self._library.exercises.get(attempt.exercise_id)
        if exercise is None:
            gone = self._messages.text(interface, "exercise_gone")
            return (Words(html=gone),)
        version = exercise.versions[attempt.language]
        if version.wishes:
            told = self._conversations.result(version, attempt.talk, interface)
            language = "\n".join(self._language.language(attempt, debrief.examples, interface))
            return (Words(html="\n\n".join([*told, language])),)
        marks = assess(version, attempt.talk, attempt.preparation)
        picture = Picture(
            alt=self._messages.text(interface, "debrief.map_alt"),
            caption="\n".join(self._result(version.deal, marks, interface)),
            draw=partial(
                draw, self._map(version, attempt.talk, marks, exercise.title[interface], interface)
            ),
        )
        coach, seed = self._coaching, attempt.session_id
        sections = [
            coach.classes(version, attempt.language, marks, seed, interface),
            self._swap(version.deal, marks, interface),
            coach.tricks(marks.process, interface),
            coach.figures(version.deal, marks, interface),
            self._language.language(attempt, debrief.examples, interface),
            self._language.slips(version.deal, marks.slips, interface),
            self._twin(debrief, marks, interface),
            self._next(marks, interface),
        ]
        written = ("\n".join(section) for section in sections)
        return picture, Words(html="\n\n".join(section for section in written if section))

    def _result(self, deal: Deal, marks: Marks, interface: Interface) -> Iterator[str]:
        text = self._messages.text
        limit = points(marks.reservation, interface)
        best = points(marks.best.learner, interface)
        if marks.agreement is None or marks.gain is None:
            key = "broken_off" if marks.phase is Phase.BROKEN_OFF else "left"
            yield text(interface, f"debrief.{key}")
            yield text(interface, "debrief.possible", best=best, reservation=limit)
            return
        mine = points(marks.agreement.learner, interface)
        key = "agreed" if marks.gain >= 0 else "below"
        yield text(interface, f"debrief.{key}", points=mine, reservation=limit)
        parts = " + ".join(
            text(
                interface,
                "debrief.part",
                issue=self._values.issue(deal, part.issue, interface),
                value=self._offer(deal, part.value, interface),
                points=points(part.points, interface),
            )
            for part in marks.parts
        )
        yield self._messages.frame(interface, "debrief.sum", points=mine, parts=parts)
        share = f"{max(marks.surplus_share or 0, 0) * 100:.0f}"
        yield text(interface, "debrief.best", best=best, share=share)
        if marks.frontier_gap:
            gap = points(marks.frontier_gap, interface)
            yield text(interface, "debrief.frontier", gap=gap)
        elif marks.swap is None:
            yield text(interface, "debrief.on_frontier")

    def _swap(self, deal: Deal, marks: Marks, interface: Interface) -> Iterator[str]:
        swap = marks.swap
        if swap is None or marks.agreement is None:
            return
        changes = [
            self._messages.text(
                interface,
                "debrief.instead",
                new=self._offer(deal, swap.outcome.offer.only([id]), interface),
                old=self._offer(deal, marks.agreement.offer.only([id]), interface),
            )
            for id in swap.issues
        ]
        yield self._messages.frame(
            interface,
            "debrief.swap",
            changes=comma(interface).join(changes),
            mine=points(swap.outcome.learner, interface),
            my_gain=gain(swap.learner_gain, interface),
            theirs=points(swap.outcome.buyer, interface),
            their_gain=gain(swap.buyer_gain, interface),
        )

    def _twin(self, debrief: Debrief, marks: Marks, interface: Interface) -> Iterator[str]:
        twin = debrief.twin
        exercise = self._library.exercises.get(twin.exercise_id) if twin else None
        if twin is None or exercise is None:
            return
        version = exercise.versions[twin.language]
        earlier = assess(version, twin.talk, twin.preparation)
        first = self._side(twin, earlier, interface)
        second = self._side(debrief.attempt, marks, interface)
        yield from self._comparing.compare(first, second, interface)

    def _side(self, attempt: Attempt, marks: Marks, interface: Interface) -> Side:
        name = title(self._library, attempt.exercise_id, interface)
        return Side(title=name, attempt=attempt, marks=marks)

    def _next(self, marks: Marks, interface: Interface) -> Iterator[str]:
        advice = [f"advice.{mark.cls}" for mark in marks.classes if not mark.good]
        advice += _habits(marks.process)
        if marks.swap is not None:
            advice.append("advice.swap")
        yield self._messages.text(interface, "debrief.next_head")
        for key in advice[:ADVICE] or ["advice.other_language"]:
            yield f"→ {self._messages.text(interface, key)}"

    def _offer(self, deal: Deal, offer: Offer, interface: Interface) -> str:
        return self._coaching.offer(deal, offer, interface)

    def _map(
        self, version: Version, talk: Talk, marks: Marks, title: str, interface: Interface
    ) -> DealMap:
        words, agreed = self._messages.entry(interface, "map"), marks.agreement
        return DealMap(
            deal=version.deal,
            stops=_stops(version.deal, talk),
            agreement=agreed,
            sum=f"{points(agreed.learner, interface)} : {points(agreed.buyer, interface)}"
            if agreed
            else "",
            swap=marks.swap.outcome if marks.swap else None,
            words={key: str(word) for key, word in words.items()},
            title=title,
        )


def _habits(process: Process) -> list[str]:
    """What no class is about: asking, and steps that grow."""
    steps = process.concessions
    grows = len(steps) > 1 and steps[-1].points > steps[-2].points
    asks = len(process.questions) >= ENOUGH_QUESTIONS
    return ([] if asks else ["advice.questions"]) + (["advice.growing"] if grows else [])


def _stops(deal: Deal, talk: Talk) -> tuple[Stop, ...]:
    """Both paths; an issue a side has not spoken about yet counts at that side's best."""
    last = {
        deals.Side.LEARNER: _dream(deal, deals.Side.LEARNER),
        deals.Side.BUYER: _dream(deal, deals.Side.BUYER),
    }
    stops = []
    for step in talk.path:
        full = step.offer.over(last[step.side])
        last[step.side] = full
        stops.append(Stop(turn=step.turn, side=step.side, outcome=deal.outcome(full)))
    return tuple(stops)


def _dream(deal: Deal, side: deals.Side) -> Offer:
    best = max(deal.outcomes, key=lambda outcome: getattr(outcome, side.value))
    return Offer(figures=best.offer.figures, choices=best.offer.choices)
