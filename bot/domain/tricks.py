"""The tricks of the trade: when the buyer tries one, and on which values.

None is ever a lie about what was promised: a competitor and a boss are words, a silence gives
nothing and takes nothing, a middle is a value the buyer can sign, an extra at the end is no must.
Which temper uses which stands in ``tempers``; the words are ``answering``'s.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from bot.domain import concession
from bot.domain.deal import FigureIssue, IssueId, Offer
from bot.domain.exchange import Exchange
from bot.domain.exercise import Line
from bot.domain.talk import Trick, TrickKind
from bot.domain.understanding import Act

_EARLIEST = 2  # turn; first the learner is heard out
_LEFT = 3  # turns before the deadline, from which on there is no time for tricks
_PAUSE = 2  # turns from one trick to the next
_NEAR = Decimal("0.25")  # share of the price range that is worth splitting; house judgement
_SMALL = Decimal(6)  # points of the buyer's a small extra is worth at most; house judgement

LINES = MappingProxyType({kind: Line(kind.value) for kind in TrickKind})


class _Occasion(Protocol):
    def __call__(self, x: Exchange, /) -> Offer | None:
        """The values it would press; ``None``: no occasion."""
        ...


def attempt(x: Exchange) -> None:
    """Try at most one trick on the values just decided."""
    if not _may(x) or x.promise or concession.counted(x.talk) < _EARLIEST:
        return
    left = x.deal.deadline_turns - concession.counted(x.talk)
    is_leaving = x.talk.idle_in_row >= x.manner.patience_turns
    if left < _LEFT or is_leaving or not x.reading.is_clear or not x.open or x.corrected:
        return
    for kind, chance in x.manner.wiles.items():
        about = _OCCASIONS[kind](x) if kind in _OCCASIONS and _is_new(x, kind) else None
        if about is not None and x.rng.random() < chance:
            _try(x, kind, about)
            return


def ask_extra(x: Exchange) -> Offer:
    """At the first summary: one small thing more, which the deal does not hang on."""
    kind = TrickKind.LAST_MINUTE
    chance = x.manner.wiles.get(kind, 0)
    if x.speaker.times(Line.SUMMARY) or not _may(x) or not _is_new(x, kind):
        return Offer()
    want = _extra(x)
    if not want or x.rng.random() >= chance:
        return Offer()
    _note(x, kind, want)
    return want


def is_about_extra(x: Exchange) -> bool:
    """Whether the summary was given with an extra asked for, and only that is refused."""
    last = x.before.tricks[-1] if x.before.tricks else None
    if last is None or last.kind is not TrickKind.LAST_MINUTE or last.turn != x.before.turn:
        return False
    refuses = x.heard.has(Act.REJECT) or bool(x.heard.disputed)
    return refuses and not x.reading.offer and set(x.disputed) <= set(last.offer.issues)


def _may(x: Exchange) -> bool:
    tricks = x.before.tricks
    is_soon = bool(tricks) and x.talk.turn - tricks[-1].turn < _PAUSE
    return len(tricks) < x.manner.most_tricks and not is_soon


def _is_new(x: Exchange, kind: TrickKind) -> bool:
    return all(trick.kind is not kind for trick in x.before.tricks)


def _try(x: Exchange, kind: TrickKind, about: Offer) -> None:
    if kind is TrickKind.SILENCE:
        x.talk = replace(x.talk, standing=x.before.standing)
        x.eased = ()
    elif kind is TrickKind.SPLIT:
        x.talk = replace(x.talk, standing=about.over(x.talk.standing))
        x.eased = tuple(id for id in x.eased if id is not IssueId.PRICE)
    _note(x, kind, about)


def _note(x: Exchange, kind: TrickKind, about: Offer) -> None:
    x.trick = Trick(turn=x.talk.turn, kind=kind, offer=about)
    x.talk = replace(x.talk, tricks=(*x.talk.tricks, x.trick))


def _competitor(x: Exchange) -> Offer | None:
    """The learner has just said what it wants for it, and that is too much."""
    is_due = IssueId.PRICE in x.gaps and IssueId.PRICE in x.named.issues
    return x.talk.offered.only([IssueId.PRICE]) if is_due else None


def _boss(x: Exchange) -> Offer | None:
    """The learner wants something that the buyer does not give in this turn."""
    kept = [id for id in x.gaps if id not in x.eased and id in x.named.issues]
    return x.talk.offered.only(kept[:1]) if kept else None


def _bigger_order(x: Exchange) -> Offer | None:
    """The price is apart, and was talked of before."""
    was_named = x.before.offered.value(IssueId.PRICE) is not None
    is_due = IssueId.PRICE in x.gaps and was_named and x.moved
    return x.talk.offered.only([IssueId.PRICE]) if is_due else None


def _silence(x: Exchange) -> Offer | None:
    """The learner has come down without a question, and knows all the buyer has to say to it."""
    changed = x.before.standing.differing(x.talk.standing)
    is_kept = x.talk.promises == x.before.promises and set(changed) == set(x.eased)
    asks = x.heard.has(Act.ASK, Act.REQUEST, Act.GREET, Act.INTRODUCE, Act.REJECT)
    is_due = x.moved and is_kept and not (asks or x.is_probe or x.disputed)
    has_all_been_said = set(x.gaps) <= set(x.before.spoken) & set(x.before.offered.issues)
    return x.talk.offered.only(x.gaps) if x.gaps and is_due and has_all_been_said else None


def _split(x: Exchange) -> Offer | None:
    """The prices are near each other, and the buyer can sign the middle."""
    issue = next((issue for issue in x.deal.issues if issue.id is IssueId.PRICE), None)
    if not isinstance(issue, FigureIssue) or issue.id not in x.gaps or not x.moved:
        return None
    ours, theirs = (o.figures[issue.id] for o in (x.before.standing, x.talk.offered))
    is_known = issue.id in x.before.spoken and issue.id in x.named.issues
    if not is_known or abs(theirs - ours) > _NEAR * (issue.high - issue.low):
        return None
    step = concession.grain(issue)
    middle = ((ours + theirs) / 2 / step).to_integral_value() * step
    about = Offer(figures={issue.id: middle})
    now = x.talk.standing
    is_step = concession.cost(x.deal, issue.id, of=now, to=about) > 0
    if not min(ours, theirs) < middle < max(ours, theirs) or not is_step:
        return None
    secured = concession.worst_case(x.deal, about.over(now), x.talk.promises)
    discussed = (*x.talk.offered.issues, *x.talk.spoken)
    is_fine = concession.estimate(x.deal, secured, discussed) >= concession.floor(x.version)
    return about if is_fine else None


def _extra(x: Exchange) -> Offer:
    """A step back towards what the buyer had said before it took the learner's value."""
    agreed, before = x.talk.standing, x.before.standing
    found = [
        (gain, step)
        for id in agreed.differing(before)
        for step in concession.steps(x.deal, id, agreed, before)
        if 0 < (gain := -concession.cost(x.deal, id, of=agreed, to=step)) <= _SMALL
        and concession.cost(x.deal, id, of=before, to=step) > 0
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else Offer()


_OCCASIONS: Mapping[TrickKind, _Occasion] = {
    TrickKind.COMPETITOR: _competitor,
    TrickKind.BOSS: _boss,
    TrickKind.BIGGER_ORDER: _bigger_order,
    TrickKind.SILENCE: _silence,
    TrickKind.SPLIT: _split,
}
