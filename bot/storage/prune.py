"""Which rows nobody needs any more. Sessions, turns and attempts are kept for good."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import delete

from bot.domain.messages import Channel
from bot.storage.database import Database
from bot.storage.tables import inbox, invitations, marks, outbox

log = logging.getLogger(__name__)

MARKS_KEPT = timedelta(days=14)  # Telegram repeats for a day; a closed laptop may for two weeks
UPDATES_KEPT = timedelta(days=3)  # less than a week: after that Telegram may reuse update ids
SENT_KEPT = timedelta(days=30)  # long enough to look into a complaint
PAGES_KEPT = timedelta(days=90)  # what a learner can scroll back to: most of a term
INVITATIONS_KEPT = timedelta(days=30)  # after they have expired


async def prune(database: Database, now: datetime) -> int:
    """Delete what is older than it is kept; the number of rows deleted."""
    is_page = outbox.c.channel == Channel.WEB
    old = (
        delete(marks).where(marks.c.at < now - MARKS_KEPT),
        delete(inbox).where(inbox.c.raw.is_(None), inbox.c.at < now - UPDATES_KEPT),
        delete(outbox).where(
            ~is_page, outbox.c.done_at.is_not(None), outbox.c.at < now - SENT_KEPT
        ),
        delete(outbox).where(is_page, outbox.c.at < now - PAGES_KEPT),
        delete(invitations).where(invitations.c.expires_at < now - INVITATIONS_KEPT),
    )
    count = 0
    for statement in old:  # one transaction each: learners are waiting for their turn
        async with database.writing() as connection:
            count += (await connection.execute(statement)).rowcount
    log.info("pruned %d rows", count)
    return count
