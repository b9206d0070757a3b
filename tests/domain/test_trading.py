"""Trades across issues: what the buyer gives for what, and that it keeps to it."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from bot.domain import negotiation
from bot.domain.concession import cost
from bot.domain.deal import IssueId, Offer
from bot.domain.exercise import Line, Temper
from bot.domain.priorities import priorities
from bot.domain.talk import Promise
from bot.domain.tempers import MANNERS
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act

from .factories import SCRIPTS, TODAY, best_offer, in_terms, make_version, play, say
from .talking import DEAL, PHRASES, go_on, lines, talk_of

TRADER = make_version(temper=Temper.ANALYTICAL)
ALL = tuple(issue.id for issue in DEAL.issues)
SEEDS = range(8)


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """The analytical buyer trades whenever it can, and tries no tricks."""
    manner = replace(MANNERS[Temper.ANALYTICAL], trades=1.0, wiles={})
    monkeypatch.setitem(MANNERS, Temper.ANALYTICAL, manner)


def test_swap_gives_what_the_learner_holds_for_what_it_lets_go() -> None:
    swaps = 0
    for name in ("linear", "late giver", "conceder"):
        for seed in SEEDS:
            played = play(TRADER, SCRIPTS[name], seed=seed, phrases=PHRASES)
            for before, after in played.pairs():
                (new,) = after.promises[-1:] or (None,)
                if new is None or new.turn != after.turn:
                    continue
                (given,), (wanted,) = new.give.issues, new.want.issues
                is_swap = after.standing.value(given) == before.standing.value(given)
                is_whole = new.give.value(given) == after.offered.value(given)
                if is_swap and is_whole and wanted in before.offered.differing(after.standing):
                    swaps += 1
                assert cost(DEAL, wanted, of=after.standing, to=after.offered) > 0
                assert given != wanted
    assert swaps


def test_learner_who_only_talks_price_is_offered_no_swap() -> None:
    for seed in SEEDS:
        played = play(TRADER, SCRIPTS["price only"], seed=seed, phrases=PHRASES)
        assert played.last.promises == ()


def test_swap_is_said_as_a_condition() -> None:
    best = best_offer(DEAL)
    talk, _ = talk_of(say(Act.OFFER, terms=in_terms(DEAL, best)), version=TRADER)
    seen = set()
    for price in ("8.60", "8.40", "8.20"):
        offer = replace(best, figures={**best.figures, IssueId.PRICE: Decimal(price)})
        talk, reply = go_on(talk, say(Act.OFFER, terms=in_terms(DEAL, offer)), version=TRADER)
        seen |= set(lines(reply))
    assert Line.CONDITION in seen
    for promise in talk.promises:
        shares = priorities(talk.path, ALL)
        assert shares[promise.give.issues[0]] > 0


@pytest.mark.parametrize("price", ["8.60", "8.20", "7.80"])
def test_promise_just_kept_is_not_tied_to_another_wish(price: str) -> None:
    talk, _ = talk_of(say(Act.OFFER, terms=in_terms(DEAL, best_offer(DEAL))), version=TRADER)
    give = Offer(figures={IssueId.PRICE: Decimal("7.55")})
    want = Offer(choices={IssueId.INCOTERM: "cif"})
    talk = replace(talk, promises=(Promise(turn=0, give=give, want=want),))
    terms = replace(in_terms(DEAL, want), price=Price(amount=Decimal(price)))
    for seed in SEEDS:
        after, _ = negotiation.respond(
            TRADER,
            talk,
            say(Act.OFFER, terms=terms),
            rng=Random(seed),
            today=TODAY,
            phrases=PHRASES,
        )
        assert after.standing.figures[IssueId.PRICE] >= Decimal("7.55")


def test_no_trade_where_nothing_is_apart() -> None:
    talk, _ = talk_of(say(Act.OFFER, terms=Terms(lead_time_days=28)), version=TRADER)
    assert talk.promises == ()
