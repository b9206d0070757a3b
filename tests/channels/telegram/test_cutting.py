"""Long texts become messages that the Bot API takes, and nothing is lost on the way."""

from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.cutting import cut, length
from tests.emulator.markup import parse_html

LIMIT = 40

TYPED = st.text(
    alphabet=st.sampled_from("ab <>&\"'ü€中🙂;l") | st.characters(exclude_categories=("C", "Z")),
    max_size=30,
)
TAGS = st.sampled_from(["", "b", "i", "u", "s", "code"])


def tagged(tag: str, text: str) -> str:
    safe = escape(text, quote=False)
    return f"<{tag}>{safe}</{tag}>" if tag else safe


LINES = st.lists(st.builds(tagged, TAGS, TYPED), max_size=4).map("".join)
QUOTES = st.lists(TYPED, min_size=1, max_size=3).map(
    lambda lines: f"<blockquote>{escape(chr(10).join(lines), quote=False)}</blockquote>"
)
HTML = st.lists(LINES | QUOTES, max_size=8).map("\n".join)


def plain(html: str) -> str:
    return parse_html(html)[0]


def unbroken(text: str) -> str:
    return "".join(text.split())


def kinds(html: str) -> list[str]:
    return [entity["type"] for entity in parse_html(html)[1]]


@given(HTML)
def test_length_is_counted_as_telegram_counts_it(html: str) -> None:
    assert length(html) == len(plain(html))


@given(HTML)
def test_every_piece_is_within_the_limit_and_says_something(html: str) -> None:
    assert [piece for piece in cut(html, LIMIT) if not 0 < len(plain(piece)) <= LIMIT] == []
    assert [piece for piece in cut(html, LIMIT) if not plain(piece).strip()] == []


@given(HTML)
def test_nothing_of_the_text_is_lost_or_said_twice(html: str) -> None:
    assert unbroken("".join(plain(piece) for piece in cut(html, LIMIT))) == unbroken(plain(html))


@given(
    st.lists(st.builds(tagged, TAGS, TYPED).filter(lambda line: plain(line).strip()), max_size=8)
)
def test_lines_that_fit_keep_their_markup(lines: list[str]) -> None:
    html = "\n".join(lines)
    kept = [kind for piece in cut(html, LIMIT) for kind in kinds(piece)]
    assert kept == [kind for line in lines for kind in kinds(line)]


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("", ()),
        ("\n \n", ()),
        ("one\n\ntwo", ("one\n\ntwo",)),
        ("1234\n67890", ("1234\n67890",)),
        ("123456\n78901\n2", ("123456", "78901\n2")),
        ("<b>1234567890</b>\nx", ("<b>1234567890</b>", "x")),
        ("<b>123456789012</b>", ("1234567890", "12")),
        ("&lt;&amp;&gt;4567890", ("&lt;&amp;&gt;4567890",)),
        ("&lt;&amp;&gt;45678901", ("&lt;&amp;&gt;4567890", "1")),
        ("1234567890\n    \nabcdefghij", ("1234567890", "abcdefghij")),
        (
            "123456\n<blockquote>ab\ncd</blockquote>\n6",
            ("123456", "<blockquote>ab\ncd</blockquote>\n6"),
        ),
    ],
)
def test_text_is_cut_between_lines_where_possible(html: str, pieces: tuple[str, ...]) -> None:
    assert cut(html, 10) == pieces


def test_entity_typed_by_a_learner_stays_as_typed() -> None:
    typed = "&lt;b&gt; &amp;amp; &copy;" * 3
    pieces = cut(escape(typed, quote=False), LIMIT)
    assert "".join(plain(piece) for piece in pieces) == typed
    assert "".join(unescape(piece) for piece in pieces) == typed
