"""The debrief: the arithmetic in words, the way there, the language, what to try next."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.channels.render import Picture
from bot.channels.render.formats import points
from bot.domain.deal import Offer, Side
from bot.domain.feedback import FindingKind
from bot.domain.languages import Interface, Language
from bot.domain.marks import assess
from bot.domain.messages import Debrief
from bot.domain.session import Attempt
from bot.domain.talk import Phase, Talk
from tests.channels.render.exhibits import (
    find,
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


def test_at_most_three_good_and_three_bad_things_are_seen() -> None:
    for script in SCRIPTS:
        lines = debriefed(make_attempt(played(script).last))[1].splitlines()
        assert len([line for line in lines if line.startswith("✓")]) <= 3
        assert len([line for line in lines if line.startswith("✗")]) <= 3
        assert 1 <= len([line for line in lines if line.startswith("→")]) <= 2


def test_talk_in_which_nothing_was_amiss_leads_to_another_language() -> None:
    best = VERSION.deal.best_for_learner
    flawless = Talk(phase=Phase.AGREED, turn=3, agreement=best.offer)
    marks = assess(VERSION, flawless)
    advised = [line for line in debriefed(make_attempt(flawless))[1].splitlines() if "→" in line]
    bad = [seen for seen in marks.observations if not seen.good]
    assert len(advised) == max(1, min(2, len(bad)))


# --- language ----------------------------------------------------------------------------------


def language_lines(attempt: Attempt, *examples: str) -> list[str]:
    """The lines about the language, below their heading."""
    shown = tuple(make_corrections(said, find(said, "lamp", "lamps")) for said in examples)
    words = texts(Debrief(attempt=attempt, examples=shown))[1]
    section = words.partition("<b>Language</b>")[2].partition("\n\n")[0]
    return section.splitlines()[1:]


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
