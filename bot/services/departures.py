"""Forgetting a person, and what that means for channels that get something with their credential."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.subscriptions import Paused
from bot.services import statistics_schedules
from bot.services.following import following_of
from bot.services.project_routing import rest
from bot.services.project_watching import arrange
from bot.store import Session, accounts, subscriptions


async def forget(db: Session, account_id: int, *, now: datetime) -> None:
    """Forget everything of the person's.

    What channels followed with their credential rests, and the channels hear it; of statistics an admin is asked.
    """
    await statistics_schedules.leave(db, account_id, now=now)
    rows = await subscriptions.of_subscriber(db, account_id=account_id)
    await accounts.forget(db, account_id)
    left = [msgspec.structs.replace(following_of(row), account_id=None, user_id=None) for row in rows]
    await rest(db, [one for one in left if one.paused is None], Paused.DISCONNECTED, now=now)


async def refused(db: Session, account_id: int, *, workspace_id: int, now: datetime) -> None:
    """Toggl refuses the person's credential, or there is none: what it looked for rests, and the channels hear it."""
    rows = await subscriptions.of_poll(db, account_id=account_id, workspace_id=workspace_id)
    await rest(db, [following_of(row) for row in rows], Paused.REFUSED, now=now)


async def take_up(db: Session, account_id: int, *, now: datetime) -> None:
    """The person connected again: what rested because Toggl refused their credential goes on."""
    rows = [following_of(row) for row in await subscriptions.of_subscriber(db, account_id=account_id)]
    resting = [one for one in rows if one.paused is Paused.REFUSED]
    await subscriptions.resume(db, [one.id for one in resting], now=now)
    for tenant_id, team_id, channel_id in sorted({(one.tenant_id, one.team_id, one.channel_id) for one in resting}):
        await arrange(db, tenant_id=tenant_id, team_id=team_id, channel_id=channel_id, now=now)
