"""Forgetting a person, and what that means for channels that get something with their credential."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.subscriptions import Paused
from bot.services import statistics_schedules
from bot.services.following import following_of
from bot.services.project_routing import rest
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
