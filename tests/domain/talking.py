"""Messages at a table with the lamps' buyer: the talk so far, and what it answers."""

from random import Random

from bot.domain import negotiation
from bot.domain.exercise import Line, Version
from bot.domain.talk import Reply, Talk
from bot.domain.understanding import Understanding

from .factories import TODAY, make_phrases, make_version

PHRASES = make_phrases()
VERSION = make_version()
DEAL = VERSION.deal


def talk_of(*messages: Understanding, version: Version = VERSION) -> tuple[Talk, Reply]:
    """A talk from its opening on."""
    talk, reply = negotiation.start(version, rng=Random(1), phrases=PHRASES)
    return go_on(talk, *messages, version=version, reply=reply)


def go_on(
    talk: Talk, *messages: Understanding, version: Version = VERSION, reply: Reply | None = None
) -> tuple[Talk, Reply]:
    """The talk after some more messages, and the last reply."""
    for message in messages:
        talk, reply = negotiation.respond(
            version, talk, message, rng=Random(talk.turn), today=TODAY, phrases=PHRASES
        )
    assert reply is not None
    return talk, reply


def lines(reply: Reply) -> list[Line | None]:
    """What the buyer says, by its occasions."""
    return [spoken.say.line for spoken in reply.spoken]
