"""Reminders as the store keeps them: schedules that serve a person, and what the person set for all of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from bot.domain.recurrence import next_after
from bot.domain.reminders import Preferences, Rule, Running, pattern
from bot.services.context import Context
from bot.store import Account, Session, accounts, reminders, schedules, workspaces
from bot.store.tables import Schedule

PERSONAL, SNOOZED, WORKSPACE = "remind", "remind again", "remind for workspace"
"""The kinds of schedules: what a person asked for, what they put off, what Toggl's own reminders ask of them."""
READING = "read reminders"
"""The kind of schedule that reads Toggl's own reminders of a workspace."""
NIGHTLY = "03:00 weekly mon,tue,wed,thu,fri,sat,sun"
"""When they are read at the latest."""


async def read_soon(db: Session, *, account_id: int, now: datetime) -> None:
    """Let the reminders of the person's workspaces be read anew: somebody connected, or one of them was changed."""
    account = await accounts.find_by_id(db, account_id)
    if account is None:
        return
    for row in await workspaces.for_account(db, account_id=account_id):
        if row.track_id is not None:
            await _read_soon(db, account, f"{row.organization_id}:{row.track_id}", now)
            continue
        known = await reminders.keyed(
            db, tenant_id=account.tenant_id, kind=READING, beginning=f"{row.organization_id}:"
        )
        for reading in known:
            await _read_soon(db, account, reading.key or "", now)


async def _read_soon(db: Session, account: Account, key: str, now: datetime) -> None:
    organization, _, track = key.partition(":")
    await schedules.ensure(
        db,
        kind=READING,
        key=key,
        tenant_id=account.tenant_id,
        team_id=account.team_id,
        pattern=NIGHTLY,
        payload={"organization": int(organization), "track": int(track)},
        due_at=now,
        now=now,
    )


async def add(db: Session, context: Context, rule: Rule, preferences: Preferences) -> Schedule:
    """A reminder of the person's, in a unit of work."""
    person = context.person
    return await schedules.add(
        db,
        kind=PERSONAL,
        tenant_id=person.tenant_id,
        team_id=person.team_id,
        account_id=person.account_id,
        owner_id=person.account_id,
        pattern=pattern(rule, preferences),
        zone=person.zone.key,
        payload={"rule": msgspec.to_builtins(rule)},
        due_at=first_time(context, rule, preferences),
        now=context.now,
    )


def first_time(context: Context, rule: Rule, preferences: Preferences) -> datetime:
    """When a reminder is looked at first (UTC): a timer that may be running already, at once."""
    if isinstance(rule, Running):
        return context.now
    return next_after(pattern(rule, preferences), context.person.zone, context.now)


async def preferences_of(db: Session, account_id: int) -> Preferences:
    """What the person set for all of their reminders."""
    return msgspec.json.decode(await reminders.preferences(db, account_id=account_id), type=Preferences)


def rule_of(schedule: Schedule) -> Rule:
    """The rule that a schedule keeps. Raises msgspec.ValidationError, KeyError."""
    return read_rule(schedule.settings["rule"])


def read_rule(kept: Any) -> Rule:
    """The rule that was kept as plain data. Raises msgspec.ValidationError."""
    rule: Rule = msgspec.convert(kept, type=Rule)
    return rule
