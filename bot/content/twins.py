"""Whether two exercises are twins: the same deal in other goods, people and words.

Looks at structure and payoffs alone; that nothing on the surface gives the likeness away is the
authors' business.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.content.source import Loc
from bot.domain.deal import ChoiceIssue, Deal, Issue
from bot.domain.exercise import Exercise

_SAME = ("competence", "stage", "band", "job")

Payoffs = tuple[tuple[Decimal, Decimal], ...]
Found = Iterator[tuple[Loc, str]]


def in_twins(exercise: Exercise, all: Mapping[str, Exercise]) -> Found:
    """Everything in which ``exercise`` is no twin of the exercise that it names as such."""
    if exercise.twin is None:
        return
    twin = all.get(exercise.twin)
    if twin is None or twin is exercise:
        yield ("twin",), "is no other exercise that is fit for use"
        return
    if twin.twin != exercise.id:
        yield ("twin",), f"{twin.id} does not name {exercise.id} as its twin"
    for key in _SAME:
        if getattr(exercise, key) != getattr(twin, key):
            yield (key,), f"must be that of its twin, {getattr(twin, key)}"
    for language, version in exercise.versions.items():
        other = twin.versions.get(language)
        if other is None:
            continue
        at = ("versions", language.value)
        if version.persona.temper is not other.persona.temper:
            yield (*at, "persona", "temper"), f"must be that of its twin, {other.persona.temper}"
        yield from (((*at, "deal", *loc), m) for loc, m in _in_deals(version.deal, other.deal))


def _in_deals(deal: Deal, other: Deal) -> Found:
    for key in ("learner_reservation", "buyer_reservation", "deadline_turns"):
        if getattr(deal, key) != getattr(other, key):
            yield (key,), "must be that of its twin"
    if [issue.id for issue in deal.issues] != [issue.id for issue in other.issues]:
        yield ("issues",), "must be those of its twin, in the same order"
        return
    for index, (issue, its) in enumerate(zip(deal.issues, other.issues, strict=True)):
        if _payoffs(issue) != _payoffs(its):
            yield ("issues", index), "must have the payoffs of its twin, in the same order"


def _payoffs(issue: Issue) -> Payoffs:
    parts = issue.options if isinstance(issue, ChoiceIssue) else issue.points
    return tuple((part.learner, part.buyer) for part in parts)
