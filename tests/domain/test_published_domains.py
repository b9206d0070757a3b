"""Frontier and Nash point against two published domains and against brute force."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.deal import ChoiceIssue, Deal, IssueId, Option, Outcome
from bot.domain.terms import Payment, Unit

from .factories import make_deal

DATA = Path(__file__).parent / "data"


def _domain(name: str) -> tuple[Deal, dict[str, Any]]:
    """A published domain as a deal: every issue a choice, utilities as points."""
    raw = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    mine, theirs = raw["parties"].values()
    issues = tuple(
        ChoiceIssue(
            id=id,
            options=tuple(
                Option(
                    id=option,
                    means=Payment(),
                    label={},
                    learner=_utility(mine[row], index),
                    buyer=_utility(theirs[row], index),
                )
                for index, option in enumerate(raw["options"][row])
            ),
        )
        for row, id in zip(range(len(raw["issues"])), IssueId, strict=False)
    )
    deal = Deal(
        currency="USD",
        unit=Unit.PIECE,
        issues=issues,
        learner_reservation=Decimal(0),
        buyer_reservation=Decimal(0),
        deadline_turns=10,
    )
    return deal, raw["reference"]


def _utility(row: list[float], index: int) -> Decimal:
    weight, *evaluations = (Decimal(str(figure)) for figure in row)
    return weight * evaluations[index] / max(evaluations)


@pytest.mark.parametrize("name", ["itex_cypress", "england_zimbabwe"])
def test_published_domain_has_its_published_figures(name: str) -> None:
    deal, reference = _domain(name)
    assert len(deal.outcomes) == reference["outcomes"]
    assert len(deal.frontier) == reference["frontier"]
    assert _utilities(deal.nash) == reference["nash"]
    assert _utilities(deal.utilitarian) == reference["utilitarian"]


def _utilities(outcome: Outcome) -> list[float]:
    return [float(round(value, 4)) for value in (outcome.learner, outcome.buyer)]


@pytest.mark.parametrize("name", ["itex_cypress", "england_zimbabwe", "lamps"])
def test_frontier_is_what_nothing_dominates(name: str) -> None:
    deal = make_deal() if name == "lamps" else _domain(name)[0]
    brute = {
        (outcome.learner, outcome.buyer)
        for outcome in deal.outcomes
        if not any(other.dominates(outcome) for other in deal.outcomes)
    }
    assert {(outcome.learner, outcome.buyer) for outcome in deal.frontier} == brute


def test_nash_point_has_the_greatest_product_of_gains() -> None:
    deal = make_deal()
    products = [
        (outcome.learner - deal.learner_reservation) * (outcome.buyer - deal.buyer_reservation)
        for outcome in deal.outcomes
        if outcome.learner > deal.learner_reservation and outcome.buyer > deal.buyer_reservation
    ]
    mine = deal.nash.learner - deal.learner_reservation
    theirs = deal.nash.buyer - deal.buyer_reservation
    assert mine * theirs == max(products)
