"""A learner disagrees with one press; the teacher sees it beside the talk. Nobody else decides."""

from collections.abc import Iterable, Sequence

from bot.domain.disputes import UNDERSTANDING, Dispute
from bot.domain.errors import NotFound
from bot.domain.feedback import Finding
from bot.domain.messages import Button, Rows
from bot.domain.session import Turn
from bot.usecases.visit import Visit, column

LONGEST_WRONG = 24  # characters of what was corrected, on a button
_A_ROW = 2  # buttons side by side, so that their words can be read on a phone


def buttons_for(turn: Turn, shown: Sequence[Finding], findings: Sequence[Finding]) -> Rows:
    """One button for each of the ``shown`` among all ``findings`` of a turn."""
    return column(
        *(
            Button(
                action=f"dispute:{turn.session_id}:{turn.number}:{findings.index(finding)}",
                key="dispute",
                values={"what": _wrong(turn.text, finding)},
            )
            for finding in shown
        )
    )


def understanding_buttons(turns: Iterable[Turn]) -> Rows:
    """A button for every message of a talk: the buyer got this wrong."""
    buttons = [
        Button(
            action=f"dispute:{turn.session_id}:{turn.number}:{UNDERSTANDING}",
            key="misunderstood",
            values={"turn": str(turn.number)},
        )
        for turn in turns
        if turn.text
    ]
    return tuple(tuple(buttons[i : i + _A_ROW]) for i in range(0, len(buttons), _A_ROW))


async def object_to(visit: Visit, session_id: int, number: int, about: str) -> None:
    """Keep an objection of the learner whose talk it is.

    Raises:
        ValueError: nobody was offered such a button.
    """
    if not await _is_there(visit, session_id, number, about):
        raise ValueError(about)
    dispute = Dispute(session_id=session_id, turn=number, about=about, at=visit.at)
    is_new = await visit.work.add_dispute(dispute)
    await visit.tell("dispute.thanks" if is_new else "dispute.known")


async def _is_there(visit: Visit, session_id: int, number: int, about: str) -> bool:
    try:
        session = await visit.work.session(session_id)
        turn = await visit.work.turn(session_id, number)
    except NotFound:
        return False
    if session.account_id != visit.account.id or not turn.text:
        return False
    return about in (UNDERSTANDING, *map(str, range(len(turn.check.findings or ()))))


def _wrong(text: str, finding: Finding) -> str:
    wrong = " ".join(text[finding.start : finding.end].split()).lstrip("@")
    return wrong if len(wrong) <= LONGEST_WRONG else wrong[: LONGEST_WRONG - 1] + "…"
