"""Learners that play by a script. They know their own points and what has been said, no more."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from bot.domain.concession import grain, on_the_table
from bot.domain.deal import (
    NAMED,
    ChoiceIssue,
    Deal,
    FigureIssue,
    IssueId,
    Offer,
    Side,
)
from bot.domain.exercise import Version
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Price, Quantity, Terms
from bot.domain.understanding import Act, Mention, Stance, Topic, Understanding

Learner = Callable[[Version, Talk, Random], Understanding]

_TOP = Decimal(100)  # points of a dream deal
_PRICE_ROOM = Decimal("0.6")  # share of its range that one who only talks price will give
_ASKABLE = {
    Topic.PAYMENT: IssueId.PAYMENT,
    Topic.DELIVERY: IssueId.LEAD_TIME,
    Topic.INCOTERM: IssueId.INCOTERM,
    Topic.PRICE: IssueId.PRICE,
}


def said(
    deal: Deal,
    offer: Offer,
    *acts: Act,
    topics: Iterable[Topic] = (),
    asked: Iterable[IssueId] = (),
) -> Understanding:
    """A message that puts ``offer`` on the table, as it is understood."""
    return Understanding(
        acts=tuple(act for act in Act if act in acts),
        topics=tuple(topics),
        terms=in_terms(deal, offer),
        mentions=(*_mentions(offer), *(Mention(issue=id, stance=Stance.ASKED) for id in asked)),
    )


def in_terms(deal: Deal, offer: Offer) -> Terms:
    """What of ``offer`` has a name in trade, as a message would say it."""
    figures, terms = offer.figures, Terms()
    if IssueId.PRICE in figures:
        price = Price(amount=figures[IssueId.PRICE], currency=deal.currency)
        terms = replace(terms, price=price)
    if IssueId.QUANTITY in figures:
        quantity = Quantity(amount=figures[IssueId.QUANTITY], unit=deal.unit)
        terms = replace(terms, quantity=quantity)
    if IssueId.LEAD_TIME in figures:
        terms = replace(terms, lead_time_days=int(figures[IssueId.LEAD_TIME]))
    for id, choice in offer.choices.items():
        issue = deal.issue(id)
        if id not in NAMED and isinstance(issue, ChoiceIssue):
            means = issue.option(choice).means
            terms = replace(terms, **{id.value: means})  # type: ignore[arg-type]  # by issue
    return terms


def _mentions(offer: Offer) -> tuple[Mention, ...]:
    figures = (
        Mention(issue=id, stance=Stance.PUT, amount=value)
        for id, value in offer.figures.items()
        if id in NAMED
    )
    choices = (
        Mention(issue=id, stance=Stance.PUT, option=value)
        for id, value in offer.choices.items()
        if id in NAMED
    )
    return (*figures, *choices)


def best_offer(deal: Deal) -> Offer:
    """The learner's dream."""
    best = Offer()
    for issue in deal.issues:
        values: Sequence[Decimal | str] = issue.values
        worth = [deal.payoff_of(Side.LEARNER, issue.id, value) for value in values]
        best = _one(issue.id, values[worth.index(max(worth))]).over(best)
    return best


def _one(id: IssueId, value: Decimal | str) -> Offer:
    return Offer(figures={id: value}) if isinstance(value, Decimal) else Offer(choices={id: value})


def _values(deal: Deal, id: IssueId) -> list[Decimal | str]:
    issue = deal.issue(id)
    if isinstance(issue, ChoiceIssue):
        return list(issue.values)
    step = grain(issue)
    count = int((issue.high - issue.low) / step)
    return [issue.low + step * index for index in range(count + 1)]


def _towards(deal: Deal, mine: Offer, theirs: Offer, goal: Decimal, rng: Random) -> Offer:
    """Give way where it is cheap until ``mine`` is worth ``goal`` or nothing is left to give."""
    worth = deal.payoff(Side.LEARNER, mine)
    while worth > goal:
        steps = []
        for id in mine.differing(theirs):
            now, end = (deal.payoff(Side.LEARNER, offer.only([id])) for offer in (mine, theirs))
            losses = [
                (now - points, value)
                for value in _values(deal, id)
                if end <= (points := deal.payoff_of(Side.LEARNER, id, value)) < now
            ]
            if losses:
                loss, value = min(losses, key=lambda pair: pair[0])
                steps.append((loss, rng.random(), _one(id, value)))
        if not steps:
            break
        loss, _, step = min(steps, key=lambda step: step[:2])
        worth -= loss
        mine = step.over(mine)
    return mine


@dataclass(frozen=True, kw_only=True)
class Bargainer:
    """Opens high, gives way on a curve of its own, signs what is enough."""

    exponent: float
    """Faratin's beta: below 1 gives late, above 1 early."""
    floor: Decimal
    """Points over its reservation it wants to keep."""
    trades: bool = False
    """Whether it takes up what the buyer offers in exchange."""

    def __call__(self, version: Version, talk: Talk, rng: Random) -> Understanding:
        """Its next message."""
        deal = version.deal
        if talk.phase is Phase.CONFIRMING:
            return said(deal, Offer(), Act.ACCEPT)
        goal = self._goal(deal, talk)
        known = on_the_table(deal, talk)
        if deal.is_complete(known) and deal.payoff(Side.LEARNER, known) >= goal:
            return said(deal, Offer(), Act.ACCEPT)
        mine = talk.offered if deal.is_complete(talk.offered) else best_offer(deal)
        if self.trades:
            mine = _swapped(deal, talk, mine, goal)
        mine = _towards(deal, mine, known, goal, rng)
        acts = (Act.GREET,) if talk.turn == 0 else ()
        topics = [t for t, id in _ASKABLE.items() if _is_unknown(deal, talk, id)][:2]
        asked = [id for id in NAMED if _is_unknown(deal, talk, id)][: 2 - len(topics)]
        if topics or asked:
            acts = (*acts, Act.ASK)
        return said(deal, mine, Act.OFFER, Act.JUSTIFY, *acts, topics=topics, asked=asked)

    def _goal(self, deal: Deal, talk: Talk) -> Decimal:
        least = deal.learner_reservation + self.floor
        share = Decimal(((talk.turn + 1) / deal.deadline_turns) ** (1 / self.exponent))
        return _TOP - min(share, Decimal(1)) * (_TOP - least)


def _is_unknown(deal: Deal, talk: Talk, id: IssueId) -> bool:
    return id not in talk.spoken and any(issue.id == id for issue in deal.issues)


def _swapped(deal: Deal, talk: Talk, mine: Offer, goal: Decimal) -> Offer:
    """``mine`` with what the buyer wants in exchange, where that brings more than it costs."""
    for promise in talk.promises:
        swapped = promise.want.over(mine)
        now, then, table = (
            deal.payoff(Side.LEARNER, offer)
            for offer in (mine, swapped, talk.standing.only(promise.give.issues))
        )
        gain = deal.payoff(Side.LEARNER, promise.give) - table
        if then >= goal and gain >= now - then:
            mine = swapped
    return mine


def hard_liner(version: Version, talk: Talk, rng: Random) -> Understanding:
    """Names its dream and stays there."""
    if talk.phase is Phase.CONFIRMING:
        return said(version.deal, Offer(), Act.ACCEPT)
    return said(version.deal, best_offer(version.deal), Act.OFFER)


def price_only(version: Version, talk: Talk, rng: Random) -> Understanding:
    """Gives way on the price alone and takes the rest as the buyer wants it."""
    deal, issue = version.deal, _price(version.deal)
    if talk.phase is Phase.CONFIRMING:
        return said(deal, Offer(), Act.ACCEPT)
    best = max(issue.values, key=lambda value: issue.payoff(Side.LEARNER, value))
    way = (issue.high + issue.low - 2 * best) * _PRICE_ROOM
    share = Decimal(talk.turn + 1) / deal.deadline_turns
    step = grain(issue)
    asked = ((best + way * share) / step).to_integral_value() * step
    theirs = talk.standing.only(talk.spoken).figures.get(issue.id)
    if theirs is not None and issue.payoff(Side.LEARNER, theirs) >= issue.payoff(
        Side.LEARNER, asked
    ):
        return said(deal, Offer(), Act.ACCEPT)
    return said(deal, Offer(figures={issue.id: asked}), Act.OFFER)


def _price(deal: Deal) -> FigureIssue:
    """The price; where there is none, the figure that brings the learner most."""
    figures = [issue for issue in deal.issues if isinstance(issue, FigureIssue)]
    worth = {issue.id: max(point.learner for point in issue.points) for issue in figures}
    return max(figures, key=lambda issue: (issue.id is IssueId.PRICE, worth[issue.id]))


def at_random(version: Version, talk: Talk, rng: Random) -> Understanding:
    """Says anything."""
    deal = version.deal
    acts = rng.sample(list(Act), k=rng.randint(1, 3))
    ids = [issue.id for issue in deal.issues]
    offer = Offer()
    for id in rng.sample(ids, k=rng.randint(0, min(3, len(ids)))):
        offer = _one(id, rng.choice(_values(deal, id))).over(offer)
    topics = rng.sample(list(Topic), k=rng.randint(0, 2))
    if rng.random() < 0.4:  # share of messages without terms
        offer = Offer()
    return said(deal, offer, *acts, topics=topics)


conceder = Bargainer(exponent=2.5, floor=Decimal(0))
linear = Bargainer(exponent=1.0, floor=Decimal(0))
late_giver = Bargainer(exponent=0.4, floor=Decimal(5))
fair_trader = Bargainer(exponent=1.0, floor=Decimal(5), trades=True)

LEARNERS: dict[str, Learner] = {
    "conceder": conceder,
    "linear": linear,
    "late giver": late_giver,
    "fair trader": fair_trader,
    "hard-liner": hard_liner,
    "price only": price_only,
    "random": at_random,
}
