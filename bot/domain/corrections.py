"""What the learner takes back: a slip put right, a mere yes that was none.

Decides what counts as a correction and mends the path, so that neither is a step in the marks.
"""

from dataclasses import replace

from bot.domain.concession import cost
from bot.domain.deal import Deal, IssueId, Offer, Side
from bot.domain.talk import Step, Talk
from bot.domain.understanding import Act, Correction, Understanding


def corrected(deal: Deal, talk: Talk, heard: Understanding, named: Offer) -> tuple[IssueId, ...]:
    """The issues on which ``named`` puts right what the learner has said before.

    A terse "no, 8.80" is a correction only where nobody bargains: away from the buyer.
    """
    ids = talk.offered.differing(named)
    match heard.corrects:
        case Correction.PLAIN:
            last = talk.heard[-1].beyond if talk.heard else Offer()
            asked = {id for offer in talk.doubt for id in offer.issues}
            return tuple(id for id in named.issues if id in {*ids, *last.issues, *asked})
        case Correction.TERSE:
            away = all(cost(deal, id, of=talk.offered, to=named) > 0 for id in ids)
            return ids if away else ()
    return ()


def plainly(heard: Understanding) -> Understanding:
    """A message that puts something right: its "no" and "yes" are about the slip."""
    acts = {*heard.acts, Act.OFFER} - {Act.ACCEPT, Act.REJECT}
    ordered = tuple(act for act in Act if act in acts)
    return replace(heard.without_answers(), acts=ordered, doubt=None)


def mended(talk: Talk, named: Offer, issues: tuple[IssueId, ...]) -> Talk:
    """``talk`` as if the learner had said the right values at once."""
    ids = [id for id in issues if talk.offered.value(id) is not None]
    path = talk.path
    for id in ids:
        path = _mended_path(path, id, talk.offered, named.only([id]))
    return replace(talk, offered=named.only(ids).over(talk.offered), path=path)


def _mended_path(
    path: tuple[Step, ...], id: IssueId, wrong: Offer, right: Offer
) -> tuple[Step, ...]:
    steps = list(path)
    for index in reversed(range(len(steps))):
        step = steps[index]
        if step.side is not Side.LEARNER:
            continue
        if step.offer.value(id) != wrong.value(id):
            break
        steps[index] = replace(step, offer=right.over(step.offer))
    return tuple(steps)


def without_bare_yes(talk: Talk) -> Talk:
    """Who said a mere yes and then refuses the summary is back at the own last offer.

    What was agreed to without being named would otherwise count as the learner's offer, and
    whatever comes after it as a step back.
    """
    own = [step for step in talk.path if step.side is Side.LEARNER]
    if not own:
        return talk
    said = next((heard for heard in talk.heard if heard.turn == own[-1].turn), None)
    if said is None or Act.ACCEPT not in said.acts or Act.OFFER in said.acts:
        return talk
    offered = own[-2].offer if len(own) > 1 else Offer()
    path = tuple(step for step in talk.path if step is not own[-1])
    return replace(talk, offered=offered, path=path)
