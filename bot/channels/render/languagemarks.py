"""The language mark in words: kinds of remark with examples, and what changed an offer.

Counts what was found and what was understood; the deal mark is none of its business.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.channels.render.cards import Cards
from bot.channels.render.coaching import Coaching
from bot.channels.render.formats import Values, points
from bot.channels.render.messages import Messages
from bot.domain.deal import Deal, Offer
from bot.domain.feedback import Finding, FindingKind
from bot.domain.languages import Interface
from bot.domain.messages import Corrections
from bot.domain.session import Attempt
from bot.domain.slips import Slip

KINDS = 4  # finding kinds listed, the most frequent first


class LanguageMarks:
    """Renders the language of a finished session."""

    def __init__(self, messages: Messages, cards: Cards, coaching: Coaching) -> None:
        self._messages = messages
        self._values = Values(messages)
        self._cards = cards
        self._coaching = coaching

    def language(
        self, attempt: Attempt, examples: Sequence[Corrections], interface: Interface
    ) -> Iterator[str]:
        """Findings per 100 words, the most frequent kinds, and what nobody has checked."""
        text = self._messages.text
        yield text(interface, "debrief.language_head")
        ranked = sorted(attempt.kinds.items(), key=lambda item: (-item[1], item[0]))
        if not ranked and not attempt.unchecked:
            yield text(interface, "debrief.language_none", words=attempt.words)
        if ranked:
            yield text(
                interface,
                "debrief.language_rate",
                n=sum(attempt.kinds.values()),
                words=attempt.words,
                rate=points(errors_per_100([attempt]), interface),
            )
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

    def slips(self, deal: Deal, slips: Sequence[Slip], interface: Interface) -> Iterator[str]:
        """Errors that changed an offer: commercial, and what they would have cost."""
        if slips:
            yield self._messages.text(interface, "slip.head")
        for slip in slips:
            yield self._messages.text(
                interface,
                f"slip.{slip.kind}",
                turn=slip.turn,
                said=self._offer(deal, slip.said, interface),
                meant=self._offer(deal, slip.meant, interface),
                points=points(slip.points or Decimal(0), interface),
                foreign=self._foreign(slip, interface),
                currency=deal.currency,
                issue=self._values.issue(deal, slip.issue, interface),
            )

    def _offer(self, deal: Deal, offer: Offer, interface: Interface) -> str:
        return self._coaching.offer(deal, offer, interface)

    def _foreign(self, slip: Slip, interface: Interface) -> str:
        if slip.foreign is None or slip.foreign.currency is None:
            return ""
        return self._values.money(slip.foreign.amount, slip.foreign.currency, interface)


def errors_per_100(attempts: Sequence[Attempt]) -> Decimal:
    """Findings per 100 words over several attempts."""
    words = sum(attempt.words for attempt in attempts)
    found = sum(sum(attempt.kinds.values()) for attempt in attempts)
    return Decimal(100 * found) / max(words, 1)
