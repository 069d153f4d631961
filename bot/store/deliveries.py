"""Posts on their way, and what became of those before: the outbox and the history in one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, or_, select, update

from bot.store.store import Session
from bot.store.tables import Delivery
from bot.store.tables.schedules import FAILED, POSTED, SKIPPED, UNSURE, WAITING
from bot.store.upserts import insert

ENDED = (POSTED, SKIPPED, FAILED, UNSURE)
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post that is to wait for its turn. `content` is JSON: what Slack is given, which may quote people's data."""

    key: str
    content: Mapping[str, Any] = field(repr=False)
    account_id: int | None = None
    channel_id: str | None = None
    edit_of: str | None = None
    thread_of: str | None = None
    broadcast: bool = False
    repeatable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What posts come of: one run of a schedule, due at `due_at`. `name` is its own for ever."""

    name: str
    kind: str
    tenant_id: str
    team_id: str
    due_at: datetime
    schedule_id: int | None = None


def _owner(tenant_id: str, key: str) -> str:
    return f"delivery:{tenant_id}:{key}"


async def add(db: Session, run: Run, post: Post, *, now: datetime) -> Delivery | None:
    """Keep `post` until it is posted. None where its key was posted before, waits already, or may have been posted.

    A key of which nothing was posted (skipped or failed) is tried anew.
    """
    values = {
        "run": run.name,
        "kind": run.kind,
        "schedule_id": run.schedule_id,
        "team_id": run.team_id,
        "account_id": post.account_id,
        "channel_id": post.channel_id,
        "edit_of": post.edit_of,
        "thread_of": post.thread_of,
        "broadcast": post.broadcast,
        "repeatable": post.repeatable,
        "due_at": run.due_at,
        "content": db.cipher.seal(_owner(run.tenant_id, post.key), json.dumps(dict(post.content), ensure_ascii=False)),
        "state": WAITING,
        "attempts": 0,
        "error": None,
        "created_at": now,
        "not_before": now,
        "tried_at": None,
        "used_at": now,
    }
    new = insert(db, Delivery).values(tenant_id=run.tenant_id, key=post.key, **values)
    unposted = col(Delivery.state).in_((SKIPPED, FAILED))
    kept = new.on_conflict_do_update(index_elements=["tenant_id", "key"], set_=values, where=unposted)
    return (await db.exec(kept.returning(Delivery))).scalars().first()


async def note(
    db: Session,
    run: Run,
    *,
    state: str,
    error: str,
    now: datetime,
    account_id: int | None = None,
    channel_id: str | None = None,
) -> None:
    """Write into the history why nothing was posted of a run: skipped or failed, and the sentence that says so."""
    values = {
        "run": run.name,
        "kind": run.kind,
        "schedule_id": run.schedule_id,
        "team_id": run.team_id,
        "account_id": account_id,
        "channel_id": channel_id,
        "broadcast": False,
        "repeatable": False,
        "due_at": run.due_at,
        "state": state,
        "attempts": 0,
        "error": error,
        "created_at": now,
        "not_before": now,
        "used_at": now,
    }
    new = insert(db, Delivery).values(tenant_id=run.tenant_id, key=f"{run.name}:{state}", **values)
    await db.exec(new.on_conflict_do_nothing(index_elements=["tenant_id", "key"]))


def content(db: Session, row: Delivery) -> dict[str, Any]:
    """What is to be posted. Raises KeyLost, SealBrokenError, LookupError where it went because it was posted."""
    if row.content is None:
        raise LookupError("the content is gone")
    opened: dict[str, Any] = json.loads(db.cipher.open(_owner(row.tenant_id, row.key), row.content))
    return opened


async def find(db: Session, *, tenant_id: str, key: str) -> Delivery | None:
    """The post with this key."""
    return (await db.exec(select(Delivery).where(Delivery.tenant_id == tenant_id, Delivery.key == key))).first()


async def find_by_id(db: Session, delivery_id: int) -> Delivery | None:
    """The post, unless its person or tenant was forgotten since."""
    return await db.get(Delivery, delivery_id)


async def history(
    db: Session,
    *,
    tenant_id: str,
    channel_id: str | None = None,
    account_id: int | None = None,
    schedule_id: int | None = None,
    kinds: Sequence[str] = (),
    limit: int = SHOWN,
) -> Sequence[Delivery]:
    """What became of the last posts, the newest first: of a channel, a person or a schedule, where given."""
    rows = select(Delivery).where(Delivery.tenant_id == tenant_id)
    given = {"channel_id": channel_id, "account_id": account_id, "schedule_id": schedule_id}
    for name, value in given.items():
        rows = rows if value is None else rows.where(getattr(Delivery, name) == value)
    rows = rows.where(col(Delivery.kind).in_(kinds)) if kinds else rows
    return (await db.exec(rows.order_by(col(Delivery.due_at).desc(), col(Delivery.id).desc()).limit(limit))).all()


async def seen_by(
    db: Session,
    *,
    tenant_id: str,
    team_id: str,
    account_id: int,
    channel_id: str | None,
    kinds: Sequence[str],
    limit: int = SHOWN,
) -> Sequence[Delivery]:
    """What became of the last posts that a person of a Slack workspace may know of, the newest first.

    Those to themselves, those in the conversation `channel_id`, and those of `kinds` in any channel.
    """
    own = select(Delivery).where(Delivery.account_id == account_id)
    in_channels = select(Delivery).where(
        Delivery.tenant_id == tenant_id,
        Delivery.team_id == team_id,
        col(Delivery.account_id).is_(None),
        col(Delivery.channel_id).is_not(None),
        or_(col(Delivery.channel_id) == channel_id, col(Delivery.kind).in_(kinds)),
    )
    newest = col(Delivery.due_at).desc(), col(Delivery.id).desc()
    # Two questions, because one about both would read everything that the workspace ever got.
    found = [row for rows in (own, in_channels) for row in (await db.exec(rows.order_by(*newest).limit(limit))).all()]
    return sorted(found, key=lambda row: (row.due_at, row.id), reverse=True)[:limit]


async def begin(db: Session, delivery_id: int, *, now: datetime) -> Delivery | None:
    """Note that it is being posted: from here on it is unsure until `end`. None where it does not wait any more."""
    waiting = update(Delivery).where(col(Delivery.id) == delivery_id, col(Delivery.state) == WAITING)
    begun = waiting.values(attempts=col(Delivery.attempts) + 1, tried_at=now)
    return (await db.exec(begun.returning(Delivery))).scalars().first()


async def place(db: Session, delivery_id: int, *, channel_id: str) -> None:
    """Keep the conversation that a person's post goes to."""
    await db.exec(update(Delivery).where(col(Delivery.id) == delivery_id).values(channel_id=channel_id))


async def end(
    db: Session,
    delivery_id: int,
    *,
    state: str,
    now: datetime,
    ts: str | None = None,
    channel_id: str | None = None,
    error: str | None = None,
) -> bool:
    """Keep what became of it, and forget what it said. False where that is known already."""
    values: dict[str, Any] = {"state": state, "error": error, "content": None, "used_at": now}
    if state == POSTED:
        values |= {"posted_at": now, "ts": ts, "channel_id": channel_id}
    waiting = update(Delivery).where(col(Delivery.id) == delivery_id, col(Delivery.state) == WAITING)
    return (await db.exec(waiting.values(**values))).rowcount == 1


async def withdraw(db: Session, *, tenant_id: str, prefix: str, error: str, now: datetime) -> int:
    """Let nothing be posted of what waits under keys that begin so, for the reason `error`; how many posts."""
    waiting = update(Delivery).where(
        col(Delivery.tenant_id) == tenant_id,
        col(Delivery.key).startswith(prefix, autoescape=True),
        col(Delivery.state) == WAITING,
    )
    skipped = waiting.values(state=SKIPPED, error=error, content=None, used_at=now)
    return (await db.exec(skipped)).rowcount


async def untry(db: Session, delivery_id: int) -> None:
    """Note that the attempt that began certainly had no effect."""
    await db.exec(update(Delivery).where(col(Delivery.id) == delivery_id).values(tried_at=None))


async def use(db: Session, *, tenant_id: str, key: str, now: datetime) -> None:
    """Note that something was posted into the thread of the post with this key."""
    theirs = update(Delivery).where(col(Delivery.tenant_id) == tenant_id, col(Delivery.key) == key)
    await db.exec(theirs.values(used_at=now))


async def stand_in(db: Session, row: Delivery, *, key: str, channel_id: str, ts: str, now: datetime) -> None:
    """Let the post `key` be the message at `ts`: `row` replaced it, or was posted because it was gone."""
    message = {"state": POSTED, "channel_id": channel_id, "ts": ts, "used_at": now}
    values = {
        "run": row.run,
        "kind": row.kind,
        "schedule_id": row.schedule_id,
        "team_id": row.team_id,
        "account_id": row.account_id,
        "broadcast": False,
        "repeatable": row.repeatable,
        "due_at": row.due_at,
        "attempts": 0,
        "created_at": now,
        "not_before": now,
        "posted_at": now,
        **message,
    }
    new = insert(db, Delivery).values(tenant_id=row.tenant_id, key=key, **values)
    await db.exec(new.on_conflict_do_update(index_elements=["tenant_id", "key"], set_=message))


async def replaced_by_newer(db: Session, row: Delivery) -> bool:
    """Whether a later post waits to replace the same message."""
    newer = select(Delivery.id).where(
        Delivery.state == WAITING,
        Delivery.tenant_id == row.tenant_id,
        Delivery.edit_of == row.edit_of,
        col(Delivery.id) > row.id,
    )
    return (await db.exec(newer.limit(1))).first() is not None


async def wait(db: Session, delivery_id: int, *, until: datetime) -> None:
    """Let it have its turn no earlier than `until`."""
    await db.exec(update(Delivery).where(col(Delivery.id) == delivery_id).values(not_before=until))


async def waiting(db: Session, *, now: datetime, limit: int) -> Sequence[Delivery]:
    """What waits and may have its turn, in the order in which it was given."""
    rows = select(Delivery).where(Delivery.state == WAITING, col(Delivery.not_before) <= now)
    return (await db.exec(rows.order_by(col(Delivery.id)).limit(limit))).all()


async def backlog(db: Session) -> tuple[int, datetime | None]:
    """How many posts wait, and since when the oldest does."""
    counted = select(func.count(), func.min(Delivery.created_at)).where(Delivery.state == WAITING)
    number, oldest = (await db.exec(counted)).one()
    return number, oldest


async def count(db: Session, *, state: str) -> int:
    """How many posts are in this state."""
    return (await db.exec(select(func.count()).select_from(Delivery).where(Delivery.state == state))).one()


async def prune(db: Session, *, before: datetime) -> int:
    """Forget the posts that ended and were last used before this moment, and give their number."""
    over = or_(*(col(Delivery.state) == state for state in ENDED))
    return (await db.exec(delete(Delivery).where(col(Delivery.used_at) < before, over))).rowcount
