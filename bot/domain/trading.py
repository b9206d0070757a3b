"""Trades across issues: what the buyer gives for what, as a condition it then keeps.

Gives where the learner seems to care and it costs the buyer little; wants where the buyer cares
and the learner does not seem to. What the learner cares for comes from ``priorities``.
"""

from dataclasses import replace
from decimal import Decimal

from bot.domain import concession
from bot.domain.deal import IssueId
from bot.domain.exchange import Exchange
from bot.domain.priorities import priorities
from bot.domain.talk import Promise

_LEAST_COST = Decimal(1)  # point; below it a gift is as good as free


def tie(x: Exchange) -> None:
    """Turn a concession into a condition, or propose a swap, if the temper trades."""
    has_just_traded = any(promise.turn == x.before.turn for promise in x.talk.promises)
    if has_just_traded or len(x.gaps) < 1:
        return
    pair = _concession(x) or _swap(x)
    if pair is None or x.rng.random() >= x.manner.trades:
        return
    given, wanted = pair
    was_given = given not in x.gaps or given in x.eased
    source = x.talk.standing if was_given else x.talk.offered
    promise = Promise(
        turn=x.talk.turn, give=source.only([given]), want=x.talk.standing.only([wanted])
    )
    x.promise = promise
    x.eased = tuple(id for id in x.eased if id != given)
    x.talk = replace(
        x.talk,
        standing=x.before.standing.only([given]).over(x.talk.standing),
        promises=(*x.talk.promises, promise),
    )


def _concession(x: Exchange) -> tuple[IssueId, IssueId] | None:
    """What was given in this turn, and what can be had for it."""
    before, now, tied = x.before.standing, x.talk.standing, _tied(x)
    given = [*x.eased, *(id for id in x.named.issues if id not in x.gaps)]
    given = [
        id for id in given if id not in tied and concession.cost(x.deal, id, of=before, to=now) > 0
    ]
    wanted = [id for id in x.gaps if id not in given and id not in tied]
    if not given or not wanted:
        return None
    cares = _priorities(x)
    return max(given, key=cares.__getitem__), max(wanted, key=lambda id: _hurt(x, id) / cares[id])


def _swap(x: Exchange) -> tuple[IssueId, IssueId] | None:
    """A pair of disputed issues that is worth more to both the other way round."""
    if not x.moved:
        return None
    tied, cares = _tied(x), _priorities(x)
    free = [id for id in x.gaps if id not in tied]
    pairs = [
        (given, wanted)
        for given in free
        for wanted in free
        if cares[given] >= cares[wanted] and 0 < _hurt(x, given) < _hurt(x, wanted)
    ]

    def gain(pair: tuple[IssueId, IssueId]) -> Decimal:
        given, wanted = pair
        bought = cares[given] / max(_hurt(x, given), _LEAST_COST)
        return bought * _hurt(x, wanted) / cares[wanted]

    return max((pair for pair in pairs if _is_affordable(x, pair[0])), key=gain, default=None)


def _is_affordable(x: Exchange, given: IssueId) -> bool:
    """Whether the buyer keeps its margin when all its promises are met, this one too."""
    table = concession.worst_case(x.deal, x.talk.standing, x.talk.promises)
    after = x.talk.offered.only([given]).over(table)
    discussed = (*x.talk.offered.issues, *x.talk.spoken)
    return concession.estimate(x.deal, after, discussed) >= concession.floor(x.version)


def _hurt(x: Exchange, id: IssueId) -> Decimal:
    """Points the buyer loses by going to the learner's value."""
    return concession.cost(x.deal, id, of=x.talk.standing, to=x.talk.offered)


def _tied(x: Exchange) -> set[IssueId]:
    """Issues of promises that wait, and of those just kept: these are no concession anew."""
    promises = (*x.before.promises, *x.talk.promises)
    return {id for p in promises for id in (*p.give.issues, *p.want.issues)}


def _priorities(x: Exchange) -> dict[IssueId, Decimal]:
    ids = tuple(issue.id for issue in x.deal.issues)
    return dict(priorities(x.talk.path, ids))
