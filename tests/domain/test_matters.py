"""Issues that no trade term names: what is said of them, and how the buyer takes it."""

from decimal import Decimal
from random import Random

import pytest

from bot.domain import negotiation
from bot.domain.concession import grain
from bot.domain.deal import FigureIssue, IssueId, Offer
from bot.domain.exercise import Line, issue_of, line_for
from bot.domain.reading import matters, read
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Span
from bot.domain.understanding import (
    Act,
    Change,
    Measure,
    Mention,
    Reference,
    Stance,
    Topic,
    Understanding,
    Whose,
)

from .agency import make_agency
from .factories import TODAY, make_phrases, say
from .talking import go_on, lines, talk_of

VERSION = make_agency()
DEAL = VERSION.deal
SHARE, PERIOD, SCOPE, SERVICE = (
    IssueId.SHARE,
    IssueId.PERIOD,
    IssueId.SCOPE,
    IssueId.SERVICE,
)


def put(issue: IssueId, value: str | None) -> Mention:
    is_figure = isinstance(DEAL.issue(issue), FigureIssue)
    amount = Decimal(value) if is_figure and value else None
    option = None if is_figure else value
    return Mention(issue=issue, stance=Stance.PUT, amount=amount, option=option)


def told(*mentions: Mention, acts: tuple[Act, ...] = (Act.OFFER,)) -> Understanding:
    return Understanding(acts=acts, mentions=mentions)


def of(issue: IssueId, stance: Stance) -> Mention:
    return Mention(issue=issue, stance=stance)


WHOLE = (put(SHARE, "8"), put(PERIOD, "24"), put(SCOPE, "germany"), put(SERVICE, "online"))


def test_what_is_put_is_read_as_an_offer() -> None:
    reading = read(DEAL, say().terms, talk=Talk(), today=TODAY, mentions=WHOLE)
    assert reading.offer == Offer(
        figures={SHARE: Decimal(8), PERIOD: Decimal(24)},
        choices={SCOPE: "germany", SERVICE: "online"},
    )
    assert reading.is_clear


def test_of_several_figures_the_last_counts() -> None:
    twice = (put(SHARE, "6"), put(SHARE, "9"))
    reading = read(DEAL, say().terms, talk=Talk(), today=TODAY, mentions=twice)
    assert reading.offer == Offer(figures={SHARE: Decimal(9)})


@pytest.mark.parametrize("stance", [Stance.ASKED, Stance.GRANTED, Stance.DISPUTED])
def test_what_is_only_spoken_of_is_no_offer(stance: Stance) -> None:
    spoken = (of(SHARE, stance),)
    assert not read(DEAL, say().terms, talk=Talk(), today=TODAY, mentions=spoken).offer


@pytest.mark.parametrize(("issue", "value"), [(SHARE, "2"), (SHARE, "60"), (PERIOD, "6")])
def test_what_cannot_be_discussed_is_beyond(issue: IssueId, value: str) -> None:
    reading = read(DEAL, say().terms, talk=Talk(), today=TODAY, mentions=(put(issue, value),))
    assert reading.beyond == Offer(figures={issue: Decimal(value)})
    assert not reading.offer


def test_buyer_asks_which_of_two_options_is_meant_and_the_answer_settles_it() -> None:
    talk, reply = talk_of(told(put(SCOPE, "dach"), put(SCOPE, "germany")), version=VERSION)
    assert lines(reply)[0] is Line.UNCLEAR_OPTION
    assert talk.excused == 1
    assert talk.offered.value(SCOPE) is None
    talk, _ = go_on(talk, told(put(SCOPE, "dach")), version=VERSION)
    assert talk.offered.value(SCOPE) == "dach"


def test_buyer_sets_its_own_wish_against_what_is_no_option() -> None:
    _, reply = talk_of(told(put(SCOPE, None)), version=VERSION)
    named = [say.say.ours for say in reply.spoken if say.say.ours]
    assert named[0].value(SCOPE) == "dach"


def test_question_about_it_is_answered_with_the_own_wish() -> None:
    asking = Understanding(acts=(Act.ASK,), mentions=(of(SHARE, Stance.ASKED),))
    talk, reply = talk_of(asking, version=VERSION)
    assert Line.ANSWER_SHARE in lines(reply)
    assert Line.CHECK not in lines(reply)
    assert SHARE in talk.spoken


def test_what_is_granted_by_name_is_the_buyers_value() -> None:
    talk, _ = talk_of(
        Understanding(acts=(Act.ASK,), mentions=(of(SHARE, Stance.ASKED),)),
        Understanding(acts=(Act.ACCEPT,), mentions=(of(SHARE, Stance.GRANTED),)),
        version=VERSION,
    )
    assert talk.offered == Offer(figures={SHARE: Decimal(12)})


def test_what_is_disputed_by_name_stays_open() -> None:
    talk, reply = talk_of(
        Understanding(acts=(Act.ASK,), mentions=(of(PERIOD, Stance.ASKED),)),
        Understanding(acts=(Act.REJECT,), mentions=(of(PERIOD, Stance.DISPUTED),)),
        version=VERSION,
    )
    assert talk.disputed == (PERIOD,)
    assert {Line.ASK_PERIOD, Line.PUSH_PERIOD, Line.ANSWER_PERIOD} & set(lines(reply))


def test_more_or_less_of_it_is_counted_from_what_was_said() -> None:
    more = Reference(
        issue=SHARE, change=Change(measure=Measure.AMOUNT, by=Decimal("1.5")), whose=Whose.OWN
    )
    talk, _ = talk_of(
        told(put(SHARE, "6")),
        Understanding(acts=(Act.OFFER,), references=(more,)),
        version=VERSION,
    )
    assert talk.offered == Offer(figures={SHARE: Decimal("7.5")})


def test_agreement_on_all_of_them_is_summed_up_and_signed() -> None:
    talk, _ = talk_of(version=VERSION)
    generous = (put(SHARE, "12"), put(PERIOD, "36"), put(SCOPE, "dach"), put(SERVICE, "on_site"))
    talk, reply = go_on(talk, told(*generous), version=VERSION)
    assert lines(reply)[-1] is Line.SUMMARY
    talk, _ = go_on(talk, say(Act.ACCEPT), version=VERSION)
    assert talk.phase is Phase.AGREED
    assert talk.agreement is not None
    assert talk.agreement.issues == (SHARE, PERIOD, SCOPE, SERVICE)


def test_context_tells_the_matters_and_which_was_asked_about() -> None:
    talk, _ = negotiation.start(VERSION, rng=Random(1), phrases=make_phrases())
    talk, _ = go_on(talk, say(Act.GREET), version=VERSION)
    context = negotiation.context(VERSION, talk)
    assert context.matters == matters(DEAL)
    assert context.asked is None
    assert context.matter == talk.asked


def test_matters_carry_words_and_no_points() -> None:
    share, period, scope, _ = matters(DEAL)
    assert (share.called, period.unit) == ("the commission", Span.MONTH)
    assert (share.least, share.most) == (Decimal("2.5"), Decimal(24))
    assert scope.options["germany"] == ("Germany only", "only Germany", "Germany")


def test_periods_are_named_in_round_steps() -> None:
    period = DEAL.issue(PERIOD)
    assert isinstance(period, FigureIssue)
    assert grain(period) == 6


def test_lines_about_an_issue_know_it() -> None:
    assert issue_of(line_for("push", SCOPE)) is SCOPE
    assert issue_of(Line.COUNTER) is None


def test_question_about_something_else_is_still_checked() -> None:
    _, reply = talk_of(Understanding(acts=(Act.ASK,), topics=(Topic.OTHER,)), version=VERSION)
    assert Line.CHECK in lines(reply)
