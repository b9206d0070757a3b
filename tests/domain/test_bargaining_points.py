"""Frontier and bargaining points of any deal against brute force over all its outcomes."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.deal import ChoiceIssue, Deal, IssueId, Option, Outcome
from bot.domain.terms import Payment, Unit

from .factories import make_deal

_POINTS = st.integers(min_value=0, max_value=30).map(Decimal)


@st.composite
def _options(draw: st.DrawFn) -> tuple[Option, ...]:
    rows = draw(st.lists(st.tuples(_POINTS, _POINTS), min_size=2, max_size=5))
    return tuple(
        Option(id=str(index), means=Payment(), label={}, learner=mine, buyer=theirs)
        for index, (mine, theirs) in enumerate(rows)
    )


@st.composite
def _deals(draw: st.DrawFn) -> Deal:
    ids = list(IssueId)[: draw(st.integers(min_value=1, max_value=3))]
    return Deal(
        currency="USD",
        unit=Unit.PIECE,
        issues=tuple(ChoiceIssue(id=id, options=draw(_options())) for id in ids),
        learner_reservation=draw(st.integers(0, 40).map(Decimal)),
        buyer_reservation=draw(st.integers(0, 40).map(Decimal)),
        deadline_turns=10,
    )


def _worth(outcome: Outcome) -> tuple[Decimal, Decimal]:
    return outcome.learner, outcome.buyer


def _gains(deal: Deal, outcome: Outcome) -> tuple[Fraction, Fraction]:
    mine = outcome.learner - deal.learner_reservation
    theirs = outcome.buyer - deal.buyer_reservation
    return Fraction(mine), Fraction(theirs)


def _signable(deal: Deal) -> list[Outcome]:
    return [outcome for outcome in deal.outcomes if min(_gains(deal, outcome)) >= 0]


@settings(deadline=None)
@given(_deals())
def test_frontier_is_what_no_outcome_dominates(deal: Deal) -> None:
    brute = {
        _worth(outcome)
        for outcome in deal.outcomes
        if not any(other.dominates(outcome) for other in deal.outcomes)
    }
    assert {_worth(outcome) for outcome in deal.frontier} == brute
    assert len(deal.frontier) == len(brute)


@settings(deadline=None)
@given(_deals())
def test_nash_point_has_the_greatest_product_of_gains(deal: Deal) -> None:
    products = [mine * theirs for mine, theirs in (_gains(deal, o) for o in _signable(deal))]
    if not any(products):
        return
    mine, theirs = _gains(deal, deal.nash)
    assert min(mine, theirs) > 0
    assert mine * theirs == max(products)


@settings(deadline=None)
@given(_deals())
def test_utilitarian_point_has_the_greatest_sum(deal: Deal) -> None:
    assert sum(_worth(deal.utilitarian)) == max(sum(_worth(o)) for o in deal.outcomes)


def _most(deal: Deal) -> tuple[Fraction, Fraction]:
    """What each side could gain at most."""
    gains = [_gains(deal, outcome) for outcome in _signable(deal)]
    mine, theirs = ([one[side] for one in gains] for side in (0, 1))
    return max(mine, default=Fraction(0)), max(theirs, default=Fraction(0))


@settings(deadline=None)
@given(_deals())
def test_kalai_smorodinsky_point_has_the_greatest_least_share(deal: Deal) -> None:
    most = _most(deal)
    if not all(most):
        assert deal.kalai_smorodinsky == deal.nash
        return

    def least_share(outcome: Outcome) -> Fraction:
        return min(gain / best for gain, best in zip(_gains(deal, outcome), most, strict=True))

    best = max(least_share(outcome) for outcome in _signable(deal))
    assert least_share(deal.kalai_smorodinsky) == best
    assert not any(other.dominates(deal.kalai_smorodinsky) for other in deal.outcomes)


def test_points_of_the_lamps_lie_on_the_frontier_and_differ() -> None:
    deal = make_deal()
    points = [deal.nash, deal.kalai_smorodinsky, deal.utilitarian]
    assert all(point in deal.frontier for point in points)
    assert deal.nash != deal.utilitarian
