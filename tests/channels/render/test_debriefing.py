"""The debrief: the arithmetic in words, the way there, the language, what to try next."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.channels.render import Picture
from bot.channels.render.formats import gain, points
from bot.domain.deal import IssueId, Offer, Side
from bot.domain.feedback import FindingKind
from bot.domain.languages import Interface, Language
from bot.domain.marks import assess
from bot.domain.messages import Debrief
from bot.domain.session import Attempt
from bot.domain.talk import Heard, Phase, Step, Talk, Trick, TrickKind
from bot.domain.understanding import Act, Topic
from tests.channels.render.exhibits import (
    find,
    library,
    lines_with,
    make_attempt,
    make_corrections,
    outgoing,
    played,
    renderer,
    texts,
)
from tests.domain.factories import SCRIPTS
from tests.emulator.markup import parse_html

EN = Interface.EN
DEAL = played("conceder")
VERSION = DEAL.version
PRICE = Offer(figures={IssueId.PRICE: Decimal("7.60")})


def debriefed(attempt: Attempt, interface: Interface = EN) -> tuple[str, str]:
    """The caption of the map, and the words below it."""
    caption, words = texts(Debrief(attempt=attempt, examples=()), interface)
    return caption, words


def result(talk: Talk, interface: Interface = EN) -> list[str]:
    """The lines under the map."""
    return debriefed(make_attempt(talk), interface)[0].splitlines()


def signed(offer: Offer) -> Talk:
    return replace(DEAL.last, phase=Phase.AGREED, agreement=offer)


def test_sum_is_told_with_its_parts() -> None:
    marks = assess(VERSION, DEAL.last)
    head, parts, *_ = result(DEAL.last)
    mine = points(marks.agreement.learner if marks.agreement else Decimal(0), EN)
    assert head == f"<b>Deal!</b> You have <b>{mine}</b> points (your limit: 45)."
    told = [part.rpartition("(")[2].rstrip(")") for part in parts.partition(" = ")[2].split(" + ")]
    assert told == [points(part.points, EN) for part in marks.parts]
    assert parts.startswith(f"{mine} = ")


def test_deal_below_the_limit_is_said_to_be_one() -> None:
    worst = max(VERSION.deal.outcomes, key=lambda outcome: outcome.buyer)
    head, *rest = result(signed(worst.offer))
    assert head.startswith("<b>Deal, but below your limit.</b>")
    assert lines_with("you took 0% of what there was", rest)


def test_best_deal_leaves_nothing_to_trade() -> None:
    best = VERSION.deal.best_for_learner
    lines = result(signed(best.offer))
    assert lines[-1].startswith("Nothing was left to trade here")
    assert lines_with("you took 100% of what there was", lines)


@pytest.mark.parametrize(
    ("phase", "head"),
    [
        (Phase.BROKEN_OFF, "<b>No deal.</b> The buyer broke off the talk."),
        (Phase.LEFT, "<b>No deal.</b> You ended the talk."),
    ],
)
def test_no_deal_says_who_ended_it_and_what_was_possible(phase: Phase, head: str) -> None:
    best = points(VERSION.deal.best_for_learner.learner, EN)
    assert result(replace(DEAL.last, phase=phase, agreement=None)) == [
        head,
        f"Up to {best} points were possible with this buyer; your limit was 45.",
    ]


def test_swap_is_better_for_both_by_what_it_says() -> None:
    marks = assess(VERSION, DEAL.last)
    swap, agreed = marks.swap, marks.agreement
    assert swap is not None and agreed is not None
    (line,) = lines_with("Better for both", debriefed(make_attempt())[1])
    assert line.count("instead of") == len(swap.issues)
    assert f"You: {points(swap.outcome.learner, EN)} points (+" in line
    assert (
        f"the buyer: {points(VERSION.deal.payoff(Side.BUYER, swap.outcome.offer), EN)} (+" in line
    )


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("script", SCRIPTS)
def test_any_talk_can_be_debriefed(script: str, language: Language, interface: Interface) -> None:
    attempt = make_attempt(played(script, language).last, language=language)
    for html in debriefed(attempt, interface):
        assert "{" not in parse_html(html)[0]
        assert all(line.strip() for line in html.split("\n\n"))


def better_lines(words: str) -> list[str]:
    """The better sentences."""
    return [line for line in words.splitlines() if line.startswith("→ <i>")]


def test_every_class_that_was_judged_is_told_and_counted() -> None:
    for script in SCRIPTS:
        talk = played(script).last
        classes = assess(VERSION, talk).classes
        words = debriefed(make_attempt(talk))[1]
        lines = words.splitlines()
        assert len([line for line in lines if line.startswith(("✓ ", "✗ "))]) == len(classes)
        good = sum(mark.good for mark in classes)
        assert lines[0] == (
            f"<b>Eight points of bargaining:</b> {good} of the {len(classes)} that could be judged"
        )


def test_whatever_went_wrong_comes_with_a_better_sentence_in_the_practice_language() -> None:
    for script in SCRIPTS:
        talk = played(script).last
        wrong = [m for m in assess(VERSION, talk).classes if not m.good and m.better]
        assert len(better_lines(debriefed(make_attempt(talk))[1])) == len(wrong)


def test_better_sentence_has_the_learners_own_figures() -> None:
    start = Step(turn=1, side=Side.LEARNER, offer=PRICE)
    low = Talk(phase=Phase.LEFT, turn=1, path=(start,))
    (sentence,) = better_lines(debriefed(make_attempt(low))[1])
    assert "8,80" in sentence


def test_other_sessions_get_other_sentences_and_the_same_one_the_same() -> None:
    talk = played("price only").last
    told = [
        tuple(better_lines(debriefed(replace(make_attempt(talk), session_id=id))[1]))
        for id in (1, 1, 2, 3, 4)
    ]
    assert told[0] == told[1]
    assert len(set(told)) > 2


def test_nothing_is_advised_more_than_twice() -> None:
    for script in SCRIPTS:
        lines = debriefed(make_attempt(played(script).last))[1].splitlines()
        advised = [line for line in lines if line.startswith("→ ") and "<i>" not in line]
        assert 1 <= len(advised) <= 2


def test_talk_in_which_nothing_was_amiss_leads_to_another_language() -> None:
    best = VERSION.deal.best_for_learner
    heard = (Heard(turn=1, acts=(Act.GREET, Act.ASK), topics=(Topic.MARKET, Topic.COMPANY)),)
    flawless = Talk(phase=Phase.AGREED, turn=3, agreement=best.offer, heard=heard)
    lines = debriefed(make_attempt(flawless))[1].splitlines()
    assert lines[-1] == "→ Try the same deal in another language: other people, other manners."


# --- figures -----------------------------------------------------------------------------------


def test_concessions_are_told_as_arithmetic_that_adds_up() -> None:
    process = assess(VERSION, DEAL.last).process
    words = debriefed(make_attempt())[1]
    given, received = points(process.given, EN), points(process.received, EN)
    assert f"{len(process.concessions)} concessions: {given} points given" in words
    assert f"{received} received" in words
    assert len(lines_with("• turn ", words)) == len(process.concessions)


def test_share_of_the_surplus_is_told_as_a_fraction() -> None:
    marks = assess(VERSION, DEAL.last)
    assert marks.agreement is not None and marks.surplus_share is not None
    mine, best = (points(o.learner, EN) for o in (marks.agreement, marks.best))
    share = f"{marks.surplus_share * 100:.0f}%"
    (line,) = lines_with("Above your limit", debriefed(make_attempt())[1])
    assert line == f"Above your limit: ({mine} − 45) ÷ ({best} − 45) = {share}"


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize("kind", TrickKind)
def test_every_trick_is_named_with_its_turn(kind: TrickKind, interface: Interface) -> None:
    tricked = replace(DEAL.last, tricks=(Trick(turn=2, kind=kind),))
    plain, more = (
        debriefed(make_attempt(talk), interface)[1].splitlines() for talk in (DEAL.last, tricked)
    )
    head, line = (row for row in more if row not in plain)
    name = renderer().messages.pair(interface, f"trick.{kind}")[0]
    assert head.startswith("<b>")
    assert name in line and "2" in line


@pytest.mark.parametrize("interface", Interface)
def test_error_that_changed_an_offer_is_commercial_and_apart(interface: Interface) -> None:
    first, *rest = DEAL.last.heard
    figures = {IssueId.PRICE: Decimal("8.00")}
    slipped = replace(first, readings=(Offer(figures=figures), PRICE))
    talk = replace(DEAL.last, heard=(slipped, *rest))
    marks = assess(VERSION, talk)
    assert marks.agreement == assess(VERSION, DEAL.last).agreement
    (slip,) = marks.slips
    (line,) = lines_with("8", language_section(talk, interface)[1:])
    assert points(slip.points or Decimal(0), interface) in line


def language_section(talk: Talk, interface: Interface) -> list[str]:
    """The lines about errors that changed an offer."""
    words = debriefed(make_attempt(talk), interface)[1]
    return next(part for part in words.split("\n\n") if part.startswith("⚠")).splitlines()


# --- the twin ----------------------------------------------------------------------------------


@pytest.mark.parametrize("interface", Interface)
def test_two_attempts_stand_side_by_side(interface: Interface) -> None:
    earlier = make_attempt(played("price only").last, words=100, days_ago=1)
    later = make_attempt(words=200)
    words = texts(Debrief(attempt=later, examples=(), twin=earlier), interface)[1]
    rows = words.split("\n\n")[-2].splitlines()[1:]
    assert len(rows) == 7
    assert all(parse_html(row)[0].startswith("• ") for row in rows)
    before, after = (assess(VERSION, one.talk) for one in (earlier, later))
    assert before.gain is not None and after.gain is not None
    assert f"{gain(before.gain, interface)} → {gain(after.gain, interface)}" in rows[0]
    assert rows[-1].endswith(
        f"{points(Decimal(4), interface)} → {points(Decimal(2), interface)} ▲"
    )


def test_attempt_without_a_deal_is_compared_too() -> None:
    lost = make_attempt(replace(DEAL.last, phase=Phase.LEFT, agreement=None))
    words = texts(Debrief(attempt=make_attempt(), examples=(), twin=lost))[1]
    assert len(lines_with("no deal →", words)) == 3


# --- language ----------------------------------------------------------------------------------


def language_lines(attempt: Attempt, *examples: str) -> list[str]:
    """The lines about the language, below their heading."""
    shown = tuple(make_corrections(said, find(said, "lamp", "lamps")) for said in examples)
    words = texts(Debrief(attempt=attempt, examples=shown))[1]
    section = words.partition("<b>Language</b>")[2].partition("\n\n")[0]
    return [line for line in section.splitlines()[1:] if "÷" not in line]


def test_no_remark_is_praised() -> None:
    assert language_lines(make_attempt(kinds={}, words=80)) == [
        "80 words and nothing to correct. Well done!"
    ]


def test_unchecked_is_never_told_as_without_errors() -> None:
    assert language_lines(make_attempt(kinds={}, unchecked=1)) == [
        "1 message could not be checked."
    ]


def test_kinds_are_told_most_frequent_first_with_an_example() -> None:
    kinds = {FindingKind.COMMA: 1, FindingKind.PLURAL: 3}
    assert language_lines(make_attempt(kinds=kinds), "Five lamp.") == [
        "• plural ×3: Five <s>lamp</s> → <b>lamps</b>.",
        "• comma ×1: ",
    ]


def test_four_kinds_are_enough() -> None:
    kinds = dict.fromkeys(FindingKind, 1)
    assert len(language_lines(make_attempt(kinds=kinds))) == 4


def test_map_is_described_for_those_who_do_not_see_it() -> None:
    shown = renderer().render(outgoing(Debrief(attempt=make_attempt(), examples=()), EN))
    picture = shown.parts[0]
    assert isinstance(picture, Picture)
    assert picture.alt.startswith("Deal map:")


def test_conversation_without_a_deal_has_no_map() -> None:
    found = [e for e in library().exercises.values() if e.versions[Language.DE].wishes]
    talk = Talk(phase=Phase.LEFT, turn=1, heard=(Heard(turn=1, acts=(Act.APOLOGISE,)),))
    for exercise in found:
        attempt = make_attempt(talk, exercise_id=exercise.id)
        assert len(texts(Debrief(attempt=attempt, examples=()))) == 1
    assert found
