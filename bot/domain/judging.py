"""Judges a stored talk by the eight error classes; how it ended is judged in ``endings``.

A class is judged only where the talk lets it be: who was not asked to open cannot have opened too
low. Which better sentence fits, ``models`` decides.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from bot.domain import endings
from bot.domain.deal import Deal, FigureIssue, IssueId, Offer, Side
from bot.domain.errorclasses import Case, ClassMark, ErrorClass, Why
from bot.domain.exercise import Version
from bot.domain.models import Model, Occasion, best_of, demand, reason_for, smaller_step, values
from bot.domain.preparation import Preparation, shortfall
from bot.domain.process import Concession, Process, table_at
from bot.domain.talk import Talk
from bot.domain.understanding import Act

AMBITIOUS = Decimal("0.75")  # share of the points at stake in a first offer; house judgement
AIMING_HIGH = Decimal("0.5")  # the same for a target: above the middle; house judgement
STRONG = Decimal("0.34")  # share of the gap given in the first counter-offer: a third at most;
# house judgement
OFFERS_PER_REASON = 3  # at most; house judgement
_GRAIN = Decimal("0.01")  # share


def judge(
    version: Version, talk: Talk, process: Process, preparation: Preparation | None = None
) -> tuple[ClassMark, ...]:
    """The classes that can be judged, in the order of ``ErrorClass``."""
    case = Case(version=version, talk=talk, process=process, preparation=preparation)
    judges = (
        _target,
        _ice,
        _first_offer,
        _opening,
        _counter,
        _rationale,
        endings.closing,
        endings.walk_away,
    )
    return tuple(mark for judge_one in judges for mark in judge_one(case))


def _target(case: Case) -> Iterator[ClassMark]:
    target = case.preparation.target if case.preparation is not None else Offer()
    share = _share(case.deal, target)
    if share is None:
        return
    is_high = share >= AIMING_HIGH and shortfall(case.deal, target) is None
    yield ClassMark(
        cls=ErrorClass.TARGET_PRICE,
        why=Why.TARGET_HIGH if is_high else Why.TARGET_LOW,
        good=is_high,
        turns=(0,),
        share=share,
        offer=target,
        better=None
        if is_high
        else Model(occasion=Occasion.TARGET, first=best_of(case.deal, target.issues)),
    )


def _share(deal: Deal, offer: Offer) -> Decimal | None:
    """The learner's points of ``offer`` as a share of what is at stake on its issues."""
    stakes = [
        sorted(deal.payoff_of(Side.LEARNER, id, value) for value in deal.issue(id).values)
        for id in offer.issues
    ]
    least = sum((points[0] for points in stakes), start=Decimal(0))
    most = sum((points[-1] for points in stakes), start=Decimal(0)) - least
    if not most:
        return None
    return _rounded((deal.payoff(Side.LEARNER, offer) - least) / most)


def _ice(case: Case) -> Iterator[ClassMark]:
    first = next((heard for heard in case.talk.heard if heard.turn == 1), None)
    if first is None:
        return
    is_broken = bool({Act.GREET, Act.SMALL_TALK, Act.THANK} & set(first.acts))
    yield ClassMark(
        cls=ErrorClass.BREAKING_ICE,
        why=Why.ICE_BROKEN if is_broken else Why.STRAIGHT_TO_BUSINESS,
        good=is_broken,
        turns=(1,),
        better=None if is_broken else Model(occasion=Occasion.ICE),
    )


def _first_offer(case: Case) -> Iterator[ClassMark]:
    """Judged on the main figure, if the buyer's enquiry has not named it."""
    id = _main_figure(case.deal)
    if id is None:
        return
    mine, theirs = (case.first(id, side) for side in (Side.LEARNER, Side.BUYER))
    if theirs is not None and theirs.turn == 0:
        return
    if mine and (theirs is None or mine.turn <= theirs.turn):
        yield ClassMark(
            cls=ErrorClass.FIRST_OFFER,
            why=Why.OPENED_FIRST,
            good=True,
            turns=(mine.turn,),
            offer=mine.offer.only([id]),
        )
    elif theirs:
        yield ClassMark(
            cls=ErrorClass.FIRST_OFFER,
            why=Why.LET_BUYER_OPEN,
            good=False,
            turns=(theirs.turn,),
            offer=theirs.offer.only([id]),
            better=Model(occasion=Occasion.FIRST_OFFER, first=best_of(case.deal, [id])),
        )


def _main_figure(deal: Deal) -> IssueId | None:
    """The price; without one, the figure on which most is at stake for the learner."""
    figures = [issue for issue in deal.issues if isinstance(issue, FigureIssue)]
    stakes = {issue.id: _stake(deal, issue.id) for issue in figures}
    if IssueId.PRICE in stakes:
        return IssueId.PRICE
    return max(stakes, key=lambda id: stakes[id], default=None)


def _stake(deal: Deal, id: IssueId) -> Decimal:
    worth = [deal.payoff(Side.LEARNER, offer) for offer in values(deal, id)]
    return max(worth) - min(worth)


def _opening(case: Case) -> Iterator[ClassMark]:
    first = next(iter(case.own), None)
    share = _share(case.deal, first.offer) if first else None
    if first is None or share is None:
        return
    is_high = share >= AMBITIOUS
    best = best_of(case.deal, first.offer.issues)
    yield ClassMark(
        cls=ErrorClass.AMBITIOUS_OPENING,
        why=Why.OPENED_HIGH if is_high else Why.OPENED_LOW,
        good=is_high,
        turns=(first.turn,),
        share=share,
        offer=first.offer,
        better=None if is_high else Model(occasion=Occasion.OPENING, first=best),
    )


def _counter(case: Case) -> Iterator[ClassMark]:
    """How much of the gap the learner's first step towards the buyer gave away."""
    first = next(iter(case.process.concessions), None)
    if first is None:
        known = table_at(case.talk, case.talk.turn)
        turns = tuple(step.turn for step in case.own if step.offer.differing(known))
        if turns:
            cls = ErrorClass.STRONG_COUNTER
            yield ClassMark(cls=cls, why=Why.HELD_FAST, good=True, turns=turns[-1:])
        return
    gap = _gap(case, first)
    if gap <= 0:
        return
    share = _rounded(min(first.points / gap, Decimal(1)))
    is_strong = share <= STRONG
    yield ClassMark(
        cls=ErrorClass.STRONG_COUNTER,
        why=Why.COUNTERED_FIRMLY if is_strong else Why.COUNTERED_WEAKLY,
        good=is_strong,
        turns=(first.turn,),
        points=first.points,
        share=share,
        issues=first.issues,
        better=None if is_strong else _smaller_for_something(case, first),
    )


def _gap(case: Case, step: Concession) -> Decimal:
    """Points between the two offers before ``step``, on what both had named."""
    own = table_at(case.talk, step.turn - 1, Side.LEARNER)
    theirs = table_at(case.talk, step.turn - 1)
    ids = own.differing(theirs)
    worth = [case.deal.payoff(Side.LEARNER, offer.only(ids)) for offer in (own, theirs)]
    return worth[0] - worth[1]


def _smaller_for_something(case: Case, step: Concession) -> Model:
    give = smaller_step(case.deal, step.before, step.after)
    table = table_at(case.talk, step.turn - 1)
    given = case.deal.payoff(Side.LEARNER, step.before.only(give.issues)) - case.deal.payoff(
        Side.LEARNER, give
    )
    want = demand(case.deal, table, besides=step.issues, given=given)
    return Model(occasion=Occasion.COUNTER, give=give, want=want)


def _rationale(case: Case) -> Iterator[ClassMark]:
    offers = [heard for heard in case.talk.heard if heard.offered and Act.OFFER in heard.acts]
    if not offers:
        return
    reasons = case.process.reasons
    bare = [heard for heard in offers if heard.turn not in reasons]
    if len(reasons) * OFFERS_PER_REASON >= len(offers):
        yield ClassMark(
            cls=ErrorClass.RATIONALE,
            why=Why.GAVE_REASONS,
            good=True,
            turns=reasons,
            count=len(reasons),
        )
        return
    yield ClassMark(
        cls=ErrorClass.RATIONALE,
        why=Why.FEW_REASONS if reasons else Why.NO_REASONS,
        good=False,
        turns=tuple(heard.turn for heard in bare),
        count=len(reasons),
        better=reason_for(bare[0].offered),
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_GRAIN, rounding=ROUND_HALF_UP)
