"""What was understood of a learner's message, in the words of whoever reads a transcript."""

from collections.abc import Iterator
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.channels.render.formats import DAYS_A_WEEK, comma, percentage
from bot.channels.render.messages import Messages
from bot.domain.languages import Interface
from bot.domain.terms import Incoterm, Payment, Price, Quantity, Terms, Validity
from bot.domain.understanding import Act, Understanding

_BETWEEN = " · "
_HUNDRED = Decimal(100)


class Understood:
    """Writes an understanding on one line."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def line(self, understanding: Understanding, interface: Interface) -> str:
        """Acts, topics and terms as HTML; how sure they are, when they are not."""
        what = _BETWEEN.join(self._parts(understanding, interface))
        if not understanding.is_doubtful:
            return self._messages.text(interface, "understood.line", what=what)
        sure = percentage(Decimal(str(understanding.confidence)) * _HUNDRED, interface)
        return self._messages.text(interface, "understood.unsure", what=what, percent=sure)

    def _parts(self, understanding: Understanding, interface: Interface) -> Iterator[str]:
        if understanding.foreign is not None:
            yield self._word(interface, "foreign")
            return
        yield comma(interface).join(
            self._act(act, understanding, interface) for act in understanding.acts
        )
        yield from self._terms(understanding.terms, interface)

    def _act(self, act: Act, understanding: Understanding, interface: Interface) -> str:
        word = self._messages.plain(interface, f"act.{act}")
        if act is not Act.ASK or not understanding.topics:
            return word
        topics = (self._messages.plain(interface, f"topic.{t}") for t in understanding.topics)
        about = comma(interface).join(topics)
        return self._word(interface, "about", act=word, topics=about)

    def _terms(self, terms: Terms, interface: Interface) -> Iterator[str]:
        if terms.price:
            yield self._price(terms.price, interface)
        if terms.quantity:
            yield self._quantity(terms.quantity, interface)
        if terms.discount_pct is not None:
            yield self._word(
                interface, "discount", percent=percentage(terms.discount_pct, interface)
            )
        if terms.incoterm:
            yield _incoterm(terms.incoterm)
        if terms.payment:
            yield self._payment(terms.payment, interface)
        if terms.lead_time_days is not None:
            span = self._span(terms.lead_time_days, interface)
            yield self._word(interface, "lead_time", span=span)
        if terms.delivery_date:
            written = format_date(terms.delivery_date, "long", locale=interface.value)
            yield self._word(interface, "delivery", date=written)
        if terms.warranty_months is not None:
            months = self._counted("months", terms.warranty_months, interface)
            yield self._word(interface, "warranty", span=months)
        if terms.validity:
            yield from self._validity(terms.validity, interface)

    def _price(self, price: Price, interface: Interface) -> str:
        amount = str(format_decimal(price.amount, "#,##0.00####", locale=interface.value))
        written = f"{amount} {price.currency}" if price.currency else amount
        if price.per:
            written = self._messages.plain(interface, f"price_per.{price.per}", price=written)
        return self._with_doubt(written, price.ambiguous, interface)

    def _quantity(self, quantity: Quantity, interface: Interface) -> str:
        key = f"unit.{quantity.unit}" if quantity.unit else None
        written = self._counted(key, quantity.amount, interface)
        return self._with_doubt(written, quantity.ambiguous, interface)

    def _with_doubt(self, written: str, is_ambiguous: bool, interface: Interface) -> str:
        return self._word(interface, "two_ways", value=written) if is_ambiguous else written

    def _payment(self, payment: Payment, interface: Interface) -> str:
        parts = []
        if payment.method:
            parts.append(self._messages.plain(interface, f"method.{payment.method}"))
        if payment.deposit_pct is not None:
            share = percentage(payment.deposit_pct, interface)
            parts.append(self._word(interface, "deposit", percent=share))
        if payment.balance:
            parts.append(self._messages.plain(interface, f"balance.{payment.balance}"))
        if payment.days == 0:
            parts.append(self._word(interface, "at_sight"))
        elif payment.days is not None:
            days = self._counted("days", payment.days, interface)
            parts.append(self._word(interface, "credit", span=days))
        return comma(interface).join(parts)

    def _validity(self, validity: Validity, interface: Interface) -> Iterator[str]:
        if validity.until:
            yield self._word(interface, "valid_until", date=validity.until)
        if validity.days is not None:
            span = self._counted("days", validity.days, interface)
            yield self._word(interface, "valid_for", span=span)

    def _span(self, days: int, interface: Interface) -> str:
        if days and days % DAYS_A_WEEK == 0:
            return self._counted("weeks", days // DAYS_A_WEEK, interface)
        return self._counted("days", days, interface)

    def _counted(self, key: str | None, n: Decimal | int, interface: Interface) -> str:
        written = str(format_decimal(n, locale=interface.value))
        return self._messages.counted(interface, key, n=n, written=written) if key else written

    def _word(self, interface: Interface, key: str, **values: str) -> str:
        return self._messages.plain(interface, f"understood.{key}", **values)


def _incoterm(incoterm: Incoterm) -> str:
    return f"{incoterm.code} {incoterm.place or ''}".strip()
