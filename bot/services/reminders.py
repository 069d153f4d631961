"""A person's reminders: made, changed, put off, silenced. They are schedules that serve this person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.domain.my_reminders import Asked, Mine, Reminder
from bot.domain.recurrence import next_after
from bot.domain.reminder_words import Habits
from bot.domain.reminders import (
    MOST,
    Preferences,
    Rule,
    Running,
    end_of_day,
    named_days,
    pattern,
    workspace_pattern,
)
from bot.domain.track_reminders import Every
from bot.errors import UserError
from bot.i18n import N_
from bot.services import undo
from bot.services.context import Context
from bot.services.reminder_rows import PERSONAL, SNOOZED, WORKSPACE, add, preferences_of, rule_of
from bot.store import Session, reminders, schedules
from bot.store.tables import Schedule


class TooMany(UserError):
    """More reminders than one person is well served with."""

    sentence = N_("You have {most} reminders already. Nothing was saved: remove one first.")


class ThereAlready(UserError):
    """The same reminder again."""

    sentence = N_("You have this reminder already. Nothing was changed.")


class Gone(UserError):
    """The reminder was removed since its button was shown."""

    sentence = N_(
        "This reminder has been removed in the meantime. Nothing was changed. `{track} remind` shows those you have."
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What the reminders are after a change, which of them was made, how many were removed, and what takes it back."""

    mine: Mine
    made: Reminder | None
    removed: tuple[Rule, ...]
    undo_id: str


async def mine(context: Context) -> Mine:
    """The person's reminders. No call to Toggl."""
    async with context.store.reading() as db:
        return await _mine(db, context)


async def make(context: Context, rule: Rule) -> Changed:
    """Make a reminder. Raises TooMany, ThereAlready."""
    async with context.store.writing() as db:
        there = await _mine(db, context)
        rule = _tidy(rule, there.preferences)
        if any(other.rule == rule for other in there.reminders):
            raise ThereAlready
        if len(there.reminders) >= MOST:
            raise TooMany(most=MOST)
        made = await add(db, context, rule, there.preferences)
        after = await _mine(db, context)
    return await _changed(context, after, made=made.id)


async def change(context: Context, reminder_id: int, rule: Rule) -> Changed:
    """Let a reminder be another one. Raises Gone, ThereAlready."""
    async with context.store.writing() as db:
        there = await _mine(db, context)
        rule = _tidy(rule, there.preferences)
        old = find(there, reminder_id)
        if any(other.rule == rule for other in there.reminders):
            raise ThereAlready
        await schedules.remove(db, reminder_id)
        made = await add(db, context, rule, there.preferences)
        after = await _mine(db, context)
    return await _changed(context, after, made=made.id, removed=(old.rule,))


async def remove(context: Context, reminder_id: int) -> Changed:
    """Remove a reminder. Raises Gone."""
    async with context.store.writing() as db:
        old = find(await _mine(db, context), reminder_id)
        await schedules.remove(db, reminder_id)
        after = await _mine(db, context)
    return await _changed(context, after, removed=(old.rule,))


async def clear(context: Context) -> Changed | None:
    """Remove all reminders the person made; None where there are none."""
    async with context.store.writing() as db:
        there = (await _mine(db, context)).reminders
        for reminder in there:
            await schedules.remove(db, reminder.id)
        after = await _mine(db, context)
    return await _changed(context, after, removed=tuple(old.rule for old in there)) if there else None


async def snooze(context: Context, schedule_id: int, period: str, length: timedelta) -> datetime:
    """Look at a reminder again in a while (UTC), still for its own `period`. Raises Gone."""
    person, until = context.person, context.now.astimezone(UTC) + length
    async with context.store.writing() as db:
        put_off = await schedules.find_by_id(db, schedule_id)
        if put_off is None or put_off.account_id != person.account_id:
            raise Gone
        key = f"{schedule_id}:{period}"
        before = await schedules.find(db, tenant_id=person.tenant_id, kind=SNOOZED, key=key)
        if before is not None:
            await schedules.remove(db, before.id)
        await schedules.add(
            db,
            kind=SNOOZED,
            key=key,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            account_id=person.account_id,
            zone=person.zone.key,
            payload={"of": schedule_id, "period": period},
            due_at=until,
            now=context.now,
        )
    return until


async def off_today(context: Context) -> Mine:
    """Say nothing for the rest of the person's day."""
    return await _prefer(context, off=False, off_until=end_of_day(context.now, context.person.zone))


async def off(context: Context) -> Mine:
    """Say nothing until the person wants it again."""
    return await _prefer(context, off=True)


async def on(context: Context) -> Mine:
    """Remind the person again."""
    return await _prefer(context, off=False, off_until=None)


async def listen(context: Context, *, workspace: bool) -> Mine:
    """Whether to remind the person of what Toggl's own reminders ask for."""
    return await _prefer(context, workspace_off=not workspace)


async def live(context: Context, habits: Habits) -> Mine:
    """Keep when the person works and when they want to hear of what their workspace asks for."""
    told = {name: value for name in Habits.__dataclass_fields__ if (value := getattr(habits, name)) is not None}
    return await _prefer(context, **told)


async def _mine(db: Session, context: Context) -> Mine:
    account_id = context.person.account_id
    preferences = await preferences_of(db, account_id)
    personal = await schedules.of_account(db, account_id=account_id, kind=PERSONAL)
    workspace = await schedules.of_account(db, account_id=account_id, kind=WORKSPACE)
    return Mine(
        reminders=tuple(_reminder(row) for row in personal),
        asked=tuple(_asked(row) for row in workspace),
        preferences=preferences,
        resting=any(row.paused_at is not None for row in (*personal, *workspace)),
    )


def _reminder(row: Schedule) -> Reminder:
    rule = rule_of(row)
    return Reminder(row.id, rule, None if isinstance(rule, Running) else _next(row))


def _asked(row: Schedule) -> Asked:
    kept = row.settings
    return Asked(Every(kept["every"]), timedelta(seconds=kept["seconds"]), kept["name"], _next(row))


def _next(row: Schedule) -> datetime | None:
    return row.next_run_at if row.paused_at is None else None


def find(there: Mine, reminder_id: int) -> Reminder:
    """One of the person's reminders. Raises Gone."""
    found = next((reminder for reminder in there.reminders if reminder.id == reminder_id), None)
    if found is None:
        raise Gone
    return found


def _tidy(rule: Rule, preferences: Preferences) -> Rule:
    """The rule with its days as they are kept: those that are the working days follow these from now on."""
    if isinstance(rule, Running) or rule.days is None:
        return rule
    return msgspec.structs.replace(rule, days=named_days(rule.days, preferences))


async def _changed(context: Context, after: Mine, *, made: int | None = None, removed: Sequence[Rule] = ()) -> Changed:
    new = next((reminder for reminder in after.reminders if reminder.id == made), None)
    step = undo.RemindersUndo(made=made, rule=new.rule if new else None, removed=tuple(removed))
    return Changed(after, new, tuple(removed), await undo.record(context, step))


async def _prefer(context: Context, **told: Any) -> Mine:
    """Keep what was told of the preferences, and move what comes at other times by them."""
    account_id = context.person.account_id
    async with context.store.writing() as db:
        after = msgspec.structs.replace(await preferences_of(db, account_id), **told)
        settings = msgspec.json.encode(after).decode()
        await reminders.keep_preferences(db, account_id=account_id, settings=settings, now=context.now)
        for row in await schedules.of_account(db, account_id=account_id, kind=PERSONAL):
            rule = rule_of(row)
            await _move(db, context, row, pattern(rule, after), at_once=isinstance(rule, Running))
        for row in await schedules.of_account(db, account_id=account_id, kind=WORKSPACE):
            await _move(db, context, row, workspace_pattern(row.settings["every"], after))
        now_mine = await _mine(db, context)
    context.note_change()
    return now_mine


async def _move(db: Session, context: Context, row: Schedule, when: str, *, at_once: bool = False) -> None:
    """Let the schedule come at the times of `when`, or be looked at now, where it has times of its own."""
    zone = context.person.zone
    if at_once or (when, zone.key) != (row.pattern, row.zone):
        due_at = context.now if at_once else next_after(when, zone, context.now)
        await schedules.change(db, row.id, now=context.now, pattern=when, zone=zone.key, next_run_at=due_at)
