"""Whole sessions by scripted learners and by chance: what must hold whatever is said."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.domain import negotiation
from bot.domain.concession import cost
from bot.domain.deal import IssueId, Offer, Side
from bot.domain.exercise import Temper, Version
from bot.domain.marks import assess
from bot.domain.talk import Phase, Reply, Talk, TrickKind
from bot.domain.tempers import MANNERS
from bot.domain.terms import Incoterm, IncotermCode, Payment, Price, Quantity, Terms
from bot.domain.understanding import (
    Act,
    Change,
    Correction,
    Measure,
    Reference,
    Topic,
    Understanding,
    Whose,
)

from .factories import (
    SCRIPTS,
    TODAY,
    Played,
    conceder,
    fair_trader,
    late_giver,
    make_phrases,
    make_version,
    play,
    price_only,
    say,
)

pytestmark = pytest.mark.deep

PHRASES = make_phrases()
SESSIONS = 12  # per temper and script; the long run is for `make simulate`
LONGEST = 2 * 14 + negotiation.GRACE_TURNS + 1  # turns: a deadline, as many excused, the grace
LONGEST_REPLY = 9  # sentences, with three questions and two things that do not fit
FAIR_RATE = 0.85  # of sessions
TALK = TypeAdapter(Talk)
SECRET = re.compile(r"40[.,]37")


@cache
def _sessions(temper: Temper, name: str) -> tuple[Played, ...]:
    version = make_version(temper=temper)
    return tuple(play(version, SCRIPTS[name], seed=i, phrases=PHRASES) for i in range(SESSIONS))


def _check(version: Version, before: Talk, after: Talk, reply: Reply) -> None:
    """Everything that must hold of one turn."""
    deal = version.deal
    assert reply.spoken
    assert len(reply.spoken) <= LONGEST_REPLY
    assert after.turn == before.turn + 1
    assert (after.phase is Phase.CONFIRMING) == (after.summary is not None)
    assert (after.phase is Phase.AGREED) == (after.agreement is not None)
    assert reply.asks_confirmation == (after.phase is Phase.CONFIRMING)
    assert len(reply.meanings) in (0, 2)
    assert not (reply.meanings and reply.asks_confirmation)
    assert sum(meaning.is_yes for meaning in reply.meanings) == len(reply.meanings) / 2
    assert deal.is_complete(after.standing)
    assert deal.payoff(Side.BUYER, after.standing) >= deal.buyer_reservation
    if after.agreement:
        assert deal.is_complete(after.agreement)
        assert deal.payoff(Side.BUYER, after.agreement) >= deal.buyer_reservation
    for id in before.spoken:
        takes_back = cost(deal, id, of=before.standing, to=after.standing) < 0
        assert not takes_back or after.standing.value(id) == after.offered.value(id)
    _check_promises(version, before, after)
    _check_tricks(version, before, after, reply)
    assert not SECRET.search(repr(reply.spoken))
    assert TALK.validate_json(TALK.dump_json(after)) == after


def _check_promises(version: Version, before: Talk, after: Talk) -> None:
    deal = version.deal
    for promise in before.promises:
        ids = promise.want.issues
        is_met = set(ids) <= set(after.offered.issues) and all(
            cost(deal, id, of=promise.want, to=after.offered) <= 0 for id in ids
        )
        if is_met:
            for id in promise.give.issues:
                is_kept = cost(deal, id, of=promise.give, to=after.standing) >= 0
                assert is_kept or after.offered.value(id) == after.standing.value(id)


def _check_tricks(version: Version, before: Talk, after: Talk, reply: Reply) -> None:
    deal, manner = version.deal, MANNERS[version.persona.temper]
    assert after.tricks[: len(before.tricks)] == before.tricks
    assert len(after.tricks) <= manner.most_tricks
    assert {trick.kind for trick in after.tricks} <= set(manner.wiles)
    assert len(set(after.asked_why)) == len(after.asked_why)
    new = after.tricks[len(before.tricks) :]
    assert len(new) <= 1
    for trick in new:
        assert trick.turn == after.turn
        assert any(spoken.say.line == trick.kind.value for spoken in reply.spoken)
        match trick.kind:
            case TrickKind.SILENCE:
                assert after.standing == before.standing
            case TrickKind.SPLIT:
                assert not after.standing.differing(trick.offer)
            case TrickKind.LAST_MINUTE:
                (id,) = trick.offer.issues
                assert cost(deal, id, of=before.standing, to=trick.offer) > 0, "takes nothing back"
                assert after.summary is not None
                assert after.summary.differing(trick.offer), "no must"


def _check_words(replies: tuple[Reply, ...]) -> None:
    said = [(one.phrase, repr(one.say)) for reply in replies for one in reply.spoken]
    plain = [phrase for phrase, _ in said if "{" not in phrase]
    assert len(set(said)) == len(said)
    assert len(set(plain)) == len(plain)


@pytest.mark.parametrize("temper", Temper)
@pytest.mark.parametrize("name", SCRIPTS)
def test_session_is_legal_whoever_plays(temper: Temper, name: str) -> None:
    for played in _sessions(temper, name):
        for (before, after), reply in zip(played.pairs(), played.replies[1:], strict=True):
            _check(played.version, before, after, reply)
        _check_words(played.replies)
        assert played.last.phase.is_over
        assert played.last.turn <= LONGEST


@pytest.mark.parametrize("temper", Temper)
def test_fair_trader_gets_its_deal(temper: Temper) -> None:
    played = _sessions(temper, "fair trader")
    agreed = [one for one in played if one.last.phase is Phase.AGREED]
    assert len(agreed) >= FAIR_RATE * len(played)


@pytest.mark.parametrize("temper", Temper)
def test_hard_liner_who_never_moves_gets_nothing(temper: Temper) -> None:
    assert {one.last.phase for one in _sessions(temper, "hard-liner")} == {Phase.BROKEN_OFF}


@pytest.mark.parametrize("temper", Temper)
def test_talking_of_the_price_alone_brings_less_than_trading(temper: Temper) -> None:
    assert _mean_points(temper, "price only") < _mean_points(temper, "fair trader")


@pytest.mark.parametrize("temper", Temper)
def test_giving_late_brings_more_than_giving_early(temper: Temper) -> None:
    assert _mean_points(temper, "late giver") > _mean_points(temper, "conceder")


def _mean_points(temper: Temper, name: str) -> Decimal:
    deals = [
        played.version.deal.payoff(Side.LEARNER, played.last.agreement)
        for played in _sessions(temper, name)
        if played.last.agreement
    ]
    return sum(deals, start=Decimal(0)) / len(deals)


@pytest.mark.parametrize("script", [conceder, fair_trader, late_giver, price_only])
def test_boulware_concedes_later_than_conceder(script: object) -> None:
    """Points given up by half-time, against learners who do the same."""
    given = {}
    for temper in (Temper.COOPERATIVE, Temper.HARD_BARGAINER):
        version = make_version(temper=temper)
        given[temper] = sum(
            (
                _given_by_half_time(play(version, script, seed=seed, phrases=PHRASES))  # type: ignore[arg-type]
                for seed in range(SESSIONS)
            ),
            start=Decimal(0),
        )
    assert given[Temper.HARD_BARGAINER] < given[Temper.COOPERATIVE]


def _given_by_half_time(played: Played) -> Decimal:
    deal = played.version.deal
    half = min(deal.deadline_turns // 2, len(played.talks) - 1)
    first, then = played.talks[0].standing, played.talks[half].standing
    return deal.payoff(Side.BUYER, first) - deal.payoff(Side.BUYER, then)


@pytest.mark.parametrize("phrase_count", [1, 2])
def test_buyer_with_few_words_still_never_repeats_itself(phrase_count: int) -> None:
    version, phrases = make_version(), make_phrases(variants=phrase_count)
    for seed in range(10):
        played = play(version, SCRIPTS["random"], seed=seed, phrases=phrases)
        _check_words(played.replies)
        assert all(reply.spoken for reply in played.replies)


def test_session_replays_bit_for_bit() -> None:
    version = make_version(temper=Temper.ANALYTICAL)
    one, two = (play(version, fair_trader, seed=7, phrases=PHRASES) for _ in range(2))
    assert one.talks == two.talks
    assert one.replies == two.replies
    assert assess(version, one.last) == assess(version, two.last)


_amounts = st.decimals(
    min_value="0", max_value="20000", places=2, allow_nan=False, allow_infinity=False
)
_terms = st.builds(
    Terms,
    price=st.none()
    | st.builds(
        Price,
        amount=st.decimals(min_value="6", max_value="10", places=2) | _amounts,
        currency=st.sampled_from([None, "EUR", "USD"]),
        ambiguous=st.booleans(),
    ),
    quantity=st.none()
    | st.builds(Quantity, amount=st.sampled_from([3000, 5000, 8000]).map(Decimal) | _amounts),
    incoterm=st.none() | st.builds(Incoterm, code=st.sampled_from(IncotermCode)),
    payment=st.none()
    | st.builds(
        Payment,
        deposit_pct=st.sampled_from([None, Decimal(30)]),
        days=st.sampled_from([None, 0, 60]),
    ),
    lead_time_days=st.none() | st.integers(min_value=-3, max_value=90),
    delivery_date=st.none() | st.dates(min_value=date(2026, 8, 1), max_value=date(2027, 1, 1)),
    discount_pct=st.none() | st.sampled_from([Decimal(3), Decimal(250)]),
)
_changes = st.builds(
    Change,
    measure=st.sampled_from(Measure),
    by=st.sampled_from(["-250", "-10", "-0.05", "0", "0.2", "5", "50", "1E+9"]).map(Decimal),
)
_topics = st.lists(st.sampled_from(Topic), max_size=2, unique=True).map(tuple)
_messages = st.builds(
    Understanding,
    acts=st.sets(st.sampled_from(Act), max_size=4).map(
        lambda acts: tuple(act for act in Act if act in acts)
    ),
    topics=st.lists(st.sampled_from(Topic), max_size=3, unique=True).map(tuple),
    terms=st.just(Terms()) | _terms,
    foreign=st.sampled_from([None, None, None, None, "zh"]),
    doubt=st.none() | st.permutations(list(Act)).map(lambda acts: (acts[0], acts[1])),
    references=st.lists(
        st.builds(
            Reference,
            topic=st.none() | st.sampled_from(Topic),
            whose=st.sampled_from(Whose),
            change=st.none() | _changes,
        ),
        max_size=2,
    ).map(tuple),
    corrects=st.none() | st.sampled_from(Correction),
    granted=_topics,
    disputed=_topics,
)


@settings(max_examples=150, deadline=None)
@given(
    temper=st.sampled_from(Temper),
    messages=st.lists(_messages, max_size=30),
    seed=st.integers(min_value=0, max_value=999),
)
def test_any_messages_leave_a_legal_talk(
    temper: Temper, messages: list[Understanding], seed: int
) -> None:
    version = make_version(temper=temper)
    talk, reply = negotiation.start(version, rng=Random(seed), phrases=PHRASES)
    replies = [reply]
    for message in messages:
        if talk.phase.is_over:
            break
        before = talk
        talk, reply = negotiation.respond(
            version,
            talk,
            message,
            rng=Random(seed + talk.turn),
            today=TODAY,
            phrases=PHRASES,
            is_probe=seed % 5 == 0,
        )
        replies.append(reply)
        _check(version, before, talk, reply)
    _check_words(tuple(replies))
    assess(version, talk)


def test_nonsense_without_end_does_not_make_an_endless_talk() -> None:
    played = play(
        make_version(), lambda *_: say(Act.OTHER), seed=1, phrases=PHRASES, limit=2 * LONGEST
    )
    assert played.last.phase is Phase.BROKEN_OFF
    _check_words(played.replies)


def test_standing_values_stay_within_the_deal_for_issues_unspoken() -> None:
    talk, _ = negotiation.start(make_version(), rng=Random(1), phrases=PHRASES)
    assert talk.spoken == (IssueId.QUANTITY,)
    assert talk.offered == Offer()
