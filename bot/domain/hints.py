"""Which help a learner needs next. The model sentences are the exercise's."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.deal import Deal, FigureIssue, IssueId, Offer
from bot.domain.exercise import Version
from bot.domain.talk import Talk


class Reason(StrEnum):
    """Why this hint."""

    ANSWER = "answer"
    """The buyer has asked about it."""
    OPEN = "open"
    """The learner has not said anything about it."""
    APART = "apart"
    """Both have spoken and differ."""
    CLOSE = "close"
    """Nothing is open: say yes or sum up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One model sentence for the next step."""

    reason: Reason
    issue: IssueId
    sentence: str
    """In the practice language, with ``{theirs}`` where ``value`` goes."""
    value: Offer


def hint_for(version: Version, talk: Talk) -> Hint:
    """The next helpful sentence: what was asked, else what is open, else where both are apart."""
    deal = version.deal
    ids = [issue.id for issue in deal.issues]
    unsaid = [id for id in ids if id not in talk.offered.issues]
    apart = [id for id in talk.offered.differing(talk.standing) if id in talk.spoken]
    if talk.asked in unsaid:
        reason, issue = Reason.ANSWER, talk.asked
    elif unsaid:
        reason, issue = Reason.OPEN, unsaid[0]
    elif apart:
        reason, issue = Reason.APART, apart[0]
    else:
        reason, issue = Reason.CLOSE, ids[0]
    value = talk.offered.only([issue]) or _best(deal, issue)
    return Hint(reason=reason, issue=issue, sentence=version.hints[issue], value=value)


def _best(deal: Deal, id: IssueId) -> Offer:
    """The value of one issue that is worth most to the learner: where an opening may start."""
    issue = deal.issue(id)
    if isinstance(issue, FigureIssue):
        best = max(issue.points, key=lambda point: point.learner)
        return Offer(figures={id: best.value})
    return Offer(choices={id: max(issue.options, key=lambda option: option.learner).id})
