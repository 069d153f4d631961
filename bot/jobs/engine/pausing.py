"""Lets a schedule rest that cannot do its work, and tells who made it, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.jobs.job import Job, Office
from bot.store import Session, accounts, deliveries, schedules
from bot.store.deliveries import Post, Run
from bot.store.tables import Delivery, Schedule
from bot.views.schedules import paused


async def pause(
    office: Office, db: Session, schedule: Schedule, job: Job, run: Run, *, reason: str, now: datetime
) -> Sequence[Delivery]:
    """Pause it for `reason` (a sentence to translate), and give what its owner is told, to be put in line.

    Nothing where it rested already, or where nobody is left to tell.
    """
    if not await schedules.pause(db, schedule.id, reason=reason, now=now):
        return ()
    told = schedule.account_id if schedule.owner_id is None else schedule.owner_id
    account = None if told is None else await accounts.find_by_id(db, told)
    if account is None:
        return ()
    message = paused(
        office.translator(account.locale),
        name=job.name,
        reason=reason,
        schedule_id=schedule.id,
        channel_id=schedule.channel_id,
    )
    post = Post(
        key=f"paused:{schedule.id}:{now.isoformat()}",
        content={"message": message.payload},
        account_id=account.id,
        repeatable=True,
    )
    row = await deliveries.add(db, run, post, now=now)
    return () if row is None else (row,)
