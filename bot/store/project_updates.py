"""Projects as they were last seen by somebody's credential, and what channels are still to be told of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import (
    Account,
    ChannelUpdates,
    CredentialRow,
    Delivery,
    Mute,
    ProjectSnapshot,
    ProjectUpdate,
    Schedule,
    Subscription,
)
from bot.store.tables.schedules import POSTED, UNSURE, WAITING
from bot.store.upserts import insert

UPDATE = "update"
CARD = "card"
NOTICE = "notice"
_AT_ONCE = 500
"""Keys in one question: databases take some thousands."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A project as it was last seen: `state` is JSON. `members_at` is when its members were last asked for."""

    state: str
    members_at: datetime | None


async def snapshots(
    db: Session, *, account_id: int, workspace_id: int, project_ids: Collection[int] | None = None
) -> Mapping[int, Seen]:
    """What the person's credential last saw in the workspace, by the projects' numbers; of these projects, if given."""
    rows = select(ProjectSnapshot).where(
        ProjectSnapshot.account_id == account_id, ProjectSnapshot.workspace_id == workspace_id
    )
    if project_ids is not None:
        rows = rows.where(col(ProjectSnapshot.project_id).in_(project_ids))
    return {row.project_id: Seen(row.state, row.members_at) for row in await db.exec(rows)}


async def replace(
    db: Session,
    *,
    account_id: int,
    workspace_id: int,
    project_id: int,
    before: str | None,
    state: str,
    members_at: datetime | None,
    now: datetime,
) -> bool:
    """Put `state` in the place of what was seen `before` (None: nothing). False where that is not what is kept now."""
    values = {"state": state, "members_at": members_at, "updated_at": now}
    theirs = {"account_id": account_id, "workspace_id": workspace_id, "project_id": project_id}
    if before is None:
        new = insert(db, ProjectSnapshot).values(**theirs, **values)
        keys = ["account_id", "workspace_id", "project_id"]
        added = new.on_conflict_do_nothing(index_elements=keys).returning(col(ProjectSnapshot.id))
        return (await db.exec(added)).first() is not None
    same = (getattr(ProjectSnapshot, name) == value for name, value in theirs.items())
    kept = update(ProjectSnapshot).where(*same, col(ProjectSnapshot.state) == before).values(**values)
    return (await db.exec(kept)).rowcount == 1


async def forget_snapshots(db: Session, *, account_id: int, workspace_id: int) -> int:
    """Forget what the person's credential saw in the workspace, where nobody looks any more; how many projects."""
    theirs = delete(ProjectSnapshot).where(
        col(ProjectSnapshot.account_id) == account_id, col(ProjectSnapshot.workspace_id) == workspace_id
    )
    return (await db.exec(theirs)).rowcount


async def followers(db: Session, *, tenant_id: str, workspace_id: int) -> Sequence[tuple[Subscription, Account | None]]:
    """Every subscription in the workspace with whose credential looks, those that rest among them."""
    everybody = select(Subscription, Account).outerjoin(Account, col(Account.id) == col(Subscription.account_id))
    of_it = everybody.where(Subscription.tenant_id == tenant_id, Subscription.workspace_id == workspace_id)
    return (await db.exec(of_it.order_by(col(Subscription.id)))).all()


async def tell(db: Session, updates: Collection[ProjectUpdate]) -> None:
    """Let channels be told."""
    db.add_all(updates)
    await db.flush()


async def to_tell(db: Session, *, tenant_id: str, channel_id: str) -> Sequence[ProjectUpdate]:
    """What the channel is still to be told, the oldest first."""
    waiting = select(ProjectUpdate).where(ProjectUpdate.tenant_id == tenant_id, ProjectUpdate.channel_id == channel_id)
    return (await db.exec(waiting.order_by(col(ProjectUpdate.id)))).all()


async def told(db: Session, ids: Collection[int]) -> bool:
    """Forget what is told now. False where somebody else told some of it meanwhile: then nothing may be posted."""
    gone = delete(ProjectUpdate).where(col(ProjectUpdate.id).in_(ids))
    return (await db.exec(gone)).rowcount == len(ids)


async def withdraw(
    db: Session, *, tenant_id: str, workspace_id: int, project_id: int, channel_ids: Collection[str]
) -> None:
    """Tell these channels nothing of what waits about the project."""
    await db.exec(
        delete(ProjectUpdate).where(
            col(ProjectUpdate.tenant_id) == tenant_id,
            col(ProjectUpdate.workspace_id) == workspace_id,
            col(ProjectUpdate.project_id) == project_id,
            col(ProjectUpdate.channel_id).in_(channel_ids),
            col(ProjectUpdate.how) != NOTICE,
        )
    )


async def drop_snapshots(db: Session, *, account_id: int, workspace_id: int, project_ids: Collection[int]) -> None:
    """Forget these projects, which the person does not see any more."""
    await db.exec(
        delete(ProjectSnapshot).where(
            col(ProjectSnapshot.account_id) == account_id,
            col(ProjectSnapshot.workspace_id) == workspace_id,
            col(ProjectSnapshot.project_id).in_(project_ids),
        )
    )


async def settings_of_channels(
    db: Session, *, tenant_id: str, channel_ids: Collection[str]
) -> Mapping[str, ChannelUpdates]:
    """How these channels are told, by channel."""
    rows = select(ChannelUpdates).where(
        ChannelUpdates.tenant_id == tenant_id, col(ChannelUpdates.channel_id).in_(channel_ids)
    )
    return {row.channel_id: row for row in await db.exec(rows)}


async def muted(db: Session, *, tenant_id: str, project_ids: Collection[int]) -> Collection[tuple[str, int]]:
    """(channel, project) of those of these projects that channels do not want to hear of."""
    rows = select(Mute.channel_id, Mute.project_id).where(
        Mute.tenant_id == tenant_id, col(Mute.project_id).in_(project_ids)
    )
    return {(channel_id, project_id) for channel_id, project_id in await db.exec(rows)}


async def posted_keys(db: Session, *, tenant_id: str, keys: Sequence[str]) -> Collection[str]:
    """Those of these keys under which something was posted, or is about to be."""
    found: set[str] = set()
    for first in range(0, len(keys), _AT_ONCE):
        standing = select(Delivery.key).where(
            Delivery.tenant_id == tenant_id,
            col(Delivery.key).in_(keys[first : first + _AT_ONCE]),
            col(Delivery.state).in_((POSTED, WAITING, UNSURE)),
        )
        found.update(await db.exec(standing))
    return found


async def resting(db: Session, *, tenant_id: str, kind: str, channel_ids: Collection[str]) -> Collection[str]:
    """Those of these channels whose schedule of this kind is paused, because they could not be reached."""
    paused = select(Schedule.channel_id).where(
        Schedule.tenant_id == tenant_id,
        Schedule.kind == kind,
        col(Schedule.channel_id).in_(channel_ids),
        col(Schedule.paused_at).is_not(None),
    )
    return {channel_id for channel_id in await db.exec(paused) if channel_id}


async def pending(db: Session, *, tenant_id: str, kind: str, account_id: int) -> Sequence[Schedule]:
    """What one person's credential is still to be used for, of one kind."""
    theirs = select(Schedule).where(
        Schedule.tenant_id == tenant_id, Schedule.kind == kind, Schedule.owner_id == account_id
    )
    return (await db.exec(theirs.order_by(col(Schedule.id)))).all()


async def sharing(db: Session, *, tenant_id: str, kind: str, account_id: int) -> Sequence[Schedule]:
    """Work of one kind in the tenant with the person's credential, or with the same that somebody else connected."""
    theirs = select(CredentialRow.fingerprint).where(CredentialRow.account_id == account_id)
    same = select(CredentialRow.account_id).where(
        CredentialRow.account_id == Schedule.owner_id, col(CredentialRow.fingerprint).in_(theirs)
    )
    rows = select(Schedule).where(Schedule.tenant_id == tenant_id, Schedule.kind == kind, same.exists())
    return (await db.exec(rows.order_by(col(Schedule.id)))).all()
