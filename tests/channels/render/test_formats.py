"""Figures and dates as the reader of each interface language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.channels.render.formats import Values, comma, day, gain, points, when
from bot.channels.render.messages import Messages
from bot.domain.deal import NAMED, IssueId
from bot.domain.languages import Interface
from tests.domain.agency import make_agency
from tests.domain.factories import make_deal

ZH, EN, DE, FR = Interface
VALUES = Values(Messages())
DEAL = make_deal()
AGENCY = make_agency().deal


def every(write: object, *arguments: object) -> list[str]:
    """What ``write`` makes of the arguments in Chinese, English, German and French."""
    assert callable(write)
    return [write(*arguments, interface) for interface in Interface]


def test_point_in_time_is_on_the_clocks_of_its_place() -> None:
    at = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert every(when, at, "Asia/Shanghai") == [
        "11月28日 周六 07:30",
        "Sat 28 Nov, 07:30",
        "Sa. 28. Nov., 07:30",
        "sam. 28 nov., 07:30",
    ]
    assert when(at, "America/New_York", EN) == "Fri 27 Nov, 18:30"


def test_day_stands_without_its_year() -> None:
    assert every(day, date(2026, 3, 9)) == ["3月9日", "9 Mar", "9. März", "9 mars"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("50", ["50", "50", "50", "50"]),
        ("50.00", ["50", "50", "50", "50"]),
        ("7.25", ["7.2", "7.2", "7,2", "7,2"]),
        ("1234.5", ["1,234.5", "1,234.5", "1.234,5", "1\u202f234,5"]),
        ("-3.5", ["-3.5", "-3.5", "-3,5", "-3,5"]),
    ],
)
def test_points_have_one_decimal_where_there_is_one(value: str, written: list[str]) -> None:
    assert every(points, Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"), [("2.5", "+2.5"), ("0", "+0"), ("-2.5", "−2.5"), ("-12", "−12")]
)
def test_gain_has_its_sign(value: str, written: str) -> None:
    assert gain(Decimal(value), EN) == written


def test_lists_are_set_apart_as_each_script_does() -> None:
    assert every(comma) == ["、", ", ", ", ", ", "]


@pytest.mark.parametrize(
    ("id", "value", "written"),
    [
        (
            IssueId.PRICE,
            Decimal("8.4"),
            ["8.40\xa0EUR", "8.40\xa0EUR", "8,40\xa0EUR", "8,40\xa0EUR"],
        ),
        (
            IssueId.QUANTITY,
            Decimal(5000),
            ["5,000 件", "5,000 pieces", "5.000 Stück", "5\u202f000 pièces"],
        ),
        (IssueId.QUANTITY, Decimal(1), ["1 件", "1 piece", "1 Stück", "1 pièce"]),
        (IssueId.LEAD_TIME, Decimal(42), ["6 周", "6 weeks", "6 Wochen", "6 semaines"]),
        (IssueId.LEAD_TIME, Decimal(7), ["1 周", "1 week", "1 Woche", "1 semaine"]),
        (IssueId.LEAD_TIME, Decimal(45), ["45 天", "45 days", "45 Tage", "45 jours"]),
        (IssueId.PAYMENT, "bl_copy", ["bl copy"] * 4),
    ],
)
def test_value_of_an_issue_is_written_with_its_unit(
    id: IssueId, value: Decimal | str, written: list[str]
) -> None:
    found = every(VALUES.value, DEAL, id, value)
    assert [one.replace(" ", "\xa0") for one in found] == [
        one.replace(" ", "\xa0") for one in written
    ]


@pytest.mark.parametrize(
    ("id", "value", "written"),
    [
        (IssueId.SHARE, "8", ["8%", "8%", "8 %", "8 %"]),
        (IssueId.SHARE, "7.5", ["7.5%", "7.5%", "7,5 %", "7,5 %"]),
        (IssueId.PERIOD, "24", ["24 个月", "24 months", "24 Monate", "24 mois"]),
        (IssueId.PERIOD, "1", ["1 个月", "1 month", "1 Monat", "1 mois"]),
    ],
)
def test_share_and_period_are_written_with_their_unit(
    id: IssueId, value: str, written: list[str]
) -> None:
    found = every(VALUES.value, AGENCY, id, Decimal(value))
    assert [one.replace("\xa0", " ").replace("\u202f", " ") for one in found] == written


def test_an_issue_can_have_the_name_its_author_gave_it() -> None:
    names = [VALUES.issue(AGENCY, IssueId.PERIOD, one) for one in Interface]
    assert names == ["协议期限", "term of the agreement", "Laufzeit", "durée du contrat"]


def test_value_that_does_not_fit_its_issue_is_refused() -> None:
    with pytest.raises(TypeError):
        VALUES.value(DEAL, IssueId.PRICE, "fob", EN)


def test_every_issue_has_a_name_in_every_language() -> None:
    ids = set(IssueId) - NAMED
    names = {(one, VALUES.issue(DEAL, id, one)) for id in ids for one in Interface}
    assert len(names) == len(ids) * len(Interface)
