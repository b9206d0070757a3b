"""The coach's card about a sum: the result as the reader writes figures, or what to mend."""

from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import format_currency, format_decimal

from bot.channels.render.formats import percentage
from bot.channels.render.messages import Messages
from bot.channels.render.rendered import Words
from bot.domain.calculation import (
    Calculated,
    Change,
    Cif,
    Margin,
    Total,
    calculate,
    cost_in,
    margin,
    rounded,
)
from bot.domain.deal import Deal, FigureIssue, IssueId
from bot.domain.languages import Interface
from bot.domain.messages import Calculation
from bot.domain.reading import is_plausible
from bot.domain.typed_sums import CannotCalculate
from bot.ports import Library

QUANTITY, PRICE = Decimal(5000), Decimal("8.20")  # of the examples, where no talk is running
FREIGHT_SHARE, COST_SHARE = Decimal("0.04"), Decimal("0.75")  # of the price, in the examples
CENT = Decimal("0.01")


class Sums:
    """Renders sums."""

    def __init__(self, library: Library, messages: Messages) -> None:
        self._library = library
        self._messages = messages

    def calculation(self, shown: Calculation, interface: Interface) -> tuple[Words, ...]:
        """The result; with nothing typed, how to type."""
        exercise = self._library.exercises.get(shown.exercise_id or "")
        version = exercise.versions[shown.language] if exercise else None
        deal = version.deal if version and version.deal.issues else None
        cost = (
            cost_in(version.product.facts[Interface.EN], deal.currency)
            if version and deal
            else None
        )
        examples = _examples(shown, deal, cost)
        if not shown.text.strip():
            how = self._messages.text(interface, "calculation.how", **examples)
            return (Words(html=how),)
        try:
            found = calculate(shown.text, cost=cost, currency=deal.currency if deal else None)
        except CannotCalculate as fault:
            return (Words(html=self._fault(fault, shown.text, examples, interface)),)
        lines = [self._result(found, interface)]
        price = _price_of(found, deal)
        if price is not None and cost is not None:
            over = Calculated(result=margin(price, cost), currency=found.currency)
            lines.append(self._result(over, interface))
        return (Words(html="\n".join(lines)),)

    def _result(self, found: Calculated, interface: Interface) -> str:
        written = _Written(found.currency, interface)
        match found.result:
            case Total() as total:
                key, values = self._total(total, written)
            case Change() as change:
                difference = abs(change.result - change.price)
                key, values = (
                    "change",
                    {
                        "price": written.money(change.price),
                        **written.change(change.change_pct),
                        "result": written.money(change.result),
                        "difference": written.money(difference),
                        "equals": written.equals(change.result),
                    },
                )
            case Cif() as cif:
                key, values = (
                    "cif",
                    {
                        "fob": written.money(cif.fob),
                        "freight": written.money(cif.freight),
                        "rate": percentage(cif.rate_pct, interface),
                        "cif": written.money(cif.cif),
                        "insured": written.money(cif.insured),
                        "premium": written.money(cif.premium),
                        "equals": written.equals(cif.cif),
                    },
                )
            case Margin() as left:
                key, values = (
                    "margin",
                    {
                        "price": written.money(left.price),
                        "cost": written.money(left.cost),
                        "margin": written.money(left.margin),
                        "of_price": written.share(left.of_price_pct),
                        "of_cost": written.share(left.of_cost_pct),
                        "equals": written.equals(left.margin),
                    },
                )
        return self._messages.text(interface, f"calculation.{key}", **values)

    def _total(self, total: Total, written: "_Written") -> tuple[str, dict[str, str]]:
        values = {
            "quantity": written.number(total.quantity),
            "price": written.money(total.price),
            "total": written.money(total.total),
            "equals": written.equals(total.total),
        }
        if not total.change_pct:
            return "total", values
        return "total_changed", {**values, **written.change(total.change_pct)}

    def _fault(
        self,
        fault: CannotCalculate,
        typed: str,
        examples: Mapping[str, str],
        interface: Interface,
    ) -> str:
        what = self._messages.text(interface, f"calculation.fault.{fault.fault}", at=fault.at)
        example = examples[_kind(typed)]
        return f"{what}\n{self._messages.text(interface, 'calculation.example', example=example)}"


class _Written:
    """Figures as a reader writes them, in one currency."""

    def __init__(self, currency: str | None, interface: Interface) -> None:
        self._currency = currency
        self._interface = interface

    def money(self, amount: Decimal) -> str:
        shown, locale = rounded(amount).value, self._interface.value
        if self._currency is None:
            return str(format_decimal(shown, "#,##0.00##", locale=locale))
        return str(
            format_currency(
                shown, self._currency, "#,##0.00## ¤¤", locale=locale, currency_digits=False
            )
        )

    def number(self, amount: Decimal) -> str:
        return str(format_decimal(amount, "#,##0.####", locale=self._interface.value))

    def change(self, percent: Decimal) -> dict[str, str]:
        sign = "+" if percent > 0 else "−"
        return {"sign": sign, "percent": percentage(abs(percent), self._interface)}

    def share(self, percent: Decimal) -> str:
        return percentage(percent.quantize(Decimal("0.1")), self._interface)

    def equals(self, amount: Decimal) -> str:
        return "=" if rounded(amount).is_exact else "≈"


def _price_of(found: Calculated, deal: Deal | None) -> Decimal | None:
    """The unit price in a sum about the running deal."""
    price: Decimal | None = None
    match found.result:
        case Total() as total:
            price = total.total / total.quantity
        case Change(result=price):
            pass
    issue = _issue(deal, IssueId.PRICE)
    if deal is None or issue is None or price is None or found.currency != deal.currency:
        return None
    return price if is_plausible(issue, price) else None


def _issue(deal: Deal | None, id: IssueId) -> FigureIssue | None:
    issues = deal.issues if deal else ()
    return next((i for i in issues if i.id is id and isinstance(i, FigureIssue)), None)


def _kind(typed: str) -> str:
    """Which example is nearest to what was typed."""
    plain = typed.casefold()
    if any(word in plain for word in ("cif", "fob", "fr", "运费", "ins", "vers", "assur", "保")):
        return "cif"
    if any(word in plain for word in ("marg", "cost", "gewinn", "kosten", "coût", "利", "成本")):
        return "margin"
    return "discount" if "%" in plain or "-" in plain else "total"


def _examples(shown: Calculation, deal: Deal | None, cost: Decimal | None) -> dict[str, str]:
    price = _figure(shown, deal, IssueId.PRICE) or PRICE
    quantity = _figure(shown, deal, IssueId.QUANTITY) or QUANTITY
    freight = max((price * FREIGHT_SHARE).quantize(CENT), CENT)
    typed_cost = "" if cost else f" cost {max((price * COST_SHARE).quantize(CENT), CENT)}"
    return {
        "total": f"{quantity.normalize():f} x {price}",
        "discount": f"{price} - 5%",
        "cif": f"cif {price} freight {freight} ins 0.3%",
        "margin": f"margin {price}{typed_cost}",
    }


def _figure(shown: Calculation, deal: Deal | None, id: IssueId) -> Decimal | None:
    """The figure of the running talk, else one from the middle of the deal."""
    issue = _issue(deal, id)
    named = shown.known.figures.get(id)
    return named or (issue.values[len(issue.values) // 2] if issue else None)
