"""The sums of a trader: what may be typed, what it comes to, and what is said of the rest."""

from decimal import Decimal

import pytest

from bot.domain.calculation import (
    Change,
    Cif,
    Margin,
    Result,
    Total,
    calculate,
    cost_in,
    rounded,
)
from bot.domain.languages import Language
from bot.domain.typed_sums import CannotCalculate, Fault, read_number
from tests.shipped import shipped

D = Decimal


def result(text: str, *, cost: str | None = None) -> Result:
    return calculate(text, cost=D(cost) if cost else None).result


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8.20", "8.20"),
        ("8,20", "8.20"),
        ("5000", "5000"),
        ("5.000", "5000"),
        ("5,000", "5000"),
        ("5 000", "5000"),
        ("5'000", "5000"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("0.350", "0.350"),
        ("0,125", "0.125"),
        ("12.5", "12.5"),
        ("8.2345", "8.2345"),
    ],
)
def test_numbers_are_read_as_anybody_writes_them(typed: str, number: str) -> None:
    assert read_number(typed) == D(number)


@pytest.mark.parametrize(
    "typed",
    [
        "5000 x 8.20",
        "5000 × 8,20",
        "8.20 * 5000",
        "5.000 Stück x 8,20 EUR",
        "5 000 pièces fois 8,20",
        "5000 件 乘 8.20",
        "５０００ｘ８．２０",
        "5,000 pcs. x USD 8.20 =",
        "5000mal 8,20",
    ],
)
def test_total_of_a_quantity_at_a_price(typed: str) -> None:
    expected = Total(quantity=D(5000), price=D("8.20"), change_pct=D(0), total=D(41000))
    assert result(typed) == expected


def test_total_with_a_discount() -> None:
    assert result("5000 x 8.20 - 5%") == Total(
        quantity=D(5000), price=D("8.20"), change_pct=D(-5), total=D(38950)
    )


@pytest.mark.parametrize("typed", ["8.20 - 5%", "8,20 – 5 %", "8.20 minus 5%", "USD 8.20 -5%"])
def test_discount_on_a_price(typed: str) -> None:
    assert result(typed) == Change(price=D("8.20"), change_pct=D(-5), result=D("7.79"))


def test_surcharge_on_a_price() -> None:
    assert result("8.20 + 10%") == Change(price=D("8.20"), change_pct=D(10), result=D("9.02"))


@pytest.mark.parametrize(
    "typed",
    [
        "cif 8.20 freight 0.35 ins 0.3%",
        "CIF 8,20 Fracht 0,35 Versicherung 0,3 %",
        "cif 8,20 fret 0,35 assurance 0,3 %",
        "cif 8.20 运费 0.35 保险费率 0.3%",
        "fob 8.20, freight 0.35, insurance 0.3%",
        "cif fob 8.20 freight 0.35 ins 0.3%",
    ],
)
def test_from_fob_to_cif(typed: str) -> None:
    """(8.20 + 0.35) / (1 - 1.1 x 0.3 %), insured for 110 % of it."""
    found = result(typed)
    assert isinstance(found, Cif)
    assert (found.fob, found.freight, found.rate_pct) == (D("8.20"), D("0.35"), D("0.3"))
    assert rounded(found.cif).value == D("8.58")
    assert abs(found.cif * D("0.9967") - D("8.55")) < D("1E-20")
    assert abs(found.insured - found.cif * D("1.1")) < D("1E-20")


@pytest.mark.parametrize("rate", ["0.1", "0.3", "2", "50"])
def test_cif_is_cost_freight_and_the_premium_on_110_per_cent_of_itself(rate: str) -> None:
    found = result(f"cif 8.20 freight 0.35 ins {rate}%")
    assert isinstance(found, Cif)
    assert abs(found.fob + found.freight + found.premium - found.cif) < D("1E-20")


def test_margin_over_the_cost_of_the_brief_or_over_one_that_is_typed() -> None:
    found = result("margin 8", cost="6")
    assert isinstance(found, Margin)
    assert (found.price, found.cost, found.margin, found.of_price_pct) == (8, 6, 2, 25)
    assert round(found.of_cost_pct, 2) == D("33.33")
    assert result("margin 8 cost 6", cost="1") == found
    assert result("利润 8 成本 6") == found


def test_longest_figures_stay_exact() -> None:
    found = result("999999999999 x 99999999999.9 + 99999999999.9%")
    assert isinstance(found, Total)
    assert rounded(found.total).is_exact


@pytest.mark.parametrize(
    ("amount", "value", "is_exact"),
    [("8.446", "8.446", True), ("8.4464", "8.4464", True), ("8.44645", "8.45", False)],
)
def test_amount_is_exact_to_four_places_or_rounded_to_cents(
    amount: str, value: str, is_exact: bool
) -> None:
    found = rounded(D(amount))
    assert (found.value, found.is_exact) == (D(value), is_exact)


def test_currency_is_the_one_that_is_typed_or_that_of_the_deal() -> None:
    assert calculate("5000 x 8.20", currency="EUR").currency == "EUR"
    assert calculate("5000 x $8.20", currency="EUR").currency == "USD"
    assert calculate("5000 x 8.20").currency is None


@pytest.mark.parametrize(
    ("typed", "fault", "at"),
    [
        ("5000 x abc", Fault.WORD, "abc"),
        ("import os", Fault.WORD, "import"),
        ("5000 x 8.20 ^ 2", Fault.WORD, "^"),
        ("__import__('os')", Fault.WORD, "_"),
        ("5000 x", Fault.AFTER, "x"),
        ("8.20 -", Fault.AFTER, "-"),
        ("8.20 - 5", Fault.PERCENT, "5"),
        ("8.20 - 100%", Fault.RATE, "100%"),
        ("0 x 5000", Fault.ZERO, "0"),
        ("cif 8.20 freight", Fault.AFTER, "freight"),
        ("cif 8.20 freight 0.35", Fault.AFTER, "0.35"),
        ("cif 8.20 freight 0.35 ins 0.3", Fault.PERCENT, "0.3"),
        ("cif 8.20 freight 0.35 ins 95%", Fault.RATE, "95%"),
        ("margin 8.20", Fault.NO_COST, "8.20"),
        ("8.20", Fault.FORM, "8.20"),
        ("8.20 8.30", Fault.FORM, "8.20 8.30"),
        ("freight 3", Fault.FORM, "freight 3"),
        ("9999999999999 x 2", Fault.TOO_LARGE, "9999999999999"),
        ("5000 x 8.20 EUR - 5% USD", Fault.CURRENCIES, "EUR / USD"),
    ],
)
def test_what_is_no_sum_is_answered_with_its_place(typed: str, fault: Fault, at: str) -> None:
    with pytest.raises(CannotCalculate) as refused:
        calculate(typed)
    assert (refused.value.fault, refused.value.at) == (fault, at)


@pytest.mark.parametrize(
    ("facts", "cost"),
    [
        ("Cost: 5.90 EUR each, FOB Ningbo. Capacity: 9,000 a month.", "5.90"),
        ("Your cost is EUR 5.90 a piece.", "5.90"),
        ("The moulds cost 3,000 USD.", None),
        ("No figure here; freight costs extra. Minimum order: 5,000.", None),
    ],
)
def test_cost_is_read_from_the_facts_of_the_brief(facts: str, cost: str | None) -> None:
    assert cost_in(facts, "EUR") == (D(cost) if cost else None)


def test_costs_in_shipped_briefs_are_below_the_best_price() -> None:
    found = 0
    for exercise in shipped().exercises.values():
        for language in Language:
            version = exercise.versions[language]
            price = next((i for i in version.deal.issues if i.id == "price"), None)
            cost = cost_in(version.product.facts["en"], version.deal.currency)
            if price is None or cost is None:
                continue
            found += 1
            assert 0 < cost < price.high, (exercise.id, language)
    assert found >= 3
