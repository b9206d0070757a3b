"""Reads the tables of messages, and writes an understanding in their short form."""

from datetime import date
from pathlib import Path
from typing import Any

import srsly

from bot.domain.terms import Terms
from bot.domain.understanding import Context, Topic, Understanding

TODAY = date(2026, 9, 1)
HERE = Path(__file__).parent


def read_table(name: str) -> list[tuple[str, str, str, str, dict[str, Any]]]:
    """The rows of a table: message, acts, topics, terms, and what the talk expects."""
    rows = []
    for row in srsly.read_yaml(HERE / f"{name}.yaml"):
        message, acts, *rest = row
        topics, terms, extra = [*rest, "", "", {}][:3] if len(rest) < 3 else rest
        if len(rest) == 1:
            topics, terms, extra = rest[0], "", {}
        elif len(rest) == 2:
            topics, terms, extra = rest[0], rest[1], {}
        rows.append((message, acts, topics, terms, extra))
    return rows


def context_of(extra: dict[str, Any]) -> Context:
    asked = extra.get("asked")
    return Context(
        asked=Topic(asked) if asked else None, confirming=extra.get("confirming", False)
    )


def short(found: Understanding) -> tuple[set[str], set[str], set[str], str | None]:
    return (
        {act.value for act in found.acts},
        {topic.value for topic in found.topics},
        short_terms(found.terms),
        found.foreign,
    )


def expected(acts: str, topics: str, terms: str, extra: dict[str, Any]) -> Any:
    listed = {term.strip() for term in terms.split(";") if term.strip()}
    return set(acts.split()), set(topics.split()), listed, extra.get("foreign")


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
