"""Work for the clock: made by use cases in their own unit of work, found and claimed by workers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlmodel import col, delete, func, select, update

from bot.store.store import Session
from bot.store.tables import Schedule
from bot.store.upserts import insert


class Details(TypedDict, total=False):
    """What may be said of a new schedule: see the table. `payload` is ids and settings only, never a secret."""

    pattern: str | None
    zone: str
    payload: Mapping[str, Any]
    owner_id: int | None
    account_id: int | None
    channel_id: str | None


async def add(
    db: Session,
    *,
    kind: str,
    tenant_id: str,
    team_id: str,
    due_at: datetime,
    now: datetime,
    key: str | None = None,
    **details: Unpack[Details],
) -> Schedule:
    """A new schedule, due first at `due_at`; once where it has no `pattern`.

    With a `key` that the tenant has already for this kind it fails: see `ensure`.
    """
    made = Schedule(
        kind=kind,
        key=key,
        tenant_id=tenant_id,
        team_id=team_id,
        next_run_at=due_at,
        created_at=now,
        updated_at=now,
        **_columns(details),
    )
    db.add(made)
    await db.flush()
    return made


async def ensure(
    db: Session,
    *,
    kind: str,
    key: str,
    tenant_id: str,
    team_id: str,
    due_at: datetime,
    now: datetime,
    **details: Unpack[Details],
) -> None:
    """Let there be one schedule with this `key`, due at `due_at` at the latest.

    Where there is one, only its next time changes, and only to an earlier one: a one-shot that is being done is due
    once more after that, and a paused one stays paused.
    """
    new = insert(db, Schedule).values(
        kind=kind,
        key=key,
        tenant_id=tenant_id,
        team_id=team_id,
        next_run_at=due_at,
        created_at=now,
        updated_at=now,
        **{"zone": "UTC", "payload": "{}", **_columns(details)},
    )
    later = col(Schedule.next_run_at).is_(None) | (col(Schedule.next_run_at) > due_at)
    names = ["tenant_id", "kind", "key"]
    await db.exec(new.on_conflict_do_update(index_elements=names, set_={"next_run_at": due_at}, where=later))


async def find(db: Session, *, tenant_id: str, kind: str, key: str) -> Schedule | None:
    """The tenant's schedule of this kind and key."""
    theirs = select(Schedule).where(Schedule.tenant_id == tenant_id, Schedule.kind == kind, Schedule.key == key)
    return (await db.exec(theirs)).first()


async def find_by_id(db: Session, schedule_id: int) -> Schedule | None:
    """The schedule, unless it was removed or done since."""
    return await db.get(Schedule, schedule_id)


async def of_channel(db: Session, *, tenant_id: str, channel_id: str, kind: str | None = None) -> Sequence[Schedule]:
    """What is posted in a channel, oldest first; of one kind, if given."""
    theirs = select(Schedule).where(Schedule.tenant_id == tenant_id, Schedule.channel_id == channel_id)
    theirs = theirs if kind is None else theirs.where(Schedule.kind == kind)
    return (await db.exec(theirs.order_by(col(Schedule.id)))).all()


async def of_account(db: Session, *, account_id: int, kind: str | None = None) -> Sequence[Schedule]:
    """What serves a person, oldest first; of one kind, if given."""
    theirs = select(Schedule).where(Schedule.account_id == account_id)
    theirs = theirs if kind is None else theirs.where(Schedule.kind == kind)
    return (await db.exec(theirs.order_by(col(Schedule.id)))).all()


async def of_owner(db: Session, *, owner_id: int, kind: str | None = None) -> Sequence[Schedule]:
    """What a person made, oldest first; of one kind, if given."""
    theirs = select(Schedule).where(Schedule.owner_id == owner_id)
    theirs = theirs if kind is None else theirs.where(Schedule.kind == kind)
    return (await db.exec(theirs.order_by(col(Schedule.id)))).all()


async def of_team(db: Session, *, tenant_id: str, team_id: str, kind: str) -> Sequence[Schedule]:
    """Everything of one kind in a Slack workspace, oldest first."""
    theirs = select(Schedule).where(Schedule.tenant_id == tenant_id, Schedule.team_id == team_id, Schedule.kind == kind)
    return (await db.exec(theirs.order_by(col(Schedule.id)))).all()


async def change(db: Session, schedule_id: int, *, now: datetime, **values: Any) -> bool:
    """Set columns of the schedule, such as `pattern`, `zone`, `next_run_at` and `channel_id`; False if it is gone.

    `payload` is given as what it holds.
    """
    changed = update(Schedule).where(col(Schedule.id) == schedule_id).values(**_columns(values), updated_at=now)
    return (await db.exec(changed)).rowcount == 1


async def pause(db: Session, schedule_id: int, *, reason: str | None = None, now: datetime) -> bool:
    """Let it rest until `resume`. True the first time: then its owner has to be told the `reason`, if there is one.

    `reason` is a sentence marked with `N_`, without places.
    """
    running = update(Schedule).where(col(Schedule.id) == schedule_id, col(Schedule.paused_at).is_(None))
    paused = await db.exec(running.values(paused_at=now, pause_reason=reason, updated_at=now))
    return paused.rowcount == 1


async def resume(db: Session, schedule_id: int, *, due_at: datetime, now: datetime) -> bool:
    """Take a paused one up again, due next at `due_at`; False if it was not paused."""
    paused = update(Schedule).where(col(Schedule.id) == schedule_id, col(Schedule.paused_at).is_not(None))
    resumed = await db.exec(paused.values(paused_at=None, pause_reason=None, next_run_at=due_at, updated_at=now))
    return resumed.rowcount == 1


async def remove(db: Session, schedule_id: int) -> bool:
    """Delete it; what it posted stays in the history. False if it is gone already."""
    return (await db.exec(delete(Schedule).where(col(Schedule.id) == schedule_id))).rowcount == 1


async def claim_due(db: Session, *, now: datetime, limit: int) -> Sequence[Schedule]:
    """Up to `limit` schedules that are due, the longest due first, for this unit of work alone.

    On PostgreSQL others leave the locked rows aside; on SQLite one unit writes at a time.
    """
    due = select(Schedule).where(col(Schedule.paused_at).is_(None), col(Schedule.next_run_at) <= now)
    due = due.order_by(col(Schedule.next_run_at), col(Schedule.id)).limit(limit)
    return (await db.exec(due.with_for_update(skip_locked=True))).all()


async def claim_run(db: Session, schedule_id: int, *, due_at: datetime) -> Schedule | None:
    """Take the run that was due at `due_at`, for whoever comes first. None if it was done, or the schedule is gone."""
    ahead = update(Schedule).where(
        col(Schedule.id) == schedule_id,
        col(Schedule.paused_at).is_(None),
        col(Schedule.ran_at).is_(None) | (col(Schedule.ran_at) < due_at),
    )
    return (await db.exec(ahead.values(ran_at=due_at).returning(Schedule))).scalars().first()


async def finish(db: Session, schedule_id: int) -> bool:
    """Delete a one-shot that is done, unless it became due once more meanwhile."""
    done = delete(Schedule).where(
        col(Schedule.id) == schedule_id, col(Schedule.pattern).is_(None), col(Schedule.next_run_at).is_(None)
    )
    return (await db.exec(done)).rowcount == 1


async def revive(db: Session, *, before: datetime, now: datetime) -> int:
    """Make one-shots due again that were claimed before this moment and never done; how many there were."""
    lost = update(Schedule).where(
        col(Schedule.next_run_at).is_(None),
        col(Schedule.pattern).is_(None),
        col(Schedule.paused_at).is_(None),
        col(Schedule.updated_at) < before,
    )
    return (await db.exec(lost.values(next_run_at=now, updated_at=now))).rowcount


async def earliest_due(db: Session) -> datetime | None:
    """When the next schedule is due; it may be past."""
    waiting = select(func.min(Schedule.next_run_at)).where(col(Schedule.paused_at).is_(None))
    return (await db.exec(waiting)).first()


def _columns(details: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the table keeps them."""
    if "payload" not in details:
        return dict(details)
    return {**details, "payload": json.dumps(dict(details["payload"]), separators=(",", ":"), ensure_ascii=False)}
