"""What the learner did well or badly on the way, each with the turn it comes from.

After the error classes of ACE (EMNLP 2024: walk-away point, breaking the ice, first offer,
ambitious opening, strong counter-offer, rationale, strategic closing) and Fisher, Ury & Patton.
Codes and values only; the words live elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from bot.domain.deal import Deal, IssueId, Offer, Side
from bot.domain.exercise import Version
from bot.domain.talk import Heard, Phase, Step, Talk
from bot.domain.understanding import Act

AMBITIOUS = Decimal("0.75")  # share of the points at stake in a first offer; house judgement
_GRAIN = Decimal("0.01")  # share
ENOUGH_QUESTIONS = 2  # in a talk; house judgement


class Code(StrEnum):
    """What can be observed."""

    BROKE_ICE = "broke_ice"
    OPENED_FIRST = "opened_first"  # named a price before the buyer did
    AMBITIOUS_OPENING = "ambitious_opening"  # share: of the points at stake
    MODEST_OPENING = "modest_opening"  # share
    QUESTIONS = "questions"  # count
    NO_QUESTIONS = "no_questions"
    REASONS = "reasons"  # count
    NO_REASONS = "no_reasons"
    CONCESSIONS = "concessions"  # count, points: all together
    CONDITIONAL_CONCESSION = "conditional_concession"  # points, issues
    RETURNED_CONCESSION = "returned_concession"  # points, issues: the buyer moved as well
    FREE_CONCESSION = "free_concession"  # points, issues: nothing in return
    GROWING_CONCESSIONS = "growing_concessions"  # points of the last: they should shrink
    SPLIT_LAST_GAP = "split_last_gap"  # offer: half-way between the two last prices
    FREE_LAST_STEP = "free_last_step"  # points: gave in at the end without a return
    STRATEGIC_CLOSING = "strategic_closing"  # the last step brought something
    LIMIT_KEPT = "limit_kept"  # points over the limit
    BELOW_LIMIT = "below_limit"  # points under it
    LEFT_RIGHTLY = "left_rightly"  # nothing on the table reached the limit
    DEAL_MISSED = "deal_missed"  # points over the limit that were on the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing the learner did or left undone."""

    code: Code
    good: bool
    turn: int | None = None
    """Where it was seen; ``None``: the whole talk."""
    count: int | None = None
    points: Decimal | None = None
    """The learner's points."""
    share: Decimal | None = None
    issues: tuple[IssueId, ...] = ()
    offer: Offer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Concession:
    turn: int
    points: Decimal
    issues: tuple[IssueId, ...]
    is_conditional: bool
    is_returned: bool

    @property
    def is_free(self) -> bool:
        return not (self.is_conditional or self.is_returned)


def observe(version: Version, talk: Talk) -> tuple[Observation, ...]:
    """Everything worth saying, in the order of the talk's phases."""
    concessions = tuple(_concessions(version.deal, talk))
    return (
        *_opening(version.deal, talk),
        *_manner(talk),
        *_giving(concessions),
        *_closing(version.deal, talk, concessions),
        *_limit(version.deal, talk),
    )


def _opening(deal: Deal, talk: Talk) -> Iterator[Observation]:
    civil = [h.turn for h in talk.heard if set(h.acts) & {Act.GREET, Act.SMALL_TALK}]
    if civil and civil[0] == 1:
        yield Observation(code=Code.BROKE_ICE, good=True, turn=1)
    mine = _first_price(talk, Side.LEARNER)
    theirs = _first_price(talk, Side.BUYER)
    if mine and (theirs is None or mine.turn <= theirs.turn):
        yield Observation(code=Code.OPENED_FIRST, good=True, turn=mine.turn)
    first = next((step for step in talk.path if step.side is Side.LEARNER), None)
    if first is None:
        return
    stakes = [_stakes(deal, id) for id in first.offer.issues]
    most = sum((best - worst for worst, best in stakes), start=Decimal(0))
    least = sum((worst for worst, _ in stakes), start=Decimal(0))
    if not most:
        return
    share = (deal.payoff(Side.LEARNER, first.offer) - least) / most
    share = share.quantize(_GRAIN, rounding=ROUND_HALF_UP)
    code = Code.AMBITIOUS_OPENING if share >= AMBITIOUS else Code.MODEST_OPENING
    yield Observation(
        code=code, good=share >= AMBITIOUS, turn=first.turn, share=share, offer=first.offer
    )


def _first_price(talk: Talk, side: Side) -> Step | None:
    steps = (step for step in talk.path if step.side is side)
    return next((step for step in steps if IssueId.PRICE in step.offer.figures), None)


def _stakes(deal: Deal, id: IssueId) -> tuple[Decimal, Decimal]:
    points = [deal.payoff_of(Side.LEARNER, id, value) for value in deal.issue(id).values]
    return min(points), max(points)


def _manner(talk: Talk) -> Iterator[Observation]:
    asked = [h.turn for h in talk.heard if Act.ASK in h.acts for _ in h.topics or (None,)]
    yield Observation(
        code=Code.QUESTIONS if asked else Code.NO_QUESTIONS,
        good=len(asked) >= ENOUGH_QUESTIONS,
        turn=asked[0] if asked else None,
        count=len(asked),
    )
    gave = [heard.turn for heard in talk.heard if Act.JUSTIFY in heard.acts]
    yield Observation(
        code=Code.REASONS if gave else Code.NO_REASONS,
        good=bool(gave),
        turn=gave[0] if gave else None,
        count=len(gave),
    )


def _concessions(deal: Deal, talk: Talk) -> Iterator[_Concession]:
    heard = {one.turn: one for one in talk.heard}
    mine = [step for step in talk.path if step.side is Side.LEARNER]
    for before, after in pairwise(mine):
        changed = before.offer.differing(after.offer)
        lost = {id: _loss(deal, id, before.offer, after.offer) for id in changed}
        given = tuple(id for id in changed if lost[id] > 0)
        if given:
            yield _Concession(
                turn=after.turn,
                points=sum((lost[id] for id in given), start=Decimal(0)),
                issues=given,
                is_conditional=_is_tied(heard.get(after.turn), gained=len(given) < len(changed)),
                is_returned=_is_returned(deal, talk, after.turn),
            )


def _is_tied(heard: Heard | None, *, gained: bool) -> bool:
    return gained or (heard is not None and heard.is_conditional)


def _loss(deal: Deal, id: IssueId, before: Offer, after: Offer) -> Decimal:
    return deal.payoff(Side.LEARNER, before.only([id])) - deal.payoff(
        Side.LEARNER, after.only([id])
    )


def _is_returned(deal: Deal, talk: Talk, turn: int) -> bool:
    """Whether the buyer's answer in the same turn was worth more to the learner than before."""
    theirs = [step for step in talk.path if step.side is Side.BUYER]
    now = next((step.offer for step in theirs if step.turn == turn), None)
    before = next((step.offer for step in reversed(theirs) if step.turn < turn), None)
    if now is None or before is None:
        return False
    return any(_loss(deal, id, before, now) < 0 for id in before.differing(now))


def _giving(concessions: tuple[_Concession, ...]) -> Iterator[Observation]:
    if not concessions:
        return
    total = sum((one.points for one in concessions), start=Decimal(0))
    free = sum(one.is_free for one in concessions)
    yield Observation(
        code=Code.CONCESSIONS,
        good=2 * free < len(concessions),
        count=len(concessions),
        points=total,
    )
    for one in concessions:
        code = Code.FREE_CONCESSION if one.is_free else Code.RETURNED_CONCESSION
        yield Observation(
            code=Code.CONDITIONAL_CONCESSION if one.is_conditional else code,
            good=not one.is_free,
            turn=one.turn,
            points=one.points,
            issues=one.issues,
        )
    last = concessions[-1]
    if len(concessions) > 1 and last.points > concessions[-2].points:
        yield Observation(
            code=Code.GROWING_CONCESSIONS, good=False, turn=last.turn, points=last.points
        )


def _closing(
    deal: Deal, talk: Talk, concessions: tuple[_Concession, ...]
) -> Iterator[Observation]:
    if talk.agreement is None:
        return
    yield from _split(talk)
    mine = [step.turn for step in talk.path if step.side is Side.LEARNER]
    last = next((one for one in concessions if one.turn == mine[-1]), None) if mine else None
    if last is None:
        return
    is_free = last.is_free
    yield Observation(
        code=Code.FREE_LAST_STEP if is_free else Code.STRATEGIC_CLOSING,
        good=not is_free,
        turn=last.turn,
        points=last.points,
        issues=last.issues,
    )


def _split(talk: Talk) -> Iterator[Observation]:
    """Whether the agreed price is the middle of the two prices that stood last before it."""
    agreed = talk.agreement.figures.get(IssueId.PRICE) if talk.agreement else None
    prices: dict[Side, Decimal] = {}
    for step in talk.path:
        if IssueId.PRICE not in step.offer.figures:
            continue
        price = step.offer.figures[IssueId.PRICE]
        if price == agreed and len(prices) == len(Side):
            mine, theirs = prices[Side.LEARNER], prices[Side.BUYER]
            if mine != theirs and mine + theirs == 2 * price:
                yield Observation(
                    code=Code.SPLIT_LAST_GAP,
                    good=False,
                    turn=step.turn,
                    issues=(IssueId.PRICE,),
                    offer=Offer(figures={IssueId.PRICE: price}),
                )
            return
        prices[step.side] = price


def _limit(deal: Deal, talk: Talk) -> Iterator[Observation]:
    limit = deal.learner_reservation
    if talk.agreement is not None:
        over = deal.payoff(Side.LEARNER, talk.agreement) - limit
        code = Code.LIMIT_KEPT if over >= 0 else Code.BELOW_LIMIT
        yield Observation(code=code, good=over >= 0, turn=talk.turn, points=abs(over))
        return
    if not talk.phase.is_over:
        return
    table = talk.standing.only(talk.spoken)
    missed = deal.payoff(Side.LEARNER, table) - limit
    if deal.is_complete(table) and missed > 0:
        yield Observation(code=Code.DEAL_MISSED, good=False, turn=talk.turn, points=missed)
    elif talk.phase is Phase.LEFT:
        yield Observation(code=Code.LEFT_RIGHTLY, good=True, turn=talk.turn)
