"""One learner message and the reply in the making: what every step of an answer works on.

Decides nothing; says what is open, settled, refused and how much may still be said.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from bot.domain.concession import cost
from bot.domain.deal import Deal, IssueId, Offer
from bot.domain.exercise import Version, line_for
from bot.domain.reading import Reading
from bot.domain.talk import Promise, Talk, Trick
from bot.domain.tempers import MANNERS, Manner
from bot.domain.understanding import Stance, Topic, Understanding
from bot.domain.wording import Speaker

SENTENCES = 4  # in a reply; storyboard section 3
_PRESSED = 2  # factor by which an issue hurts a temper that presses it more; house judgement

ISSUE_OF = {
    Topic.PRICE: IssueId.PRICE,
    Topic.QUANTITY: IssueId.QUANTITY,
    Topic.INCOTERM: IssueId.INCOTERM,
    Topic.PAYMENT: IssueId.PAYMENT,
    Topic.DELIVERY: IssueId.LEAD_TIME,
}


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One learner message, what has become of it, and the reply in the making."""

    version: Version
    before: Talk
    talk: Talk
    heard: Understanding
    reading: Reading
    speaker: Speaker
    rng: Random
    is_probe: bool = False
    named: Offer = field(default_factory=Offer)
    """What the message put on the table."""
    moved: bool = False
    eased: tuple[IssueId, ...] = ()
    promise: Promise | None = None
    """The condition to be stated in this reply."""
    trick: Trick | None = None
    """The trick tried in this reply."""
    warns: bool = False
    """Whether to say that a decision is due."""
    excuses: bool = False
    """Whether the buyer asks back, so that the turn does not count."""
    corrected: tuple[IssueId, ...] = ()
    """The issues on which the learner has put a slip right."""
    slip: Offer = field(default_factory=Offer)
    """The values put right, as they had been said."""

    @property
    def deal(self) -> Deal:
        """The deal that is negotiated."""
        return self.version.deal

    @property
    def manner(self) -> Manner:
        """The parameters of the buyer's temper."""
        return MANNERS[self.version.persona.temper]

    @property
    def gaps(self) -> tuple[IssueId, ...]:
        """Issues on which both have a value and these differ.

        What is disputed goes first, then what hurts most.
        """
        differing = self.talk.standing.differing(self.talk.offered)

        def weight(id: IssueId) -> Decimal:
            hurt = cost(self.deal, id, of=self.talk.standing, to=self.talk.offered)
            likes = _PRESSED if id in self.manner.presses else 1
            return likes * hurt / (1 + self.speaker.times(line_for("push", id)))

        by_weight = sorted(differing, key=weight, reverse=True)
        refused = self.disputed
        return tuple(sorted(by_weight, key=lambda id: id not in refused))

    @property
    def disputed(self) -> tuple[IssueId, ...]:
        """The issues refused now, or refused before and not settled since."""
        now = disputed_issues(self.heard)
        ids = {issue.id for issue in self.deal.issues} & {*now, *self.talk.disputed}
        return tuple(id for id in IssueId if id in ids)

    @property
    def settled(self) -> tuple[IssueId, ...]:
        """Issues on which both say the same, or the buyer's opening wish was never disputed."""
        talk = self.talk
        return tuple(
            issue.id
            for issue in self.deal.issues
            if talk.offered.value(issue.id) == talk.standing.value(issue.id)
            or (
                issue.id in self.version.opening_names
                and issue.id not in (*talk.offered.issues, *talk.disputed)
            )
        )

    @property
    def open(self) -> tuple[IssueId, ...]:
        """The other issues, in the order of ``IssueId``."""
        ids = {issue.id for issue in self.deal.issues} - set(self.settled)
        return tuple(id for id in IssueId if id in ids)

    @property
    def has_room(self) -> bool:
        """Whether one more sentence is welcome."""
        return self.speaker.sentences < SENTENCES


def topic_issues(heard: Understanding) -> tuple[IssueId, ...]:
    """The issues a message is about, by its topics and names."""
    by_name = heard.mentioned(Stance.ASKED, Stance.GRANTED, Stance.DISPUTED)
    return *(ISSUE_OF[topic] for topic in heard.topics if topic in ISSUE_OF), *by_name


def granted_issues(heard: Understanding) -> set[IssueId]:
    """The issues that a message agrees to by their names."""
    by_topic = {ISSUE_OF[topic] for topic in heard.granted if topic in ISSUE_OF}
    return by_topic | set(heard.mentioned(Stance.GRANTED))


def disputed_issues(heard: Understanding) -> set[IssueId]:
    """The issues that a message refuses by their names or figures."""
    by_topic = {ISSUE_OF[topic] for topic in heard.disputed if topic in ISSUE_OF}
    return by_topic | set(heard.mentioned(Stance.DISPUTED))
