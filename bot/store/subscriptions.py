"""What channels follow, how each is told, and what it muted. A channel is always meant within its tenant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import and_, col, delete, or_, select, update
from sqlmodel.sql.expression import Select

from bot.store.store import Session
from bot.store.tables import Account, ChannelUpdates, Mute, Subscription
from bot.store.upserts import insert

Followed = tuple[Subscription, Account | None]
"""A subscription with the person whose credential looks; None once they are gone."""


async def save(db: Session, subscription: Subscription) -> Subscription:
    """Keep the subscription, new or changed, and give it with its id."""
    db.add(subscription)
    await db.flush()
    return subscription


async def get_or_add(db: Session, new: Subscription) -> tuple[Subscription, bool]:
    """The channel's subscription to that project, and whether it is `new`: of several who add it at once, one does."""
    added = insert(db, Subscription).values(new.model_dump(exclude={"id"}))
    names = ["tenant_id", "channel_id", "workspace_id", "project_id"]
    only_new = added.on_conflict_do_nothing(index_elements=names).returning(col(Subscription.id))
    made = (await db.exec(only_new)).first() is not None
    same = await find_same(
        db,
        tenant_id=new.tenant_id,
        channel_id=new.channel_id,
        workspace_id=new.workspace_id,
        project_id=new.project_id,
    )
    assert same is not None  # noqa: S101 (it was there, or is now; says so to the type checker)
    return same, made


async def find(db: Session, subscription_id: int) -> Followed | None:
    """The subscription, unless it was removed since."""
    found = await db.exec(_followed().where(Subscription.id == subscription_id))
    return found.first()


async def find_same(
    db: Session, *, tenant_id: str, channel_id: str, workspace_id: int, project_id: int
) -> Subscription | None:
    """The channel's subscription to the project; 0 for the one to all."""
    return (
        await db.exec(
            select(Subscription).where(
                Subscription.tenant_id == tenant_id,
                Subscription.channel_id == channel_id,
                Subscription.workspace_id == workspace_id,
                Subscription.project_id == project_id,
            )
        )
    ).first()


async def of_channel(db: Session, *, tenant_id: str, channel_id: str) -> Sequence[Followed]:
    """What the channel follows, the subscription to all first, then by the projects' names."""
    of_it = _followed().where(Subscription.tenant_id == tenant_id, Subscription.channel_id == channel_id)
    everything_first = (col(Subscription.project_id) != 0, col(Subscription.project_name), col(Subscription.id))
    return (await db.exec(of_it.order_by(*everything_first))).all()


async def of_account(db: Session, *, account_id: int) -> Sequence[Subscription]:
    """What the person subscribed channels to, by channel."""
    theirs = select(Subscription).where(Subscription.account_id == account_id)
    return (await db.exec(theirs.order_by(col(Subscription.channel_id), col(Subscription.id)))).all()


async def of_subscriber(db: Session, *, account_id: int) -> Sequence[Followed]:
    """The same, with the person."""
    theirs = _followed().where(Subscription.account_id == account_id)
    return (await db.exec(theirs.order_by(col(Subscription.channel_id), col(Subscription.project_name)))).all()


async def of_poll(
    db: Session, *, account_id: int, workspace_id: int, or_paused: str = "", since: datetime | None = None
) -> Sequence[Followed]:
    """What the person's credential has to look for in the workspace now.

    Paused ones aside, other than those that rest for the reason `or_paused`, `since` then or later.
    """
    theirs = _followed().where(Subscription.account_id == account_id, Subscription.workspace_id == workspace_id)
    active = col(Subscription.paused_at).is_(None)
    if since is None:
        return (await db.exec(theirs.where(active).order_by(col(Subscription.id)))).all()
    waits = and_(col(Subscription.pause_reason) == or_paused, col(Subscription.paused_at) >= since)
    return (await db.exec(theirs.where(or_(active, waits)).order_by(col(Subscription.id)))).all()


async def pause(db: Session, ids: Collection[int], *, reason: str, now: datetime) -> int:
    """Let these rest for `reason`, those that do not rest yet; how many."""
    active = update(Subscription).where(col(Subscription.id).in_(ids), col(Subscription.paused_at).is_(None))
    return (await db.exec(active.values(paused_at=now, pause_reason=reason, updated_at=now))).rowcount


async def resume(db: Session, ids: Collection[int], *, now: datetime) -> int:
    """Take these up again, those that rest; how many."""
    resting = update(Subscription).where(col(Subscription.id).in_(ids), col(Subscription.paused_at).is_not(None))
    return (await db.exec(resting.values(paused_at=None, pause_reason=None, updated_at=now))).rowcount


async def rename_project(db: Session, *, workspace_id: int, project_id: int, name: str, private: bool = False) -> None:
    """Keep what the project is called now, wherever it is followed or muted; a private one where it may be seen."""
    following = update(Subscription).where(
        col(Subscription.workspace_id) == workspace_id, col(Subscription.project_id) == project_id
    )
    if private:
        await db.exec(following.where(col(Subscription.private)).values(project_name=name))
        return
    await db.exec(following.values(project_name=name))
    await db.exec(update(Mute).where(col(Mute.project_id) == project_id).values(project_name=name))


async def remove(db: Session, ids: Collection[int]) -> int:
    """Delete these subscriptions; how many there were."""
    return (await db.exec(delete(Subscription).where(col(Subscription.id).in_(ids)))).rowcount


async def find_settings(db: Session, *, tenant_id: str, channel_id: str) -> ChannelUpdates | None:
    """How the channel is told; None before its first subscription."""
    of_it = select(ChannelUpdates).where(ChannelUpdates.tenant_id == tenant_id, ChannelUpdates.channel_id == channel_id)
    return (await db.exec(of_it)).first()


async def set_by(db: Session, row: ChannelUpdates) -> str | None:
    """Who set that last, by their id in Slack; None once they are gone."""
    return (await db.exec(select(Account.user_id).where(Account.id == row.account_id))).first()


async def save_settings(
    db: Session, *, tenant_id: str, team_id: str, channel_id: str, settings: str, account_id: int | None, now: datetime
) -> None:
    """Let the channel be told as `settings` (JSON) say."""
    values = {"team_id": team_id, "settings": settings, "account_id": account_id, "updated_at": now}
    new = insert(db, ChannelUpdates).values(tenant_id=tenant_id, channel_id=channel_id, **values)
    await db.exec(new.on_conflict_do_update(index_elements=["tenant_id", "channel_id"], set_=values))


async def forget_settings(db: Session, *, tenant_id: str, channel_id: str) -> None:
    """Forget how the channel is told, as when it is gone."""
    await db.exec(
        delete(ChannelUpdates).where(
            col(ChannelUpdates.tenant_id) == tenant_id, col(ChannelUpdates.channel_id) == channel_id
        )
    )


async def mute(
    db: Session,
    *,
    tenant_id: str,
    channel_id: str,
    project_id: int,
    project_name: str,
    account_id: int,
    now: datetime,
) -> bool:
    """The channel hears no more of the project; False where it was muted already."""
    new = insert(db, Mute).values(
        tenant_id=tenant_id,
        channel_id=channel_id,
        project_id=project_id,
        project_name=project_name,
        account_id=account_id,
        created_at=now,
    )
    only_new = new.on_conflict_do_nothing(index_elements=["tenant_id", "channel_id", "project_id"])
    return (await db.exec(only_new.returning(col(Mute.id)))).first() is not None


async def unmute(db: Session, *, tenant_id: str, channel_id: str, project_ids: Collection[int]) -> int:
    """The channel hears of these projects again; how many were muted."""
    gone = delete(Mute).where(
        col(Mute.tenant_id) == tenant_id, col(Mute.channel_id) == channel_id, col(Mute.project_id).in_(project_ids)
    )
    return (await db.exec(gone)).rowcount


async def mutes(db: Session, *, tenant_id: str, channel_id: str) -> Sequence[Mute]:
    """The projects that the channel does not want to hear of, by name."""
    of_it = select(Mute).where(Mute.tenant_id == tenant_id, Mute.channel_id == channel_id)
    return (await db.exec(of_it.order_by(col(Mute.project_name), col(Mute.id)))).all()


def _followed() -> Select[Subscription, Account]:
    return select(Subscription, Account).outerjoin(Account, col(Account.id) == col(Subscription.account_id))
