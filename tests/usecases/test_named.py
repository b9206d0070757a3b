"""Every name in the use cases has its words: notices, buttons, refusals. Read from the source.

A form this reader does not know is reported as well, so that nothing slips through it.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from bot.channels.render.messages import Messages
from bot.domain.disputes import UNDERSTANDING
from bot.domain.hints import Reason
from bot.domain.languages import Interface, Language
from bot.domain.preparation import Step
from bot.usecases.desk import LARGEST_ID
from bot.usecases.study import BANDS_OFFERED
from bot.usecases.teaching import DUE_CHOICES
from tests.channels.render.exhibits import library

ROOT = Path(__file__).parents[2]
MESSAGES = Messages()
LONGEST_ACTION = 64  # bytes (Bot API, callback_data)
ANY_EXERCISE = max(library().exercises, key=len)
ANY_ID = str(LARGEST_ID)

NAMES = {
    "language": list(Language),
    "session.language": list(Language),
    "code": list(Interface),
    "band.lower()": [band.lower() for band in BANDS_OFFERED],
    "days": [str(days) for days in DUE_CHOICES],
    "hint.reason.value": list(Reason),
    "meaning.act": ["offer", "accept", "reject", "ask"],
    "type_.__name__.lower()": ["account", "assignment", "group", "session", "turn"],
}
"""What stands in the braces of a key."""
LONGEST = {
    **{expression: max(map(str, values), key=len) for expression, values in NAMES.items()},
    **dict.fromkeys(("exercise.id", "exercise_id", "session.exercise_id"), ANY_EXERCISE),
    "assignment.exercise_id": ANY_EXERCISE,
    **dict.fromkeys(("target", "at.target"), f"{ANY_EXERCISE}:{ANY_ID}"),
    **dict.fromkeys(("at.step", "answered"), max(Step, key=len)),
    "suffix": f":{ANY_ID}",
    "at": f"{ANY_ID}:9999",
    "answer": "yes",
    "band": "B2",
    "(chosen - WEEK).isoformat()": "2026-11-09",
    **dict.fromkeys(("group.id", "session.id", "assignment.id"), ANY_ID),
    "standing.attempts[-1].session_id": ANY_ID,
    "twin": ANY_EXERCISE,
    "turn.session_id": ANY_ID,
    "turn.number": "9999",
    "findings.index(finding)": "999",
    "UNDERSTANDING": UNDERSTANDING,
}
"""The longest that can stand in the braces of an action."""
HANDED_ON = {"error.code", "key"}
"""Keys that are handed on: refusals, and the parameters of helpers."""


@cache
def trees(package: str) -> tuple[ast.Module, ...]:
    paths = sorted((ROOT / "bot" / package).rglob("*.py"))
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths)


def calls(package: str, *names: str) -> Iterator[ast.Call]:
    """Every call of a function or method with one of these names."""
    for tree in trees(package):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
                name = called.id if isinstance(called, ast.Name) else called
                if name in names:
                    yield node


def argument(call: ast.Call, name: str) -> ast.expr:
    """The argument called ``name``, or the first one."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return named[0] if named else call.args[0]


def strings(node: ast.expr) -> list[str]:
    """Every text the expression can be; one in braces where the reader does not know it."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*strings(body), *strings(orelse)]
        case ast.JoinedStr(values=parts):
            found = [""]
            for part in parts:
                endings = strings(part)
                found = [beginning + ending for beginning in found for ending in endings]
            return found
        case ast.FormattedValue(value=value):
            return [
                str(name) for name in NAMES.get(ast.unparse(value), [f"{{{ast.unparse(value)}}}"])
            ]
    return [f"{{{ast.unparse(node)}}}"]


def longest(node: ast.expr) -> str:
    """The longest text an action can be."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(longest(part) for part in parts)
        case ast.FormattedValue(value=value):
            return LONGEST[ast.unparse(value)]
    raise AssertionError(ast.unparse(node))


def assigned(name: str) -> set[str]:
    """Every text that is given to the variable ``name`` in the use cases."""
    return {
        text
        for tree in trees("usecases")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
        for text in strings(node.value)
    }


def notice_keys() -> set[str]:
    told = calls("usecases", "tell", "Notice", "_due_notice")
    found = {text for call in told for text in strings(argument(call, "key"))}
    return {text for text in found if text.strip("{}") not in HANDED_ON} | assigned("key")


def refusal_codes() -> set[str]:
    return {
        text
        for package in ("usecases", "storage")
        for call in calls(package, "NotFound", "NotAllowed")
        for text in strings(argument(call, "code"))
    }


def button_keys() -> set[str]:
    return {
        text for call in calls("usecases", "Button") for text in strings(argument(call, "key"))
    }


def slots(key: str) -> set[str]:
    """The slots of an English message, whatever its plural form."""
    entry = MESSAGES.entry(Interface.EN, key)
    text = entry.get("text", entry.get("other")) if isinstance(entry, dict) else entry
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_reader_finds_what_is_there() -> None:
    assert {
        "welcome",
        "groups",
        "no_groups",
        "joined_before",
        "preparation.paused",
    } <= notice_keys()
    assert {"assigned", "due_soon", "assignment_made"} <= notice_keys()
    assert {"language_de", "band_a2", "interface_zh", "due_7", "agree_fr"} <= button_keys()
    assert {"exercise_gone", "teachers_only", "group_gone"} <= refusal_codes()
    asked = {ast.unparse(call.args[0]) for call in calls("storage", "_by_id", "_one")}
    types = sorted(name.lower() for name in asked - {"type_"})
    assert types == NAMES["type_.__name__.lower()"]


@pytest.mark.parametrize("interface", Interface)
def test_every_notice_has_its_words(interface: Interface) -> None:
    assert [key for key in sorted(notice_keys()) if not MESSAGES.has(interface, key)] == []


@pytest.mark.parametrize("interface", Interface)
def test_every_button_has_its_label(interface: Interface) -> None:
    labels = {key: f"button.{key}" for key in sorted(button_keys())}
    assert [key for key, name in labels.items() if not MESSAGES.has(interface, name)] == []


@pytest.mark.parametrize("interface", Interface)
def test_every_refusal_has_its_words_and_needs_no_values(interface: Interface) -> None:
    assert [code for code in sorted(refusal_codes()) if not MESSAGES.has(interface, code)] == []
    assert {code: slots(code) for code in refusal_codes() if slots(code)} == {}


def test_every_slot_of_a_notice_is_given_its_value() -> None:
    missing = {}
    for call in calls("usecases", "tell"):
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        for key in strings(argument(call, "key")):
            if "{" not in key and slots(key) - given:
                missing[key] = slots(key) - given
    assert missing == {}


def test_every_slot_of_a_label_is_given_its_value() -> None:
    needing = {key for key in button_keys() if slots(f"button.{key}")}
    without = {
        text
        for call in calls("usecases", "Button")
        if not any(keyword.arg == "values" for keyword in call.keywords)
        for text in strings(argument(call, "key"))
    }
    assert needing & without == set()


def test_no_action_is_longer_than_telegram_takes() -> None:
    actions = [longest(argument(call, "action")) for call in calls("usecases", "Button")]
    assert [a for a in actions if not 0 < len(a.encode()) <= LONGEST_ACTION] == []
