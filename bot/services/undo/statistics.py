"""Taking back that a schedule of statistics was removed. Nothing is asked of Toggl."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.services import statistics_rows
from bot.services.context import Context
from bot.services.undo.steps import StatisticsScheduleUndo
from bot.store import accounts, schedules


async def undo_removal(context: Context, step: StatisticsScheduleUndo) -> None:
    """Post it again, as its maker or, where they left meanwhile, as the person. Raises AlreadyPosted, TooMany."""
    async with context.store.writing() as db:
        maker = await accounts.find_by_id(db, step.owner_id) if step.owner_id is not None else None
        row = await statistics_rows.add(
            db,
            context,
            step.plan,
            owner_id=maker.id if maker else context.person.account_id,
            channel_id=step.channel_id,
            pattern=step.pattern,
            zone=ZoneInfo(step.zone),
        )
        if step.paused:
            await schedules.pause(db, row.id, reason=step.reason, now=context.now)
