"""The tricks of the trade, one scene each: when they come and what they never are."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from bot.domain import negotiation
from bot.domain.concession import cost
from bot.domain.deal import IssueId, Offer, Side
from bot.domain.exercise import Line, Temper
from bot.domain.talk import Phase, Talk, Trick, TrickKind
from bot.domain.tempers import MANNERS, Manner
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act, Topic

from .factories import SCRIPTS, best_offer, in_terms, make_version, play, say
from .talking import DEAL, PHRASES, go_on, lines, talk_of

HARD = make_version(temper=Temper.HARD_BARGAINER)
SEEDS = range(10)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> object:
    """The hard bargainer with one trick alone, tried whenever there is an occasion."""

    def choose(kind: TrickKind, **changed: object) -> Manner:
        manner = replace(
            MANNERS[Temper.HARD_BARGAINER],
            wiles={kind: 1.0},
            trades=0,
            **changed,  # type: ignore[arg-type]
        )
        monkeypatch.setitem(MANNERS, Temper.HARD_BARGAINER, manner)
        return manner

    return choose


def _price(amount: str, *acts: Act) -> object:
    return say(Act.OFFER, *acts, terms=Terms(price=Price(amount=Decimal(amount))))


def _package(price: str) -> object:
    best = best_offer(DEAL)
    return say(
        Act.OFFER,
        terms=in_terms(
            DEAL, replace(best, figures={**best.figures, IssueId.PRICE: Decimal(price)})
        ),
    )


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (TrickKind.COMPETITOR, Line.COMPETITOR),
        (TrickKind.BOSS, Line.BOSS),
        (TrickKind.BIGGER_ORDER, Line.BIGGER_ORDER),
        (TrickKind.SILENCE, Line.SILENCE),
    ],
)
def test_trick_is_said_and_kept_on_record(kind: TrickKind, line: Line, only) -> None:  # type: ignore[no-untyped-def]
    only(kind)
    talk, reply = talk_of(_package("8.80"), _package("8.60"), version=HARD)
    assert line in lines(reply)
    assert [(trick.turn, trick.kind) for trick in talk.tricks] == [(2, kind)]
    talk, reply = go_on(talk, _package("8.40"), _package("8.20"), version=HARD)
    assert len(talk.tricks) == 1, "each kind once"


def test_silence_gives_nothing_and_says_nothing_else(only) -> None:  # type: ignore[no-untyped-def]
    only(TrickKind.SILENCE)
    before, _ = talk_of(_package("8.80"), version=HARD)
    talk, reply = go_on(before, _package("8.20"), version=HARD)
    assert lines(reply) == [Line.SILENCE]
    assert talk.standing == before.standing


def test_question_is_never_answered_with_silence(only) -> None:  # type: ignore[no-untyped-def]
    only(TrickKind.SILENCE)
    message = replace(_package("8.20"), acts=(Act.ASK, Act.OFFER), topics=(Topic.MARKET,))  # type: ignore[type-var]
    talk, reply = talk_of(_package("8.80"), message, version=HARD)
    assert talk.tricks == ()
    assert any(spoken.say.topic is Topic.MARKET for spoken in reply.spoken)


def test_middle_of_the_prices_is_on_the_table_once_proposed(only) -> None:  # type: ignore[no-untyped-def]
    only(TrickKind.SPLIT)
    talk, _ = talk_of(_price("8.80"), version=HARD)
    ours = talk.standing.figures[IssueId.PRICE]
    near = ours + Decimal("0.40")
    talk, reply = go_on(talk, _price(str(near)), version=HARD)
    (said,) = [s.say.ours for s in reply.spoken if s.say.line is Line.SPLIT]
    assert said is not None
    assert ours < said.figures[IssueId.PRICE] < near
    assert talk.standing.figures[IssueId.PRICE] == said.figures[IssueId.PRICE]


def _asked_extra() -> Talk:
    """At the summary, asked for a little more."""
    for seed in SEEDS:
        played = play(HARD, SCRIPTS["late giver"], seed=seed, phrases=PHRASES)
        for talk in played.talks:
            if talk.phase is Phase.CONFIRMING and talk.tricks:
                return talk
    for price in ("8.00", "7.90", "7.80", "7.70", "7.60"):
        offer = Offer(
            figures={
                IssueId.QUANTITY: Decimal(5000),
                IssueId.PRICE: Decimal(price),
                IssueId.LEAD_TIME: Decimal(28),
            },
            choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "bl_copy"},
        )
        talk, _ = talk_of(
            say(Act.OFFER, terms=in_terms(DEAL, best_offer(DEAL))),
            say(Act.OFFER, terms=in_terms(DEAL, offer)),
            version=HARD,
        )
        if talk.phase is Phase.CONFIRMING and talk.tricks:
            return talk
    raise AssertionError("no extra was asked for")


def test_deal_can_be_closed_without_the_extra(only) -> None:  # type: ignore[no-untyped-def]
    only(TrickKind.LAST_MINUTE)
    talk = _asked_extra()
    extra = talk.tricks[-1]
    assert extra.kind is TrickKind.LAST_MINUTE
    assert talk.summary is not None
    assert talk.summary.differing(extra.offer)
    signed, _ = go_on(talk, say(Act.ACCEPT), version=HARD)
    assert signed.agreement == talk.summary


def test_no_to_the_extra_leaves_the_deal_as_it_was(only) -> None:  # type: ignore[no-untyped-def]
    only(TrickKind.LAST_MINUTE)
    talk = _asked_extra()
    again, reply = go_on(talk, say(Act.REJECT), version=HARD)
    assert again.phase is Phase.CONFIRMING
    assert again.summary == talk.summary
    assert reply.asks_confirmation


def test_yes_to_the_extra_is_summed_up_anew(only) -> None:  # type: ignore[no-untyped-def]
    only(TrickKind.LAST_MINUTE)
    talk = _asked_extra()
    extra = talk.tricks[-1].offer
    again, _ = go_on(talk, say(Act.OFFER, terms=in_terms(DEAL, extra)), version=HARD)
    assert again.phase is Phase.CONFIRMING
    assert again.summary is not None
    assert not again.summary.differing(extra)


@pytest.mark.parametrize("temper", Temper)
def test_tricks_keep_to_the_measure_of_the_temper(temper: Temper) -> None:
    manner, version = MANNERS[temper], make_version(temper=temper)
    seen: list[Trick] = []
    for seed in SEEDS:
        tricks = play(version, SCRIPTS["fair trader"], seed=seed, phrases=PHRASES).last.tricks
        assert len(tricks) <= manner.most_tricks
        assert len({trick.kind for trick in tricks}) == len(tricks)
        assert {trick.kind for trick in tricks} <= set(manner.wiles)
        seen += tricks
    assert seen


@pytest.mark.parametrize("temper", Temper)
def test_extra_is_never_better_for_the_buyer_than_what_it_had_said(temper: Temper) -> None:
    version = make_version(temper=temper)
    for name in ("conceder", "fair trader", "random"):
        for seed in SEEDS:
            played = play(version, SCRIPTS[name], seed=seed, phrases=PHRASES)
            for before, after in played.pairs():
                new = after.tricks[len(before.tricks) :]
                for trick in new:
                    if trick.kind is TrickKind.LAST_MINUTE:
                        (id,) = trick.offer.issues
                        assert cost(DEAL, id, of=before.standing, to=trick.offer) > 0


def test_reminders_and_farewells_know_no_tricks() -> None:
    talk, _ = talk_of(_package("8.80"), version=HARD)
    left, _ = negotiation.leave(HARD, talk, rng=Random(1), phrases=PHRASES)
    assert left.tricks == talk.tricks
    assert DEAL.payoff(Side.BUYER, left.standing) >= DEAL.buyer_reservation
