"""Notes, the table of the issues, suggestions and sums, as a learner reads them."""

from dataclasses import replace

import pytest

from bot.domain.languages import Interface, Language
from bot.domain.messages import Brief, Calculation
from bot.domain.preparation import Preparation, Step
from tests.channels.render.exhibits import (
    ID,
    contents,
    library,
    lines_with,
    make_limit,
    make_notes,
    make_table,
    played,
    step,
    text,
)

CONTENTS = contents()
EN, DE, FR, ZH = Interface.EN, Interface.DE, Interface.FR, Interface.ZH


def total(typed: str, interface: Interface = EN) -> list[str]:
    """The lines about a sum in the running talk."""
    shown = Calculation(text=typed, exercise_id=ID, language=Language.DE)
    return text(shown, interface).splitlines()


# --- before ------------------------------------------------------------------------------------


def test_note_is_read_back_with_its_points_added_up() -> None:
    html = text(step(make_notes(), answered=Step.TARGET, asks=Step.OPENING))
    (read,) = lines_with("= <b>50 points</b>", html)
    assert "price 8.40 EUR (30)" in read
    assert "(20)" in read
    assert "2 of 5" in read


def test_note_that_nobody_can_read_is_kept_and_said_to_be_so() -> None:
    notes = Preparation().answered(Step.TARGET, "a good price", make_limit().target)
    html = text(step(notes, answered=Step.TARGET, asks=Step.OPENING))
    assert "as you wrote it" in html
    assert lines_with("points</b>", html) == []
    assert "a good price" in text(Brief(exercise_id=ID, language=Language.DE, preparation=notes))


def test_limit_below_the_one_of_the_task_is_worked_out_once() -> None:
    html = text(CONTENTS["part of a limit too low"])
    (warning,) = lines_with("💡", html)
    assert "= 0 points" in warning
    assert "(20 points)" in warning
    assert "45 points" in warning
    assert len(lines_with("quantity 3,000 pieces", html)) == 1
    again = step(make_limit(), answered=Step.WALK_AWAY, asks=Step.QUESTIONS)
    assert lines_with("💡", text(again)) == []


@pytest.mark.parametrize("interface", Interface)
def test_every_question_says_where_one_is_and_the_first_how_to_answer(
    interface: Interface,
) -> None:
    for place, asked in enumerate(Step, start=1):
        html = text(step(Preparation(), asks=asked), interface)
        assert f"<b>{place}/4 " in html
        assert (len(html.splitlines()) > 1) == (asked is Step.TARGET)


def test_question_shows_what_was_written_before() -> None:
    html = text(step(make_notes(), asks=Step.QUESTIONS))
    assert "You wrote: “@help”" in html


def test_brief_shows_the_notes_instead_of_the_invitation_to_think() -> None:
    plain = Brief(exercise_id=ID, language=Language.DE)
    noted = replace(plain, preparation=make_notes())
    assert "Think first" in text(plain)
    assert "Think first" not in text(noted)
    assert len(lines_with("• <b>", text(noted))) == 3


# --- during ------------------------------------------------------------------------------------


def test_table_has_a_line_for_every_issue_and_the_learners_points() -> None:
    deal = library().exercises[ID].versions[Language.DE].deal
    html = text(CONTENTS["table"])
    rows = [line for line in html.splitlines() if line.startswith(("✅", "↔", "▫"))]
    assert len(rows) == len(deal.issues)
    assert lines_with(f"{deal.learner_reservation} points", html)


def test_table_without_points_has_none() -> None:
    shown = make_table(played("conceder").talks[4], has_points=False)
    assert "points" not in text(shown)
    assert lines_with("price", text(shown))


@pytest.mark.parametrize(
    ("interface", "written"),
    [
        (EN, "5,000 × 8.20 EUR = <b>41,000.00 EUR</b>"),
        (DE, "5.000 × 8,20 EUR = <b>41.000,00 EUR</b>"),
        (FR, "5\u202f000 × 8,20 EUR = <b>41\u202f000,00 EUR</b>"),
        (ZH, "5,000 × 8.20 EUR = <b>41,000.00 EUR</b>"),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(interface: Interface, written: str) -> None:
    first = total("5000 x 8.20", interface)[0].replace("\u00a0", " ")
    assert first == written


def test_sum_about_the_deal_shows_what_is_left_over_the_own_cost() -> None:
    assert total("5000 x 8.20 - 5%")[1].startswith("7.79 EUR − cost 5.90 EUR = <b>1.89 EUR</b>")
    assert len(total("5000 x USD 8.20")) == 1
    assert len(total("5000 x 120")) == 1


def test_what_is_rounded_is_said_to_be_about_that() -> None:
    cif = total("cif 8.20 freight 0.35 ins 0.3%")
    assert cif[1].endswith("≈ <b>8.58 EUR</b>")
    assert "9.44 EUR" in cif[2]
    assert total("8.20 + 3%")[0] == "8.20 EUR + 3% = <b>8.446 EUR</b> (+0.246 EUR)"


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("5000 x", "5000 x "),
        ("8.20 - 5", " - 5%"),
        ("cif 8.20 freight", "cif "),
        ("margin", "margin "),
        ("5000 x 8.20 EUR - 5% USD", "- 5%"),
        ("9999999999999 x 2", " x "),
        ("0 x 5", " x "),
        ("cif 8.20 freight 0.35 ins 95%", "cif "),
        ("8.20 ?", " x "),
    ],
)
def test_what_is_no_sum_is_answered_with_its_place_and_an_example(
    typed: str, example: str, interface: Interface
) -> None:
    *what, shown = total(typed, interface)
    assert what
    assert example in shown
    assert "<code>/calc " in shown


def test_examples_work() -> None:
    how = text(Calculation(text=""))
    examples = [line.split("/calc ")[1].split("</code>")[0] for line in lines_with("/calc", how)]
    assert len(examples) == 4
    for example in examples:
        assert "/calc" not in text(Calculation(text=example))
