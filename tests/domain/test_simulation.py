"""The simulation measures what it says, and tells when a claim fails."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import Side
from bot.domain.exercise import Temper
from bot.domain.languages import Language
from bot.domain.talk import Phase
from bot.simulation.learners import LEARNERS, said
from bot.simulation.report import Case, Row, failures, given_by_half_time, measured, table
from bot.simulation.sessions import Played, longest, play

from .factories import make_deal, make_phrases, make_version

VERSION = make_version(temper=Temper.HARD_BARGAINER)
PHRASES = make_phrases()
CASE = Case(
    exercise="lamps", language=Language.DE, temper=Temper.HARD_BARGAINER, learner="fair trader"
)
PRICE = replace(CASE, learner="price only")
EARLY = replace(CASE, temper=Temper.COOPERATIVE, is_shipped=False)


def _row(case: Case = CASE, **changed: object) -> Row:
    row = Row(case=case, sessions=10, agreed=10, learner_value=600.0, early=50.0)
    return replace(row, **changed)  # type: ignore[arg-type]


GOOD = (_row(), _row(PRICE, learner_value=400.0), _row(EARLY, early=90.0))


def test_good_figures_are_no_failure() -> None:
    assert list(failures(GOOD)) == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((_row(below=1), *GOOD[1:]), "below the buyer's reservation value"),
        ((_row(endless=1), *GOOD[1:]), "without an end"),
        ((_row(agreed=8), *GOOD[1:]), "agreement rate 80%"),
        ((GOOD[0], _row(PRICE, learner_value=590.0), GOOD[2]), "trading across issues 60.0"),
        ((*GOOD[:2], _row(EARLY, early=49.0)), "concedes no later"),
    ],
)
def test_each_claim_can_fail(rows: tuple[Row, ...], words: str) -> None:
    (failure,) = failures(rows)
    assert words in failure


def _agreed() -> Played:
    played = play(VERSION, LEARNERS["fair trader"], seed=1, phrases=PHRASES)
    assert played.last.phase is Phase.AGREED
    return played


def test_a_deal_is_measured_in_the_points_of_both_sides() -> None:
    played = _agreed()
    row, agreement = measured(CASE, played), played.last.agreement
    assert agreement is not None
    assert Decimal(str(row.learner_points)) == VERSION.deal.payoff(Side.LEARNER, agreement)
    assert Decimal(str(row.buyer_points)) == VERSION.deal.payoff(Side.BUYER, agreement)
    assert (row.agreed, row.below, row.endless) == (1, 0, 0)
    assert row.turns == played.last.turn


def test_a_deal_below_reservation_and_a_talk_without_end_are_seen() -> None:
    played = _agreed()
    greedy = replace(VERSION, deal=make_deal(buyer_reservation="99"))
    assert measured(CASE, replace(played, version=greedy)).below == 1
    endless = replace(played.last, phase=Phase.TALKING, agreement=None)
    assert measured(CASE, replace(played, talks=(*played.talks, endless))).endless == 1
    late = replace(played.last, turn=longest(VERSION) + 1)
    assert measured(CASE, replace(played, talks=(*played.talks, late))).endless == 1


def test_without_a_deal_the_learner_has_its_walk_away_value() -> None:
    played = play(VERSION, LEARNERS["hard-liner"], seed=1, phrases=PHRASES)
    row = measured(CASE, played)
    assert row.agreed == 0
    assert row.learner_value == float(VERSION.deal.learner_reservation)


def test_rows_of_a_case_add_up() -> None:
    one, two = (
        measured(CASE, play(VERSION, LEARNERS["conceder"], seed=seed, phrases=PHRASES))
        for seed in (1, 2)
    )
    both = one + two
    assert both.sessions == 2
    assert both.mean(both.turns) == (one.turns + two.turns) / 2
    assert both.learner_points == one.learner_points + two.learner_points


def test_what_is_given_by_half_time_counts_the_buyers_own_points() -> None:
    played = play(VERSION, LEARNERS["conceder"], seed=3, phrases=PHRASES)
    assert 0 <= given_by_half_time(played) <= 100


def test_table_has_a_line_for_every_row() -> None:
    lines = table(GOOD).splitlines()
    assert len(lines) == 2 + len(GOOD)
    assert "| lamps | de | hard bargainer | fair trader | 100.0% |" in lines[2]
    assert "*cooperative*" in lines[4]


def test_learners_say_what_has_no_name_in_trade_by_its_issue() -> None:
    message = said(VERSION.deal, next(iter(VERSION.deal.outcomes)).offer)
    assert message.terms.price is not None
    assert message.mentions == ()
