"""What is stored comes back equal, whatever it is."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.deal import IssueId
from bot.domain.errors import StorageUnavailable
from bot.domain.feedback import Check, FindingKind
from bot.domain.messages import (
    Content,
    LearnerSaid,
    Notice,
    Rows,
    Transcript,
    TranscriptTurn,
)
from bot.domain.talk import Talk
from bot.domain.understanding import Act, Understanding
from bot.storage.codec import Codec, UnionCodec
from bot.storage.tables import BUTTONS, CHECK, CONTENT, KINDS, TALK, UNDERSTANDING, VALUES
from tests.storage.samples import make_check, make_offer, make_talk

st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(float, st.floats(0, 1))
st.register_type_strategy(
    Mapping, lambda type_: st.dictionaries(*map(st.from_type, get_args(type_)), max_size=3)
)


def _tuples(type_: Any) -> st.SearchStrategy[Any]:
    first, *others = get_args(type_)
    if others == [...]:
        return st.lists(st.from_type(first), max_size=2).map(tuple)
    return st.tuples(*map(st.from_type, (first, *others)))


st.register_type_strategy(tuple, _tuples)

CODECS = [
    (TALK, Talk),
    (UNDERSTANDING, Understanding),
    (CHECK, Check),
    (KINDS, Mapping[FindingKind, int]),
    (BUTTONS, Rows),
    (VALUES, Mapping[str, str]),
    *((CONTENT, member) for member in get_args(Content)),
]
BROAD = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize(
    ("codec", "type_"), CODECS, ids=lambda value: getattr(value, "__name__", "")
)
@given(data=st.data())
@BROAD
def test_value_comes_back_equal(codec: Codec[Any], type_: Any, data: st.DataObject) -> None:
    value = data.draw(st.from_type(type_))
    found = codec.decode(codec.encode(value))
    assert found == value
    assert repr_of_figures(found) == repr_of_figures(value)


def repr_of_figures(value: Any) -> str:
    """Equal decimals can differ in their digits (8.2 and 8.20): both must come back."""
    match value:
        case Decimal():
            return str(value)
        case tuple():
            return str([repr_of_figures(item) for item in value])
        case Mapping():
            return str([(str(key), repr_of_figures(item)) for key, item in value.items()])
        case _ if hasattr(value, "__dataclass_fields__"):
            return str([repr_of_figures(getattr(value, field.name)) for field in fields(value)])
        case _:
            return type(value).__name__ if not isinstance(value, datetime) else ""


def test_price_keeps_its_digits() -> None:
    talk = make_talk(standing=make_offer("8.20"), agreement=make_offer("1E+3"))
    found = TALK.decode(TALK.encode(talk))
    assert found == talk
    assert str(found.standing.figures[IssueId.PRICE]) == "8.20"
    assert found.agreement is not None
    assert str(found.agreement.figures[IssueId.PRICE]) == "1E+3"


def test_figures_and_texts_in_a_notice_stay_apart() -> None:
    notice = Notice(key="due", values={"count": 3, "name": "3"})
    assert CONTENT.decode(CONTENT.encode(notice)) == notice


def test_contents_that_look_alike_stay_apart() -> None:
    said = LearnerSaid(text="hello", key="u1")
    assert '"kind":"LearnerSaid"' in CONTENT.encode(said)
    assert type(CONTENT.decode(CONTENT.encode(said))) is LearnerSaid


def test_every_kind_of_content_can_be_stored() -> None:
    assert set(CONTENT._codecs) == {member.__name__ for member in get_args(Content)}


def test_transcript_stored_before_teachers_saw_what_was_understood_is_read() -> None:
    turn = '{"text": "8,20", "findings": null, "reply": "Zu viel."}'
    whole = (
        f'"exercise_id": "x", "language": "de", "learner": "Li", "buyer": "B", "turns": [{turn}]'
    )
    found = CONTENT.decode(f'{{"kind": "Transcript", "value": {{{whole}}}}}')
    assert isinstance(found, Transcript)
    assert found.turns == (TranscriptTurn(text="8,20", findings=None, reply="Zu viel."),)


def test_halves_of_surrogate_pairs_are_mended() -> None:
    said = LearnerSaid(text="a\ud83db\0", key="u1")
    assert CONTENT.decode(CONTENT.encode(said)) == LearnerSaid(text="a\ufffdb\ufffd", key="u1")
    plain = LearnerSaid(text="a\0", key="u1")
    assert CONTENT.decode(CONTENT.encode(plain)) == plain


@pytest.mark.parametrize(
    ("codec", "text", "where"),
    [
        (CHECK, '{"findings": [{"start": "geheim"}]}', "Check.findings.0.start"),
        (CONTENT, '{"kind": "Postcard", "value": {}}', "'Postcard'"),
        (CONTENT, '{"kind": "LearnerSaid", "value": {"text": "geheim"}}', "LearnerSaid.key"),
        (CONTENT, "geheim", "ValueError"),
    ],
)
def test_unreadable_value_is_named_but_not_quoted(
    codec: Codec[Any] | UnionCodec[Any], text: str, where: str
) -> None:
    with pytest.raises(StorageUnavailable) as caught:
        codec.decode(text)
    assert (caught.value.code, caught.value.values) == ("storage_unreadable", {"where": where})
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("codec", "value", "later"),
    [
        (
            TALK,
            make_talk(doubt=(make_offer("8.40"), make_offer("0.84"))),
            (
                "unsure",
                "foreign",
                "wrong_language",
                "named",
                "disputed",
                "tricks",
                "asked_why",
                "idle",
                "band",
            ),
        ),
        (
            UNDERSTANDING,
            Understanding(acts=(Act.ACCEPT,), confidence=0.9),
            ("doubt", "references", "corrects", "granted", "disputed"),
        ),
    ],
)
def test_what_was_stored_before_there_were_these_fields_comes_back(
    codec: Codec[Any], value: Any, later: tuple[str, ...]
) -> None:
    stored = json.loads(codec.encode(value))
    for name in later:
        del stored[name]
    assert codec.decode(json.dumps(stored)) == value


def test_unchecked_is_not_the_same_as_no_findings() -> None:
    for check in (Check(findings=None), Check(findings=()), make_check()):
        assert CHECK.decode(CHECK.encode(check)) == check
