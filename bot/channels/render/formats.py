"""Figures, dates and values of a deal as the reader of an interface language writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from bot.channels.render.messages import Messages
from bot.domain.deal import NAMED, ChoiceIssue, Deal, FigureIssue, IssueId
from bot.domain.languages import Interface

DAYS_A_WEEK = 7
_HUNDRED = Decimal(100)

_WHEN: Mapping[Interface, str] = {
    Interface.ZH: "M月d日 EEE HH:mm",
    Interface.EN: "EEE d MMM, HH:mm",
    Interface.DE: "EEE d. MMM, HH:mm",
    Interface.FR: "EEE d MMM, HH:mm",
}
_DAY: Mapping[Interface, str] = {
    Interface.ZH: "M月d日",
    Interface.EN: "d MMM",
    Interface.DE: "d. MMM",
    Interface.FR: "d MMM",
}


def when(at: datetime, timezone: str, interface: Interface) -> str:
    """A point in time on the clocks of ``timezone``."""
    local = at.astimezone(ZoneInfo(timezone))
    return str(format_datetime(local, _WHEN[interface], locale=interface.value))


def day(at: date, interface: Interface) -> str:
    """A day without its year."""
    return str(format_date(at, _DAY[interface], locale=interface.value))


def points(value: Decimal, interface: Interface) -> str:
    """Points with one decimal where there is one."""
    return str(format_decimal(value.quantize(Decimal("0.1")), "#,##0.#", locale=interface.value))


def gain(value: Decimal, interface: Interface) -> str:
    """A difference in points with its sign."""
    sign = "+" if value >= 0 else "−"
    return f"{sign}{points(abs(value), interface)}"


def percentage(value: Decimal, interface: Interface) -> str:
    """A percentage: ``8%``, ``8 %``."""
    share = value / _HUNDRED
    return str(format_percent(share, locale=interface.value, decimal_quantization=False))


def comma(interface: Interface) -> str:
    """What stands between the members of a list."""
    return "、" if interface is Interface.ZH else ", "


class Values:
    """Writes the values of a deal's issues."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def value(self, deal: Deal, id: IssueId, value: Decimal | str, interface: Interface) -> str:
        """One value of one issue: ``8.40 EUR``, ``5,000 pieces``, an option's label."""
        match deal.issue(id), value:
            case ChoiceIssue() as issue, str():
                return issue.option(value).label[interface]
            case FigureIssue() as issue, Decimal():
                return self._figure(deal, issue, value, interface)
        raise TypeError(f"{id}: {value!r} does not fit the issue")

    def _figure(self, deal: Deal, issue: FigureIssue, value: Decimal, interface: Interface) -> str:
        match issue.id:
            case IssueId.PRICE:
                return self.money(value, deal.currency, interface)
            case IssueId.QUANTITY:
                return self._counted(f"unit.{deal.unit}", value, interface)
            case IssueId.LEAD_TIME if value % DAYS_A_WEEK == 0:
                return self._counted("weeks", value / DAYS_A_WEEK, interface)
            case IssueId.LEAD_TIME:
                return self._counted("days", value, interface)
            case IssueId.SHARE:
                return percentage(value, interface)
            case IssueId.PERIOD if issue.unit is not None:
                return self._counted(f"{issue.unit}s", value, interface)
            case _:
                return str(format_decimal(value, locale=interface.value))

    def money(self, amount: Decimal, currency: str, interface: Interface) -> str:
        """An amount with its ISO 4217 code."""
        return str(format_currency(amount, currency, "#,##0.00 ¤¤", locale=interface.value))

    def _counted(self, key: str, value: Decimal, interface: Interface) -> str:
        written = str(format_decimal(value, locale=interface.value))
        return self._messages.counted(interface, key, n=value, written=written)

    def issue(self, deal: Deal, id: IssueId, interface: Interface) -> str:
        """The name of an issue: the author's own for what is another matter in every deal."""
        if id in NAMED:
            return deal.issue(id).name[interface]
        return self._messages.plain(interface, f"issue.{id}")
