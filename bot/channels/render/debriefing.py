"""The debrief: what a finished talk was worth, as arithmetic, a picture and words.

The arithmetic is ``domain.marks``'; here it gets its words.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from bot.channels.render.cards import Cards
from bot.channels.render.conversation_debrief import Conversations
from bot.channels.render.dealmap import DealMap, Stop, draw
from bot.channels.render.formats import Values, comma, gain, points
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Picture, Words
from bot.domain.deal import Deal, IssueId, Offer, Side
from bot.domain.exercise import Version
from bot.domain.feedback import Finding, FindingKind
from bot.domain.languages import Interface
from bot.domain.marks import Marks, assess
from bot.domain.messages import Corrections, Debrief
from bot.domain.observations import Code, Observation
from bot.domain.session import Attempt
from bot.domain.talk import Phase, Talk
from bot.ports import Library

OBSERVATIONS = 3  # of each sort, good and bad; more is not read on a phone
KINDS = 4  # finding kinds listed, the most frequent first
ADVICE = 2  # things to try next; nobody works on more at once


class Debriefing:
    """Renders debriefs."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._messages = messages
        self._values = Values(messages)
        self._cards = Cards(library, messages)
        self._conversations = Conversations(messages)

    def debrief(self, debrief: Debrief, interface: Interface) -> tuple[Words | Picture, ...]:
        """The deal with its map, the way there, the language, and what to try next."""
        attempt = debrief.attempt
        exercise = self._library.exercises.get(attempt.exercise_id)
        if exercise is None:
            gone = self._messages.text(interface, "exercise_gone")
            return (Words(html=gone),)
        version = exercise.versions[attempt.language]
        if version.wishes:
            told = self._conversations.result(version, attempt.talk, interface)
            language = "\n".join(self._language(attempt, debrief.examples, interface))
            return (Words(html="\n\n".join([*told, language])),)
        marks = assess(version, attempt.talk)
        picture = Picture(
            alt=self._messages.text(interface, "debrief.map_alt"),
            caption="\n".join(self._result(version.deal, marks, interface)),
            draw=partial(
                draw, self._map(version, attempt.talk, marks, exercise.title[interface], interface)
            ),
        )
        sections = [
            "\n".join(self._way(version.deal, marks, interface)),
            "\n".join(self._swap(version.deal, marks, interface)),
            "\n".join(self._language(attempt, debrief.examples, interface)),
            "\n".join(self._next(marks, interface)),
        ]
        return picture, Words(html="\n\n".join(section for section in sections if section))

    def _result(self, deal: Deal, marks: Marks, interface: Interface) -> Iterator[str]:
        text = self._messages.text
        limit = points(marks.reservation, interface)
        if marks.agreement is None or marks.gain is None:
            key = "broken_off" if marks.phase is Phase.BROKEN_OFF else "left"
            yield text(interface, f"debrief.{key}")
            best = points(marks.best.learner, interface)
            yield text(interface, "debrief.possible", best=best, reservation=limit)
            return
        mine = points(marks.agreement.learner, interface)
        key = "agreed" if marks.gain >= 0 else "below"
        yield text(interface, f"debrief.{key}", points=mine, reservation=limit)
        parts = " + ".join(
            text(
                interface,
                "debrief.part",
                issue=self._values.issue(part.issue, interface),
                value=self._offer(deal, part.value, interface),
                points=points(part.points, interface),
            )
            for part in marks.parts
        )
        yield self._messages.frame(interface, "debrief.sum", points=mine, parts=parts)
        yield self._best(marks, interface)
        if marks.frontier_gap:
            gap = points(marks.frontier_gap, interface)
            yield text(interface, "debrief.frontier", gap=gap)
        elif marks.swap is None:
            yield text(interface, "debrief.on_frontier")

    def _best(self, marks: Marks, interface: Interface) -> str:
        share = max(marks.surplus_share or Decimal(0), Decimal(0)) * 100
        best = points(marks.best.learner, interface)
        return self._messages.text(interface, "debrief.best", best=best, share=f"{share:.0f}")

    def _way(self, deal: Deal, marks: Marks, interface: Interface) -> Iterator[str]:
        good = [seen for seen in marks.observations if seen.good][:OBSERVATIONS]
        bad = [seen for seen in marks.observations if not seen.good][:OBSERVATIONS]
        for mark, seen in [*(("✓", one) for one in good), *(("✗", one) for one in bad)]:
            yield f"{mark} {self._observation(deal, seen, interface)}"

    def _observation(self, deal: Deal, seen: Observation, interface: Interface) -> str:
        words = self._messages.text(
            interface,
            f"observation.{seen.code}",
            n=seen.count or 0,
            points=points(seen.points or Decimal(0), interface),
            share=f"{(seen.share or Decimal(0)) * 100:.0f}",
            issues=self._issues(seen.issues, interface),
            offer=self._offer(deal, seen.offer, interface) if seen.offer else "",
        )
        if seen.turn is None or seen.code in (Code.LIMIT_KEPT, Code.BELOW_LIMIT):
            return words
        return f"{words} {self._messages.text(interface, 'observation.turn', turn=seen.turn)}"

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

    def _language(
        self, attempt: Attempt, examples: Sequence[Corrections], interface: Interface
    ) -> Iterator[str]:
        text = self._messages.text
        yield text(interface, "debrief.language_head")
        ranked = sorted(attempt.kinds.items(), key=lambda item: (-item[1], item[0]))
        if not ranked and not attempt.unchecked:
            yield text(interface, "debrief.language_none", words=attempt.words)
        for kind, count in ranked[:KINDS]:
            yield self._messages.frame(
                interface,
                "debrief.language_kind",
                kind=self._messages.pair(interface, f"kind.{kind}")[0],
                n=count,
                example=self._example(kind, examples, interface),
            )
        if attempt.unchecked:
            yield text(interface, "debrief.unchecked", n=attempt.unchecked)

    def _example(
        self, kind: FindingKind, examples: Sequence[Corrections], interface: Interface
    ) -> str:
        found: list[tuple[str, Finding]] = [
            (example.text, finding)
            for example in examples
            for finding in example.findings
            if finding.kind is kind
        ]
        with_fix = [pair for pair in found if pair[1].fixes] or found
        if not with_fix:
            return ""
        said, finding = with_fix[0]
        return self._cards.place(said, finding, interface)

    def _next(self, marks: Marks, interface: Interface) -> Iterator[str]:
        advice = [
            key
            for seen in marks.observations
            if not seen.good and self._messages.has(interface, key := f"advice.{seen.code}")
        ]
        if marks.swap is not None:
            advice.append("advice.swap")
        yield self._messages.text(interface, "debrief.next_head")
        for key in dict.fromkeys(advice[:ADVICE] or ["advice.other_language"]):
            yield f"→ {self._messages.text(interface, key)}"

    def _issues(self, ids: Sequence[IssueId], interface: Interface) -> str:
        return comma(interface).join(self._values.issue(id, interface) for id in ids)

    def _offer(self, deal: Deal, offer: Offer, interface: Interface) -> str:
        values = ((id, offer.value(id)) for id in offer.issues)
        return comma(interface).join(
            self._values.value(deal, id, value, interface)
            for id, value in values
            if value is not None
        )

    def _map(
        self, version: Version, talk: Talk, marks: Marks, title: str, interface: Interface
    ) -> DealMap:
        words = self._messages.entry(interface, "map")
        return DealMap(
            deal=version.deal,
            stops=_stops(version.deal, talk),
            agreement=marks.agreement,
            swap=marks.swap.outcome if marks.swap else None,
            words={key: str(word) for key, word in words.items()},
            title=title,
        )


def _stops(deal: Deal, talk: Talk) -> tuple[Stop, ...]:
    """Both paths; an issue a side has not spoken about yet counts at that side's best."""
    last = {Side.LEARNER: _dream(deal, Side.LEARNER), Side.BUYER: _dream(deal, Side.BUYER)}
    stops = []
    for step in talk.path:
        full = step.offer.over(last[step.side])
        last[step.side] = full
        stops.append(Stop(turn=step.turn, side=step.side, outcome=deal.outcome(full)))
    return tuple(stops)


def _dream(deal: Deal, side: Side) -> Offer:
    best = max(deal.outcomes, key=lambda outcome: getattr(outcome, side.value))
    return Offer(figures=best.offer.figures, choices=best.offer.choices)
