"""What the buyer says about a turn whose values ``negotiation`` has already settled.

Decides order, choice and length of a reply: answers first, then reactions, then the next step;
four sentences are a reply, ten are a wall. Changes no value of the talk.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain import tricks
from bot.domain.concession import cost, in_force, span
from bot.domain.deal import IssueId, Offer
from bot.domain.exchange import ISSUE_OF, SENTENCES, Exchange, topic_issues
from bot.domain.exercise import Line, line_for
from bot.domain.talk import Say, TrickKind
from bot.domain.understanding import Act, Stance, Topic

WARNING_TURNS = 2  # before the deadline
_ENOUGH = 7  # sentences; who has asked so many things at once hears of concessions later
_PACKAGE = 3  # issues in one counter-offer; more is a list, not talk
_TAKEN = 2  # values one says yes to in one reply

_TAKES_NOTE = (Act.INFORM, Act.PROMISE, Act.JUSTIFY, Act.APOLOGISE)


def be_civil(x: Exchange) -> None:
    """Answer a greeting once; small talk and thanks as the temper has it."""
    if x.heard.has(Act.GREET, Act.INTRODUCE) and not x.speaker.times(Line.GREET):
        x.speaker.line(Line.GREET)
        return
    is_social_only = not x.named and not x.heard.has(
        Act.ASK, Act.OFFER, Act.ACCEPT, Act.REJECT, Act.REQUEST
    )
    if x.heard.has(Act.SMALL_TALK) and (x.manner.small_talk or is_social_only):
        x.speaker.line(Line.SMALL_TALK)
    elif x.heard.has(Act.THANK) and is_social_only:
        x.speaker.line(Line.THANK)


def note_correction(x: Exchange) -> None:
    """Take note of a value that was put right."""
    if x.corrected:
        x.speaker.line(Line.CORRECTED, theirs=x.reading.offer.only(x.corrected))


def object_to(x: Exchange) -> None:
    """Set own values against what cannot be discussed or fits nothing."""
    if x.reading.beyond:
        x.speaker.line(Line.BEYOND, theirs=x.reading.beyond)
        put(x, x.reading.beyond.issues)
    if x.reading.misfits:
        put(x, x.reading.misfits)


def answer(x: Exchange) -> None:
    """Answer every question, from standing values or facts, or by promising to check."""
    if x.is_probe:
        x.speaker.line(Line.PROBE)
    if not x.heard.has(Act.ASK, Act.REQUEST):
        return
    is_request_only = not x.heard.has(Act.ASK)
    checks = False
    by_name = x.heard.mentioned(Stance.ASKED)
    for id in by_name:
        if id not in (*x.named.issues, *x.speaker.named) and not is_request_only:
            _answer_issue(x, id)
    is_bare = x.heard.acts == (Act.ASK,) and not by_name
    for topic in x.heard.topics or ((Topic.OTHER,) if is_bare else ()):
        if topic is Topic.OTHER and (x.is_probe or x.named):
            continue  # "how about it?" asks nothing beyond the offer it stands beside
        issue = ISSUE_OF.get(topic)
        if issue is not None and x.talk.standing.value(issue) is not None:
            known = (*x.named.issues, *x.speaker.named)
            if not is_request_only and issue not in known:
                _answer_issue(x, issue)
        elif x.version.facts.get(topic):
            x.speaker.say(Say(topic=topic))
        else:
            checks = True
    if checks:
        x.speaker.line(Line.CHECK)


def _answer_issue(x: Exchange, issue: IssueId) -> None:
    line = line_for("answer", issue)
    is_asked_again = issue in x.before.spoken and x.speaker.times(line) > 0
    if issue is IssueId.PRICE and (x.is_probe or is_asked_again):
        if not x.speaker.said(Line.PROBE):
            x.speaker.line(Line.PROBE)
        return
    ours = x.talk.standing.only([issue])
    if not x.speaker.line(line, ours=ours):
        x.speaker.line(Line.COUNTER, ours=ours)


def react(x: Exchange) -> None:
    """Say yes to what it can live with, press what matters, come towards the learner."""
    if x.trick and x.trick.kind is TrickKind.SILENCE:
        _try(x)
        return
    for id in _newly_taken(x)[:_TAKEN]:
        if x.has_room:
            x.speaker.line(line_for("take", id), theirs=x.talk.offered.only([id]))
    tried = _try(x)
    tied = (*x.promise.give.issues, *x.promise.want.issues) if x.promise else tried
    pushed = [id for id in x.gaps if id not in x.eased and id not in tied]
    refused = [id for id in pushed if id in x.disputed]
    pushed = pushed[: x.manner.pushes] if x.moved else refused[: x.manner.pushes]
    for id in pushed:
        if x.speaker.sentences < SENTENCES - 1:
            ours, theirs = x.talk.standing.only([id]), x.talk.offered.only([id])
            x.speaker.line(line_for("push", id), ours=ours, theirs=theirs)
    if x.promise:
        x.speaker.line(Line.CONDITION, give=x.promise.give, want=x.promise.want)
    _come_closer(x, pushed)


def _try(x: Exchange) -> tuple[IssueId, ...]:
    """Say the trick; the issues that are pressed by it."""
    if x.trick is None:
        return ()
    about = x.trick.offer
    x.speaker.line(tricks.LINES[x.trick.kind], theirs=about, ours=about)
    return about.issues


def _newly_taken(x: Exchange) -> list[IssueId]:
    """What the learner put on the table and the buyer now also says, the dearest first."""
    before = x.before.standing
    own = [
        id
        for id in {*x.before.spoken, *x.before.said.issues}
        if before.value(id) == x.talk.standing.value(id)
    ]
    taken = [
        id
        for id in x.named.issues
        if x.talk.standing.value(id) == x.talk.offered.value(id) and id not in own
    ]
    return sorted(taken, key=lambda id: -cost(x.deal, id, of=before, to=x.talk.standing))


def _come_closer(x: Exchange, pushed: list[IssueId]) -> None:
    """Name what is new, was asked for, or has to be set against what was pressed."""
    if x.speaker.sentences >= _ENOUGH:
        return
    asked = topic_issues(x.heard) if x.heard.has(Act.ASK) else ()
    due = [id for id in x.gaps if id in asked or id not in x.before.spoken]
    due = [id for id in due if id not in (*x.speaker.named, *x.eased)]
    eased = list(x.eased)
    if len(eased) == 1:
        ours = x.talk.standing.only(eased)
        if x.speaker.line(line_for("give", eased[0]), ours=ours):
            eased = []
    unnamed = eased + due
    if not x.eased:
        unnamed += [id for id in pushed if id not in (*unnamed, *x.speaker.named)]
    if unnamed and (x.has_room or eased or due):
        put(x, unnamed[: max(_PACKAGE, len(eased + due))])


def put(x: Exchange, issues: Iterable[IssueId]) -> bool:
    """Name the buyer's own values of ``issues``."""
    missing = [id for id in issues if id not in x.speaker.named]
    ours = _consistent(x, x.talk.standing.only(missing))
    if not ours:
        return False
    if len(missing) == 1 and x.speaker.line(line_for("answer", missing[0]), ours=ours):
        return True
    return x.speaker.line(Line.COUNTER, ours=ours)


def _consistent(x: Exchange, ours: Offer) -> Offer:
    """``ours`` with what was promised for terms it contains: no package undercuts a promise."""
    whole = in_force(x.deal, x.talk.standing, x.talk.promises)
    named = set(ours.issues)
    met = [p for p in x.talk.promises if set(p.want.issues) <= named]
    return whole.only(id for p in met for id in p.give.issues if id in named).over(ours)


def ask_for(x: Exchange, issue: IssueId) -> bool:
    """Ask for the learner's position and remember it."""
    if not x.speaker.line(line_for("ask", issue)):
        return False
    x.talk = replace(x.talk, asked=issue)
    return True


def go_on(x: Exchange) -> None:
    """Lead to the next step: what is open, what is not known yet, or that one stays put."""
    speaker = x.speaker
    if x.trick and x.trick.kind is TrickKind.SILENCE:
        return
    is_agreed_so_far = x.heard.has(Act.ACCEPT) and x.named and not x.gaps
    if is_agreed_so_far and x.open and not x.excuses:
        speaker.say(Say(line=Line.OPEN_ISSUES, issues=x.open))
    if not speaker.spoken and x.heard.has(*_TAKES_NOTE):
        speaker.line(Line.ACKNOWLEDGE)
    faces = _face(x) or _ask_why(x)
    is_stuck = not (x.moved or faces or x.corrected) and x.heard.has(
        Act.OFFER, Act.REJECT, Act.REQUEST, Act.ACCEPT
    )
    if is_stuck and x.reading.is_clear and not (x.eased or x.promise) and x.has_room:
        speaker.line(Line.HOLD)
    if x.has_room and not (x.excuses or faces):
        _ask_next(x)
    if not speaker.spoken:
        _say_something(x)
    if x.warns:
        speaker.line(Line.LAST_TURNS)


def _ask_why(x: Exchange) -> bool:
    """Ask for a reason, once per issue, where the learner goes back or refuses without one."""
    if x.heard.has(Act.JUSTIFY, Act.ASK) or x.excuses or x.trick or not x.has_room:
        return False
    before, now = x.before.offered, x.talk.offered
    back = [id for id in x.named.issues if cost(x.deal, id, of=before, to=now) > 0]
    refused = [id for id in x.disputed if id not in x.named.issues]
    if x.heard.has(Act.REJECT) and not (x.named or refused):
        refused = [id for id in x.before.named if id in x.open]
    for id in (*back, *refused):
        if id in (*x.talk.asked_why, *x.corrected):
            continue
        theirs = now.only([id]) if id in back else None
        ours = None if id in back else x.talk.standing.only([id])
        if x.speaker.line(Line.WHY, theirs=theirs, ours=ours):
            x.talk = replace(x.talk, asked=id, asked_why=(*x.talk.asked_why, id))
            return True
    return False


def _face(x: Exchange) -> bool:
    """Answer about what is refused without another value: ask for one, else repeat the own."""
    for id in x.disputed:
        if id in x.gaps or id in x.speaker.named or id in x.named.issues:
            continue
        is_new = not x.speaker.times(line_for("ask", id))
        return (is_new and ask_for(x, id)) or put(x, [id])
    return False


def _ask_next(x: Exchange) -> None:
    """Ask for the weightiest open issue; where it has asked before, name its own value once."""
    silent = [
        id for id in x.open if x.talk.offered.value(id) is None and id not in x.speaker.named
    ]
    silent.sort(key=lambda id: -span(x.deal, id))
    for id in silent:
        if not x.speaker.times(line_for("ask", id)) and ask_for(x, id):
            return
    unsaid = [id for id in silent if id not in x.talk.spoken]
    if unsaid:
        put(x, unsaid[:_PACKAGE])


def _say_something(x: Exchange) -> None:
    """Never silence: an own value, a refusal to move, any new sentence about the package."""
    candidates = [*x.gaps, *x.open]
    if candidates and put(x, candidates[:_PACKAGE]):
        return
    if not x.open and x.speaker.line(Line.SUMMARY, terms=x.talk.standing):
        return
    if not x.speaker.line(Line.HOLD):
        x.speaker.anything_about(x.talk.standing)
