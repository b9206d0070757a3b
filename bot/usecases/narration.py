"""Lets the narrator say what the buyer has decided to say, before the decision is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.session import Session
from bot.domain.talk import Reply
from bot.ports import Narrator
from bot.usecases.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """A reply in other words; good only for the very words it was made from."""

    authored: str
    told: str


async def retell(
    narrator: Narrator, scene: Scene, session: Session, reply: Reply, said: Sequence[str]
) -> Retold | None:
    """The reply in the narrator's words; what is to be signed or chosen keeps its own."""
    if reply.asks_confirmation or reply.meanings:
        return None
    authored = scene.words(session, reply)
    told = await narrator.narrate(
        authored,
        persona=scene.version(session).persona,
        language=session.language,
        band=session.band,
        said=said,
    )
    return Retold(authored=authored, told=told)
