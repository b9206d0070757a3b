"""Every shipped conversation, played in every language and temper by scripted learners."""

import re
from dataclasses import replace

import pytest

from bot.channels.render.speech import speak
from bot.domain.conversation_marks import assess_conversation
from bot.domain.exercise import Temper
from bot.domain.languages import Language
from bot.domain.talk import Phase
from tests.shipped import shipped

from .conversing import BAD, Conversed, Learner, converse, erratic, meeting, perfect

pytestmark = pytest.mark.deep

SESSIONS = 3  # per exercise, language, temper and script
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÄÖÜÀÉÊ0-9«„“])")
_SHORTEST = 4  # words; "Bonjour Li Na" may come again


def _conversations() -> list[str]:
    exercises = shipped().exercises
    return sorted(id for id, one in exercises.items() if one.versions[Language.EN].wishes)


EVERY = [
    pytest.param(id, language, temper, id=f"{id}-{language}-{temper}")
    for id in _conversations()
    for language in Language
    for temper in Temper
]


def _played(id: str, language: Language, temper: Temper, learner: Learner) -> list[Conversed]:
    version = shipped().exercises[id].versions[language]
    version = replace(version, persona=replace(version.persona, temper=temper))
    phrases = shipped().speech[language]
    return [converse(version, learner, seed=i, phrases=phrases) for i in range(SESSIONS)]


@pytest.mark.parametrize(("id", "language", "temper"), EVERY)
def test_good_learner_satisfies_everybody(id: str, language: Language, temper: Temper) -> None:
    for played in _played(id, language, temper, perfect):
        assert played.last.phase is Phase.AGREED
        assert assess_conversation(played.version, played.last).points == 100


@pytest.mark.parametrize(("id", "language", "temper"), EVERY)
def test_bad_learner_satisfies_nobody(id: str, language: Language, temper: Temper) -> None:
    for learner in BAD.values():
        for played in _played(id, language, temper, learner):
            assert played.last.phase is Phase.BROKEN_OFF
            assert assess_conversation(played.version, played.last).points == 0


@pytest.mark.parametrize(("id", "language", "temper"), EVERY)
def test_no_sentence_comes_twice(id: str, language: Language, temper: Temper) -> None:
    for learner in (*BAD.values(), perfect, erratic):
        for played in _played(id, language, temper, learner):
            said = [speak(reply.spoken, played.version, language) for reply in played.replies]
            assert all(said)
            assert not any("{" in words or "}" in words for words in said)
            sentences = [s for words in said for s in _SENTENCE.split(words)]
            long = [s for s in sentences if len(s.split()) >= _SHORTEST]
            assert sorted(set(long)) == sorted(long)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("id", _conversations())
def test_model_sentence_meets_its_own_wish_alone(id: str, language: Language) -> None:
    version = shipped().exercises[id].versions[language]
    for wish in version.wishes:
        understanding, text = meeting(wish)
        if "{when}" in wish.note or any(need.terms for need in wish.needs):
            continue  # days and figures are the reader's: tests/whole
        assert any(need.is_in(understanding, text) for need in wish.needs), wish.id


def test_all_tempers_occur_in_every_language() -> None:
    for language in Language:
        versions = (shipped().exercises[id].versions[language] for id in _conversations())
        assert {version.persona.temper for version in versions} == set(Temper)
