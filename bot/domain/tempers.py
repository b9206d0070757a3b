"""How each kind of buyer bargains, as one set of parameters per temper.

Decides no offer by itself: ``concession`` turns the parameters into values. The curve is the
polynomial time-dependent tactic of Faratin, Sierra & Jennings (1998); the figures are house
judgements, tuned with the scripted learners of the test suite.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.deal import IssueId
from bot.domain.exercise import Temper
from bot.domain.talk import TrickKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """The parameters of one temper."""

    opening: Decimal
    """Share of the price range between the buyer's best price and its first one."""
    exponent: Decimal
    """Faratin's beta: below 1 concedes late (Boulware), above 1 early (conceder)."""
    margin: Decimal
    """Share of the gain over reservation it tries to keep until the deadline."""
    reciprocity: Decimal
    """Points it gives for each point the learner has given."""
    goodwill: Decimal
    """Share of a concession it makes for a reason or request alone, without a move."""
    grudge: Decimal
    """Turns by which it slows its concessions for each turn in which the learner stood still."""
    patience_turns: int
    """Turns of standing still in a row after which it breaks off."""
    moves: int
    """Issues on which it comes towards the learner in one turn."""
    pushes: int
    """Issues it presses in one turn."""
    presses: tuple[IssueId, ...]
    """The issues it presses sooner than their points alone would have it."""
    trades: float
    """Probability that it ties a concession to one in return."""
    wiles: Mapping[TrickKind, float]
    """The tricks it tries, each once: probability at each occasion."""
    most_tricks: int
    """Of all kinds together in one talk."""
    small_talk: bool
    """Whether it answers small talk and thanks even when there is business to do."""


MANNERS = {
    Temper.COOPERATIVE: Manner(
        opening=Decimal("0.10"),  # share of range; house judgement: close to what it wants
        exponent=Decimal("1.6"),  # conceder; Faratin 1998 uses 1 < beta
        margin=Decimal("0.04"),  # share of gain; house judgement
        reciprocity=Decimal("0.90"),  # points per point; nearly tit for tat (Faratin section 4.3)
        goodwill=Decimal("0.50"),  # share; house judgement
        grudge=Decimal("0.5"),  # turns; house judgement
        patience_turns=5,  # turns; house judgement
        moves=2,  # issues; two a turn can be followed in a foreign language
        pushes=1,  # issues; house judgement
        presses=(IssueId.LEAD_TIME, IssueId.SERVICE),
        trades=0.35,  # probability; house judgement
        wiles={  # probabilities; house judgement
            TrickKind.SPLIT: 0.4,
            TrickKind.BIGGER_ORDER: 0.15,
        },
        most_tricks=1,  # house judgement
        small_talk=True,
    ),
    Temper.ANALYTICAL: Manner(
        opening=Decimal("0.05"),  # share of range; house judgement
        exponent=Decimal("1.0"),  # linear
        margin=Decimal("0.06"),  # share of gain; house judgement
        reciprocity=Decimal("0.75"),  # points per point; house judgement
        goodwill=Decimal("0.40"),  # share; reasons count with it
        grudge=Decimal("0.75"),  # turns; house judgement
        patience_turns=4,  # turns; house judgement
        moves=2,  # issues; as above
        pushes=2,  # issues; goes through the list
        presses=(),
        trades=0.60,  # probability; thinks in packages
        wiles={  # probabilities; house judgement
            TrickKind.COMPETITOR: 0.2,
            TrickKind.BOSS: 0.12,
            TrickKind.SPLIT: 0.15,
            TrickKind.LAST_MINUTE: 0.3,
        },
        most_tricks=2,  # house judgement
        small_talk=False,
    ),
    Temper.HARD_BARGAINER: Manner(
        opening=Decimal("0"),  # share of range; opens at its best price
        exponent=Decimal("0.65"),  # Boulware; Faratin 1998 uses beta < 1
        margin=Decimal("0.12"),  # share of gain; house judgement
        reciprocity=Decimal("0.55"),  # points per point; gives less than it gets
        goodwill=Decimal("0.10"),  # share; reasons hardly count
        grudge=Decimal("1"),  # turns; house judgement
        patience_turns=3,  # turns; house judgement
        moves=1,  # issues; one thing at a time
        pushes=2,  # issues; house judgement
        presses=(IssueId.PRICE, IssueId.SHARE),
        trades=0.45,  # probability; house judgement
        wiles={  # probabilities; house judgement
            TrickKind.COMPETITOR: 0.3,
            TrickKind.BOSS: 0.15,
            TrickKind.SILENCE: 0.2,
            TrickKind.BIGGER_ORDER: 0.1,
            TrickKind.LAST_MINUTE: 0.7,
        },
        most_tricks=4,  # house judgement
        small_talk=False,
    ),
    Temper.RELATIONSHIP_MINDED: Manner(
        opening=Decimal("0.08"),  # share of range; house judgement
        exponent=Decimal("0.8"),  # slightly late: first the people, then the price
        margin=Decimal("0.06"),  # share of gain; house judgement
        reciprocity=Decimal("0.95"),  # points per point; returns a favour
        goodwill=Decimal("0.50"),  # share; explains and wants explanations
        grudge=Decimal("0.75"),  # turns; house judgement
        patience_turns=5,  # turns; house judgement
        moves=2,  # issues; as above
        pushes=1,  # issues; house judgement
        presses=(IssueId.PAYMENT, IssueId.PERIOD),
        trades=0.35,  # probability; house judgement
        wiles={  # probabilities; house judgement
            TrickKind.BIGGER_ORDER: 0.2,
            TrickKind.BOSS: 0.15,
            TrickKind.SPLIT: 0.15,
            TrickKind.LAST_MINUTE: 0.5,
        },
        most_tricks=3,  # house judgement
        small_talk=True,
    ),
}
