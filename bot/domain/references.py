"""What a message points at in the talk, as values: "same price", "5 cents more".

Decides which value said before is meant, and how far from it; nothing is guessed. How the words
were understood is ``language``'s business.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.concession import on_the_table
from bot.domain.deal import Deal, FigureIssue, IssueId, Offer
from bot.domain.exchange import ISSUE_OF
from bot.domain.reading import Doubt, Reading, placed, read
from bot.domain.talk import Talk
from bot.domain.terms import Payment, Terms
from bot.domain.understanding import (
    Act,
    Change,
    Measure,
    Reference,
    Topic,
    Understanding,
    Whose,
)

_GRAINS = {IssueId.PRICE: Decimal("0.01"), IssueId.SHARE: Decimal("0.1")}
"""How exactly one speaks of a value; of all others in whole numbers."""
_PERCENT = Decimal(100)
_PAIR = 2  # "both"
_UNRESOLVED = Reading(is_unresolved=True)


def outright(heard: Understanding) -> Terms:
    """The terms of a message without a discount that is told from a price said before."""
    is_told = any(
        one.change is not None
        and one.change.measure is Measure.PERCENT
        and one.topic is Topic.PRICE
        for one in heard.references
    )
    return replace(heard.terms, discount_pct=None) if is_told else heard.terms


def resolve(
    deal: Deal, heard: Understanding, *, talk: Talk, said: Reading, today: date
) -> Reading:
    """What the references of a message put on the table beside what it has ``said`` outright."""
    found = Reading()
    for reference in heard.references:
        if heard.has(Act.ACCEPT) and _is_whole(reference):
            continue  # "agreed, as discussed": the yes says it all
        found = found + _resolved(deal, reference, talk, said, today)
    if found.is_unresolved and (said.offer or found.offer or not said.is_clear):
        found = replace(found, is_unresolved=_is_about_more(heard, said))
    return found


def _is_whole(reference: Reference) -> bool:
    is_theirs = reference.whose in (Whose.LAST, Whose.THEIRS)
    return is_theirs and reference.topic is None and reference.change is None


def _is_about_more(heard: Understanding, said: Reading) -> bool:
    """ "60 days, the rest as before": what there is to know has been said."""
    issues = {_issue(one) for one in heard.references}
    return bool(issues - {None, *said.offer.issues})


def _issue(reference: Reference) -> IssueId | None:
    return reference.issue or (ISSUE_OF.get(reference.topic) if reference.topic else None)


def _resolved(deal: Deal, reference: Reference, talk: Talk, said: Reading, today: date) -> Reading:
    issue = _issue(reference)
    ids = [one.id for one in deal.issues]
    if issue in said.offer.issues or (issue is not None and issue not in ids):
        return Reading()
    if reference.whose is Whose.BOTH:
        is_pair = len(talk.named) == _PAIR and not talk.doubt
        return Reading(offer=talk.standing.only(talk.named)) if is_pair else _UNRESOLVED
    if reference.change is not None and issue is not None:
        return _changed(deal, issue, reference.whose, reference.change, talk, today)
    wanted = [issue] if issue else [id for id in ids if id not in said.offer.issues]
    offer = _unchanged(deal, reference.whose, wanted, talk)
    return Reading(offer=offer) if offer else _UNRESOLVED


def _unchanged(deal: Deal, whose: Whose, issues: list[IssueId], talk: Talk) -> Offer:
    """Values as they were.

    Of what was said last, the own goes first, and only of a single issue the other's may be meant:
    nothing is given away silently.
    """
    own, theirs = talk.offered.only(issues), on_the_table(deal, talk).only(issues)
    if whose is Whose.THEIRS:
        return theirs
    is_open = whose is Whose.LAST and len(issues) == 1
    return own or (theirs if is_open else Offer())


def _changed(
    deal: Deal, id: IssueId, whose: Whose, change: Change, talk: Talk, today: date
) -> Reading:
    issue = deal.issue(id)
    if not isinstance(issue, FigureIssue):
        if id is not IssueId.PAYMENT or change.measure is not Measure.PERCENT:
            return _UNRESOLVED
        terms = Terms(payment=Payment(deposit_pct=change.by))
        return read(deal, terms, talk=talk, today=today)
    own, theirs = talk.offered.figures.get(id), talk.standing.only(talk.spoken).figures.get(id)
    bases = {Whose.OWN: (own,), Whose.THEIRS: (theirs,)}.get(whose, (own, theirs))
    known = [base for base in bases if base is not None]
    values = list(dict.fromkeys(_from(issue, base, change) for base in known))
    if len(known) > 1:
        values = _sensible(issue, known, values)
    if len(values) == 1:
        return placed(issue, values[0])
    if not values:
        return _UNRESOLVED
    first, second = (Offer(figures={id: value}) for value in values)
    return Reading(doubts=(Doubt(issue=id, first=first, second=second),))


def _from(issue: FigureIssue, base: Decimal, change: Change) -> Decimal:
    if change.measure is Measure.PERCENT:
        value = base * (1 + change.by / _PERCENT)
    else:
        value = base + change.by
    return value.quantize(_GRAINS.get(issue.id, Decimal(1)))


def _sensible(issue: FigureIssue, known: list[Decimal], values: list[Decimal]) -> list[Decimal]:
    """Between both sides' values, where bargaining goes on; else what can be discussed."""
    between = [value for value in values if min(known) <= value <= max(known)]
    return between or [value for value in values if issue.low <= value <= issue.high]
