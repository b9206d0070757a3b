"""What a turn leaves behind: rows, messages, timers; and what a finished session does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.feedback import Check, for_chat
from bot.domain.messages import Button, Corrections, Debrief, Rows
from bot.domain.session import Attempt, Session, Turn
from bot.domain.talk import Reply
from bot.domain.understanding import Understanding
from bot.usecases.aftercare import late_check
from bot.usecases.disputes import buttons_for
from bot.usecases.helping import help_along
from bot.usecases.narration import Retold
from bot.usecases.scene import Scene, reminder_key
from bot.usecases.visit import Visit, row

NOTHING_TO_CHECK = Check(findings=())


async def record_exchange(
    scene: Scene,
    visit: Visit,
    session: Session,
    reply: Reply,
    *,
    key: str,
    text: str,
    understanding: Understanding | None,
    check: Check | None = None,
    retold: Retold | None = None,
) -> None:
    """Store a turn, say the buyer's words, show the corrections; end the session if it is over."""
    checked = check or NOTHING_TO_CHECK
    words = scene.words(session, reply)
    if retold is not None and retold.authored == words:
        words = retold.told
    turn = Turn(
        session_id=session.id,
        number=session.talk.turn,
        key=key,
        text=text,
        understanding=understanding,
        check=checked,
        reply=words,
        at=visit.at,
    )
    before = await visit.work.turns(session.id)
    await visit.work.add_turn(turn)
    await scene.say(visit, session, words, reply)
    await _correct(visit, session, turn, was_told=_is_unchecked(before))
    await _help(scene, visit, session, reply)
    await help_along(scene, visit, session, reply)
    if session.talk.phase.is_over:
        await finish(scene, visit, session)
    else:
        await visit.work.set_timer(scene.reminder(session, visit.at))


async def finish(scene: Scene, visit: Visit, session: Session) -> None:
    """Close a session whose talk is over: attempt, debrief."""
    ended = replace(session, ended_at=visit.at)
    turns = await visit.work.turns(session.id)
    await visit.work.save_session(ended)
    attempt = attempt_of(ended, turns)
    await visit.work.add_attempt(attempt)
    await visit.work.cancel_timer(reminder_key(session))
    examples = tuple(
        Corrections(
            key=turn.key,
            text=turn.text,
            language=session.language,
            findings=turn.check.findings,
        )
        for turn in turns
        if turn.check.findings
    )
    twin = scene.exercise(session.exercise_id).twin
    await visit.show(
        Debrief(attempt=attempt, examples=examples, twin=await _at_twin(visit, session, twin)),
        (
            *row(
                Button(action=f"show:{session.exercise_id}", key="again"),
                Button(action=f"read:{session.id}", key="transcript"),
                Button(action="menu", key="menu"),
            ),
            *_to_twin(twin),
        ),
    )


def _to_twin(twin: str | None) -> Rows:
    if twin is None:
        return ()
    return row(Button(action=f"show:{twin}", key="twin", values={"title": f"@title:{twin}"}))


async def _at_twin(visit: Visit, session: Session, twin: str | None) -> Attempt | None:
    """The learner's last attempt at the twin of the deal, in the same language."""
    done = [
        attempt
        for attempt in (await visit.work.attempts(session.account_id) if twin else ())
        if (attempt.exercise_id, attempt.language) == (twin, session.language)
    ]
    return done[-1] if done else None


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
        preparation=session.preparation,
        kinds=dict(Counter(finding.kind for finding in findings)),
        words=sum(len(turn.text.split()) for turn in turns),
        unchecked=sum(turn.check.is_unchecked for turn in turns),
        started_at=session.started_at,
        ended_at=session.ended_at,
    )


async def _help(scene: Scene, visit: Visit, session: Session, reply: Reply) -> None:
    """The coach helps who writes another language again, or could not be followed twice."""
    if session.talk.phase.is_over or not (reply.needs_language or reply.needs_hint):
        return
    example, aids = scene.example(session), scene.aids(session)
    if reply.needs_language:
        practised = f"@language.{session.language}"
        await visit.tell("wrong_language", language=practised, example=example, buttons=aids)
    else:
        await visit.tell("not_understood", example=example, buttons=aids)


async def _correct(visit: Visit, session: Session, turn: Turn, *, was_told: bool) -> None:
    if turn.check.findings is None:
        await visit.work.set_timer(late_check(turn, tries=0, now=visit.at))
        if not was_told:
            await visit.tell("unchecked")
        return
    findings = turn.check.findings
    shown = for_chat(findings)
    if shown:
        await visit.show(
            Corrections(key=turn.key, text=turn.text, language=session.language, findings=shown),
            buttons_for(turn, shown, findings),
        )


def _is_unchecked(turns: Sequence[Turn]) -> bool:
    return bool(turns) and turns[-1].check.is_unchecked
