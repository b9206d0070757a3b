"""What the learner's offers tell about what matters to it."""

from decimal import Decimal

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.priorities import priorities
from bot.domain.talk import Step

ALL = (IssueId.PRICE, IssueId.PAYMENT, IssueId.LEAD_TIME)


def _path(*rows: tuple[str, str, int]) -> tuple[Step, ...]:
    return tuple(
        Step(
            turn=turn,
            side=Side.LEARNER,
            offer=Offer(
                figures={IssueId.PRICE: Decimal(price), IssueId.LEAD_TIME: Decimal(days)},
                choices={IssueId.PAYMENT: payment},
            ),
        )
        for turn, (price, payment, days) in enumerate(rows, start=1)
    )


def test_nothing_is_known_before_an_offer() -> None:
    assert set(priorities((), ALL).values()) == {Decimal(1) / 3}


def test_what_is_never_moved_matters_most() -> None:
    found = priorities(
        _path(("9", "before", 56), ("8.8", "before", 42), ("8.6", "before", 42)), ALL
    )
    assert max(found, key=found.__getitem__) is IssueId.PAYMENT
    assert sum(found.values()) == 1


def test_what_is_given_early_matters_less_than_what_is_given_late() -> None:
    early = priorities(_path(("9", "before", 28), ("9", "before", 42), ("8.8", "before", 42)), ALL)
    assert early[IssueId.LEAD_TIME] < early[IssueId.PRICE] < early[IssueId.PAYMENT]


def test_the_buyers_own_offers_say_nothing() -> None:
    mine = _path(("9", "before", 56), ("8.8", "before", 42))
    theirs = tuple(Step(turn=s.turn, side=Side.BUYER, offer=s.offer) for s in mine)
    assert priorities((*mine, *theirs), ALL) == priorities(mine, ALL)


def test_an_issue_never_named_matters_least() -> None:
    price_only = tuple(
        Step(turn=turn, side=Side.LEARNER, offer=Offer(figures={IssueId.PRICE: Decimal(price)}))
        for turn, price in enumerate(("9", "8.8", "8.6"), start=1)
    )
    found = priorities(price_only, ALL)
    assert found[IssueId.PRICE] > found[IssueId.PAYMENT] == found[IssueId.LEAD_TIME]
