"""How the counterpart of a conversation reacts: one learner message in, a reply out.

Decides what is brought up, pressed, thanked for and answered, and when the talk is over. What
fulfils a wish is ``wishes``'s business, in which words it is said ``wording``'s.
"""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from bot.domain.days import day_named, days_named
from bot.domain.exercise import Line, Phrasebook, Version
from bot.domain.spotting import says
from bot.domain.talk import Heard, Phase, Reply, Say, Talk
from bot.domain.tempers import MANNERS
from bot.domain.understanding import Act, Topic, Understanding
from bot.domain.wishes import Met, Note, Pressed, Told, Wish, WishLine, heard_in
from bot.domain.wording import Speaker

LONGEST = 20  # turns after which nobody goes on; twice a good talk about six wishes
THANKED = 2  # wishes thanked for in one reply; more is a list
ANSWERED = 2  # questions answered in one reply
HINT_AFTER = 2  # turns in a row not understood
_REFUSAL = 2  # what a flat no costs in patience, where evading costs 1; house judgement
_SOCIAL = {Act.GREET, Act.INTRODUCE, Act.SMALL_TALK, Act.THANK, Act.ACCEPT, Act.APOLOGISE}
_PARTING = {*_SOCIAL, Act.CLOSE}
_TAKES_NOTE = (Act.INFORM, Act.PROMISE, Act.JUSTIFY, Act.APOLOGISE, Act.INTRODUCE)


@dataclass(slots=True, kw_only=True)
class _Turn:
    version: Version
    talk: Talk
    heard: Understanding
    text: str
    speaker: Speaker
    is_probe: bool
    now: tuple[Met, ...] = ()
    """What this message has fulfilled, wholly or by half, and was not before."""
    asks: bool = False
    """Whether it is a question, or a request that could be answered."""
    evades: bool = False

    @property
    def patience(self) -> int:
        return MANNERS[self.version.persona.temper].patience_turns

    @property
    def unmet(self) -> list[Wish]:
        whole = {met.wish for met in self.talk.met if not met.is_half}
        return [wish for wish in self.version.wishes if wish.id not in whole]

    @property
    def current(self) -> Wish | None:
        """What was brought up last and is not met yet."""
        ids = {wish.id for wish in self.unmet}
        last = next((id for id in reversed(self.talk.raised) if id in ids), None)
        return self.version.wish(last) if last else None


def start(
    version: Version, *, rng: Random, phrases: Phrasebook, learner: str | None = None
) -> tuple[Talk, Reply]:
    """Open a conversation."""
    speaker = Speaker(version, phrases, rng, used=(), name=learner)
    speaker.say(Say(opening=True))
    raised = tuple(wish.id for wish in version.wishes if wish.in_opening)
    talk = Talk(learner=learner, raised=raised[::-1], used=speaker.used)
    return talk, Reply(spoken=tuple(speaker.spoken))


def respond(
    version: Version,
    talk: Talk,
    heard: Understanding,
    *,
    text: str,
    today: date,
    rng: Random,
    phrases: Phrasebook,
    is_probe: bool,
) -> tuple[Talk, Reply]:
    """Answer one learner message; the talk is not over."""
    x = _Turn(
        version=version,
        talk=replace(talk, turn=talk.turn + 1),
        heard=_dated(heard, text, today),
        text=text,
        speaker=Speaker(version, phrases, rng, used=talk.used, name=talk.learner),
        is_probe=is_probe,
    )
    if heard.foreign is not None:
        return _not_followed(x, Line.WRONG_LANGUAGE)
    _take_in(x)
    if not x.now and not is_probe and not set(heard.acts) - {Act.OTHER} and not heard.terms:
        return _not_followed(x, Line.MISSED)
    x.talk = replace(x.talk, unclear_in_row=0)
    if talk.phase is Phase.CONFIRMING:
        return _confirm(x)
    return _talk_on(x)


def _dated(heard: Understanding, text: str, today: date) -> Understanding:
    """The day or time of a promise is no term of trade to the reader; to a wish it is."""
    terms = heard.terms
    if terms.delivery_date or terms.lead_time_days or heard.foreign:
        return heard
    day = day_named(text, today=today)
    days = None if day else days_named(text)
    return replace(heard, terms=replace(terms, delivery_date=day, lead_time_days=days))


def _take_in(x: _Turn) -> None:
    """Enter what the message fulfils; a day named anew replaces the one before."""
    before = {met.wish: met for met in x.talk.met}
    told = Told(turn=x.talk.turn, raised=x.talk.raised, met=tuple(before))
    found = heard_in(x.version.wishes, x.heard, x.text, talk=told)
    x.now = tuple(
        met
        for met in found
        if met.wish not in before or (before[met.wish].is_half and not met.is_half)
    )
    for met in () if x.now else found:
        if met.day or met.days:
            before[met.wish] = replace(before[met.wish], day=met.day, days=met.days)
    if not (x.now or found):
        _date(x, before)
    kept = [met for id, met in before.items() if id not in {one.wish for one in x.now}]
    x.talk = replace(x.talk, met=(*kept, *x.now))


def _date(x: _Turn, before: dict[str, Met]) -> None:
    """A day or time said alone, after what it is for was promised, belongs to the latest."""
    terms = x.heard.terms
    if not (terms.delivery_date or terms.lead_time_days):
        return
    undated = [
        met
        for id, met in before.items()
        if "{when}" in x.version.wish(id).note and not (met.day or met.days)
    ]
    if undated:
        last = undated[-1]
        before[last.wish] = replace(last, day=terms.delivery_date, days=terms.lead_time_days)


def _talk_on(x: _Turn) -> tuple[Talk, Reply]:
    _be_civil(x)
    _thank(x)
    has_answered = _answer(x)
    if not x.unmet:
        return _close(x)
    if _takes_leave(x):
        return _hold_back(x)
    _count(x)
    if x.talk.idle_in_row >= x.patience or x.talk.turn >= LONGEST:
        return _end(x, Phase.BROKEN_OFF, Line.DISAPPOINTED)
    if not x.speaker.spoken and not x.now and x.heard.has(*_TAKES_NOTE):
        x.speaker.line(Line.NOTE_TAKEN)
    is_partly = any(met.is_half for met in x.now)
    if not (has_answered or is_partly) and not _go_on(x):
        return _end(x, Phase.BROKEN_OFF, Line.DISAPPOINTED)
    return _finish(x)


def _be_civil(x: _Turn) -> None:
    """Answer a greeting once, and small talk where there is nothing else."""
    speaker = x.speaker
    if x.heard.has(Act.GREET, Act.INTRODUCE) and not speaker.times(Line.GREET):
        speaker.line(Line.GREET)
    elif x.heard.has(Act.SMALL_TALK) and set(x.heard.acts) <= _SOCIAL:
        speaker.line(Line.SMALL_TALK)


def _answer(x: _Turn) -> bool:
    """Answer what was asked: from details, then facts, else promise to check.

    Whether there was an answer after which the learner may go on.
    """
    if x.is_probe:
        x.speaker.line(Line.IN_ROLE)
    asks = x.heard.has(Act.ASK, Act.REQUEST)
    if not asks and not x.heard.has(Act.SMALL_TALK):
        return False
    found = [d for d in x.version.details if says(x.text, d.says, questions=True)]
    answered = sum(x.speaker.say(Say(detail=detail.id)) for detail in found[:ANSWERED])
    x.asks = bool(answered) or x.heard.has(Act.ASK)
    if answered or x.is_probe or not asks:
        return bool(answered) and asks
    open_question = (Topic.OTHER,) if x.heard.has(Act.ASK) else ()
    topics = () if x.now else x.heard.topics or open_question
    answered = sum(x.speaker.say(Say(topic=topic)) for topic in topics[:ANSWERED])
    if topics and not answered:
        x.speaker.line(Line.CHECK)
    return bool(answered)


def _thank(x: _Turn) -> None:
    """Say thanks for what is met, the dearest first; of what is met by half, what is missing."""
    by_worth = sorted(x.now, key=lambda met: -x.version.wish(met.wish).points)
    whole = [met for met in by_worth if not met.is_half]
    for met in whole[:THANKED]:
        x.speaker.say(Say(wish=met.wish, about=WishLine.THANK))
    for met in [met for met in by_worth if met.is_half][:1]:
        if x.speaker.say(Say(wish=met.wish, about=WishLine.PARTLY)):
            _remember(x, met.wish)


def _takes_leave(x: _Turn) -> bool:
    is_parting = x.heard.has(Act.CLOSE) and set(x.heard.acts) <= _PARTING
    return is_parting and not x.now


def _hold_back(x: _Turn) -> tuple[Talk, Reply]:
    """The learner takes leave too early: insist once, then let go."""
    if x.talk.closing:
        return _end(x, Phase.LEFT, Line.DISAPPOINTED)
    x.talk = replace(x.talk, closing=True)
    x.evades = True
    if not _go_on(x):
        return _end(x, Phase.LEFT, Line.DISAPPOINTED)
    return _finish(x)


def _count(x: _Turn) -> None:
    """How much patience this message has cost."""
    heard = x.heard
    is_first_word = x.talk.turn == 1 and set(heard.acts) <= _SOCIAL
    if x.now:
        x.talk = replace(x.talk, idle_in_row=0)
    elif not x.asks and not is_first_word:
        cost = _REFUSAL if heard.has(Act.REJECT) else 1
        x.talk = replace(x.talk, idle_in_row=x.talk.idle_in_row + cost)
        x.evades = True


def _go_on(x: _Turn) -> bool:
    """Press what was evaded, else bring up the next wish; ``False``: nothing left to say."""
    current = x.current
    if x.evades and current and _press(x, current):
        return True
    met = {one.wish for one in x.talk.met}
    raised = x.talk.raised
    free = [wish for wish in x.unmet if wish.after is None or wish.after in met]
    fresh = [wish for wish in free if wish.id not in raised]
    known = [wish for wish in x.unmet if wish.id in raised]
    if x.now or not current:
        ranked = [*known, *fresh] if known and not x.evades else [*fresh, *known]
    else:
        ranked = [current, *fresh, *known]
    for wish in ranked:
        if x.speaker.say(Say(wish=wish.id, about=WishLine.RAISE)):
            _remember(x, wish.id)
            return True
    return any(_press(x, wish) for wish in ranked) or x.speaker.line(Line.WAITING)


def _press(x: _Turn, wish: Wish) -> bool:
    if not x.speaker.say(Say(wish=wish.id, about=WishLine.PRESS)):
        return False
    x.talk = replace(x.talk, pressed=(*x.talk.pressed, Pressed(wish=wish.id, turn=x.talk.turn)))
    _remember(x, wish.id)
    return True


def _remember(x: _Turn, wish: str) -> None:
    rest = tuple(id for id in x.talk.raised if id != wish)
    x.talk = replace(x.talk, raised=(*rest, wish))


def awaited(version: Version, talk: Talk) -> Wish | None:
    """What the counterpart waits for; at the end, when all is met, what is dearest to it."""
    whole = {met.wish for met in talk.met if not met.is_half}
    open_ones = [wish for wish in version.wishes if wish.id not in whole]
    raised = [id for id in talk.raised if id in {wish.id for wish in open_ones}]
    if raised:
        return version.wish(raised[-1])
    return next(iter(open_ones), max(version.wishes, key=lambda w: w.points, default=None))


def notes(version: Version, talk: Talk) -> tuple[Note, ...]:
    """What the learner has promised."""
    met = {one.wish: one for one in talk.met}
    return tuple(
        Note(text=wish.note, day=met[wish.id].day, days=met[wish.id].days)
        for wish in version.wishes
        if wish.note and wish.id in met
    )


def _close(x: _Turn) -> tuple[Talk, Reply]:
    """All is met: sum up what was promised, or thank and part."""
    promised = notes(x.version, x.talk)
    if not promised:
        return _end(x, Phase.AGREED, Line.SATISFIED)
    if not x.speaker.say(Say(line=Line.RECAP, notes=promised)):
        return _end(x, Phase.BROKEN_OFF, Line.DISAPPOINTED)
    x.talk = replace(x.talk, phase=Phase.CONFIRMING)
    return _finish(x)


def _confirm(x: _Turn) -> tuple[Talk, Reply]:
    """The recap waits for a yes; what was promised may be put right."""
    heard = x.heard
    _answer(x)
    if x.talk.turn >= LONGEST:
        return _end(x, Phase.BROKEN_OFF, Line.DISAPPOINTED)
    if notes(x.version, x.talk) != x.talk.recap:
        return _close(x)
    if heard.has(Act.REJECT) or heard.disputed:
        x.talk = replace(x.talk, phase=Phase.TALKING)
        x.speaker.line(Line.REVISE)
        return _finish(x)
    if heard.has(Act.ACCEPT, Act.CLOSE, Act.THANK, Act.PROMISE):
        return _end(x, Phase.AGREED, Line.SATISFIED)
    return _close(x)


def _end(x: _Turn, phase: Phase, line: Line) -> tuple[Talk, Reply]:
    x.talk = replace(x.talk, phase=phase)
    x.speaker.line(line)
    return _finish(x)


def _not_followed(x: _Turn, line: Line) -> tuple[Talk, Reply]:
    """Ask the learner to say it again, but not for ever."""
    foreign = line is Line.WRONG_LANGUAGE
    x.talk = replace(
        x.talk,
        unclear_in_row=x.talk.unclear_in_row + 1,
        wrong_language=x.talk.wrong_language + foreign,
    )
    is_enough = x.talk.unclear_in_row > x.patience or x.talk.turn >= LONGEST
    if is_enough or not (x.speaker.line(line) or x.speaker.line(Line.WAITING)):
        return _end(x, Phase.BROKEN_OFF, Line.DISAPPOINTED)
    return _finish(x)


def _finish(x: _Turn) -> tuple[Talk, Reply]:
    """Write down what was heard and said."""
    heard = Heard(turn=x.talk.turn, acts=x.heard.acts, topics=x.heard.topics)
    is_confirming = x.talk.phase is Phase.CONFIRMING
    talk = replace(
        x.talk,
        heard=(*x.talk.heard, heard),
        recap=notes(x.version, x.talk) if is_confirming else (),
        used=x.speaker.used,
    )
    return talk, Reply(
        spoken=tuple(x.speaker.spoken),
        asks_confirmation=is_confirming,
        needs_hint=talk.unclear_in_row >= HINT_AFTER,
        needs_language=x.heard.foreign is not None and talk.wrong_language > 1,
    )
