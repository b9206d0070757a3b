"""Everything that is shown, in every interface language; the cards about exercises and texts."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import escape
from typing import get_args

import pytest

from bot.channels.render import Picture, Renderer
from bot.domain.deal import ChoiceIssue, Deal, FigureIssue
from bot.domain.exercise import Exercise
from bot.domain.feedback import FindingKind
from bot.domain.languages import Interface, Language
from bot.domain.messages import Brief, Button, BuyerSays, Content, Due, LearnerSaid, Menu, Notice
from tests.channels.render.exhibits import (
    ID,
    KEY,
    MARKUP,
    NOW,
    SHANGHAI,
    TRAP,
    contents,
    find,
    library,
    lines_with,
    make_corrections,
    make_transcript,
    outgoing,
    played,
    renderer,
    text,
    texts,
)
from tests.emulator.markup import parse_html

CONTENTS = contents()
EN = Interface.EN


def test_one_of_every_content_is_shown_here() -> None:
    assert {type(shown) for shown in CONTENTS.values()} == set(get_args(Content))


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize("name", CONTENTS)
def test_telegram_takes_every_content_in_every_language(name: str, interface: Interface) -> None:
    for html in texts(CONTENTS[name], interface):
        plain, _ = parse_html(html)
        assert plain.strip()
        assert "{" not in plain


@pytest.mark.parametrize("name", [name for name in CONTENTS if not name.startswith("the ")])
def test_no_two_languages_say_the_same(name: str) -> None:
    said = {interface: text(CONTENTS[name], interface) for interface in Interface}
    assert len(set(said.values())) == len(Interface)


SHOWN_NAMES = {
    "a notice": [MARKUP],
    "a notice with a time": [MARKUP],
    "the learner": [KEY, MARKUP],
    "the buyer": [MARKUP],
    "corrections": [KEY, TRAP],
    "late corrections": [KEY, TRAP, MARKUP],
    "menu": [MARKUP, TRAP],
    "brief with notes de": [MARKUP, TRAP, KEY],
    "second question": [TRAP],
    "prepared": [MARKUP, TRAP, KEY],
    "suggestions": [MARKUP],
    "suggestions asked for": [MARKUP],
    "debrief of a deal": [KEY, TRAP, "offers"],
    "group's week": [KEY, MARKUP],
    "assignment": [KEY, MARKUP, TRAP],
    "transcript": [MARKUP, KEY],
    "transcript of a key": [KEY],
}


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize("name", SHOWN_NAMES)
def test_what_people_typed_is_shown_as_typed(name: str, interface: Interface) -> None:
    plain = "\n".join(parse_html(html)[0] for html in texts(CONTENTS[name], interface))
    assert [typed for typed in SHOWN_NAMES[name] if typed not in plain] == []


def test_value_of_a_notice_may_be_a_key_of_the_message_files() -> None:
    named = Notice(key="unreadable", values={"kind": "@unreadable.photo"})
    assert text(named) == "Sorry, I cannot read pictures. Please write to me instead."


@pytest.mark.parametrize("name", [TRAP, "@nothing", "@menu", "@kind.comma.x", "@", "@welcome"])
def test_name_that_looks_like_a_key_but_is_none_stays(name: str) -> None:
    joined = Notice(key="joined", values={"group": name, "teacher": "Wang"})
    assert f"“{name}”" in text(joined)


def test_title_of_an_exercise_is_looked_up_for_buttons_and_notices() -> None:
    button = Button(action="show:x", key="exercise", values={"title": f"@title:{ID}"})
    gone = Button(action="show:y", key="exercise", values={"title": "@title:gone"})
    shown = renderer().render(outgoing(Notice(key="groups"), Interface.DE, ((button, gone),)))
    title = library().exercises[ID].title[Interface.DE]
    assert [[label.text for label in row] for row in shown.buttons] == [[title, "gone"]]
    assert [[label.action for label in row] for row in shown.buttons] == [["show:x", "show:y"]]


def test_label_of_a_button_is_not_markup() -> None:
    button = Button(action="group:1", key="group", values={"name": MARKUP})
    (row,) = renderer().render(outgoing(Notice(key="groups"), EN, ((button,),))).buttons
    assert [label.text for label in row] == [MARKUP]


def test_buyer_is_named_above_the_words() -> None:
    says = BuyerSays(name="A & B", text="5 < 6", language=Language.EN)
    assert texts(says) == ["<b>A &amp; B</b>\n5 &lt; 6"]
    assert texts(LearnerSaid(text="5 < 6", key="1")) == ["5 &lt; 6"]


# --- the brief ---------------------------------------------------------------------------------


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize("language", Language)
def test_brief_tells_who_what_and_the_learners_own_limit(
    language: Language, interface: Interface
) -> None:
    exercise = library().exercises[ID]
    version = exercise.versions[language]
    (html,) = texts(Brief(exercise_id=ID, language=language), interface)
    expected = [
        exercise.title[interface],
        version.persona.name,
        version.persona.company,
        version.seller.company,
        version.product.model,
        version.product.facts[interface],
        version.situation[interface],
        f"<b>{version.deal.learner_reservation} ",
    ]
    shown = [escape(one, quote=False) if one[0] != "<" else one for one in expected]
    assert [one for one in shown if one not in html] == []


def test_brief_rates_every_option_for_the_learner_alone() -> None:
    html = text(Brief(exercise_id=ID, language=Language.DE))
    deal = library().exercises[ID].versions[Language.DE].deal
    choices = [issue for issue in deal.issues if isinstance(issue, ChoiceIssue)]
    for option in (option for issue in choices for option in issue.options):
        assert f"{option.label['en']} ({option.learner})" in html


def with_other_secrets(exercise: Exercise) -> Exercise:
    """The exercise with a buyer of other wishes and another limit."""

    def other(deal: Deal) -> Deal:
        issues: list[FigureIssue | ChoiceIssue] = []
        for issue in deal.issues:
            match issue:
                case FigureIssue(points=points):
                    changed = tuple(replace(p, buyer=p.buyer * 2 + 1) for p in points)
                    issues.append(replace(issue, points=changed))
                case ChoiceIssue(options=options):
                    ranked = tuple(replace(o, buyer=o.buyer * 2 + 1) for o in options)
                    issues.append(replace(issue, options=ranked))
        limit = deal.buyer_reservation + Decimal(13)
        return replace(deal, issues=tuple(issues), buyer_reservation=limit)

    versions = {
        code: replace(one, deal=other(one.deal)) for code, one in exercise.versions.items()
    }
    return replace(exercise, versions=versions)


@cache
def other_buyers() -> Renderer:
    """Over what is shipped, but for the buyer's secrets."""
    exercise = with_other_secrets(library().exercises[ID])
    return Renderer(replace(library(), exercises={ID: exercise}))


@cache
def without_exercises() -> Renderer:
    return Renderer(replace(library(), exercises={}))


@pytest.mark.parametrize("interface", Interface)
@pytest.mark.parametrize(
    "name",
    [
        *("menu", "brief en", "brief de", "brief fr", "corrections", "transcript"),
        *("brief with notes de", "second question", "limit too low", "part of a limit too low"),
        *("table", "table without points", "suggestions asked for", "sum margin 8.20"),
    ],
)
def test_what_is_shown_before_the_end_does_not_depend_on_the_buyers_secrets(
    name: str, interface: Interface
) -> None:
    assert texts(CONTENTS[name], interface, by=other_buyers()) == texts(CONTENTS[name], interface)


def test_secrets_do_show_in_the_debrief() -> None:
    shown = CONTENTS["debrief without a deal"]
    assert texts(shown, by=other_buyers()) != texts(shown)


# --- the menu ----------------------------------------------------------------------------------


def test_menu_shows_what_is_due_and_whether_it_is_done() -> None:
    due = [
        Due(exercise_id=ID, group="A", due_at=NOW, is_done=False),
        Due(exercise_id=ID, group="B", due_at=NOW, is_done=True),
    ]
    html = text(Menu(due=tuple(due), exercises=(), timezone=SHANGHAI))
    assert [line[0] for line in html.splitlines()] == ["<", "▫", "✅"]
    assert len(lines_with("Wed 18 Nov, 10:00", html)) == 2
    assert lines_with("Free practice", html) == []


@pytest.mark.parametrize("name", [name for name in CONTENTS if "notice" not in name])
def test_exercise_that_is_gone_leaves_its_messages_readable(name: str) -> None:
    for html in texts(CONTENTS[name], by=without_exercises()):
        assert parse_html(html)[0].strip()


# --- corrections and transcripts ---------------------------------------------------------------


def place(said: str, wrong: str, *fixes: str) -> str:
    """The line about one remark, without its reason."""
    shown = text(make_corrections(said, find(said, wrong, *fixes)))
    (line,) = lines_with("<i>–", shown)
    return line.removeprefix("• ").partition(" <i>–")[0]


@pytest.mark.parametrize(
    ("said", "wrong", "fixes", "shown"),
    [
        ("We offers lamps.", "offers", ("offer", "x"), "We <s>offers</s> → <b>offer</b> lamps."),
        ("5 < 6 lamp", "lamp", (), "5 &lt; 6 <u>lamp</u>"),
        ("x", "x", ("y",), "<s>x</s> → <b>y</b>"),
        (
            "Thank you very much for your kind letter of May. We offers you our best price now.",
            "offers",
            ("offer",),
            "…kind letter of May. We <s>offers</s> → <b>offer</b> you our best price now.",
        ),
        (
            "Dear Sir or Madam with a long name,\nWe offers\nYours faithfully from our firm",
            "offers",
            ("offer",),
            "We <s>offers</s> → <b>offer</b>",
        ),
        (
            "Dear Sir or Madam with a long name,\nWe offers you\nYours faithfully from our firm",
            "offers",
            ("offer",),
            "We <s>offers</s> → <b>offer</b> you",
        ),
        (
            "We offers you our very best price, delivered by sea.",
            "offers",
            ("offer",),
            "We <s>offers</s> → <b>offer</b> you our very best…",
        ),
    ],
)
def test_remark_stands_in_a_few_words_of_its_line(
    said: str, wrong: str, fixes: tuple[str, ...], shown: str
) -> None:
    assert place(said, wrong, *fixes) == shown


def test_remarks_are_counted_and_each_has_a_reason() -> None:
    said = "We offers lamp"
    remarks = (find(said, "offers", "offer", kind=FindingKind.AGREEMENT), find(said, "lamp"))
    html = text(make_corrections(said, *remarks))
    assert html.splitlines()[0] == "✎ 2 remarks"
    assert len(lines_with("<i>–", html)) == 2
    assert text(make_corrections(said, remarks[0])).splitlines()[0] == "✎ 1 remark"


def test_late_remarks_quote_what_was_said() -> None:
    said = "We offers. " * 50
    html = text(make_corrections(said, find(said, "offers", "offer"), is_late=True))
    (quote,) = lines_with("<blockquote>", html)
    assert len(quote) <= 200 + len("<blockquote></blockquote>")
    assert quote.endswith("…</blockquote>")
    assert "nothing to correct" in text(make_corrections("Fine.", is_late=True))


def test_transcript_shows_who_said_what_with_corrections_in_place() -> None:
    html = text(make_transcript(played("conceder")))
    said = escape(f"Wir bieten 5 {MARKUP} ", quote=False)
    assert f"<b>Li Na:</b> {said}<s>Lampe</s> → <b>Lampen</b>." in html
    assert f"<b>Li Na:</b> {KEY} <i>(not checked)</i>" in html
    assert len(lines_with("<b>Li Na:</b>", html)) == 2
    assert len(lines_with(f"<b>{played('conceder').version.persona.name}:</b>", html)) == 3


def test_words_and_pictures_alternate_as_the_card_says() -> None:
    parts = renderer().render(outgoing(CONTENTS["debrief of a deal"], EN)).parts
    assert [isinstance(part, Picture) for part in parts] == [True, False]
