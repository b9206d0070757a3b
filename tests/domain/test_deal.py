"""A deal as arithmetic: payoffs between the points, offers laid over each other, the frontier."""

from decimal import Decimal

import pytest

from bot.domain.deal import ChoiceIssue, FigureIssue, IssueId, Offer, Side

from .factories import make_deal

DEAL = make_deal()
PRICE, QUANTITY, LEAD_TIME = IssueId.PRICE, IssueId.QUANTITY, IssueId.LEAD_TIME
FOB = Offer(choices={IssueId.INCOTERM: "fob"})
WHOLE = Offer(
    figures={QUANTITY: Decimal(5000), PRICE: Decimal("8.00"), LEAD_TIME: Decimal(42)},
    choices={IssueId.INCOTERM: "fob", IssueId.PAYMENT: "bl_copy"},
)


@pytest.mark.parametrize(
    ("id", "value", "learner", "buyer"),
    [
        (PRICE, "7.20", "0", "40"),
        (PRICE, "8.00", "20", "20"),
        (PRICE, "8.80", "40", "0"),
        (PRICE, "9.60", "60", "-20"),  # straight on beyond the last point
        (PRICE, "6.40", "-20", "60"),
        (LEAD_TIME, "35", "5", "17"),  # between two points
        (LEAD_TIME, "49", "12.5", "7"),  # and the next two
        (QUANTITY, "5000", "10", "15"),  # on a point
    ],
)
def test_figure_is_worth_what_lies_between_its_points(
    id: IssueId, value: str, learner: str, buyer: str
) -> None:
    worth = [DEAL.payoff_of(side, id, Decimal(value)) for side in (Side.LEARNER, Side.BUYER)]
    assert worth == [Decimal(learner), Decimal(buyer)]


def test_offer_is_worth_the_sum_of_its_issues() -> None:
    outcome = DEAL.outcome(WHOLE)
    assert (outcome.learner, outcome.buyer) == (Decimal(57), Decimal(59))
    assert DEAL.payoff(Side.LEARNER, Offer()) == 0


def test_value_that_does_not_fit_its_issue_is_refused() -> None:
    with pytest.raises(TypeError):
        DEAL.payoff_of(Side.LEARNER, PRICE, "fob")
    with pytest.raises(TypeError):
        DEAL.payoff_of(Side.LEARNER, IssueId.INCOTERM, Decimal(1))


def test_deal_map_has_the_grid_between_the_points_or_the_points_alone() -> None:
    price, quantity = DEAL.issue(PRICE), DEAL.issue(QUANTITY)
    assert isinstance(price, FigureIssue) and isinstance(quantity, FigureIssue)
    assert [str(value) for value in price.values[:3]] == ["7.20", "7.40", "7.60"]
    assert price.values[-1] == price.high
    assert quantity.values == (Decimal(3000), Decimal(5000), Decimal(8000))


def test_map_shows_every_combination_once() -> None:
    spans = [len(issue.values) for issue in DEAL.issues]
    assert spans == [3, 9, 2, 3, 3]
    offers = {(*o.offer.figures.items(), *o.offer.choices.items()) for o in DEAL.outcomes}
    assert len(offers) == len(DEAL.outcomes) == 3 * 9 * 2 * 3 * 3


def test_offer_laid_over_another_wins_where_it_speaks() -> None:
    mine = Offer(figures={PRICE: Decimal("8.40")}, choices={IssueId.INCOTERM: "cif"})
    both = mine.over(WHOLE)
    assert both.value(PRICE) == Decimal("8.40")
    assert both.value(IssueId.INCOTERM) == "cif"
    assert both.only([QUANTITY, LEAD_TIME]) == WHOLE.only([QUANTITY, LEAD_TIME])


def test_offers_differ_only_where_both_speak() -> None:
    mine = Offer(figures={PRICE: Decimal("8.00")}, choices={IssueId.INCOTERM: "cif"})
    assert mine.differing(WHOLE) == (IssueId.INCOTERM,)
    assert FOB.differing(Offer(figures={PRICE: Decimal(8)})) == ()


def test_issues_of_an_offer_come_in_the_order_of_a_summary() -> None:
    assert WHOLE.issues == (QUANTITY, PRICE, IssueId.INCOTERM, IssueId.PAYMENT, LEAD_TIME)
    assert FOB.value(PRICE) is None
    assert not Offer()
    assert FOB


def test_offer_is_complete_when_it_settles_every_issue() -> None:
    assert DEAL.is_complete(WHOLE)
    assert not DEAL.is_complete(WHOLE.only(set(IssueId) - {PRICE}))


def test_nothing_dominates_the_frontier_and_it_dominates_the_rest() -> None:
    frontier = DEAL.frontier
    assert not any(o.dominates(f) for o in DEAL.outcomes for f in frontier)
    worth = {(f.learner, f.buyer) for f in frontier}
    rest = [o for o in DEAL.outcomes if (o.learner, o.buyer) not in worth]
    assert all(any(f.dominates(o) for f in frontier) for o in rest)


def test_frontier_runs_from_the_learners_best_to_the_buyers_best() -> None:
    learner = [outcome.learner for outcome in DEAL.frontier]
    assert learner == sorted(learner, reverse=True)
    assert learner[0] == max(outcome.learner for outcome in DEAL.outcomes)
    assert DEAL.frontier[-1].buyer == max(outcome.buyer for outcome in DEAL.outcomes)


def test_nash_point_is_the_greatest_product_of_gains() -> None:
    mine, theirs = DEAL.learner_reservation, DEAL.buyer_reservation
    products = [
        (o.learner - mine) * (o.buyer - theirs)
        for o in DEAL.outcomes
        if o.learner > mine and o.buyer > theirs
    ]
    assert (DEAL.nash.learner - mine) * (DEAL.nash.buyer - theirs) == max(products)


def test_learners_best_is_one_the_buyer_can_sign() -> None:
    signable = [o.learner for o in DEAL.outcomes if o.buyer >= DEAL.buyer_reservation]
    assert DEAL.best_for_learner.learner == max(signable)
    assert DEAL.best_for_learner.buyer >= DEAL.buyer_reservation


def test_option_is_found_by_its_id() -> None:
    incoterm = DEAL.issue(IssueId.INCOTERM)
    assert isinstance(incoterm, ChoiceIssue)
    assert [incoterm.option(id).id for id in incoterm.values] == ["fob", "cif"]
