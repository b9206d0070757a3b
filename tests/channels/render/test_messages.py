"""The message files: one shape in four languages, markup that every channel accepts."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import babel
import pytest
import srsly

from bot.domain.deal import NAMED, IssueId
from bot.domain.errorclasses import ErrorClass, Why
from bot.domain.feedback import FindingKind
from bot.domain.hints import Reason
from bot.domain.languages import Interface
from bot.domain.process import GestureKind
from bot.domain.slips import SlipKind
from bot.domain.talk import TrickKind
from bot.domain.terms import Balance, PaymentMethod, Unit
from bot.domain.understanding import Act, Topic

FOLDER = Path("bot/channels/render/messages")
MODEL = "en"
LANGUAGES = [interface.value for interface in Interface]
OTHERS = [language for language in LANGUAGES if language != MODEL]
TAGS = {"b", "i", "u", "s", "code", "blockquote"}
PLURAL_FORMS = {"zero", "one", "two", "few", "many", "other"}
MAY_FALL_BACK = {"fr": {"many"}}
"""Forms that need no text of their own: only whole millions are ``many`` in French."""

Forms = dict[str, str]
"""The text by plural form; a text that does not count has the one form ``""``."""


def load(language: str) -> Any:
    path = Path(__file__).parents[3] / FOLDER / f"{language}.yaml"
    return srsly.yaml_loads(path.read_text(encoding="utf-8"))


def is_plural_map(node: Any) -> bool:
    return isinstance(node, dict) and "other" in node and set(node) <= PLURAL_FORMS


def walk(node: Any, key: str = "") -> Iterator[tuple[str, Forms]]:
    if is_plural_map(node):
        yield key, node
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from walk(child, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from walk(child, f"{key}.{place}")
    else:
        yield key, {"": node}


def texts(language: str) -> dict[str, Forms]:
    return dict(walk(load(language)))


def slots(text: str) -> set[str]:
    parsed = list(Formatter().parse(text))
    assert all(not spec and not conversion for _, _, spec, conversion in parsed), text
    return {name for _, name, _, _ in parsed if name is not None}


def markup_problem(text: str) -> str | None:
    """What is wrong with the tags of ``text``, if anything."""
    is_open: list[str] = []
    for slash, tag in re.findall(r"<(/?)([^<>]*)>", text):
        if tag not in TAGS:
            return f"<{slash}{tag}> is not allowed"
        if not slash:
            is_open.append(tag)
        elif not is_open or is_open.pop() != tag:
            return f"</{tag}> closes nothing"
    if is_open:
        return f"<{is_open[-1]}> stays open"
    bare = re.sub(r"<[^<>]*>|&(?:lt|gt|amp|quot);", "", text)
    return "a bare < > or &" if re.search(r"[<>&]", bare) else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something(language: str):
    for key, forms in texts(language).items():
        for text in forms.values():
            assert isinstance(text, str), key
            assert text and text == text.strip(), key


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_keys(language: str):
    assert set(texts(language)) == set(texts(MODEL))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_slots(language: str):
    model = {key: slots(forms.get("other") or forms[""]) for key, forms in texts(MODEL).items()}
    for key, forms in texts(language).items():
        for form, text in forms.items():
            assert slots(text) == model[key], f"{key} {form}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_allowed_and_nested(language: str):
    found = {
        key: problem
        for key, forms in texts(language).items()
        for text in forms.values()
        if (problem := markup_problem(text))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["<b>x", "x</b>", "<b><i>x</b></i>", "<a>x</a>", "<b class='y'>x</b>", "1 < 2", "A & B"],
)
def test_bad_markup_is_noticed(text: str):
    assert markup_problem(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_count_have_the_plural_forms_of_the_language(language: str):
    possible = babel.Locale(language).plural_form.tags | {"other"}
    needed = possible - MAY_FALL_BACK.get(language, set())
    model = texts(MODEL)
    for key, forms in texts(language).items():
        assert ("" in forms) == ("" in model[key]), key
        if "" not in forms:
            assert needed <= set(forms) <= possible, key


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_said_in_a_language_of_its_own_is_the_same_everywhere(language: str):
    own = re.compile(r"button\.(language|interface|agree|change|mean)_")
    model = {key: forms for key, forms in texts(MODEL).items() if own.match(key)}
    assert model
    assert {key: forms for key, forms in texts(language).items() if own.match(key)} == model


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_the_code_can_name_has_its_words(language: str):
    named = load(language)
    assert set(named["kind"]) == {kind.value for kind in FindingKind}
    assert {code.value for code in Why} == set(named["why"])
    assert {cls.value for cls in ErrorClass} == set(named["error_class"])
    assert {cls.value for cls in ErrorClass} <= set(named["advice"])
    assert {kind.value for kind in GestureKind} == set(named["gesture"])
    assert {kind.value for kind in SlipKind} <= set(named["slip"])
    assert {kind.value for kind in TrickKind} <= set(named["trick"])
    assert {issue.value for issue in set(IssueId) - NAMED} == set(named["issue"])
    assert {unit.value for unit in Unit} == set(named["unit"])
    assert {unit.value for unit in Unit} == set(named["price_per"])
    assert {act.value for act in Act} == set(named["act"])
    assert {topic.value for topic in Topic} == set(named["topic"])
    assert {method.value for method in PaymentMethod} == set(named["method"])
    assert {balance.value for balance in Balance} == set(named["balance"])
    assert {f"hint_{reason.value}" for reason in Reason} <= set(named)
