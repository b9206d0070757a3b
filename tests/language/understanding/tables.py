"""Terms in the short form of a table."""

from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.terms import Terms

TODAY = date(2026, 9, 1)
HERE = Path(__file__).parent


def short_terms(terms: Terms) -> set[str]:
    parts: list[list[Any]] = []
    if price := terms.price:
        parts.append(
            ["price", price.amount, price.currency, price.per, "?" if price.ambiguous else None]
        )
    if quantity := terms.quantity:
        parts.append(
            ["qty", f"{quantity.amount:f}", quantity.unit, "?" if quantity.ambiguous else None]
        )
    if terms.incoterm:
        parts.append(["term", terms.incoterm.code, terms.incoterm.place])
    if pay := terms.payment:
        parts.append(
            [
                "pay",
                pay.method,
                None if pay.deposit_pct is None else f"{pay.deposit_pct}%",
                None if pay.days is None else f"{pay.days}d",
                pay.balance,
            ]
        )
    for name, value in (
        ("lead", terms.lead_time_days),
        ("date", terms.delivery_date),
        ("disc", terms.discount_pct),
        ("warranty", terms.warranty_months),
    ):
        parts += [[name, value]] if value is not None else []
    if terms.validity:
        until = f"until {terms.validity.until}" if terms.validity.until else None
        days = None if terms.validity.days is None else f"{terms.validity.days}d"
        parts.append(["valid", until, days])
    return {" ".join(str(v) for v in part if v is not None) for part in parts}
