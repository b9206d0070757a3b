"""Every shipped negotiation, played in every language by scripted learners and spoken aloud."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.render.speech import speak
from bot.domain.deal import Side
from bot.domain.exercise import Temper
from bot.domain.languages import Language
from bot.domain.talk import Phase
from tests.shipped import shipped

from .factories import SCRIPTS, Played, play

pytestmark = pytest.mark.deep

ROOT = Path(__file__).parents[2]
SESSIONS = 8  # per deal, language, temper and script
FAIR_RATE = 0.85  # of sessions
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÄÖÜÀÉÊ0-9«„“])")
_SHORTEST = 3  # words; "So." and "Bien." may come again


def _deals() -> list[str]:
    exercises = shipped().exercises
    return sorted(id for id, one in exercises.items() if one.versions[Language.EN].deal.issues)


def _played(id: str, language: Language, temper: Temper, script: str) -> list[Played]:
    version = shipped().exercises[id].versions[language]
    version = replace(version, persona=replace(version.persona, temper=temper))
    phrases = shipped().speech[language]
    return [play(version, SCRIPTS[script], seed=i, phrases=phrases) for i in range(SESSIONS)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("id", _deals())
@pytest.mark.parametrize("script", SCRIPTS)
def test_shipped_deal_is_played_without_a_repeated_sentence(
    id: str, language: Language, script: str
) -> None:
    temper = shipped().exercises[id].versions[language].persona.temper
    for played in _played(id, language, temper, script):
        assert played.last.phase.is_over
        said = [speak(reply.spoken, played.version, language) for reply in played.replies]
        assert all(said)
        assert not any("{" in words or "}" in words for words in said)
        sentences = [s for words in said for s in _SENTENCE.split(words)]
        long = [s for s in sentences if len(s.split()) >= _SHORTEST]
        assert sorted(set(long)) == sorted(long)


@pytest.mark.parametrize("temper", Temper)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("id", _deals())
def test_shipped_deal_is_within_a_fair_traders_reach(
    id: str, language: Language, temper: Temper
) -> None:
    played = _played(id, language, temper, "fair trader")
    deals = [one.last.agreement for one in played if one.last.phase is Phase.AGREED]
    deal = played[0].version.deal
    assert len(deals) >= FAIR_RATE * len(played)
    assert all(deal.payoff(Side.BUYER, one) >= deal.buyer_reservation for one in deals if one)
