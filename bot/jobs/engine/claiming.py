"""What is due now: each run claimed once, and the next time written down with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.domain.recurrence import BadPattern, next_after
from bot.i18n import N_
from bot.jobs.job import Job
from bot.store import Session, deliveries, schedules
from bot.store.deliveries import Run
from bot.store.tables import Schedule
from bot.store.tables.schedules import SKIPPED

MISSED = N_("It was due while I was not running, and is no longer useful.")
CAUGHT_UP = N_("It was due more than once while I was not running, and was posted once.")
UNREADABLE = N_("I can no longer read its times. Please set it up again.")
UNKNOWN_WAITS = timedelta(minutes=10)
"""When a schedule of an unknown kind is looked at again: a newer version may run beside this one."""
_ALL_MISSED = 5_000
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One run that is to be prepared: ids only."""

    schedule_id: int
    kind: str
    due_at: datetime

    @property
    def name(self) -> str:
        """The run's own name, for ever."""
        return f"{self.kind}:{self.schedule_id}:{self.due_at.isoformat()}"


def run_of(schedule: Schedule, due_at: datetime) -> Run:
    """The run of `schedule` that was due at `due_at`, as deliveries know it."""
    return Run(
        name=Claimed(schedule.id, schedule.kind, due_at).name,
        kind=schedule.kind,
        tenant_id=schedule.tenant_id,
        team_id=schedule.team_id,
        due_at=due_at,
        schedule_id=schedule.id,
    )


async def claim(db: Session, jobs: Mapping[str, Job], *, now: datetime, limit: int) -> tuple[list[Claimed], bool]:
    """Up to `limit` runs that are due, and whether there may be more; what they come to next is written with them.

    What was missed is caught up once while it is of use, and else noted in the history as skipped.
    """
    due = await schedules.claim_due(db, now=now, limit=limit)
    claimed = [run for schedule in due if (run := await _claim(db, schedule, jobs.get(schedule.kind), now))]
    return claimed, len(due) == limit


async def _claim(db: Session, schedule: Schedule, job: Job | None, now: datetime) -> Claimed | None:
    if job is None:
        structlog.get_logger("bot").warning("unknown_job", kind=schedule.kind)
        schedule.next_run_at = now + UNKNOWN_WAITS
        db.add(schedule)
        return None
    assert schedule.next_run_at is not None  # noqa: S101 (it is due; says so to the type checker)
    first = schedule.next_run_at
    if schedule.ran_at is not None and first <= schedule.ran_at:
        first = schedule.ran_at + _MOMENT  # a time is never run twice, whatever was wished for
    try:
        times = _times(schedule, first, now)
    except (BadPattern, ZoneInfoNotFoundError, ValueError):
        await schedules.pause(db, schedule.id, reason=UNREADABLE, now=now)
        return None
    *missed, due_at = times.due
    schedule.next_run_at = times.following
    schedule.updated_at = now
    db.add(schedule)
    run = run_of(schedule, due_at)
    if now - due_at > job.useful_for:
        await _note(db, schedule, run, MISSED, now)
        if schedule.pattern is None:
            await db.flush()
            await schedules.finish(db, schedule.id)
        return None
    if missed:
        await _note(db, schedule, run, CAUGHT_UP, now)
    return Claimed(schedule.id, schedule.kind, due_at)


@dataclass(frozen=True, slots=True)
class _Times:
    due: Sequence[datetime]
    """Ascending, at least one; only the last counts."""
    following: datetime | None


def _times(schedule: Schedule, first: datetime, now: datetime) -> _Times:
    """Every time from `first` up to `now`, and the one after. Raises BadPattern, ZoneInfoNotFoundError."""
    if schedule.pattern is None:
        return _Times([first], None)
    zone = ZoneInfo(schedule.zone)
    due, following = [first], next_after(schedule.pattern, zone, first)
    while following <= now and len(due) < _ALL_MISSED:
        due.append(following)
        following = next_after(schedule.pattern, zone, following)
    return _Times(due, following)


async def _note(db: Session, schedule: Schedule, run: Run, reason: str, now: datetime) -> None:
    await deliveries.note(
        db,
        run,
        state=SKIPPED,
        error=reason,
        now=now,
        account_id=schedule.account_id,
        channel_id=schedule.channel_id,
    )
