"""Taking up again what had to be paused: the button under the message that told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.recurrence import next_after
from bot.errors import UserError
from bot.i18n import N_
from bot.services.context import Context
from bot.store import schedules


class PausedGone(UserError):
    """It was removed meanwhile, or is not the person's."""

    sentence = N_("That no longer exists, so there is nothing to resume.")


@dataclass(frozen=True, slots=True)
class Resumed:
    """What goes on: in the channel `channel_id`, or for the person alone, next at `at` (UTC)."""

    channel_id: str | None
    at: datetime


async def resume(context: Context, schedule_id: int) -> Resumed:
    """Take up again what the person made or what serves them; once is enough. Raises PausedGone, StoreUnavailable."""
    person, now = context.person, context.now
    async with context.store.writing() as db:
        row = await schedules.find_by_id(db, schedule_id)
        if row is None or person.account_id not in {row.owner_id, row.account_id}:
            raise PausedGone
        due_at = next_after(row.pattern, ZoneInfo(row.zone), now) if row.pattern else now
        if not await schedules.resume(db, row.id, due_at=due_at, now=now):
            due_at = row.next_run_at or now
    return Resumed(row.channel_id, due_at)
