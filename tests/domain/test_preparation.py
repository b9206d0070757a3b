"""What is written down before a talk: kept as typed, read where it can be, weighed too."""

from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.preparation import (
    Preparation,
    Step,
    glossed,
    is_chinese,
    noted,
    parts,
    shortfall,
)
from bot.domain.terms import Incoterm, IncotermCode, Payment, Price, Quantity, Terms
from bot.domain.understanding import Act, Understanding
from tests.shipped import shipped

from .factories import TODAY, make_deal

DEAL = make_deal()
WORST = Offer(
    figures={
        IssueId.QUANTITY: Decimal(3000),
        IssueId.PRICE: Decimal("7.20"),
        IssueId.LEAD_TIME: Decimal(28),
    },
    choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "oa60"},
)
"""Worth nothing to the learner."""


def heard(**terms: object) -> Understanding:
    return Understanding(acts=(Act.OFFER,), terms=Terms(**terms))  # type: ignore[arg-type]


def read(text: str = "", **terms: object) -> Offer:
    return noted(DEAL, text, heard(**terms), today=TODAY)


def test_questions_follow_one_another_and_end() -> None:
    order = [Step.TARGET]
    while order[-1].following:
        order.append(order[-1].following)
    assert order == list(Step)


def test_answer_is_kept_as_typed_and_as_offer_in_its_place() -> None:
    price = Offer(figures={IssueId.PRICE: Decimal("8.40")})
    notes = Preparation()
    assert not notes
    for step in Step:
        assert notes.unanswered is step
        notes = notes.answered(step, f"{step}!", price)
    assert notes.unanswered is None
    assert notes.texts == {step: f"{step}!" for step in Step}
    assert (notes.target, notes.opening, notes.walk_away) == (price, price, price)
    assert notes.questions == "questions!"
    assert [notes.offer(step) for step in Step] == [price, price, price, Offer()]


def test_later_answer_takes_the_place_of_the_earlier() -> None:
    first = Preparation().answered(Step.TARGET, "8.40", WORST)
    assert first.answered(Step.TARGET, "dunno", Offer()) == Preparation(
        texts={Step.TARGET: "dunno"}
    )


def test_values_of_the_deal_are_read_and_the_rest_is_left_open() -> None:
    found = read(
        price=Price(amount=Decimal("8.40")),
        quantity=Quantity(amount=Decimal(5000)),
        incoterm=Incoterm(code=IncotermCode.FOB),
        payment=Payment(deposit_pct=Decimal(30)),
        lead_time_days=42,
    )
    assert found == Offer(
        figures={
            IssueId.QUANTITY: Decimal(5000),
            IssueId.PRICE: Decimal("8.40"),
            IssueId.LEAD_TIME: Decimal(42),
        },
        choices={IssueId.INCOTERM: "fob"},
    )


def test_figure_that_can_be_read_two_ways_is_left_open() -> None:
    assert not read(quantity=Quantity(amount=Decimal("5.000"), ambiguous=True))


def test_ambitious_price_counts_and_an_absurd_one_does_not() -> None:
    assert read(price=Price(amount=Decimal("9.50"))).figures == {IssueId.PRICE: Decimal("9.50")}
    assert not read(price=Price(amount=Decimal(840)))


@pytest.mark.parametrize("interface", ["zh", "en", "de", "fr"])
def test_label_of_an_option_is_read_in_every_interface_language(interface: str) -> None:
    deal = shipped().exercises["desk_lamp"].versions["de"].deal  # type: ignore[index]
    payment = deal.issue(IssueId.PAYMENT)
    for option in payment.options:  # type: ignore[union-attr]
        text = f"8.40, {option.label[interface].upper()}."
        found = noted(deal, text, Understanding(acts=(Act.OTHER,)), today=TODAY)
        assert found == Offer(choices={IssueId.PAYMENT: option.id})


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("8.40，30%定金，6周", "8.40, 30% deposit , 6 weeks"),
        ("8.40 欧元，赊销60天", "8.40 EUR , open account 60 days"),
        ("5000台，FOB 宁波，即期信用证", "5000 pieces , FOB , L/C at sight"),
        ("30%定金，余款见提单副本", "30% deposit , , balance against copy of B/L"),
    ],
)
def test_chinese_words_of_trade_are_put_into_english(chinese: str, english: str) -> None:
    assert is_chinese(chinese)
    assert glossed(chinese) == english


def test_points_are_the_learners_issue_by_issue() -> None:
    offer = Offer(figures={IssueId.PRICE: Decimal("8.80")}, choices={IssueId.PAYMENT: "before"})
    assert [(part.issue, part.points) for part in parts(DEAL, offer)] == [
        (IssueId.PRICE, Decimal(40)),
        (IssueId.PAYMENT, Decimal(20)),
    ]


def test_whole_offer_below_the_limit_falls_short_by_the_arithmetic() -> None:
    found = shortfall(DEAL, WORST)
    assert found is not None
    assert (found.named, found.rest, found.total, found.limit) == (0, 0, 0, 45)


def test_part_of_an_offer_falls_short_only_when_nothing_else_can_make_up_for_it() -> None:
    price = WORST.only([IssueId.PRICE])
    assert shortfall(DEAL, price) is None  # 60 points are left
    most = WORST.only([IssueId.PRICE, IssueId.QUANTITY])
    found = shortfall(DEAL, most)
    assert found is not None
    assert (found.named, found.rest) == (0, 40)


def test_offer_at_the_limit_does_not_fall_short() -> None:
    at_limit = Offer(
        figures={
            IssueId.QUANTITY: Decimal(5000),
            IssueId.PRICE: Decimal("8.40"),
            IssueId.LEAD_TIME: Decimal(28),
        },
        choices={IssueId.INCOTERM: "fob", IssueId.PAYMENT: "oa60"},
    )
    assert sum(part.points for part in parts(DEAL, at_limit)) == DEAL.learner_reservation
    assert shortfall(DEAL, at_limit) is None
    assert shortfall(DEAL, Offer()) is None
