"""What a finished session leaves behind."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.session import Attempt, Session, Turn


def attempt_of(session: Session, turns: Sequence[Turn]) -> Attempt:
    """The immutable record of an ended session.

    Raises:
        ValueError: the session has not ended.
    """
    if session.ended_at is None:
        raise ValueError("the session has not ended")
    findings = [finding for turn in turns for finding in turn.check.findings or ()]
    return Attempt(
        session_id=session.id,
        account_id=session.account_id,
        exercise_id=session.exercise_id,
        language=session.language,
        band=session.band,
        assignment_id=session.assignment_id,
        talk=session.talk,
        kinds=dict(Counter(finding.kind for finding in findings)),
        words=sum(len(turn.text.split()) for turn in turns),
        unchecked=sum(turn.check.is_unchecked for turn in turns),
        started_at=session.started_at,
        ended_at=session.ended_at,
    )
