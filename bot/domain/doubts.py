"""What the buyer asks back about, between which two meanings, and what the answer settles.

Decides what is worth a question: a figure or an option that reads two ways, a price in another
currency, an act that is not plain. The words are ``wording``'s.
"""

from dataclasses import replace

from bot.domain.concession import on_the_table
from bot.domain.deal import NAMED, Deal, FigureIssue, IssueId, Offer
from bot.domain.exchange import ISSUE_OF, Exchange, topic_issues
from bot.domain.exercise import Line, Version
from bot.domain.reading import Reading, is_plausible
from bot.domain.talk import Meaning, Phase, Say, Talk
from bot.domain.understanding import Act, Mention, Stance, Understanding

_ASKED_FOR = (Act.OFFER, Act.ACCEPT)
"""What the buyer can ask for with a yes or a no, the first in a pair that is one of these."""


def meanings(talk: Talk) -> tuple[Meaning, ...]:
    """The two meanings the buyer waits to be told apart; none when it waits for none."""
    if not talk.doubt or talk.phase is not Phase.TALKING:
        return ()
    if talk.unsure:
        asked = _asked(talk.unsure)
        return tuple(
            Meaning(act=act, offer=talk.doubt[0], is_yes=act is asked) for act in talk.unsure
        )
    if talk.foreign:
        own = Meaning(offer=talk.doubt[0], is_yes=True)
        return own, Meaning(foreign=talk.foreign, is_yes=False)
    return tuple(Meaning(offer=one, is_yes=not index) for index, one in enumerate(talk.doubt))


def _asked(pair: tuple[Act, ...]) -> Act | None:
    return next((act for act in _ASKED_FOR if act in pair), None)


def settle(
    version: Version, talk: Talk, heard: Understanding, reading: Reading
) -> tuple[Understanding, Reading]:
    """A bare yes or no after the buyer asked back is the meaning it stands for."""
    is_bare = not (heard.terms or heard.foreign or heard.references or heard.mentions)
    if not is_bare or not heard.has(Act.ACCEPT, Act.REJECT):
        return heard, reading
    is_yes = not heard.has(Act.REJECT)
    meant = next((one for one in meanings(talk) if one.is_yes is is_yes), None)
    if meant is None:
        return heard, reading
    acts = tuple(act for act in heard.acts if act not in (Act.ACCEPT, Act.REJECT))
    told = replace(heard.without_answers(), acts=(*acts, meant.act), doubt=None)
    topics = tuple(topic for topic, id in ISSUE_OF.items() if id in meant.offer.issues)
    match meant.act:
        case Act.ASK:
            return replace(told, topics=topics, mentions=_of(meant, Stance.ASKED)), Reading()
        case Act.REJECT:
            if len(meant.offer.issues) > 1:
                return told, Reading()
            refused = _of(meant, Stance.DISPUTED)
            return replace(told, disputed=topics, mentions=refused), Reading()
    if meant.foreign:
        return told, Reading(foreign=meant.foreign)
    if _is_within(version.deal, meant.offer):
        return told, Reading(offer=meant.offer)
    return told, Reading(misfits=meant.offer.issues)


def _of(meant: Meaning, stance: Stance) -> tuple[Mention, ...]:
    ids = [id for id in meant.offer.issues if id in NAMED]
    return tuple(Mention(issue=id, stance=stance) for id in ids)


def _is_within(deal: Deal, offer: Offer) -> bool:
    issues = [issue for issue in deal.issues if isinstance(issue, FigureIssue)]
    return all(
        issue.low <= offer.figures[issue.id] <= issue.high
        for issue in issues
        if issue.id in offer.figures
    )


def is_understood(x: Exchange) -> bool:
    """Whether a message says anything at all."""
    heard = x.heard
    says_something = bool(set(heard.acts) - {Act.OTHER})
    points = bool(heard.references or heard.granted or heard.disputed or heard.mentions)
    return says_something or bool(heard.terms) or points or x.is_probe


def concerned(x: Exchange) -> Offer:
    """What an unsure act is about: empty when it is not worth a question."""
    pair = x.heard.doubt
    if pair is None or x.before.unsure or not x.reading.is_clear or _asked(pair) is None:
        return Offer()
    table = on_the_table(x.deal, x.before)
    if Act.OFFER in pair:
        makes_no_difference = Act.ACCEPT in pair and not table.differing(x.reading.offer)
        return Offer() if makes_no_difference else x.reading.offer
    issues = topic_issues(x.heard)
    return x.reading.offer or table.only(issues) or table


def ask_which(x: Exchange, about: Offer) -> None:
    """Ask back which of two acts is meant; neither is done."""
    pair = x.heard.doubt or ()
    line = Line.UNCLEAR_OFFER if _asked(pair) is Act.OFFER else Line.UNCLEAR_YES
    acts = tuple(act for act in x.heard.acts if act not in pair)
    x.heard = replace(x.heard.without_answers(), acts=acts)
    x.talk = replace(x.talk, doubt=(about,), unsure=pair)
    x.excuses = True
    x.speaker.say(Say(line=line, first=about))


def ask_back(x: Exchange) -> None:
    """Ask about the first thing that could be read in two ways or not at all."""
    reading, speaker = x.reading, x.speaker
    if reading.doubts:
        doubt = reading.doubts[0]
        is_option = bool(doubt.first.choices)
        line = Line.UNCLEAR_OPTION if is_option else Line.UNCLEAR_FIGURE
        speaker.say(Say(line=line, first=doubt.first, second=doubt.second))
        x.talk = replace(x.talk, doubt=(doubt.first, doubt.second))
        x.excuses = True
    elif reading.foreign:
        _ask_for_currency(x)
    elif reading.is_unresolved:
        speaker.line(Line.UNCLEAR_REFERENCE)
        x.excuses = True


def _ask_for_currency(x: Exchange) -> None:
    """Whether the figure is meant in the deal's currency, if it can be; else for one in it."""
    named = x.reading.foreign
    assert named is not None, "asked only about a price in another currency"
    issue = x.deal.issue(IssueId.PRICE)
    own = Offer(figures={IssueId.PRICE: named.amount})
    x.talk = replace(x.talk, asked=IssueId.PRICE)
    can_be_own = isinstance(issue, FigureIssue) and is_plausible(issue, named.amount)
    if not can_be_own or x.before.foreign == named:
        x.speaker.say(Say(line=Line.CURRENCY, currency=x.deal.currency))
        return
    x.speaker.say(Say(line=Line.UNCLEAR_CURRENCY, foreign=named, second=own))
    x.talk = replace(x.talk, doubt=(own,), foreign=named)
    x.excuses = True
