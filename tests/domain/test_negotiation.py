"""What the buyer does with one message: a specification in small scenes."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from bot.domain import negotiation
from bot.domain.deal import IssueId, Offer, Side
from bot.domain.errors import NotAllowed
from bot.domain.exercise import Line, Phrase, Temper
from bot.domain.talk import Phase, Promise, Reply, Talk
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act, Topic, Understanding

from .factories import TODAY, best_offer, in_terms, make_version, say
from .talking import DEAL, PHRASES, VERSION
from .talking import go_on as _go_on
from .talking import lines as _lines
from .talking import talk_of as _talk

FAIR = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("7.60"),
        IssueId.LEAD_TIME: Decimal(42),
    },
    choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "bl_copy"},
)


def _offer(*acts: Act, price: str | None = None, topics: Iterable[Topic] = ()) -> Understanding:
    terms = Terms(price=Price(amount=Decimal(price))) if price else Terms()
    return say(Act.OFFER, *acts, terms=terms, topics=topics)


def _all(offer: Offer, *acts: Act) -> Understanding:
    return say(Act.OFFER, *acts, terms=in_terms(DEAL, offer))


def test_buyer_opens_with_its_wishes() -> None:
    talk, reply = _talk()
    assert reply.spoken[0].say.opening
    assert reply.spoken[0].say.ours == Offer(figures={IssueId.QUANTITY: Decimal(5000)})
    assert talk.spoken == (IssueId.QUANTITY,)


def test_greeting_is_answered_once() -> None:
    talk, reply = _talk(say(Act.GREET))
    assert Line.GREET in _lines(reply)
    _, reply = _go_on(talk, say(Act.GREET))
    assert Line.GREET not in _lines(reply)


def test_question_is_answered_from_the_facts() -> None:
    _, reply = _talk(say(Act.ASK, topics=[Topic.MARKET]))
    assert reply.spoken[0].say.topic is Topic.MARKET


def test_question_nobody_foresaw_is_checked() -> None:
    _, reply = _talk(say(Act.ASK, topics=[Topic.CERTIFICATE]))
    assert Line.CHECK in _lines(reply)


def test_question_about_an_issue_is_answered_with_the_own_value() -> None:
    talk, reply = _talk(say(Act.ASK, topics=[Topic.PAYMENT, Topic.DELIVERY]))
    assert {Line.ANSWER_PAYMENT, Line.ANSWER_LEAD_TIME} <= set(_lines(reply))
    assert {IssueId.PAYMENT, IssueId.LEAD_TIME} <= set(talk.spoken)


def test_question_and_offer_in_one_message_are_both_answered() -> None:
    _, reply = _talk(_offer(Act.ASK, price="8.80", topics=[Topic.MARKET]))
    assert any(spoken.say.topic is Topic.MARKET for spoken in reply.spoken)
    assert any(IssueId.PRICE in one.issues for one in _own(reply))


def _own(reply: Reply) -> list[Offer]:
    offers = [offer for s in reply.spoken for offer in (s.say.ours, s.say.theirs, s.say.give)]
    return [offer for offer in offers if offer]


def test_second_question_for_the_price_is_taken_as_fishing() -> None:
    ask = say(Act.ASK, topics=[Topic.PRICE])
    _, reply = _talk(ask, ask)
    assert Line.PROBE in _lines(reply)


def test_attempt_at_the_limit_is_answered_in_role() -> None:
    talk, _ = _talk()
    _, reply = negotiation.respond(
        VERSION, talk, say(Act.OTHER), rng=Random(1), today=TODAY, phrases=PHRASES, is_probe=True
    )
    assert Line.PROBE in _lines(reply)


def test_nonsense_is_asked_about_and_the_second_time_the_coach_helps() -> None:
    talk, reply = _talk(say(Act.OTHER))
    assert _lines(reply) == [Line.UNCLEAR]
    assert not reply.needs_hint
    _, reply = _go_on(talk, say(Act.OTHER))
    assert reply.needs_hint


def test_wrong_language_is_not_held_against_the_deal() -> None:
    talk, reply = _talk(replace(_offer(price="8.80"), foreign="zh"))
    assert _lines(reply) == [Line.WRONG_LANGUAGE]
    assert talk.turn - talk.excused == 0
    assert talk.offered == Offer()


def test_price_out_of_discussion_is_no_offer() -> None:
    talk, reply = _talk(_offer(price="9.90"))
    assert Line.BEYOND in _lines(reply)
    assert talk.offered == Offer()
    assert talk.heard[-1].beyond == Offer(figures={IssueId.PRICE: Decimal("9.90")})


def test_high_offer_is_pressed_and_open_issues_are_asked_for() -> None:
    talk, reply = _talk(_offer(price="8.80"))
    assert Line.PUSH_PRICE in _lines(reply)
    assert talk.asked is not None
    assert talk.asked is not IssueId.PRICE


def test_acceptable_package_is_summed_up_and_waits_for_a_yes() -> None:
    talk, reply = _talk(_all(best_offer(DEAL)), *[_all(FAIR)] * 1)
    assert talk.phase is Phase.CONFIRMING
    assert _lines(reply)[-1] is Line.SUMMARY
    assert talk.summary == FAIR
    assert talk.agreement is None
    talk, reply = _go_on(talk, say(Act.ACCEPT))
    assert talk.phase is Phase.AGREED
    assert talk.agreement == FAIR
    assert _lines(reply) == [Line.AGREED]


def _confirming() -> Talk:
    talk, _ = _talk(_all(best_offer(DEAL)), _all(FAIR))
    assert talk.phase is Phase.CONFIRMING
    return talk


def test_no_to_the_summary_reopens_the_talk() -> None:
    talk, reply = _go_on(_confirming(), say(Act.REJECT))
    assert talk.phase is Phase.TALKING
    assert Line.CHANGE in _lines(reply)


def test_yes_with_another_figure_is_no_yes() -> None:
    talk, _ = _go_on(_confirming(), _offer(Act.ACCEPT, price="8.60"))
    assert talk.agreement is None
    assert not talk.phase.is_over


def test_question_at_the_summary_is_answered_and_the_yes_still_awaited() -> None:
    talk, reply = _go_on(_confirming(), say(Act.ASK, topics=[Topic.MARKET]))
    assert talk.phase is Phase.CONFIRMING
    assert reply.spoken[0].say.topic is Topic.MARKET
    assert reply.asks_confirmation


def test_nonsense_at_the_summary_changes_nothing() -> None:
    talk, reply = _go_on(_confirming(), say(Act.OTHER))
    assert talk.phase is Phase.CONFIRMING
    assert reply.asks_confirmation


def test_plain_yes_before_all_is_named_closes_nothing() -> None:
    talk, reply = _talk(say(Act.ASK, topics=[Topic.PRICE]), say(Act.ACCEPT))
    assert talk.phase is Phase.TALKING
    assert Line.OPEN_ISSUES in _lines(reply)
    (issues,) = [s.say.issues for s in reply.spoken if s.say.line is Line.OPEN_ISSUES]
    assert IssueId.PRICE not in issues
    assert IssueId.PAYMENT in issues


def test_yes_to_everything_named_is_summed_up() -> None:
    ask = say(Act.ASK, topics=[Topic.PRICE, Topic.PAYMENT, Topic.DELIVERY, Topic.INCOTERM])
    talk, _ = _talk(ask, say(Act.ACCEPT))
    assert talk.phase is Phase.CONFIRMING
    assert talk.summary == talk.standing


def test_yes_under_a_condition_is_an_offer() -> None:
    ask = say(Act.ASK, topics=[Topic.PRICE, Topic.PAYMENT, Topic.DELIVERY, Topic.INCOTERM])
    before = Offer(choices={IssueId.PAYMENT: "before"})
    talk, _ = _talk(ask, say(Act.ACCEPT, Act.OFFER, terms=in_terms(DEAL, before)))
    assert talk.agreement is None
    assert talk.offered.value(IssueId.PAYMENT) == "before"
    assert DEAL.is_complete(talk.offered)


def test_partial_yes_counts_for_what_it_names() -> None:
    ask = say(Act.ASK, topics=[Topic.PRICE, Topic.PAYMENT, Topic.DELIVERY, Topic.INCOTERM])
    talk, _ = _talk(ask, say(Act.ACCEPT, terms=Terms(lead_time_days=28)))
    assert talk.phase is Phase.TALKING
    assert talk.offered == Offer(figures={IssueId.LEAD_TIME: Decimal(28)})


def test_condition_is_kept_once_it_is_met() -> None:
    talk, _ = _talk(_all(best_offer(DEAL)))
    give = Offer(figures={IssueId.PRICE: Decimal("7.60")})
    want = Offer(choices={IssueId.INCOTERM: "cif"})
    talk = replace(talk, promises=(Promise(turn=talk.turn, give=give, want=want),))
    talk, _ = _go_on(talk, say(Act.OFFER, terms=in_terms(DEAL, want)))
    assert talk.promises == () or talk.promises[0].turn == talk.turn
    assert talk.standing.figures[IssueId.PRICE] >= Decimal("7.60")


def test_standing_still_is_answered_by_standing_still() -> None:
    same = _all(best_offer(DEAL))
    talk, _ = _talk(same)
    before = talk.standing
    talk, reply = _go_on(talk, same)
    assert Line.HOLD in _lines(reply)
    assert talk.standing == before


def test_patience_ends_with_a_warning_first() -> None:
    version = make_version(temper=Temper.HARD_BARGAINER)
    talk, reply = _talk(*[_all(best_offer(DEAL))] * 3, version=version)
    assert Line.LAST_TURNS in _lines(reply)
    talk, reply = _go_on(talk, _all(best_offer(DEAL)), version=version)
    assert talk.phase is Phase.BROKEN_OFF
    assert Line.WALK_AWAY in _lines(reply)


def test_deadline_is_announced_two_turns_before() -> None:
    ask = say(Act.ASK, topics=[Topic.MARKET])
    talk, reply = _talk(*[ask] * (DEAL.deadline_turns - 2))
    assert Line.LAST_TURNS in _lines(reply)
    talk, _ = _go_on(talk, ask, ask)
    assert talk.phase is Phase.BROKEN_OFF


def test_goodbye_without_a_deal_ends_the_talk_and_a_mere_regards_does_not() -> None:
    talk, reply = _talk(say(Act.REJECT, Act.CLOSE))
    assert talk.phase is Phase.LEFT
    assert _lines(reply) == [Line.FAREWELL]
    talk, _ = _talk(_offer(Act.CLOSE, price="8.80"))
    assert talk.phase is Phase.TALKING


def test_nothing_can_be_said_after_the_end() -> None:
    talk, _ = _talk()
    talk, _ = negotiation.leave(VERSION, talk, rng=Random(1), phrases=PHRASES)
    assert talk.phase is Phase.LEFT
    with pytest.raises(NotAllowed):
        _go_on(talk, say(Act.GREET))
    _, reply = negotiation.remind(VERSION, talk, rng=Random(1), phrases=PHRASES)
    assert reply.spoken == ()


def test_reminder_says_it_differently_every_time() -> None:
    talk, _ = _talk()
    talk, one = negotiation.remind(VERSION, talk, rng=Random(1), phrases=PHRASES)
    _, two = negotiation.remind(VERSION, talk, rng=Random(1), phrases=PHRASES)
    assert _lines(one) == _lines(two) == [Line.REMINDER]
    assert one.spoken[0].phrase != two.spoken[0].phrase


def test_context_tells_what_was_asked_and_whether_a_yes_is_awaited() -> None:
    talk, _ = _talk(_offer(price="8.80"))
    context = negotiation.context(VERSION, talk)
    assert context.currency == "EUR"
    assert context.asked is not None
    assert not context.confirming
    assert negotiation.context(VERSION, _confirming()).confirming


def test_own_phrases_of_the_exercise_come_first() -> None:
    own = {Line.GREET: (Phrase(text="Moin."),)}
    _, reply = _talk(say(Act.GREET), version=replace(VERSION, lines=own))
    assert reply.spoken[0].phrase == "Moin."


def test_phrases_of_another_temper_are_not_used() -> None:
    own = {Line.GREET: (Phrase(text="Get to it.", tempers=(Temper.HARD_BARGAINER,)),)}
    _, reply = _talk(say(Act.GREET), version=replace(VERSION, lines=own))
    assert reply.spoken[0].phrase != "Get to it."


def test_deadline_turns_a_deal_above_reservation_into_a_summary() -> None:
    ask = say(Act.ASK, topics=[Topic.MARKET])
    poor = replace(FAIR, figures={**FAIR.figures, IssueId.PRICE: Decimal("8.20")})
    assert DEAL.payoff(Side.BUYER, poor) > DEAL.buyer_reservation
    talk, _ = _talk(_all(best_offer(DEAL)), *[ask] * (DEAL.deadline_turns - 2), _all(poor))
    assert talk.phase is Phase.CONFIRMING
