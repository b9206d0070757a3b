"""One simulated session, from the opening to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from bot.domain import negotiation
from bot.domain.exercise import Phrasebook, Version
from bot.domain.talk import Reply, Talk
from bot.simulation.learners import Learner

TODAY = date(2026, 9, 1)  # any day will do


@dataclass(frozen=True, kw_only=True)
class Played:
    """A whole session."""

    version: Version
    talks: tuple[Talk, ...]
    replies: tuple[Reply, ...]

    @property
    def last(self) -> Talk:
        """The talk as it ended."""
        return self.talks[-1]

    def pairs(self) -> Iterable[tuple[Talk, Talk]]:
        """Each talk with the one it has become."""
        return pairwise(self.talks)


def longest(version: Version) -> int:
    """Turns after which any talk is over: a deadline, as many excused, the grace."""
    return 2 * version.deal.deadline_turns + negotiation.GRACE_TURNS + 1


def play(
    version: Version,
    learner: Learner,
    *,
    seed: int,
    phrases: Phrasebook,
    limit: int | None = None,
) -> Played:
    """A session from the opening to its end, or one turn more than any talk may take."""
    dice = Random(seed)
    talk, reply = negotiation.start(version, rng=Random(f"{seed}/0"), phrases=phrases)
    talks, replies = [talk], [reply]
    end = limit or longest(version) + 1
    while not talk.phase.is_over and talk.turn < end:
        heard = learner(version, talk, dice)
        talk, reply = negotiation.respond(
            version,
            talk,
            heard,
            rng=Random(f"{seed}/{talk.turn + 1}"),
            today=TODAY,
            phrases=phrases,
        )
        talks.append(talk)
        replies.append(reply)
    return Played(version=version, talks=tuple(talks), replies=tuple(replies))
