"""Two currencies never meet in one sum."""

from decimal import Decimal

import pytest

from bot.domain.errors import CurrencyMismatch
from bot.domain.money import Money


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def test_amounts_of_one_currency_add_up_exactly() -> None:
    assert euros("0.10") + euros("0.20") == euros("0.30")


def test_unit_price_times_quantity_is_exact() -> None:
    assert euros("8.40") * 5000 == euros("42000.00")
    assert euros("8.40") * Decimal("0.3") == euros("2.520")


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        euros("1") + Money(amount=Decimal(1), currency="USD")
    assert (refused.value.code, dict(refused.value.values)) == (
        "currency_mismatch",
        {"left": "EUR", "right": "USD"},
    )
