"""A deal like a real one and phrases for every occasion; the learners are the simulation's."""

from collections.abc import Iterable
from decimal import Decimal

from bot.domain.deal import (
    ChoiceIssue,
    Deal,
    FigureIssue,
    IssueId,
    Option,
    Point,
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
from bot.domain.terms import (
    Balance,
    Incoterm,
    IncotermCode,
    Payment,
    PaymentMethod,
    Terms,
    Unit,
)
from bot.domain.understanding import Act, Topic, Understanding
from bot.simulation.learners import LEARNERS as SCRIPTS
from bot.simulation.learners import (
    Learner,
    best_offer,
    conceder,
    fair_trader,
    in_terms,
    late_giver,
    price_only,
)
from bot.simulation.sessions import TODAY, Played, play

__all__ = [
    "SCRIPTS",
    "TODAY",
    "Learner",
    "Played",
    "best_offer",
    "conceder",
    "fair_trader",
    "in_terms",
    "late_giver",
    "make_deal",
    "make_phrases",
    "make_version",
    "play",
    "price_only",
    "say",
]

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
