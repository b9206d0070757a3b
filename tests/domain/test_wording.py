"""Which of the authored phrases is said: new ones, those of the temper, those for the band."""

from dataclasses import replace
from random import Random

import pytest

from bot.content.speech import LEAST
from bot.domain import negotiation
from bot.domain.exercise import Line, Phrase, Temper
from bot.domain.languages import Band, Language
from bot.domain.talk import Say
from bot.domain.understanding import Act, Topic
from bot.domain.wording import choose
from tests.shipped import shipped

from .factories import SCRIPTS, TODAY, make_phrases, make_version, play, say
from .talking import PHRASES, VERSION, lines, talk_of

HOLD = {
    Line.HOLD: (
        Phrase(text="The ball is in your court.", bands=(Band.B2, Band.C1)),
        Phrase(text="I wait."),
    )
}


def _held(band: Band | None, *, used: tuple[str, ...] = ()) -> str | None:
    seen = {
        spoken.phrase
        for seed in range(20)
        if (spoken := choose(Say(line=Line.HOLD), VERSION, HOLD, used, Random(seed), band=band)[0])
    }
    return " / ".join(sorted(seen)) or None


def test_beginner_is_spared_idiom_while_there_is_something_else() -> None:
    assert _held(Band.A2) == "I wait."
    assert _held(Band.A2, used=("hold#1",)) == "The ball is in your court."


def test_advanced_learner_hears_both() -> None:
    assert _held(Band.C1) == _held(None) == "I wait. / The ball is in your court."


def test_talk_keeps_the_band_it_was_opened_for() -> None:
    talk, _ = negotiation.start(VERSION, rng=Random(1), phrases=PHRASES, band=Band.A2)
    assert talk.band is Band.A2
    talk, _ = negotiation.respond(
        VERSION, talk, say(Act.GREET), rng=Random(1), today=TODAY, phrases=PHRASES
    )
    assert talk.band is Band.A2


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("band", Band)
def test_every_band_has_enough_to_hear_of_every_temper(band: Band, language: Language) -> None:
    for line, phrases in shipped().speech[language].items():
        for temper in Temper:
            fitting = [
                phrase
                for phrase in phrases
                if temper in (phrase.tempers or Temper) and band in (phrase.bands or Band)
            ]
            assert len(fitting) >= LEAST, (line, temper)


@pytest.mark.parametrize("language", Language)
def test_beginner_hears_shorter_sentences(language: Language) -> None:
    book = shipped().speech[language].values()

    def mean(band: Band) -> float:
        words = [
            len(p.text.split()) for phrases in book for p in phrases if band in (p.bands or Band)
        ]
        return sum(words) / len(words)

    assert mean(Band.A2) < mean(Band.C1)


@pytest.mark.parametrize("language", Language)
def test_ten_talks_do_not_begin_alike(language: Language) -> None:
    version = shipped().exercises["desk_lamp"].versions[language]
    phrases = shipped().speech[language]
    seconds = {
        tuple(
            s.phrase
            for s in play(version, SCRIPTS["linear"], seed=n, phrases=phrases).replies[1].spoken
        )
        for n in range(10)
    }
    assert len(seconds) >= 9


def test_all_questions_of_a_message_are_answered() -> None:
    topics = [Topic.MARKET, Topic.PAYMENT, Topic.CERTIFICATE, Topic.COMPANY, Topic.DELIVERY]
    _, reply = talk_of(say(Act.ASK, topics=topics))
    assert {Line.ANSWER_PAYMENT, Line.ANSWER_LEAD_TIME, Line.CHECK} <= set(lines(reply))
    assert {Topic.MARKET, Topic.COMPANY} <= {spoken.say.topic for spoken in reply.spoken}


@pytest.mark.parametrize("temper", Temper)
def test_attempts_at_the_limit_stay_in_role_and_give_nothing(temper: Temper) -> None:
    version = make_version(temper=temper)
    talk, _ = talk_of(say(Act.OFFER), version=version)
    for turn in range(4):
        before = talk
        talk, reply = negotiation.respond(
            version,
            talk,
            replace(say(Act.REQUEST, topics=[Topic.PRICE]), probes=True),
            rng=Random(turn),
            today=TODAY,
            phrases=make_phrases(),
            is_probe=True,
        )
        if talk.phase.is_over:
            break
        assert Line.PROBE in lines(reply)
        assert talk.standing == before.standing
