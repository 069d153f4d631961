"""Taking back what was changed of one's reminders. Nothing is asked of Toggl."""

from __future__ import annotations

from bot.services import reminder_rows
from bot.services.context import Context
from bot.services.undo.steps import RemindersUndo
from bot.store import schedules


async def undo_reminders(context: Context, step: RemindersUndo) -> None:
    """Remove what was made, and make again what was removed, unless it is there."""
    account_id = context.person.account_id
    async with context.store.writing() as db:
        there = await schedules.of_account(db, account_id=account_id, kind=reminder_rows.PERSONAL)
        for row in there:
            if row.id == step.made:
                await schedules.remove(db, row.id)
        known = [reminder_rows.rule_of(row) for row in there if row.id != step.made]
        preferences = await reminder_rows.preferences_of(db, account_id)
        for rule in step.removed:
            if rule not in known:
                await reminder_rows.add(db, context, rule, preferences)
