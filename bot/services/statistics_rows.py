"""Schedules of statistics as the store keeps them: never the same twice in a channel."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.recurrence import next_after
from bot.domain.statistics_plans import Plan
from bot.services.context import Context
from bot.services.statistics_problems import AlreadyPosted, TooMany
from bot.store import Session, schedules
from bot.store.tables import Schedule

KIND = "stats"
MOST = 30
"""Schedules of one Toggl workspace in one Slack workspace: more are an accident."""


async def of_workspace(db: Session, context: Context, focus_id: int | None) -> Sequence[Schedule]:
    """Those of a workspace in Focus in the person's Slack workspace, oldest first."""
    person = context.person
    rows = await schedules.of_team(db, tenant_id=person.tenant_id, team_id=person.team_id, kind=KIND)
    return [row for row in rows if Plan.read(row.settings).focus_id == focus_id]


async def add(
    db: Session, context: Context, plan: Plan, *, owner_id: int, channel_id: str, pattern: str, zone: ZoneInfo
) -> Schedule:
    """Another one, in a unit of work. Raises AlreadyPosted, TooMany."""
    rows = await of_workspace(db, context, plan.focus_id)
    check_new(rows, plan, channel_id=channel_id, pattern=pattern, zone=zone)
    if len(rows) >= MOST:
        raise TooMany(most=MOST)
    return await schedules.add(
        db,
        kind=KIND,
        tenant_id=context.person.tenant_id,
        team_id=context.person.team_id,
        owner_id=owner_id,
        channel_id=channel_id,
        pattern=pattern,
        zone=zone.key,
        payload=plan.dump(),
        due_at=next_after(pattern, zone, context.now),
        now=context.now,
    )


def check_new(others: Sequence[Schedule], plan: Plan, *, channel_id: str, pattern: str, zone: ZoneInfo) -> None:
    """Raise AlreadyPosted where one of `others` posts the same."""
    same = (channel_id, pattern, zone.key, plan.span)
    for row in others:
        if (row.channel_id, row.pattern, row.zone, Plan.read(row.settings).span) == same:
            raise AlreadyPosted
