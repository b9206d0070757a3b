"""What happens to a talk while its learner is away: late checks, and the buyer asking again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import negotiation
from bot.domain.feedback import for_chat
from bot.domain.messages import Corrections
from bot.domain.session import Session, Turn
from bot.ports import GrammarChecker, Store, Timer, Work
from bot.usecases.disputes import buttons_for
from bot.usecases.scene import Scene, dice
from bot.usecases.visit import Visit

LATE_CHECK_LIMIT_S = 60.0  # seconds; nobody waits for it
FIRST_LATE_CHECK_S = 15  # seconds until an unchecked text is tried again
LONGEST_PAUSE_S = 900  # seconds between two tries
LATE_CHECK_TRIES = 100  # about a day


def late_check(turn: Turn, *, tries: int, now: datetime) -> Timer:
    """The timer that checks an unchecked turn again."""
    pause_s = min(FIRST_LATE_CHECK_S * 2**tries, LONGEST_PAUSE_S)
    return Timer(
        key=f"check:{turn.session_id}:{turn.number}",
        due_at=now + timedelta(seconds=pause_s),
        kind="check",
        values={
            "session": str(turn.session_id),
            "turn": str(turn.number),
            "tries": str(tries),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftercare:
    """Carries out the timers of talks."""

    store: Store
    scene: Scene
    checker: GrammarChecker

    async def check_late(self, timer: Timer, now: datetime) -> None:
        """Check a text that nobody could check when it came."""
        session_id, number = int(timer.values["session"]), int(timer.values["turn"])
        async with self.store.transaction() as work:
            turn = await work.turn(session_id, number)
            session = await work.session(session_id)
        check = await self.checker.check(turn.text, session.language, timeout_s=LATE_CHECK_LIMIT_S)
        async with self.store.transaction() as work:
            if not await work.take_timer(timer.key, due_at=timer.due_at):
                return
            if check.findings is None:
                tries = int(timer.values["tries"]) + 1
                if tries < LATE_CHECK_TRIES:
                    await work.set_timer(late_check(turn, tries=tries, now=now))
                return
            await work.save_check(session_id, number, check)
            visit = await _visit_of(work, session, now)
            shown = for_chat(check.findings)
            await visit.show(
                Corrections(
                    key=turn.key,
                    text=turn.text,
                    language=session.language,
                    findings=shown,
                    is_late=True,
                ),
                buttons_for(turn, shown, check.findings),
            )

    async def remind(self, timer: Timer, now: datetime) -> None:
        """The buyer asks, once, the morning after a talk fell silent."""
        async with self.store.transaction() as work:
            if not await work.take_timer(timer.key, due_at=timer.due_at):
                return
            session = await work.session(int(timer.values["session"]))
            if session.ended_at is not None:
                return
            visit = await _visit_of(work, session, now)
            talk, reply = negotiation.remind(
                self.scene.version(session),
                session.talk,
                rng=dice(session.seed, -session.talk.turn - 1),
                phrases=self.scene.library.speech[session.language],
            )
            session = await work.save_session(replace(session, talk=talk))
            await self.scene.say(visit, session, self.scene.words(session, reply))


async def _visit_of(work: Work, session: Session, now: datetime) -> Visit:
    account = await work.account(session.account_id)
    chats = await work.chats_of(account.id)
    return Visit(work=work, account=account, chat=chats[0], at=now)
