"""A mark is the same from the stored talk, bit for bit, and so is the picture."""

from dataclasses import replace
from functools import partial

import pytest

from bot.channels.render import Picture, Renderer
from bot.domain.deal import IssueId, Offer
from bot.domain.languages import Interface, Language
from bot.domain.marks import assess
from bot.domain.messages import Channel, Chat, Debrief, Outgoing
from bot.domain.preparation import Preparation, Step
from bot.domain.session import Session
from bot.storage import Storage
from bot.usecases.records import attempt_of
from tests.domain.factories import SCRIPTS, play
from tests.shipped import shipped
from tests.storage.samples import NOW, make_session, meet

ID = "desk_lamp"


def played(script: str, account_id: int) -> Session:
    """A session really played, with notes from before."""
    library = shipped()
    version = library.exercises[ID].versions[Language.FR]
    talk = play(version, SCRIPTS[script], seed=5, phrases=library.speech[Language.FR]).last
    issue = version.deal.issue(IssueId.PRICE)
    target = Offer(figures={IssueId.PRICE: max(v for v in issue.values if not isinstance(v, str))})
    return make_session(
        account_id,
        exercise_id=ID,
        language=Language.FR,
        talk=talk,
        preparation=Preparation().answered(Step.TARGET, "?", target),
        ended_at=NOW,
    )


def shown(session: Session) -> tuple[str, str, bytes]:
    """The debrief: caption, words, picture."""
    debrief = Debrief(attempt=attempt_of(session, ()), examples=())
    outgoing = Outgoing(
        chat=Chat(channel=Channel.WEB, id="1"), interface=Interface.ZH, content=debrief
    )
    picture, words = Renderer(shipped()).render(outgoing).parts
    assert isinstance(picture, Picture) and not isinstance(words, Picture)
    return picture.caption, words.html, picture.draw()


@pytest.mark.parametrize("script", ["conceder", "price only", "hard-liner"])
async def test_stored_session_has_the_same_marks_and_the_same_picture(
    storage: Storage, script: str
) -> None:
    account = await meet(storage)
    session = played(script, account.id)
    async with storage.store.transaction() as work:
        id = (await work.add_session(session)).id
    async with storage.store.transaction() as work:
        stored = await work.session(id)
    version = shipped().exercises[ID].versions[Language.FR]
    mark = partial(assess, version)
    assert mark(stored.talk, stored.preparation) == mark(session.talk, session.preparation)
    assert shown(stored) == shown(replace(session, id=id))
