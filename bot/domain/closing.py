"""How a turn ends: with a summary that waits for a yes, with the end of the talk, on the record.

Decides nothing of the course; what is written down here is all that is kept of a turn.
"""

from dataclasses import replace

from bot.domain import decision, doubts, tricks
from bot.domain.deal import IssueId, Offer, Side
from bot.domain.exchange import Exchange
from bot.domain.exercise import Line
from bot.domain.talk import Heard, Phase, Reply, Step, Talk
from bot.domain.understanding import Register
from bot.domain.wording import slots

HINT_AFTER = 2  # turns in a row not understood


def sum_up(x: Exchange) -> None:
    """Say all terms and wait for a yes."""
    terms = x.talk.standing
    extra = tricks.ask_extra(x)
    if extra:
        x.speaker.line(Line.LAST_MINUTE, want=extra)
    if not x.speaker.line(Line.SUMMARY, terms=terms):
        x.speaker.line(Line.COUNTER, ours=terms)
    x.talk = replace(x.talk, phase=Phase.CONFIRMING, summary=terms)


def end(x: Exchange, phase: Phase, line: Line) -> tuple[Talk, Reply]:
    """End the talk with these words."""
    x.talk = replace(x.talk, phase=phase, summary=None)
    x.speaker.line(line)
    return finish(x)


def finish(x: Exchange) -> tuple[Talk, Reply]:
    """Write down what was heard and said."""
    talk, speaker = x.talk, x.speaker
    if not speaker.spoken:
        speaker.anything_about(talk.standing)
    spoken = tuple(id for id in IssueId if id in {*talk.spoken, *speaker.named})
    heard = Heard(
        turn=talk.turn,
        acts=x.heard.acts,
        topics=x.heard.topics,
        offered=x.named,
        beyond=x.reading.beyond,
        is_conditional=decision.is_conditional(x),
        slip=x.slip,
        readings=tuple(r for doubt in x.reading.doubts[:1] for r in (doubt.first, doubt.second)),
        foreign=x.reading.foreign,
        misfits=x.reading.misfits,
        is_informal=x.heard.register is Register.INFORMAL,
    )
    excused = talk.excused + (x.excuses and talk.excused < x.deal.deadline_turns)
    table = talk.standing.only(spoken)
    last = next((s.offer for s in reversed(talk.path) if s.side is Side.BUYER), Offer())
    step = Step(turn=talk.turn, side=Side.BUYER, offer=table)
    x.talk = replace(
        talk,
        spoken=spoken,
        said=_heard_from(x).over(talk.said),
        named=speaker.named,
        heard=(*talk.heard, heard),
        excused=excused,
        path=talk.path if table == last else (*talk.path, step),
        used=speaker.used,
    )
    return x.talk, Reply(
        spoken=tuple(speaker.spoken),
        asks_confirmation=x.talk.phase is Phase.CONFIRMING,
        needs_hint=x.talk.unclear_in_row >= HINT_AFTER,
        needs_language=x.heard.foreign is not None and x.talk.wrong_language > 1,
        meanings=doubts.meanings(x.talk),
    )


def _heard_from(x: Exchange) -> Offer:
    """The buyer's values that stand and that this reply has put into words."""
    standing = x.talk.standing
    offers = [
        offer
        for spoken in x.speaker.spoken
        for slot in slots(spoken.phrase)
        if isinstance(offer := getattr(spoken.say, slot), Offer)
    ]
    return standing.only(
        id for o in offers for id in o.issues if o.value(id) == standing.value(id)
    )
