"""The tempers differ measurably: in figures, over every shipped deal."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.concession import opening, target
from bot.domain.deal import IssueId, Side
from bot.domain.exercise import Line, Temper, Version
from bot.domain.languages import Language
from bot.domain.talk import Phase, Talk, TrickKind
from bot.domain.tempers import MANNERS
from bot.domain.understanding import Act
from bot.simulation.learners import LEARNERS
from bot.simulation.report import BOULWARE, CONCEDER, given_by_half_time
from bot.simulation.sessions import play
from tests.shipped import shipped

from .factories import best_offer, in_terms, make_phrases, make_version, say
from .talking import DEAL, lines, talk_of

PHRASES = make_phrases()
SESSIONS = 4  # per deal and temper
BY_TEMPER = {temper: make_version(temper=temper) for temper in Temper}


def _with(version: Version, temper: Temper) -> Version:
    return replace(version, persona=replace(version.persona, temper=temper))


def _deals() -> list[tuple[str, Language]]:
    exercises = shipped().exercises
    return [
        (id, language)
        for id, exercise in sorted(exercises.items())
        for language in Language
        if exercise.versions[language].deal.issues
    ]


@pytest.mark.deep
@pytest.mark.parametrize(("id", "language"), _deals())
def test_boulware_concedes_later_than_conceder_in_every_shipped_deal(
    id: str, language: Language
) -> None:
    version = shipped().exercises[id].versions[language]
    given = {
        temper: sum(
            given_by_half_time(
                play(_with(version, temper), LEARNERS["fair trader"], seed=n, phrases=PHRASES)
            )
            for n in range(SESSIONS)
        )
        for temper in (BOULWARE, CONCEDER)
    }
    assert given[BOULWARE] < given[CONCEDER]


def test_hard_bargainer_opens_farthest_from_the_learner() -> None:
    worth = {
        temper: DEAL.payoff(Side.BUYER, opening(version)) for temper, version in BY_TEMPER.items()
    }
    assert sorted(worth, key=worth.__getitem__) == [
        Temper.COOPERATIVE,
        Temper.RELATIONSHIP_MINDED,
        Temper.ANALYTICAL,
        Temper.HARD_BARGAINER,
    ]


def _goal(temper: Temper, talk: Talk) -> Decimal:
    return target(BY_TEMPER[temper], talk)


def test_by_half_time_the_curves_are_in_their_order() -> None:
    half = Talk(turn=DEAL.deadline_turns // 2)
    share = {
        temper: (_goal(temper, Talk()) - _goal(temper, half))
        / (_goal(temper, Talk()) - _goal(temper, Talk(turn=DEAL.deadline_turns)))
        for temper in Temper
    }
    assert sorted(share, key=share.__getitem__) == [
        Temper.HARD_BARGAINER,
        Temper.RELATIONSHIP_MINDED,
        Temper.ANALYTICAL,
        Temper.COOPERATIVE,
    ]


@pytest.mark.parametrize("temper", Temper)
def test_who_gives_is_given_more(temper: Temper) -> None:
    version = BY_TEMPER[temper]
    best = say(Act.OFFER, terms=in_terms(DEAL, best_offer(DEAL)))
    offer = best_offer(DEAL)
    lower = replace(offer, figures={**offer.figures, IssueId.PRICE: Decimal("7.60")})
    stood, _ = talk_of(best, version=version)
    gave = replace(stood, offered=lower)
    assert target(version, gave) < target(version, stood)


@pytest.mark.parametrize("temper", Temper)
def test_who_stands_still_gets_less_and_the_hard_bargainer_resents_it_most(temper: Temper) -> None:
    turn = DEAL.deadline_turns // 2
    moved, stood = Talk(turn=turn), Talk(turn=turn, idle=2)
    assert _goal(temper, stood) > _goal(temper, moved)
    assert MANNERS[temper].grudge <= MANNERS[Temper.HARD_BARGAINER].grudge


@pytest.mark.parametrize("temper", Temper)
def test_patience_is_as_long_as_the_temper_has_it(temper: Temper) -> None:
    played = play(BY_TEMPER[temper], LEARNERS["hard-liner"], seed=1, phrases=PHRASES)
    assert played.last.phase is Phase.BROKEN_OFF
    assert played.last.idle_in_row == MANNERS[temper].patience_turns


def test_tempers_use_different_tricks() -> None:
    used = {frozenset(MANNERS[temper].wiles) for temper in Temper}
    assert len(used) == len(Temper)
    assert {kind for one in used for kind in one} == set(TrickKind)
    assert max(Temper, key=lambda t: MANNERS[t].most_tricks) is Temper.HARD_BARGAINER


def test_small_talk_beside_business_is_for_those_who_care_for_people() -> None:
    offer = say(Act.OFFER, Act.SMALL_TALK, terms=in_terms(DEAL, best_offer(DEAL)))
    chats = {
        temper: Line.SMALL_TALK in lines(talk_of(offer, version=version)[1])
        for temper, version in BY_TEMPER.items()
    }
    assert {temper for temper, does in chats.items() if does} == {
        Temper.COOPERATIVE,
        Temper.RELATIONSHIP_MINDED,
    }


def test_trading_across_issues_brings_more_than_talking_of_the_price() -> None:
    for temper, version in BY_TEMPER.items():
        worth = {}
        for name in ("fair trader", "price only"):
            ends = [
                play(version, LEARNERS[name], seed=n, phrases=PHRASES).last.agreement
                for n in range(SESSIONS)
            ]
            points = [DEAL.payoff(Side.LEARNER, end) for end in ends if end]
            worth[name] = sum(points, start=Decimal(0)) / max(len(points), 1)
        assert worth["fair trader"] >= worth["price only"] + 5, temper
