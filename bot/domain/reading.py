"""Maps the values a message names onto the issues of a deal; what cannot be mapped is a doubt.

Decides what a figure or a payment term means *in this deal*. Knows nothing of how the words were
understood (``language``) and not what the buyer makes of it (``negotiation``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from bot.domain.deal import (
    NAMED,
    ChoiceIssue,
    Deal,
    FigureIssue,
    Issue,
    IssueId,
    Offer,
    Option,
    Side,
)
from bot.domain.talk import Talk
from bot.domain.terms import Incoterm, Payment, PaymentMethod, Price, Quantity, Terms, Unit
from bot.domain.understanding import Matter, Mention, Stance

_SLIPS = tuple(Decimal(f) for f in ("10", "0.1", "100", "0.01", "1000", "0.001"))
_THOUSAND = Decimal(1000)  # the two readings of 1.250 differ by it
_PLAUSIBLE = Decimal(2)  # factor beyond the range of an issue; house judgement
_CENT = Decimal("0.01")  # of the deal's currency
_PERCENT = Decimal(100)
_SAME_PLACE = 0.75  # similarity; "Hamberg" is Hamburg, "Shanghai" is not Ningbo
_COUNTED_SINGLY = frozenset({Unit.PIECE, Unit.SET})  # learners use one for the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A value that can be read in two ways."""

    issue: IssueId
    first: Offer
    """The likelier reading."""
    second: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a message puts on the table of one deal."""

    offer: Offer = field(default_factory=Offer)
    doubts: tuple[Doubt, ...] = ()
    beyond: Offer = field(default_factory=Offer)
    """Figures outside what can be discussed."""
    misfits: tuple[IssueId, ...] = ()
    """Issues on which something was named that no option or unit of the deal fits."""

    foreign: Price | None = None
    """A price in another currency than the deal's."""
    is_unresolved: bool = False
    """Whether something said before was meant and it is not plain what."""

    @property
    def is_clear(self) -> bool:
        """Whether all that was named could be used."""
        is_odd = self.beyond or self.misfits or self.foreign or self.is_unresolved
        return not (self.doubts or is_odd)

    def __add__(self, other: "Reading") -> "Reading":
        return Reading(
            offer=other.offer.over(self.offer),
            doubts=self.doubts + other.doubts,
            beyond=other.beyond.over(self.beyond),
            misfits=self.misfits + other.misfits,
            foreign=self.foreign or other.foreign,
            is_unresolved=self.is_unresolved or other.is_unresolved,
        )


def read(
    deal: Deal, terms: Terms, *, talk: Talk, today: date, mentions: Sequence[Mention] = ()
) -> Reading:
    """What ``terms`` and ``mentions`` put on the table of ``deal``, given the ``talk`` so far."""
    put = [one for one in mentions if one.stance is Stance.PUT]
    parts = (
        _mentioned(issue, [one for one in put if one.issue is issue.id], talk)
        if issue.id in NAMED
        else _issue(deal, issue, terms, talk, today)
        for issue in deal.issues
    )
    return sum(parts, start=Reading())


def matters(deal: Deal) -> tuple[Matter, ...]:
    """The issues of ``deal`` that no trade term names, as a reader of messages must know them."""
    return tuple(_matter(issue) for issue in deal.issues if issue.id in NAMED)


def _matter(issue: Issue) -> Matter:
    if isinstance(issue, ChoiceIssue):
        options = {option.id: option.words for option in issue.options}
        return Matter(issue=issue.id, name=issue.name, called=issue.called, options=options)
    return Matter(
        issue=issue.id,
        name=issue.name,
        called=issue.called,
        words=issue.words,
        unit=issue.unit,
        least=issue.low / _PLAUSIBLE,
        most=issue.high * _PLAUSIBLE,
    )


def _mentioned(issue: Issue, put: Sequence[Mention], talk: Talk) -> Reading:
    """Of several figures the last one counts; between several options it is to be asked."""
    if isinstance(issue, ChoiceIssue):
        named = {one.option for one in put}
        fitting = [option for option in issue.options if option.id in named]
        return _one_of(issue, fitting, talk) if put else Reading()
    amounts = [one.amount for one in put if one.amount is not None]
    return placed(issue, amounts[-1]) if amounts else Reading()


def _issue(deal: Deal, issue: Issue, terms: Terms, talk: Talk, today: date) -> Reading:
    match issue, issue.id:
        case FigureIssue(), IssueId.PRICE:
            return _price(deal, issue, terms, talk)
        case FigureIssue(), IssueId.QUANTITY if terms.quantity:
            return _quantity(deal, issue, terms.quantity, talk)
        case FigureIssue(), IssueId.LEAD_TIME:
            return _lead_time(issue, terms, today)
        case ChoiceIssue(), IssueId.PAYMENT if terms.payment and terms.payment != Payment():
            return _choice(issue, terms.payment, talk)
        case ChoiceIssue(), IssueId.INCOTERM if terms.incoterm:
            return _choice(issue, terms.incoterm, talk)
    return Reading()


def _price(deal: Deal, issue: FigureIssue, terms: Terms, talk: Talk) -> Reading:
    price = terms.price
    if price is None:
        return _discounted(issue, terms.discount_pct, talk)
    if price.currency is not None and price.currency != deal.currency:
        return Reading(foreign=price)
    if not _same_unit(price.per, deal.unit):
        return Reading(misfits=(issue.id,))
    return _figure(issue, price, talk)


def _discounted(issue: FigureIssue, discount_pct: Decimal | None, talk: Talk) -> Reading:
    if discount_pct is None or not 0 < discount_pct < _PERCENT:
        return Reading()
    last = talk.offered.figures.get(issue.id)
    if last is None:
        return Reading(misfits=(issue.id,))
    amount = (last * (1 - discount_pct / _PERCENT)).quantize(_CENT)
    return _figure(issue, Price(amount=amount), talk)


def _quantity(deal: Deal, issue: FigureIssue, quantity: Quantity, talk: Talk) -> Reading:
    if not _same_unit(quantity.unit, deal.unit):
        return Reading(misfits=(issue.id,))
    return _figure(issue, quantity, talk)


def _same_unit(named: Unit | None, unit: Unit) -> bool:
    return named in (None, unit) or {named, unit} <= _COUNTED_SINGLY


def _lead_time(issue: FigureIssue, terms: Terms, today: date) -> Reading:
    days = terms.lead_time_days
    if days is None and terms.delivery_date is not None:
        days = (terms.delivery_date - today).days
    if days is None:
        return Reading()
    if days <= 0:
        return Reading(misfits=(issue.id,))
    return placed(issue, Decimal(days))


def _figure(issue: FigureIssue, named: Price | Quantity, talk: Talk) -> Reading:
    if not named.amount.is_finite() or named.amount <= 0:
        return Reading(misfits=(issue.id,))
    readings = _readings(issue, named.amount, is_ambiguous=named.ambiguous)
    said = _known(issue.id, talk)
    if not named.ambiguous and named.amount in said:
        return placed(issue, named.amount)
    known = [reading for reading in readings if reading in said]
    if known:
        return placed(issue, known[0])
    if len(readings) == 1:
        return placed(issue, readings[0])
    first, second = (Offer(figures={issue.id: value}) for value in readings[:2])
    return Reading(doubts=(Doubt(issue=issue.id, first=first, second=second),))


def _readings(issue: FigureIssue, amount: Decimal, *, is_ambiguous: bool) -> list[Decimal]:
    """All sensible readings of a figure, the likeliest first."""
    if is_ambiguous:
        other = amount / _THOUSAND if amount >= _THOUSAND else amount * _THOUSAND
        return sorted((amount, other), key=lambda value: not is_plausible(issue, value))
    if issue.low <= amount <= issue.high:
        return [amount]
    slips = [amount * slip for slip in _SLIPS if issue.low <= amount * slip <= issue.high]
    return [*slips[:1], amount]


def _known(issue: IssueId, talk: Talk) -> set[Decimal | str | None]:
    """The values of an issue that need no asking back: said before, or just asked about."""
    spoken = talk.standing.only(talk.spoken)
    return {offer.value(issue) for offer in (talk.offered, spoken, *talk.doubt)} - {None}


def placed(issue: FigureIssue, value: Decimal) -> Reading:
    """``value`` on the table, unless it is worse for the buyer than the worst or absurd."""
    offer = Offer(figures={issue.id: value})
    end = min(max(value, issue.low), issue.high)
    is_worse = issue.payoff(Side.BUYER, value) < issue.payoff(Side.BUYER, end)
    if is_worse or not is_plausible(issue, value):
        return Reading(beyond=offer)
    return Reading(offer=offer)


def is_plausible(issue: FigureIssue, value: Decimal) -> bool:
    """Whether a figure is anywhere near what can be discussed."""
    return issue.low / _PLAUSIBLE <= value <= issue.high * _PLAUSIBLE


def _choice(issue: ChoiceIssue, named: Payment | Incoterm, talk: Talk) -> Reading:
    return _one_of(issue, [option for option in issue.options if _fits(option, named)], talk)


def _one_of(issue: ChoiceIssue, fitting: list[Option], talk: Talk) -> Reading:
    if not fitting:
        return Reading(misfits=(issue.id,))
    asked = [offer.choices.get(issue.id) for offer in talk.doubt]
    own = talk.offered.choices.get(issue.id)
    fitting = [o for o in fitting if o.id in asked] or fitting
    fitting = [o for o in fitting if o.id == own] or fitting
    offers = [Offer(choices={issue.id: option.id}) for option in fitting]
    if len(offers) == 1:
        return Reading(offer=offers[0])
    return Reading(doubts=(Doubt(issue=issue.id, first=offers[0], second=offers[1]),))


def _fits(option: Option, named: Payment | Incoterm) -> bool:
    match option.means, named:
        case Payment() as meant, Payment():
            return _payment_fits(meant, named)
        case Incoterm() as meant, Incoterm():
            return meant.code is named.code and _place_fits(meant.place, named.place)
    return False


def _payment_fits(meant: Payment, named: Payment) -> bool:
    """Every part that is named agrees; a deposit or credit of nothing is as good as none."""
    method = named.method
    if method is PaymentMethod.TT and named.days:
        method = PaymentMethod.OA  # "60 days T/T" is open account paid by transfer
    return (
        (method is None or meant.method in (None, method))
        and (named.deposit_pct is None or named.deposit_pct == (meant.deposit_pct or 0))
        and (named.days is None or named.days == (meant.days or 0))
        and (named.balance is None or named.balance is meant.balance)
    )


def _place_fits(meant: str | None, named: str | None) -> bool:
    if meant is None or named is None:
        return True
    one, other = meant.casefold(), named.casefold()
    alike = SequenceMatcher(None, one, other).ratio()
    return one in other or other in one or alike >= _SAME_PLACE
