"""Judges how a talk ended: the last step, and the limit. The rest is ``judging``'s business."""

from collections.abc import Iterator
from decimal import Decimal

from bot.domain.deal import IssueId, Offer, Side
from bot.domain.errorclasses import Case, ClassMark, ErrorClass, Why
from bot.domain.models import Model, Occasion, best_of, demand, lift
from bot.domain.preparation import shortfall
from bot.domain.process import table_at
from bot.domain.talk import Phase, Step, Talk

UNASKED = Decimal(10)  # points left on issues nobody bargained about; house judgement


def closing(case: Case) -> Iterator[ClassMark]:
    """Whether the last step brought something, and what was left unasked."""
    if case.talk.agreement is None:
        return
    cls, turn = ErrorClass.STRATEGIC_CLOSING, case.own[-1].turn if case.own else case.talk.turn
    middle = _middle(case.talk)
    last = next((one for one in case.process.concessions if one.turn == turn), None)
    if middle is not None:
        own = table_at(case.talk, middle.turn - 1, Side.LEARNER).only([IssueId.PRICE])
        want = demand(case.deal, case.talk.agreement, besides=[IssueId.PRICE])
        better = Model(occasion=Occasion.SPLIT, first=own, want=want)
        offer = middle.offer.only([IssueId.PRICE])
        turns = (middle.turn,)
        yield ClassMark(
            cls=cls, why=Why.SPLIT_THE_GAP, good=False, turns=turns, offer=offer, better=better
        )
    elif last is None:
        yield _without_last_step(case, turn)
    elif last.is_free:
        want = demand(case.deal, case.talk.agreement, besides=last.issues, given=last.points)
        yield ClassMark(
            cls=cls,
            why=Why.GAVE_IN_AT_THE_END,
            good=False,
            turns=(turn,),
            points=last.points,
            issues=last.issues,
            better=Model(occasion=Occasion.LAST_STEP, give=last.after, want=want),
        )
    else:
        why = Why.CLOSED_FOR_SOMETHING
        yield ClassMark(cls=cls, why=why, good=True, turns=(turn,), points=last.points)


def _without_last_step(case: Case, turn: int) -> ClassMark:
    """Nothing was given at the end; was anything left that nobody had spoken about?"""
    agreed = case.talk.agreement or Offer()
    cls, rest = ErrorClass.STRATEGIC_CLOSING, _rest(case, agreed)
    best = best_of(case.deal, rest)
    left = case.deal.payoff(Side.LEARNER, best) - case.deal.payoff(Side.LEARNER, agreed.only(rest))
    if left < UNASKED:
        return ClassMark(cls=cls, why=Why.CLOSED_WITHOUT_GIFT, good=True, turns=(turn,))
    others = set(agreed.issues) - set(rest)
    return ClassMark(
        cls=cls,
        why=Why.TOOK_THE_REST,
        good=False,
        turns=(turn,),
        points=left,
        issues=rest,
        better=Model(occasion=Occasion.REST, want=demand(case.deal, agreed, besides=others)),
    )


def _rest(case: Case, agreed: Offer) -> tuple[IssueId, ...]:
    """The issues signed as the buyer first named them, on which the learner named nothing else."""
    return tuple(
        id
        for id in agreed.issues
        if _was_never_bargained(case, id, agreed)
        and agreed.value(id) != best_of(case.deal, [id]).value(id)
    )


def _was_never_bargained(case: Case, id: IssueId, agreed: Offer) -> bool:
    mine, theirs = (case.first(id, side) for side in (Side.LEARNER, Side.BUYER))
    if theirs is None or (mine is not None and mine.turn <= theirs.turn):
        return False
    named = (theirs, *(step for step in case.own if id in step.offer.issues))
    return all(step.offer.value(id) == agreed.value(id) for step in named)


def _middle(talk: Talk) -> Step | None:
    """Where the agreed price was named, if it is the middle of the last two before it."""
    agreed = talk.agreement.figures.get(IssueId.PRICE) if talk.agreement else None
    prices: dict[Side, Decimal] = {}
    for step in talk.path:
        price = step.offer.figures.get(IssueId.PRICE)
        if price is None:
            continue
        if price == agreed and len(prices) == len(Side):
            mine, theirs = prices[Side.LEARNER], prices[Side.BUYER]
            return step if mine != theirs and mine + theirs == 2 * price else None
        prices[step.side] = price
    return None


def walk_away(case: Case) -> Iterator[ClassMark]:
    """Whether the limit held, and whether a deal above it was left."""
    deal, talk, cls = case.deal, case.talk, ErrorClass.WALK_AWAY
    turns = (talk.turn,)
    if talk.agreement is not None:
        over = deal.payoff(Side.LEARNER, talk.agreement) - deal.learner_reservation
        if over < 0:
            better = Model(occasion=Occasion.BELOW_LIMIT, want=lift(deal, talk.agreement))
            yield ClassMark(
                cls=cls, why=Why.BELOW_LIMIT, good=False, turns=turns, points=-over, better=better
            )
            return
        noted = case.preparation.walk_away if case.preparation is not None else Offer()
        short = shortfall(deal, noted)
        if short:
            under = short.limit - short.total
            why = Why.LIMIT_NOTED_TOO_LOW
            yield ClassMark(cls=cls, why=why, good=False, turns=(0,), points=under)
            return
        yield ClassMark(cls=cls, why=Why.LIMIT_KEPT, good=True, turns=turns, points=over)
        return
    if not talk.phase.is_over:
        return
    table = talk.standing.only(talk.spoken)
    missed = deal.payoff(Side.LEARNER, table) - deal.learner_reservation
    if deal.is_complete(table) and missed > 0:
        better = Model(occasion=Occasion.DEAL_MISSED, terms=table)
        why = Why.DEAL_MISSED
        yield ClassMark(cls=cls, why=why, good=False, turns=turns, points=missed, better=better)
    elif talk.phase is Phase.LEFT:
        yield ClassMark(cls=cls, why=Why.NOTHING_REACHED, good=True, turns=turns)
