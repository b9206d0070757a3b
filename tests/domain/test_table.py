"""Where a talk stands: both sides' spoken values, and the learner's points alone."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from bot.domain import negotiation
from bot.domain.deal import FigureIssue, IssueId, Offer
from bot.domain.exercise import Temper
from bot.domain.languages import Language
from bot.domain.table import IssueTable, State, latest, table_of
from bot.domain.talk import Reply, Talk
from tests.shipped import shipped

from .factories import SCRIPTS, TODAY, make_deal, make_phrases, make_version

DEAL = make_deal()
WANTED = Offer(
    figures={
        IssueId.QUANTITY: Decimal(5000),
        IssueId.PRICE: Decimal("7.20"),
        IssueId.LEAD_TIME: Decimal(28),
    },
    choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "oa60"},
)
"""All that the buyer wants, said or not."""


def price(value: str) -> Offer:
    return Offer(figures={IssueId.PRICE: Decimal(value)})


def states(table: IssueTable) -> dict[IssueId, State]:
    return {row.issue: row.state for row in table.rows}


def test_nothing_said_is_open() -> None:
    table = table_of(DEAL, Talk(standing=WANTED))
    assert set(states(table).values()) == {State.OPEN}
    assert not table.mine.offer
    assert not table.theirs.offer
    assert [row.issue for row in table.rows] == [issue.id for issue in DEAL.issues]


def test_wish_the_buyer_has_not_spoken_of_does_not_show() -> None:
    said = Talk(standing=WANTED, said=price("7.20"), offered=price("8.40"))
    other = replace(said, standing=price("7.20").over(Offer(choices={IssueId.PAYMENT: "before"})))
    assert table_of(DEAL, said) == table_of(DEAL, other)
    assert table_of(DEAL, said).theirs.offer == price("7.20")


def test_issue_is_settled_when_both_say_the_same_and_apart_when_they_differ() -> None:
    talk = Talk(standing=WANTED, said=WANTED, offered=price("8.40").over(WANTED))
    found = states(table_of(DEAL, talk))
    assert found.pop(IssueId.PRICE) is State.APART
    assert set(found.values()) == {State.SETTLED}
    assert table_of(DEAL, talk).settled == 4


def test_what_was_refused_is_not_settled() -> None:
    talk = Talk(standing=WANTED, said=WANTED, offered=WANTED, disputed=(IssueId.PRICE,))
    assert states(table_of(DEAL, talk))[IssueId.PRICE] is State.APART


def test_points_are_the_learners_for_what_each_side_has_named() -> None:
    talk = Talk(standing=WANTED, said=WANTED.only([IssueId.QUANTITY]), offered=price("8.80"))
    table = table_of(DEAL, talk)
    assert (table.mine.points, table.mine.named) == (Decimal(40), 1)
    assert (table.theirs.points, table.theirs.named) == (Decimal(10), 1)
    assert table.limit == DEAL.learner_reservation


def test_latest_value_is_the_learners_own_or_else_the_buyers_spoken_one() -> None:
    said = WANTED.only([IssueId.PRICE, IssueId.PAYMENT])
    talk = Talk(standing=WANTED, said=said, offered=price("8.40"))
    expected = Offer(choices={IssueId.PAYMENT: "oa60"}).over(price("8.40"))
    assert latest(talk) == expected


def with_other_secrets(deal_issue: FigureIssue) -> FigureIssue:
    points = tuple(replace(point, buyer=point.buyer * 2 + 1) for point in deal_issue.points)
    return replace(deal_issue, points=points)


def test_table_does_not_depend_on_the_buyers_points() -> None:
    talk = Talk(standing=WANTED, said=WANTED, offered=price("8.40"))
    issues = tuple(with_other_secrets(i) if isinstance(i, FigureIssue) else i for i in DEAL.issues)
    other = replace(DEAL, issues=issues, buyer_reservation=Decimal(7))
    assert table_of(other, talk) == table_of(DEAL, talk)


def carried(reply: Reply) -> set[tuple[IssueId, Decimal | str | None]]:
    """Every value that a reply has words for."""
    slots = ("ours", "theirs", "give", "want", "terms")
    offers = [getattr(s.say, slot) for s in reply.spoken for slot in slots]
    return {(id, offer.value(id)) for offer in offers if offer for id in offer.issues}


@pytest.mark.parametrize("temper", Temper)
@pytest.mark.parametrize("script", SCRIPTS)
def test_no_value_of_the_buyer_shows_that_no_reply_has_named(script: str, temper: Temper) -> None:
    version, phrases = make_version(temper=temper), make_phrases()
    for seed in range(8):
        rng = Random(f"{script}{seed}")
        talk, reply = negotiation.start(version, rng=rng, phrases=phrases)
        named = carried(reply)
        while not talk.phase.is_over:
            heard = SCRIPTS[script](version, talk, rng)
            talk, reply = negotiation.respond(
                version, talk, heard, rng=rng, today=TODAY, phrases=phrases
            )
            named |= carried(reply)
            table = table_of(version.deal, talk)
            promised = [offer for one in table.promises for offer in (one.give, one.want)]
            for shown in (table.theirs.offer, *promised):
                assert {(id, shown.value(id)) for id in shown.issues} <= named, (talk.turn, seed)


def test_shipped_deals_have_a_table_in_every_language() -> None:
    for exercise in shipped().exercises.values():
        for language in Language:
            deal = exercise.versions[language].deal
            assert len(table_of(deal, Talk()).rows) == len(deal.issues)
