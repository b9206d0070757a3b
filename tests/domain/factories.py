"""A deal like a real one, phrases for every occasion, and learners that play by a script."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from bot.domain import negotiation
from bot.domain.concession import grain
from bot.domain.deal import (
    ChoiceIssue,
    Deal,
    FigureIssue,
    IssueId,
    Offer,
    Option,
    Point,
    Side,
)
from bot.domain.exercise import (
    Line,
    Persona,
    Phrase,
    Phrasebook,
    Product,
    Seller,
    Temper,
    Version,
)
from bot.domain.talk import Phase, Reply, Talk
from bot.domain.terms import (
    Balance,
    Incoterm,
    IncotermCode,
    Payment,
    PaymentMethod,
    Price,
    Quantity,
    Terms,
    Unit,
)
from bot.domain.understanding import Act, Topic, Understanding

TODAY = date(2026, 9, 1)
_SLOTS = {
    Line.COUNTER: "{ours}",
    Line.CONDITION: "{give} {want}",
    Line.UNCLEAR_FIGURE: "{first} {second}",
    Line.UNCLEAR_OPTION: "{first} {second}",
    Line.OPEN_ISSUES: "{issues}",
    Line.SUMMARY: "{terms}",
    Line.BEYOND: "{theirs}",
    Line.LAST_MINUTE: "{want}",
    Line.SPLIT: "{ours}",
    Line.CURRENCY: "{currency}",
    Line.UNCLEAR_CURRENCY: "{foreign} {second}",
    Line.UNCLEAR_OFFER: "{first}",
    Line.UNCLEAR_YES: "{first}",
    Line.CORRECTED: "{theirs}",
}
_VERBS = {"push": "{theirs}", "give": "{ours}", "take": "{theirs}", "answer": "{ours}"}


def make_phrases(*, variants: int = 6) -> Phrasebook:
    """Phrases for every line, told apart by their numbers."""
    return {
        line: tuple(
            Phrase(text=f"{line.value} in words {index}: {_slots(line)}.".replace(" : .", "."))
            for index in range(variants)
        )
        for line in Line
    }


def _slots(line: Line) -> str:
    return _SLOTS.get(line) or _VERBS.get(line.value.partition("_")[0], "")


def _points(*rows: tuple[str, str, str]) -> tuple[Point, ...]:
    return tuple(
        Point(value=Decimal(value), learner=Decimal(learner), buyer=Decimal(buyer))
        for value, learner, buyer in rows
    )


def _option(id: str, means: Payment | Incoterm, learner: str, buyer: str) -> Option:
    label = dict.fromkeys(("zh", "en", "de", "fr"), id.replace("_", " "))
    return Option(id=id, means=means, label=label, learner=Decimal(learner), buyer=Decimal(buyer))


def make_deal(*, deadline_turns: int = 14, buyer_reservation: str = "40.37") -> Deal:
    """Table lamps from Ningbo to Hamburg."""
    tt, thirty = PaymentMethod.TT, Decimal(30)
    return Deal(
        currency="EUR",
        unit=Unit.PIECE,
        issues=(
            FigureIssue(
                id=IssueId.QUANTITY,
                points=_points(("3000", "0", "5"), ("5000", "10", "15"), ("8000", "20", "0")),
            ),
            FigureIssue(
                id=IssueId.PRICE,
                points=_points(("7.20", "0", "40"), ("8.80", "40", "0")),
                step=Decimal("0.20"),
            ),
            ChoiceIssue(
                id=IssueId.INCOTERM,
                options=(
                    _option("fob", Incoterm(code=IncotermCode.FOB, place="Ningbo"), "5", "0"),
                    _option("cif", Incoterm(code=IncotermCode.CIF, place="Hamburg"), "0", "10"),
                ),
            ),
            ChoiceIssue(
                id=IssueId.PAYMENT,
                options=(
                    _option("oa60", Payment(method=PaymentMethod.OA, days=60), "0", "15"),
                    _option(
                        "bl_copy",
                        Payment(method=tt, deposit_pct=thirty, balance=Balance.BL_COPY),
                        "12",
                        "10",
                    ),
                    _option(
                        "before",
                        Payment(method=tt, deposit_pct=thirty, balance=Balance.BEFORE_SHIPMENT),
                        "20",
                        "0",
                    ),
                ),
            ),
            FigureIssue(
                id=IssueId.LEAD_TIME,
                points=_points(("28", "0", "20"), ("42", "10", "14"), ("56", "15", "0")),
            ),
        ),
        learner_reservation=Decimal("45"),
        buyer_reservation=Decimal(buyer_reservation),
        deadline_turns=deadline_turns,
    )


def make_version(*, temper: Temper = Temper.COOPERATIVE, deal: Deal | None = None) -> Version:
    """The lamps with a buyer of a temper."""
    words = dict.fromkeys(("zh", "en", "de", "fr"), "…")
    return Version(
        persona=Persona(
            name="Katrin Vogel",
            address="Frau Vogel",
            role=words,
            company="Nordlicht Leuchten GmbH",
            town="Hamburg",
            timezone="Europe/Berlin",
            temper=temper,
        ),
        seller=Seller(company="Minghui", town=words, role=words),
        product=Product(model="DL-20", name=words, facts=words),
        situation=words,
        deal=deal or make_deal(),
        openings=tuple(f"Opening {index}: {{ours}}, please." for index in range(3)),
        opening_names=(IssueId.QUANTITY,),
        facts={
            Topic.MARKET: tuple(f"Christmas fact {index}." for index in range(3)),
            Topic.COMPANY: tuple(f"Company fact {index}." for index in range(3)),
        },
    )


def say(*acts: Act, topics: Iterable[Topic] = (), terms: Terms | None = None) -> Understanding:
    """A message as it is understood."""
    return Understanding(
        acts=tuple(act for act in Act if act in acts),
        topics=tuple(topics),
        terms=terms or Terms(),
    )


def in_terms(deal: Deal, offer: Offer) -> Terms:
    """``offer`` as a message would name it."""
    figures = offer.figures
    terms = Terms()
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
        assert isinstance(issue, ChoiceIssue)
        means = issue.option(choice).means
        terms = replace(terms, **{id.value: means})
    return terms


# --- scripted learners --------------------------------------------------------------------------

Script = Callable[[Version, Talk, Random], Understanding]


def best_offer(deal: Deal) -> Offer:
    """The learner's dream."""
    best = max(deal.outcomes, key=lambda outcome: outcome.learner)
    return best.offer


def _values(deal: Deal, id: IssueId) -> list[Offer]:
    issue = deal.issue(id)
    if isinstance(issue, ChoiceIssue):
        return [Offer(choices={id: value}) for value in issue.values]
    step = grain(issue)
    count = int((issue.high - issue.low) / step)
    return [Offer(figures={id: issue.low + step * index}) for index in range(count + 1)]


def _towards(deal: Deal, mine: Offer, theirs: Offer, goal: Decimal, rng: Random) -> Offer:
    """Give way where it is cheap until ``mine`` is worth ``goal`` or nothing is left to give."""
    while deal.payoff(Side.LEARNER, mine) > goal:
        steps = []
        for id in mine.differing(theirs):
            now = deal.payoff(Side.LEARNER, mine.only([id]))
            end = deal.payoff(Side.LEARNER, theirs.only([id]))
            options = [
                (now - deal.payoff(Side.LEARNER, option), rng.random(), option)
                for option in _values(deal, id)
                if end <= deal.payoff(Side.LEARNER, option) < now
            ]
            steps += sorted(options, key=lambda o: o[:2])[:1]
        if not steps:
            break
        mine = min(steps, key=lambda s: s[:2])[2].over(mine)
    return mine


def _known(talk: Talk) -> Offer:
    return talk.standing.only(talk.spoken)


@dataclass(frozen=True, kw_only=True)
class Bargainer:
    """A learner on a concession curve of its own: opens high, gives way, signs what is enough."""

    exponent: float
    floor: Decimal
    """Points over its reservation it wants to keep."""
    asks: bool = True

    def __call__(self, version: Version, talk: Talk, rng: Random) -> Understanding:
        deal = version.deal
        if talk.phase is Phase.CONFIRMING:
            return say(Act.ACCEPT)
        top = Decimal(100)
        least = deal.learner_reservation + self.floor
        share = Decimal(((talk.turn + 1) / deal.deadline_turns) ** (1 / self.exponent))
        goal = top - min(share, Decimal(1)) * (top - least)
        known = _known(talk)
        if deal.is_complete(known) and deal.payoff(Side.LEARNER, known) >= goal:
            return say(Act.ACCEPT)
        mine = talk.offered if deal.is_complete(talk.offered) else best_offer(deal)
        mine = _towards(deal, mine, known, goal, rng)
        acts, topics = [Act.OFFER, Act.JUSTIFY], []
        missing = [t for t, i in ASKABLE.items() if i not in talk.spoken]
        if self.asks and missing:
            acts.append(Act.ASK)
            topics = missing[:2]
        if talk.turn == 0:
            acts.append(Act.GREET)
        return say(*acts, topics=topics, terms=in_terms(deal, mine))


ASKABLE = {
    Topic.PAYMENT: IssueId.PAYMENT,
    Topic.DELIVERY: IssueId.LEAD_TIME,
    Topic.INCOTERM: IssueId.INCOTERM,
    Topic.PRICE: IssueId.PRICE,
}
conceder = Bargainer(exponent=2.5, floor=Decimal(0))
fair_trader = Bargainer(exponent=1.0, floor=Decimal(5))
late_giver = Bargainer(exponent=0.4, floor=Decimal(5))


def hard_liner(version: Version, talk: Talk, rng: Random) -> Understanding:
    """Names its dream and stays there."""
    if talk.phase is Phase.CONFIRMING:
        return say(Act.ACCEPT)
    return say(Act.OFFER, terms=in_terms(version.deal, best_offer(version.deal)))


def price_only(version: Version, talk: Talk, rng: Random) -> Understanding:
    """Gives way on the price alone and takes the rest as the buyer wants it."""
    deal = version.deal
    if talk.phase is Phase.CONFIRMING:
        return say(Act.ACCEPT)
    issue = deal.issue(IssueId.PRICE)
    assert isinstance(issue, FigureIssue)
    known = _known(talk)
    share = Decimal(talk.turn + 1) / deal.deadline_turns
    price = issue.high - (issue.high - issue.low) * Decimal("0.6") * share
    price = price.quantize(Decimal("0.05"))
    theirs = known.figures.get(IssueId.PRICE)
    if theirs is not None and theirs >= price:
        return say(Act.ACCEPT)
    return say(Act.OFFER, terms=Terms(price=Price(amount=price, currency=deal.currency)))


def at_random(version: Version, talk: Talk, rng: Random) -> Understanding:
    """Says anything."""
    deal = version.deal
    acts = rng.sample(list(Act), k=rng.randint(1, 3))
    ids = rng.sample([issue.id for issue in deal.issues], k=rng.randint(0, 3))
    offer = Offer()
    for id in ids:
        offer = rng.choice(_values(deal, id)).over(offer)
    topics = rng.sample(list(Topic), k=rng.randint(0, 2))
    terms = in_terms(deal, offer) if rng.random() < 0.6 else None
    return say(*acts, topics=topics, terms=terms)


SCRIPTS: dict[str, Script] = {
    "conceder": conceder,
    "fair trader": fair_trader,
    "late giver": late_giver,
    "hard-liner": hard_liner,
    "price only": price_only,
    "random": at_random,
}


@dataclass(frozen=True, kw_only=True)
class Played:
    """A whole session."""

    version: Version
    talks: tuple[Talk, ...]
    replies: tuple[Reply, ...]

    @property
    def last(self) -> Talk:
        return self.talks[-1]

    def pairs(self) -> Iterable[tuple[Talk, Talk]]:
        return pairwise(self.talks)


def play(
    version: Version, script: Script, *, seed: int, phrases: Phrasebook, limit: int = 60
) -> Played:
    """A session from the opening to its end, or ``limit`` turns."""
    dice = Random(seed)
    talk, reply = negotiation.start(version, rng=Random(f"{seed}/0"), phrases=phrases)
    talks, replies = [talk], [reply]
    while not talk.phase.is_over and talk.turn < limit:
        heard = script(version, talk, dice)
        talk, reply = negotiation.respond(
            version,
            talk,
            heard,
            rng=Random(f"{seed}/{talk.turn + 1}"),
            today=TODAY,
            phrases=phrases,
        )
        talks.append(talk)
        replies.append(reply)
    return Played(version=version, talks=tuple(talks), replies=tuple(replies))
