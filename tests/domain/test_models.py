"""Better sentences: what to ask for, and how small a step to make."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.models import Occasion, best_of, demand, lift, reason_for, smaller_step

from .tables import AGREED, DEAL, price


def worth(side: Side, offer: Offer) -> Decimal:
    return DEAL.payoff(side, offer)


@pytest.mark.parametrize("given", [0, 5, 10])
def test_what_is_asked_for_is_worth_what_was_given_and_dear_to_the_learner(given: int) -> None:
    want = demand(DEAL, AGREED, besides=[IssueId.PRICE], given=Decimal(given))
    assert want is not None and IssueId.PRICE not in want.issues
    now = AGREED.only(want.issues)
    assert worth(Side.LEARNER, want) - worth(Side.LEARNER, now) >= given


def test_between_equals_the_smallest_step_is_asked_for() -> None:
    low = price("7.20")
    want = demand(DEAL, low, besides=[], given=Decimal(10))
    assert want == price("7.60")


def test_there_is_not_always_anything_to_ask_for() -> None:
    best = best_of(DEAL, [issue.id for issue in DEAL.issues])
    assert demand(DEAL, best, besides=[]) is None


def test_smaller_step_is_a_third_on_the_issue_that_was_given_least_on() -> None:
    before = Offer(choices={IssueId.PAYMENT: "before"}).over(price("8.80"))
    after = Offer(choices={IssueId.PAYMENT: "oa60"}).over(price("8.50"))
    assert smaller_step(DEAL, before, after) == price("8.70")
    choice = smaller_step(DEAL, before.only([IssueId.PAYMENT]), after.only([IssueId.PAYMENT]))
    assert choice == after.only([IssueId.PAYMENT])


def test_lift_changes_as_little_as_it_can() -> None:
    poor = price("7.20").over(AGREED)
    change = lift(DEAL, poor)
    assert change is not None and len(change.issues) == 1
    lifted = DEAL.outcome(change.over(poor))
    assert lifted.learner >= DEAL.learner_reservation
    assert lifted.buyer >= DEAL.buyer_reservation
    assert lift(replace(DEAL, learner_reservation=Decimal(200)), poor) is None


def test_reason_is_given_for_the_price_first() -> None:
    model = reason_for(AGREED)
    assert (model.occasion, model.first) == (Occasion.REASON_PRICE, price("8.00"))
    rest = reason_for(AGREED.only([IssueId.PAYMENT, IssueId.LEAD_TIME]))
    assert rest.occasion is Occasion.REASON_PAYMENT
    share = reason_for(Offer(figures={IssueId.SHARE: Decimal(5)}))
    assert share.occasion is Occasion.REASON
