"""The figures of a talk: questions, reasons, concessions and manners, with their turns."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.deal import IssueId, Offer
from bot.domain.process import GestureKind, process_of
from bot.domain.slips import SlipKind, slips_of
from bot.domain.talk import Trick, TrickKind
from bot.domain.terms import Price
from bot.domain.understanding import Act, Topic

from .tables import DEAL, MINE, THEIRS, hear, make_signed, price, step

PATH = (
    step(1, MINE, "8.80"),
    step(1, THEIRS, "7.20"),
    step(2, MINE, "8.40"),
    step(2, THEIRS, "7.40"),
    step(3, MINE, "8.00"),
)


def test_concessions_are_told_with_what_they_gave_and_brought() -> None:
    process = process_of(DEAL, make_signed(path=PATH))
    first, second = process.concessions
    assert (first.turn, first.points, first.received, first.is_free) == (2, 10, 5, False)
    assert (first.before, first.after) == (price("8.80"), price("8.40"))
    assert (second.turn, second.points, second.received, second.is_free) == (3, 10, 0, True)
    assert (process.given, process.received, process.tied) == (20, 5, 1)


def test_gain_on_another_issue_in_the_same_message_ties_a_concession() -> None:
    later = Offer(choices={IssueId.PAYMENT: "before"}).over(price("8.40"))
    start = Offer(choices={IssueId.PAYMENT: "oa60"}).over(price("8.80"))
    path = (step(1, MINE, start), step(2, MINE, later))
    (only,) = process_of(DEAL, make_signed(path=path)).concessions
    assert (only.issues, only.points, only.is_conditional) == ((IssueId.PRICE,), 10, True)


def test_every_thing_asked_about_is_a_question() -> None:
    heard = (
        hear(1, Act.ASK, topics=(Topic.MARKET, Topic.PAYMENT)),
        hear(2, Act.ASK, Act.JUSTIFY),
        hear(3, Act.JUSTIFY),
    )
    process = process_of(DEAL, make_signed(heard=heard))
    assert process.questions == (1, 1, 2)
    assert process.reasons == (2, 3)


def test_relationship_is_kind_turns_less_unkind_ones() -> None:
    heard = (
        hear(1, Act.GREET, Act.OFFER, offered=price("8.80")),
        hear(2, Act.REJECT),
        hear(3, Act.OFFER, offered=price("8.80")),
        hear(4, Act.THANK, is_informal=True),
    )
    path = (step(1, MINE, "8.80"), step(3, MINE, "8.80"))
    process = process_of(DEAL, make_signed(heard=heard, path=path))
    assert [(gesture.kind, gesture.turn) for gesture in process.gestures] == [
        (GestureKind.GREETED, 1),
        (GestureKind.BLUNT, 2),
        (GestureKind.STOOD_STILL, 3),
        (GestureKind.THANKED, 4),
        (GestureKind.TOO_FAMILIAR, 4),
    ]
    assert process.relationship == -1


def test_reason_makes_standing_still_a_stand() -> None:
    heard = (hear(2, Act.OFFER, Act.JUSTIFY, offered=price("8.80")),)
    path = (step(1, MINE, "8.80"), step(2, MINE, "8.80"))
    assert process_of(DEAL, make_signed(heard=heard, path=path)).gestures == ()


def test_trick_is_met_unless_the_next_step_gives_for_nothing_what_it_pressed() -> None:
    tricks = (
        Trick(turn=1, kind=TrickKind.BOSS),
        Trick(turn=2, kind=TrickKind.COMPETITOR, offer=price("8.40")),
        Trick(turn=2, kind=TrickKind.BIGGER_ORDER, offer=Offer(choices={IssueId.PAYMENT: "oa60"})),
    )
    answered = process_of(DEAL, make_signed(path=PATH, tricks=tricks)).tricks
    assert [one.given for one in answered] == [0, 10, 0]


# --- mistakes of language that changed an offer -------------------------------------------------


def test_slip_costs_what_lies_between_both_values() -> None:
    heard = (hear(2, Act.OFFER, slip=price("7.80"), offered=price("8.70")),)
    (slip,) = slips_of(DEAL, make_signed(heard=heard))
    assert (slip.turn, slip.kind, slip.points) == (2, SlipKind.CORRECTED, Decimal("22.5"))
    assert (slip.said, slip.meant) == (price("7.80"), price("8.70"))


def test_reading_out_of_range_counts_at_the_end_of_the_range() -> None:
    heard = (hear(1, Act.OFFER, readings=(price("8.00"), price("80.00"))),)
    (slip,) = slips_of(DEAL, make_signed(heard=heard))
    assert (slip.kind, slip.points) == (SlipKind.TWO_READINGS, Decimal(20))


def test_option_currency_and_unit_are_commercial_too() -> None:
    options = tuple(Offer(choices={IssueId.PAYMENT: id}) for id in ("bl_copy", "before"))
    dollars = Price(amount=Decimal("8.40"), currency="USD")
    heard = (
        hear(1, Act.OFFER, readings=options),
        hear(2, Act.OFFER, foreign=dollars),
        hear(3, Act.OFFER, misfits=(IssueId.PRICE, IssueId.PAYMENT)),
    )
    found = slips_of(DEAL, make_signed(heard=heard))
    assert [(slip.turn, slip.kind, slip.issue) for slip in found] == [
        (1, SlipKind.UNCLEAR_OPTION, IssueId.PAYMENT),
        (2, SlipKind.CURRENCY, IssueId.PRICE),
        (3, SlipKind.UNIT, IssueId.PRICE),
    ]
    assert found[0].points == 8
    assert found[1].foreign == dollars


def test_talk_without_slips_has_none() -> None:
    heard = (hear(1, Act.OFFER, offered=price("8.80")),)
    assert slips_of(DEAL, replace(make_signed(), heard=heard)) == ()
