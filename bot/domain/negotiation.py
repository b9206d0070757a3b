"""How the buyer decides: one learner message in, the next state of the talk and a reply out.

Decides the course: understood or not, talking or confirming, agreed or broken off. What happens to
the values is ``decision``'s business, what is said ``answering``'s, in which words ``wording``'s.
"""

from dataclasses import replace
from datetime import date
from random import Random

from bot.domain import (
    answering,
    closing,
    concession,
    conversation,
    corrections,
    decision,
    doubts,
    references,
    trading,
    tricks,
)
from bot.domain.deal import NAMED, Offer, Side
from bot.domain.errors import NotAllowed
from bot.domain.exchange import ISSUE_OF, Exchange, disputed_issues
from bot.domain.exercise import Line, Phrasebook, Version
from bot.domain.languages import Band
from bot.domain.reading import Reading, matters, read
from bot.domain.talk import Phase, Reply, Say, Step, Talk
from bot.domain.understanding import Act, Context, Stance, Understanding
from bot.domain.wording import Speaker

GRACE_TURNS = 2  # turns after the deadline in which a deal at hand may still be closed


def start(
    version: Version,
    *,
    rng: Random,
    phrases: Phrasebook,
    learner: str | None = None,
    band: Band | None = None,
) -> tuple[Talk, Reply]:
    """Open a talk with the buyer's enquiry, in words for a learner of ``band``."""
    if version.wishes:
        return conversation.start(version, rng=rng, phrases=phrases, learner=learner)
    standing = concession.opening(version)
    named = standing.only(version.opening_names)
    speaker = Speaker(version, phrases, rng, used=(), name=learner, band=band)
    speaker.say(Say(opening=True, ours=named))
    talk = Talk(
        learner=learner,
        band=band,
        standing=standing,
        spoken=named.issues,
        said=named,
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
    text: str = "",
) -> tuple[Talk, Reply]:
    """Answer one learner message.

    ``is_probe`` says that the message asks for the buyer's limit or wants it out of its role;
    ``text`` is the message, in which a conversation looks for phrases.

    Raises:
        NotAllowed: the talk is over.
    """
    if talk.phase.is_over:
        raise NotAllowed("talk_is_over")
    if version.wishes:
        return conversation.respond(
            version,
            talk,
            understanding,
            text=text,
            today=today,
            rng=rng,
            phrases=phrases,
            is_probe=is_probe,
        )
    heard, reading = _read(version, talk, understanding, today)
    anew = replace(talk, turn=talk.turn + 1, asked=None, doubt=(), unsure=(), foreign=None)
    x = Exchange(
        version=version,
        before=talk,
        talk=anew,
        heard=heard,
        reading=reading,
        speaker=Speaker(version, phrases, rng, used=talk.used, name=talk.learner, band=talk.band),
        rng=rng,
        is_probe=is_probe,
    )
    if understanding.foreign is not None:
        return _not_followed(x, Line.WRONG_LANGUAGE)
    if not doubts.is_understood(x):
        return _not_followed(x, Line.UNCLEAR)
    x.talk = replace(x.talk, unclear_in_row=0)
    _put_right(x)
    if understanding.has(Act.REJECT) and understanding.has(Act.CLOSE) and not reading.offer:
        return closing.end(x, Phase.LEFT, Line.FAREWELL)
    if talk.phase is Phase.CONFIRMING:
        return _confirm(x)
    about = doubts.concerned(x)
    return _ask_which(x, about) if about else _bargain(x)


def leave(version: Version, talk: Talk, *, rng: Random, phrases: Phrasebook) -> tuple[Talk, Reply]:
    """The learner ends the talk.

    Raises:
        NotAllowed: the talk is over.
    """
    if talk.phase.is_over:
        raise NotAllowed("talk_is_over")
    speaker = Speaker(version, phrases, rng, used=talk.used, name=talk.learner, band=talk.band)
    speaker.line(Line.PARTED if version.wishes else Line.FAREWELL)
    return replace(talk, phase=Phase.LEFT, used=speaker.used), Reply(spoken=tuple(speaker.spoken))


def remind(
    version: Version, talk: Talk, *, rng: Random, phrases: Phrasebook
) -> tuple[Talk, Reply]:
    """The next morning: ask whether there is an answer. Nothing is said when the talk is over."""
    if talk.phase.is_over:
        return talk, Reply(spoken=())
    speaker = Speaker(version, phrases, rng, used=talk.used, name=talk.learner, band=talk.band)
    speaker.line(Line.REMINDER)
    return replace(talk, used=speaker.used), Reply(spoken=tuple(speaker.spoken))


def context(version: Version, talk: Talk) -> Context:
    """What the talk lets a reader expect of the learner's next message."""
    asked = talk.asked
    for offer in talk.doubt[:1] if not talk.unsure else ():
        asked = offer.issues[0]
    topics = {issue: topic for topic, issue in ISSUE_OF.items()}
    return Context(
        currency=version.deal.currency or None,
        asked=topics.get(asked) if asked else None,
        confirming=talk.phase is Phase.CONFIRMING,
        matters=matters(version.deal),
        matter=asked if asked in NAMED else None,
    )


def _read(
    version: Version, talk: Talk, heard: Understanding, today: date
) -> tuple[Understanding, Reading]:
    """What the message means in this talk: its terms, what it points at, its yes to a question."""
    terms = references.outright(heard)
    said = read(version.deal, terms, talk=talk, today=today, mentions=heard.mentions)
    meant = references.resolve(version.deal, heard, talk=talk, said=said, today=today)
    is_put = meant.offer or heard.mentioned(Stance.PUT)
    if is_put and not heard.has(Act.OFFER, Act.ACCEPT):
        acts = {*heard.acts, Act.OFFER} - {Act.OTHER}
        heard = replace(heard, acts=tuple(act for act in Act if act in acts))
    return doubts.settle(version, talk, heard, meant + said)


def _put_right(x: Exchange) -> None:
    """A corrected slip was never said."""
    named = x.reading.offer
    x.corrected = corrections.corrected(x.deal, x.before, x.heard, named)
    if x.corrected:
        x.slip = x.before.offered.only(x.corrected)
        x.heard = corrections.plainly(x.heard)
        x.before = corrections.mended(x.before, named, x.corrected)
        x.talk = corrections.mended(x.talk, named, x.corrected)


def _ask_which(x: Exchange, about: Offer) -> tuple[Talk, Reply]:
    doubts.ask_which(x, about)
    answering.answer(x)
    return closing.finish(x)


def _not_followed(x: Exchange, line: Line) -> tuple[Talk, Reply]:
    """Ask the learner to say it again; the turn is excused, but not for ever."""
    talk = x.before
    excused = talk.excused + (talk.excused < x.deal.deadline_turns)
    x.talk = replace(
        talk,
        turn=talk.turn + 1,
        excused=excused,
        unclear_in_row=talk.unclear_in_row + 1,
        wrong_language=talk.wrong_language + (line is Line.WRONG_LANGUAGE),
    )
    if _is_overdue(x):
        return closing.end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    if not x.speaker.line(line):
        x.speaker.anything_about(x.talk.standing)
    return closing.finish(x)


def _is_overdue(x: Exchange) -> bool:
    return concession.counted(x.talk) > x.deal.deadline_turns + GRACE_TURNS


def _confirm(x: Exchange) -> tuple[Talk, Reply]:
    """The summary waits for a yes: sign, change, or answer and ask again."""
    heard, reading = x.heard, x.reading
    summary = x.before.summary or Offer()
    changes = summary.differing(reading.offer)
    is_restated = x.deal.is_complete(reading.offer)
    if _is_perhaps_a_yes(x) and not changes:
        return _confirm_again(x)
    if tricks.is_about_extra(x):
        x.speaker.line(Line.ACKNOWLEDGE)
        closing.sum_up(x)
        return closing.finish(x)
    if heard.has(Act.REJECT) or changes or disputed_issues(heard) or not reading.is_clear:
        return _change(x)
    if heard.has(Act.ACCEPT) or is_restated:
        x.talk = replace(x.talk, agreement=summary)
        answering.answer(x)
        return closing.end(x, Phase.AGREED, Line.AGREED)
    if _is_overdue(x):
        return closing.end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    answering.be_civil(x)
    answering.answer(x)
    if heard.has(Act.REQUEST):
        x.speaker.line(Line.HOLD)
    closing.sum_up(x)
    return closing.finish(x)


def _is_perhaps_a_yes(x: Exchange) -> bool:
    """Unsure whether it is one, for the first time, or a yes to nobody knows what."""
    pair = x.heard.doubt or ()
    is_unsure = Act.ACCEPT in pair and not x.before.unsure
    return is_unsure or (x.reading.is_unresolved and not x.heard.has(Act.REJECT))


def _confirm_again(x: Exchange) -> tuple[Talk, Reply]:
    """The summary once more; nothing is signed by half a yes."""
    x.talk = replace(x.talk, unsure=x.heard.doubt or ())
    x.excuses = True
    closing.sum_up(x)
    return closing.finish(x)


def _change(x: Exchange) -> tuple[Talk, Reply]:
    x.before = corrections.without_bare_yes(x.before)
    x.talk = replace(x.talk, offered=x.before.offered, path=x.before.path)
    x.talk = replace(x.talk, phase=Phase.TALKING, summary=None)
    if _is_overdue(x):
        return closing.end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    if x.reading.offer or disputed_issues(x.heard) or not x.reading.is_clear:
        return _bargain(x)
    x.speaker.line(Line.CHANGE)
    answering.answer(x)
    return closing.finish(x)


def _bargain(x: Exchange) -> tuple[Talk, Reply]:
    decision.take_in(x)
    decision.count_idleness(x)
    decision.decide(x)
    trading.tie(x)
    tricks.attempt(x)
    answering.be_civil(x)
    answering.note_correction(x)
    doubts.ask_back(x)
    answering.object_to(x)
    answering.answer(x)
    is_deal = not x.open and bool(x.named) and not x.excuses
    if is_deal:
        closing.sum_up(x)
        return closing.finish(x)
    if _has_had_enough(x):
        return closing.end(x, Phase.BROKEN_OFF, Line.WALK_AWAY)
    left = x.deal.deadline_turns - concession.counted(x.talk)
    is_due = left <= answering.WARNING_TURNS and not x.speaker.times(Line.LAST_TURNS)
    x.warns = is_due or x.talk.idle_in_row == x.manner.patience_turns - 1
    answering.react(x)
    answering.go_on(x)
    return closing.finish(x)


def _has_had_enough(x: Exchange) -> bool:
    left = x.deal.deadline_turns - concession.counted(x.talk)
    is_close = bool(x.talk.offered) and not x.gaps and left > -GRACE_TURNS
    return (left <= 0 and not is_close) or x.talk.idle_in_row >= x.manner.patience_turns
