"""Amounts of money: a Decimal with an ISO 4217 code. Two currencies never meet in one sum."""

from dataclasses import dataclass
from decimal import Decimal

from bot.domain.errors import CurrencyMismatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str
    """ISO 4217 alphabetic code."""

    def __add__(self, other: "Money") -> "Money":
        """Add two amounts.

        Raises:
            CurrencyMismatch: the currencies differ.
        """
        if self.currency != other.currency:
            raise CurrencyMismatch("currency_mismatch", left=self.currency, right=other.currency)
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(amount=self.amount * factor, currency=self.currency)
