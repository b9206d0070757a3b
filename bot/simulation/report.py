"""What many sessions come to: a row per deal, buyer and learner, and what must hold of them.

Measures; how a session goes is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.deal import Side
from bot.domain.exercise import Temper
from bot.domain.languages import Language
from bot.domain.talk import Phase
from bot.simulation.sessions import Played, longest

FAIR_RATE = 0.85  # share of sessions in which a fair trader must reach a deal
MEASURABLE = 3.0  # points by which talking of the price alone must bring less; house judgement
BOULWARE, CONCEDER = Temper.HARD_BARGAINER, Temper.COOPERATIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who plays what against whom."""

    exercise: str
    language: Language
    temper: Temper
    learner: str
    is_shipped: bool = True
    """Whether the temper is the buyer's own; else it is played to compare tempers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The sums over the sessions of one case. All points are sums too."""

    case: Case
    sessions: int = 0
    agreed: int = 0
    learner_points: float = 0
    """Of the agreements."""
    buyer_points: float = 0
    learner_value: float = 0
    """Of all sessions: without a deal the learner has its walk-away value."""
    early: float = 0
    """Points the buyer gives up by half-time, in all sessions."""
    turns: int = 0
    below: int = 0
    """Agreements below the buyer's reservation value."""
    endless: int = 0

    def __add__(self, other: "Row") -> "Row":
        return Row(
            case=self.case,
            sessions=self.sessions + other.sessions,
            agreed=self.agreed + other.agreed,
            learner_points=self.learner_points + other.learner_points,
            buyer_points=self.buyer_points + other.buyer_points,
            learner_value=self.learner_value + other.learner_value,
            early=self.early + other.early,
            turns=self.turns + other.turns,
            below=self.below + other.below,
            endless=self.endless + other.endless,
        )

    @property
    def rate(self) -> float:
        """Share of sessions that ended with a deal."""
        return self.agreed / self.sessions

    def mean(self, total: float, *, of_deals: bool = False) -> float:
        """``total`` per session, or per deal."""
        count = self.agreed if of_deals else self.sessions
        return total / count if count else 0.0


def measured(case: Case, played: Played) -> Row:
    """The row of a single session."""
    deal, last = played.version.deal, played.last
    learner, buyer = deal.learner_reservation, Decimal(0)
    if last.agreement is not None:
        learner = deal.payoff(Side.LEARNER, last.agreement)
        buyer = deal.payoff(Side.BUYER, last.agreement)
    is_agreed = last.phase is Phase.AGREED
    return Row(
        case=case,
        sessions=1,
        agreed=is_agreed,
        learner_points=float(learner) if is_agreed else 0,
        buyer_points=float(buyer),
        learner_value=float(learner),
        early=float(given_by_half_time(played)),
        turns=last.turn,
        below=is_agreed and buyer < deal.buyer_reservation,
        endless=not last.phase.is_over or last.turn > longest(played.version),
    )


def given_by_half_time(played: Played) -> Decimal:
    """Points the buyer's own values have lost by half of the deadline."""
    deal = played.version.deal
    half = min(deal.deadline_turns // 2, len(played.talks) - 1)
    first, then = played.talks[0].standing, played.talks[half].standing
    return deal.payoff(Side.BUYER, first) - deal.payoff(Side.BUYER, then)


def failures(rows: Sequence[Row]) -> Iterator[str]:
    """What should hold of a buyer worth practising with, and does not."""
    by_case = {row.case: row for row in rows}
    for row in rows:
        case = row.case
        name = f"{case.exercise} {case.language} {case.temper}, {case.learner}"
        if row.below:
            yield f"{name}: {row.below} deals below the buyer's reservation value"
        if row.endless:
            yield f"{name}: {row.endless} talks without an end"
        if case.learner == "fair trader" and case.is_shipped and row.rate < FAIR_RATE:
            yield f"{name}: agreement rate {row.rate:.0%}, less than {FAIR_RATE:.0%}"
        if case.learner == "price only" and case.is_shipped:
            yield from _in_price_talk(name, row, by_case)
    yield from _in_curves(rows)


def _in_price_talk(name: str, row: Row, rows: dict[Case, Row]) -> Iterator[str]:
    case = row.case
    other = Case(
        exercise=case.exercise,
        language=case.language,
        temper=case.temper,
        learner="fair trader",
    )
    fair, alone = (one.mean(one.learner_value) for one in (rows[other], row))
    if fair - alone < MEASURABLE:
        yield f"{name}: brings {alone:.1f} points, trading across issues {fair:.1f}"


def _in_curves(rows: Iterable[Row]) -> Iterator[str]:
    """Against the same learner a Boulware gives up less by half-time than a conceder."""
    early = {
        (row.case.exercise, row.case.language, row.case.temper): row.mean(row.early)
        for row in rows
        if row.case.learner == "fair trader"
    }
    for (exercise, language, temper), given in early.items():
        if temper is BOULWARE and given >= early[exercise, language, CONCEDER]:
            yield f"{exercise} {language}: {BOULWARE} concedes no later than {CONCEDER}"


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown; the tempers played only to be compared stand in italics."""
    head = (
        "| deal | language | buyer | learner | deals | learner's points | buyer's points "
        "| turns | given by half-time | below reservation |",
        "|---|---|---|---|---:|---:|---:|---:|---:|---:|",
    )
    return "\n".join((*head, *map(_line, rows)))


def _line(row: Row) -> str:
    case = row.case
    temper = case.temper.value.replace("_", " ")
    cells = (
        case.exercise,
        case.language.value,
        temper if case.is_shipped else f"*{temper}*",
        case.learner,
        f"{row.rate:.1%}",
        f"{row.mean(row.learner_points, of_deals=True):.1f}" if row.agreed else "–",
        f"{row.mean(row.buyer_points, of_deals=True):.1f}" if row.agreed else "–",
        f"{row.mean(row.turns):.1f}",
        f"{row.mean(row.early):.1f}",
        str(row.below),
    )
    return f"| {' | '.join(cells)} |"
