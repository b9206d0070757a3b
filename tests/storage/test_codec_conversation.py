"""The state of a conversation survives being stored, at every turn."""

import pytest

from bot.domain.languages import Language
from bot.domain.talk import Talk
from bot.storage.codec import Codec
from tests.domain.conversing import converse, erratic, perfect
from tests.shipped import shipped


@pytest.mark.parametrize("learner", [perfect, erratic])
def test_talk_of_a_conversation_comes_back_as_it_was(learner: object) -> None:
    version = shipped().exercises["late_shipment_call"].versions[Language.EN]
    phrases = shipped().speech[Language.EN]
    talk = converse(version, learner, seed=4, phrases=phrases).last  # type: ignore[arg-type]
    codec: Codec[Talk] = Codec(Talk)

    assert talk.heard
    assert codec.decode(codec.encode(talk)) == talk
