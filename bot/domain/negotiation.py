"""How the buyer decides: one learner message in, the next state of the talk and a reply out.

Decides the course: understood or not, talking or confirming, agreed or broken off. What happens to
the values is ``decision``'s business, what is said ``answering``'s, in which words ``wording``'s.
"""

from dataclasses import replace
from datetime import date
from random import Random

from bot.domain import answering, concession, decision
from bot.domain.answering import Exchange
from bot.domain.deal import Deal, FigureIssue, IssueId, Offer, Side
from bot.domain.errors import NotAllowed
from bot.domain.exercise import Line, Phrasebook, Version
from bot.domain.reading import Reading, read
from bot.domain.talk import Heard, Phase, Reply, Say, Step, Talk
from bot.domain.understanding import Act, Context, Understanding
from bot.domain.wording import Speaker

GRACE_TURNS = 2  # turns after the deadline in which a deal at hand may still be closed
HINT_AFTER = 2  # turns in a row not understood


def start(
    version: Version, *, rng: Random, phrases: Phrasebook, learner: str | None = None
) -> tuple[Talk, Reply]:
    """Open a talk with the buyer's enquiry."""
    standing = concession.opening(version)
    named = standing.only(version.opening_names)
    speaker = Speaker(version, phrases, rng, used=(), name=learner)
    speaker.say(Say(opening=True, ours=named))
    talk = Talk(
        learner=learner,
        standing=standing,
        spoken=named.issues,
        path=(Step(turn=0, side=Side.BUYER, offer=named),) if named else (),
        used=speaker.used,
    )
    return talk, Reply(spoken=tuple(speaker.spoken))


def respond(
    version: Version,
    talk: Talk,
    understanding: Understanding,
    *,
    rng: Random,
    today: date,
    phrases: Phrasebook,
    is_probe: bool = False,
) -> tuple[Talk, Reply]:
    """Answer one learner message.

    ``is_probe`` says that the message asks for the buyer's limit or wants it out of its role.

    Raises:
        NotAllowed: the talk is over.
    """
    if talk.phase.is_over:
        raise NotAllowed("talk_is_over")
    reading = read(version.deal, understanding.terms, talk=talk, today=today)
    understanding, reading = _without_doubt(version, talk, understanding, reading)
    x = Exchange(
        version=version,
        before=talk,
        talk=replace(talk, turn=talk.turn + 1, asked=None, doubt=()),
        heard=understanding,
        reading=reading,
        speaker=Speaker(version, phrases, rng, used=talk.used, name=talk.learner),
        rng=rng,
        is_probe=is_probe,
    )
    if understanding.foreign is not None:
        return _not_followed(x, Line.WRONG_LANGUAGE)
    if not _is_understood(x):
        return _not_followed(x, Line.UNCLEAR)
    x.talk = replace(x.talk, unclear_in_row=0)
    if understanding.has(Act.REJECT) and understanding.has(Act.CLOSE) and not reading.offer:
        return _end(x, Phase.LEFT, Line.FAREWELL)
    if talk.phase is Phase.CONFIRMING:
        return _confirm(x)
    return _bargain(x)


def leave(version: Version, talk: Talk, *, rng: Random, phrases: Phrasebook) -> tuple[Talk, Reply]:
    """The learner ends the talk.

    Raises:
        NotAllowed: the talk is over.
    """
    if talk.phase.is_over:
        raise NotAllowed("talk_is_over")
    speaker = Speaker(version, phrases, rng, used=talk.used, name=talk.learner)
    speaker.line(Line.FAREWELL)
    return replace(talk, phase=Phase.LEFT, used=speaker.used), Reply(spoken=tuple(speaker.spoken))


def remind(
    version: Version, talk: Talk, *, rng: Random, phrases: Phrasebook
) -> tuple[Talk, Reply]:
    """The next morning: ask whether there is an answer. Nothing is said when the talk is over."""
    if talk.phase.is_over:
        return talk, Reply(spoken=())
    speaker = Speaker(version, phrases, rng, used=talk.used, name=talk.learner)
    speaker.line(Line.REMINDER)
    return replace(talk, used=speaker.used), Reply(spoken=tuple(speaker.spoken))


def context(version: Version, talk: Talk) -> Context:
    """What the talk lets a reader expect of the learner's next message."""
    asked = talk.asked
    for offer in talk.doubt[:1]:
        asked = offer.issues[0]
    topics = {issue: topic for topic, issue in answering.ISSUE_OF.items()}
    return Context(
        currency=version.deal.currency,
        asked=topics[asked] if asked else None,
        confirming=talk.phase is Phase.CONFIRMING,
    )


def _is_understood(x: Exchange) -> bool:
    heard = x.heard
    says_something = bool(set(heard.acts) - {Act.OTHER})
    return says_something or bool(heard.terms) or x.is_probe


def _without_doubt(
    version: Version, talk: Talk, heard: Understanding, reading: Reading
) -> tuple[Understanding, Reading]:
    """A bare yes after "8.40 or 0.84?" means the likelier reading, a bare no the other one."""
    is_bare = not heard.terms and heard.foreign is None
    if not talk.doubt or not is_bare or not heard.has(Act.ACCEPT, Act.REJECT):
        return heard, reading
    meant = talk.doubt[-1 if heard.has(Act.REJECT) else 0]
    acts = tuple(act for act in heard.acts if act not in (Act.ACCEPT, Act.REJECT))
    heard = replace(heard, acts=(*acts, Act.OFFER))
    if _is_within(version.deal, meant):
        return heard, Reading(offer=meant)
    return heard, Reading(misfits=meant.issues)


def _is_within(deal: Deal, offer: Offer) -> bool:
    issues = [issue for issue in deal.issues if isinstance(issue, FigureIssue)]
    return all(
        issue.low <= offer.figures[issue.id] <= issue.high
        for issue in issues
        if issue.id in offer.figures
    )


def _not_followed(x: Exchange, line: Line) -> tuple[Talk, Reply]:
    """Ask the learner to say it again; the turn is excused, but not for ever."""
    talk = x.before
    excused = talk.excused + (talk.excused < x.deal.deadline_turns)
    row = talk.unclear_in_row + 1
    x.talk = replace(talk, turn=talk.turn + 1, excused=excused, unclear_in_row=row)
    if _is_overdue(x):
        return _end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    if not x.speaker.line(line):
        x.speaker.anything_about(x.talk.standing)
    return _finish(x)


def _is_overdue(x: Exchange) -> bool:
    return concession.counted(x.talk) > x.deal.deadline_turns + GRACE_TURNS


def _confirm(x: Exchange) -> tuple[Talk, Reply]:
    """The summary waits for a yes: sign, change, or answer and ask again."""
    heard, reading = x.heard, x.reading
    summary = x.before.summary or Offer()
    changes = summary.differing(reading.offer)
    is_restated = x.deal.is_complete(reading.offer)
    if heard.has(Act.REJECT) or changes or not reading.is_clear:
        return _change(x)
    if heard.has(Act.ACCEPT) or is_restated:
        x.talk = replace(x.talk, agreement=summary)
        answering.answer(x)
        return _end(x, Phase.AGREED, Line.AGREED)
    if _is_overdue(x):
        return _end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    answering.be_civil(x)
    answering.answer(x)
    if heard.has(Act.REQUEST):
        x.speaker.line(Line.HOLD)
    _sum_up(x)
    return _finish(x)


def _change(x: Exchange) -> tuple[Talk, Reply]:
    _take_back_bare_yes(x)
    x.talk = replace(x.talk, phase=Phase.TALKING, summary=None)
    if _is_overdue(x):
        return _end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    if x.reading.offer or not x.reading.is_clear:
        return _bargain(x)
    x.speaker.line(Line.CHANGE)
    answering.answer(x)
    return _finish(x)


def _take_back_bare_yes(x: Exchange) -> None:
    """Who said a mere yes and then refuses the summary is back at the own last offer.

    What was agreed to without being named would otherwise count as the learner's offer, and
    whatever comes after it as a step back.
    """
    own = [step for step in x.before.path if step.side is Side.LEARNER]
    if not own:
        return
    said = next((heard for heard in x.before.heard if heard.turn == own[-1].turn), None)
    if said is None or Act.ACCEPT not in said.acts or Act.OFFER in said.acts:
        return
    offered = own[-2].offer if len(own) > 1 else Offer()
    path = tuple(step for step in x.before.path if step is not own[-1])
    x.before = replace(x.before, offered=offered, path=path)
    x.talk = replace(x.talk, offered=offered, path=path)


def _bargain(x: Exchange) -> tuple[Talk, Reply]:
    decision.take_in(x)
    decision.count_idleness(x)
    decision.decide(x)
    decision.tie(x)
    answering.be_civil(x)
    answering.ask_back(x)
    answering.answer(x)
    is_deal = not x.open and bool(x.named) and not x.reading.doubts
    if is_deal:
        _sum_up(x)
        return _finish(x)
    if _has_had_enough(x):
        return _end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    left = x.deal.deadline_turns - concession.counted(x.talk)
    is_due = left <= answering.WARNING_TURNS and not x.speaker.times(Line.LAST_TURNS)
    x.warns = is_due or x.talk.idle_in_row == x.manner.patience_turns - 1
    answering.react(x)
    answering.go_on(x)
    return _finish(x)


def _has_had_enough(x: Exchange) -> bool:
    left = x.deal.deadline_turns - concession.counted(x.talk)
    is_close = bool(x.talk.offered) and not x.gaps and left > -GRACE_TURNS
    return (left <= 0 and not is_close) or x.talk.idle_in_row >= x.manner.patience_turns


def _sum_up(x: Exchange) -> None:
    """Say all terms and wait for a yes."""
    terms = x.talk.standing
    if not x.speaker.line(Line.SUMMARY, terms=terms):
        x.speaker.line(Line.COUNTER, ours=terms)
    x.talk = replace(x.talk, phase=Phase.CONFIRMING, summary=terms)


def _end(x: Exchange, phase: Phase, line: Line) -> tuple[Talk, Reply]:
    x.talk = replace(x.talk, phase=phase, summary=None)
    x.speaker.line(line)
    return _finish(x)


def _finish(x: Exchange) -> tuple[Talk, Reply]:
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
    )
    doubts = x.reading.doubts[:1]
    excused = talk.excused + (bool(doubts) and talk.excused < x.deal.deadline_turns)
    table = talk.standing.only(spoken)
    last = next((s.offer for s in reversed(talk.path) if s.side is Side.BUYER), Offer())
    step = Step(turn=talk.turn, side=Side.BUYER, offer=table)
    x.talk = replace(
        talk,
        spoken=spoken,
        heard=(*talk.heard, heard),
        doubt=tuple(o for doubt in doubts for o in (doubt.first, doubt.second)) or talk.doubt,
        excused=excused,
        path=talk.path if table == last else (*talk.path, step),
        used=speaker.used,
    )
    return x.talk, Reply(
        spoken=tuple(speaker.spoken),
        asks_confirmation=x.talk.phase is Phase.CONFIRMING,
        needs_hint=x.talk.unclear_in_row >= HINT_AFTER,
    )
