"""What a message does to the values of a talk: taken in, accepted, conceded, promised.

Works on an ``Exchange`` before a word is said. Which limits hold comes from ``concession``.
"""

from dataclasses import replace
from decimal import Decimal

from bot.domain import concession
from bot.domain.deal import Offer, Side
from bot.domain.exchange import Exchange, disputed_issues, granted_issues, topic_issues
from bot.domain.talk import Promise, Step
from bot.domain.understanding import Act


def take_in(x: Exchange) -> None:
    """Lay what the message names, or accepts, over the learner's earlier values.

    A value of the buyer's that was taken and is now disputed is taken no more.
    """
    x.named = _named(x)
    own = x.before.offered
    disputed = [id for id in x.disputed if id not in x.named.issues]
    taken = [id for id in disputed if own.value(id) == x.before.standing.value(id)]
    offered = x.named.over(own.only(set(own.issues) - set(taken)))
    x.moved = any(
        x.before.offered.value(id) is None
        or concession.cost(x.deal, id, of=x.before.offered, to=offered) < 0
        for id in x.named.issues
    )
    path = x.talk.path
    if x.named:
        path = (*path, Step(turn=x.talk.turn, side=Side.LEARNER, offer=offered))
    kept = tuple(id for id in disputed if offered.value(id) is None)
    x.talk = replace(x.talk, offered=offered, path=path, disputed=kept)


def _named(x: Exchange) -> Offer:
    package = concession.on_the_table(x.deal, x.before)
    granted = _granted(x, package)
    named = x.reading.offer.over(granted)
    if not x.heard.has(Act.ACCEPT):
        return named
    if x.heard.has(Act.REJECT) or disputed_issues(x.heard):
        left = set(package.issues) - set(x.disputed)
        return named if granted or not disputed_issues(x.heard) else named.over(package.only(left))
    if not named:
        is_partial = not x.heard.has(Act.ASK, Act.REQUEST)
        topics = topic_issues(x.heard) if is_partial else ()
        return (package.only(topics) if topics else package) if x.reading.is_clear else named
    is_condition = named.differing(package) == named.issues
    if is_condition and x.deal.is_complete(package):
        return named.over(package)
    return named


def _granted(x: Exchange, package: Offer) -> Offer:
    """What is agreed to by name, and nothing else: "payment is fine", "payment yes, but ..."."""
    if not (x.heard.has(Act.ACCEPT) or disputed_issues(x.heard)):
        return Offer()
    return package.only(granted_issues(x.heard) - set(x.disputed))


def count_idleness(x: Exchange) -> None:
    """A turn that repeats, refuses or demands without a move, question or reason stands still."""
    idle = x.talk.idle_in_row
    if x.moved or x.heard.has(Act.ASK, Act.JUSTIFY):
        idle = 0
    elif x.heard.has(Act.OFFER, Act.REJECT, Act.REQUEST, Act.ACCEPT) and x.reading.is_clear:
        idle += not x.corrected
    is_idle = idle > x.talk.idle_in_row
    x.talk = replace(x.talk, idle_in_row=idle, idle=x.talk.idle + is_idle)


def decide(x: Exchange) -> None:
    """Redeem promises, then accept the learner's package or come towards it within the target."""
    deal, talk = x.deal, x.talk
    standing, promises = _redeemed(x)
    package = talk.offered.over(standing)
    discussed = (*talk.offered.issues, *talk.spoken)
    goal = concession.target(x.version, talk)
    is_last = concession.counted(talk) >= deal.deadline_turns
    least = deal.buyer_reservation if is_last else goal
    is_active = x.moved or bool(x.corrected) or x.heard.has(Act.JUSTIFY, Act.REQUEST)
    if (is_active or is_last) and concession.estimate(deal, package, discussed) >= least:
        result = concession.Concession(standing=package)
    else:
        share = 1 if x.moved else x.manner.goodwill if is_active else 0
        secured = concession.worst_case(deal, standing, promises)
        spare = max(concession.estimate(deal, secured, discussed) - goal, Decimal(0))
        moves = x.manner.moves if x.moved else 1
        result = concession.concede(
            deal, standing, talk.offered, budget=spare * share, moves=moves
        )
    x.eased = result.eased
    x.talk = replace(talk, standing=result.standing, promises=promises)


def _redeemed(x: Exchange) -> tuple[Offer, tuple[Promise, ...]]:
    """The standing values once met promises are kept, and the promises not yet met."""
    deal, standing = x.deal, x.talk.standing
    pending: list[Promise] = []
    for promise in x.talk.promises:
        wanted = promise.want.issues
        offered = x.talk.offered
        is_met = set(wanted) <= set(offered.issues) and all(
            concession.cost(deal, id, of=promise.want, to=offered) <= 0 for id in wanted
        )
        if is_met:
            standing = concession.keep(deal, standing, promise)
        else:
            pending.append(promise)
    return standing, tuple(pending)


def is_conditional(x: Exchange) -> bool:
    """Whether the message gives on one issue and asks for something on another."""
    before, now, standing = x.before.offered, x.talk.offered, x.before.standing
    gives = {
        id
        for id in x.named.issues
        if concession.cost(x.deal, id, of=before, to=now) < 0
        or (before.value(id) is None and now.value(id) == standing.value(id))
    }
    wants = {
        id
        for id in x.named.issues
        if id not in gives and concession.cost(x.deal, id, of=standing, to=now) > 0
    }
    return bool(gives and wants)
