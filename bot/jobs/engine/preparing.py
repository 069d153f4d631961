"""One run of a job: what it gives is kept, and put in line, in one unit of work; or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.recurrence import next_after
from bot.i18n import N_
from bot.jobs.engine.claiming import Claimed, run_of
from bot.jobs.engine.pausing import pause
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.services.context import NotConnected
from bot.store import Session, deliveries, schedules
from bot.store.deliveries import Post, Run
from bot.store.tables import Delivery, Schedule
from bot.store.tables.schedules import FAILED, SKIPPED
from bot.toggl import CredentialMissing, CredentialRefused

Enqueue = Callable[[Session, Sequence[Delivery], datetime], Awaitable[None]]
"""Puts posts in line, at the given moment, in the unit of work that stores them."""

DISCONNECTED = N_("I no longer have a Toggl account for it. Connect with `{toggl} connect`, then press *Resume*.")
REFUSED = N_("Toggl no longer accepts the stored sign-in. Reconnect with `{toggl} connect`, then press *Resume*.")
FAILED_RUN = N_("Something went wrong on our side, several times.")


async def prepare(
    office: Office, jobs: Mapping[str, Job], claimed: Claimed, *, now: datetime, enqueue: Enqueue
) -> None:
    """Do the run, unless it was done: it may be begun again after a crash at any point.

    Raises whatever the job raises that is not about a missing connection, and StoreUnavailable.
    """
    async with office.store.reading() as db:
        schedule = await schedules.find_by_id(db, claimed.schedule_id)
    if schedule is None or schedule.paused_at or (schedule.ran_at and schedule.ran_at >= claimed.due_at):
        return
    try:
        prepared = await jobs[claimed.kind].prepare(office, Due(schedule, claimed.due_at, now))
    except (NotConnected, CredentialMissing):
        prepared = Prepared(pause=DISCONNECTED)
    except CredentialRefused:
        prepared = Prepared(pause=REFUSED)
    await _keep(office, jobs, claimed, prepared, now=now, enqueue=enqueue)


async def give_up(office: Office, claimed: Claimed, *, now: datetime) -> None:
    """Write into the history that the run failed for good; the next one is due at its time."""
    async with office.store.writing() as db:
        schedule = await schedules.claim_run(db, claimed.schedule_id, due_at=claimed.due_at)
        if schedule is None:
            return
        await _note(db, schedule, claimed, FAILED, FAILED_RUN, now)
        await schedules.finish(db, schedule.id)


async def _keep(
    office: Office, jobs: Mapping[str, Job], claimed: Claimed, prepared: Prepared, *, now: datetime, enqueue: Enqueue
) -> None:
    async with office.store.writing() as db:
        schedule = await schedules.claim_run(db, claimed.schedule_id, due_at=claimed.due_at)
        if schedule is None:  # another process did it, or its owner took it back meanwhile
            return
        run = run_of(schedule, claimed.due_at)
        await prepared.keep(db)
        added = [row for post in prepared.posts if (row := await deliveries.add(db, run, kept(post), now=now))]
        if prepared.skipped and not prepared.posts:
            await _note(db, schedule, claimed, SKIPPED, prepared.skipped, now)
        if prepared.pause:
            added += await pause(office, db, schedule, jobs[schedule.kind], run, reason=prepared.pause, now=now)
        if prepared.again_at is not None:
            await _again(db, schedule, claimed, prepared.again_at, now)
        elif not prepared.pause:
            await schedules.finish(db, schedule.id)
        await enqueue(db, added, now)


def kept(post: Outgoing) -> Post:
    """The post as it is stored."""
    return Post(
        key=post.key,
        content=post.content,
        account_id=post.account_id,
        channel_id=post.channel_id,
        edit_of=post.edit_of,
        thread_of=post.thread_of,
        broadcast=post.broadcast,
        repeatable=post.repeatable,
    )


async def _again(db: Session, schedule: Schedule, claimed: Claimed, again_at: datetime, now: datetime) -> None:
    """The next time, unless somebody wished for an earlier one while the job was at work."""
    wished = schedule.next_run_at
    if schedule.pattern is not None and wished is not None:
        usual = next_after(schedule.pattern, ZoneInfo(schedule.zone), claimed.due_at)
        wished = wished if wished < usual else None  # its own next time, written when the run was claimed
    await schedules.change(db, schedule.id, now=now, next_run_at=min(again_at, wished or again_at))


async def _note(db: Session, schedule: Schedule, claimed: Claimed, state: str, reason: str, now: datetime) -> None:
    run: Run = run_of(schedule, claimed.due_at)
    await deliveries.note(
        db, run, state=state, error=reason, now=now, account_id=schedule.account_id, channel_id=schedule.channel_id
    )
