"""What seems to matter to the learner, judged by its offers alone.

Decides nothing and knows no payoff: it counts how long each issue is held. A frequency model of
the opponent as in automated negotiation (Hindriks & Tykhonov 2008; van Galen Last 2012, Agent
Smith).
"""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from bot.domain.deal import IssueId, Side
from bot.domain.talk import Step

_PRIOR = Decimal(1)  # steps' worth of holding that every named issue starts with; house judgement
_FADING = Decimal("0.85")  # a step against the one before it: what is given early matters least
_NONE = Decimal("0.5")  # steps; an issue the learner has never named; house judgement


def priorities(path: tuple[Step, ...], issues: tuple[IssueId, ...]) -> Mapping[IssueId, Decimal]:
    """How much each issue seems to matter to the learner: shares that add up to 1.

    An issue held from offer to offer gains weight, one that is moved gains none.
    """
    offers = [step.offer for step in path if step.side is Side.LEARNER]
    named = set(offers[-1].issues) if offers else set()
    held = {id: _PRIOR if id in named else _NONE for id in issues}
    gain = Decimal(1)
    for before, after in pairwise(offers):
        for id in issues:
            value = before.value(id)
            if value is not None and value == after.value(id):
                held[id] += gain
        gain *= _FADING
    total = sum(held.values(), start=Decimal(0))
    return {id: weight / total for id, weight in held.items()}
