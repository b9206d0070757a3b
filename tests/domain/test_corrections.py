"""A slip put right was never said: not on the table, not in the summary, not in the marks."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.deal import IssueId, Offer
from bot.domain.errorclasses import Why
from bot.domain.exercise import Line
from bot.domain.marks import assess
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Price, Terms
from bot.domain.understanding import Act, Correction, Understanding

from .factories import best_offer, in_terms, say
from .talking import DEAL, VERSION, go_on, lines, talk_of

BEST = best_offer(DEAL)
GENEROUS = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("7.20"),
        IssueId.LEAD_TIME: Decimal(28),
    },
    choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "oa60"},
)


def _says(amount: str, *acts: Act, corrects: Correction | None = None) -> Understanding:
    terms = Terms(price=Price(amount=Decimal(amount)))
    return replace(say(Act.OFFER, *acts, terms=terms), corrects=corrects)


def _meant(amount: str, *acts: Act) -> Understanding:
    return _says(amount, *acts, corrects=Correction.PLAIN)


def _with_price(offer: Offer, amount: str) -> Offer:
    return Offer(figures={IssueId.PRICE: Decimal(amount)}).over(offer)


def _all(amount: str) -> Understanding:
    return say(Act.OFFER, terms=in_terms(DEAL, _with_price(BEST, amount)))


def _conceded(talk: Talk) -> bool:
    return bool(assess(VERSION, talk).process.concessions)


def _seen(talk: Talk) -> set[Why]:
    return {mark.why for mark in assess(VERSION, talk).classes}


def test_correction_takes_the_place_of_the_last_value_and_is_noted() -> None:
    talk, reply = talk_of(_all("7.80"), _meant("8.70", Act.APOLOGISE))
    assert talk.offered == _with_price(BEST, "8.70")
    assert lines(reply)[0] is Line.CORRECTED
    assert reply.spoken[0].say.theirs == Offer(figures={IssueId.PRICE: Decimal("8.70")})
    assert "7.8" not in repr([s.offer for s in talk.path if s.side == "learner"])


def test_corrected_slip_is_neither_a_concession_nor_a_modest_opening() -> None:
    down, _ = talk_of(_all("8.80"), _meant("8.40"))
    assert not _conceded(down)
    assert down.idle_in_row == 0
    up, _ = talk_of(_all("7.30"), _meant("8.80"))
    assert Why.OPENED_HIGH in _seen(up)
    conceded, _ = talk_of(_all("8.80"), _says("8.40"))
    assert _conceded(conceded)


def test_only_the_slip_is_mended_and_what_was_said_before_it_stays() -> None:
    talk, _ = talk_of(_all("8.80"), _says("8.06"), _meant("8.60"))
    mine = [s.offer.figures[IssueId.PRICE] for s in talk.path if s.side == "learner"]
    assert mine == [Decimal("8.80"), Decimal("8.60"), Decimal("8.60")]


def test_correction_of_an_accepted_value_is_decided_anew() -> None:
    talk, _ = talk_of(say(Act.OFFER, terms=in_terms(DEAL, GENEROUS)))
    assert talk.phase is Phase.CONFIRMING

    changed, reply = go_on(talk, _meant("7.30", Act.REJECT))
    assert lines(reply) == [Line.CORRECTED, Line.SUMMARY]
    assert changed.summary == _with_price(GENEROUS, "7.30")
    assert not _conceded(changed)

    refused, reply = go_on(talk, _meant("8.80"))
    assert refused.phase is Phase.TALKING
    assert refused.agreement is None
    assert refused.offered == _with_price(GENEROUS, "8.80")
    assert Line.CORRECTED in lines(reply)


def test_terse_no_is_a_correction_only_where_nobody_bargains() -> None:
    def no(amount: str) -> Understanding:
        return _says(amount, Act.REJECT, corrects=Correction.TERSE)

    talk, reply = talk_of(_all("8.08"), no("8.80"))
    assert Line.CORRECTED in lines(reply)
    talk, reply = talk_of(_all("8.80"), no("8.60"))
    assert Line.CORRECTED not in lines(reply)
    assert _conceded(talk)


def test_who_corrects_nothing_makes_an_offer() -> None:
    talk, reply = talk_of(_meant("8.60"))
    assert Line.CORRECTED not in lines(reply)
    assert talk.offered == Offer(figures={IssueId.PRICE: Decimal("8.60")})


def test_what_was_out_of_discussion_or_asked_back_about_can_be_corrected() -> None:
    for wrong in ("9.90", "78.00"):
        talk, reply = talk_of(_says(wrong), _meant("8.60"))
        assert Line.CORRECTED in lines(reply)
        assert talk.offered == Offer(figures={IssueId.PRICE: Decimal("8.60")})
