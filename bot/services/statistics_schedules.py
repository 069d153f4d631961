"""Schedules on which statistics are posted in channels: made, changed, paused, resumed, removed and taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.recurrence import Recurrence, next_after, next_times
from bot.domain.statistics_plans import Plan, Scheduled, Span
from bot.services import statistics, statistics_rows, undo
from bot.services.context import Context
from bot.services.roles import is_admin
from bot.services.statistics_problems import (
    NoHours,
    NotYours,
    ScheduleChanged,
    ScheduleGone,
    TakenOver,
)
from bot.services.statistics_rows import KIND, check_new, of_workspace
from bot.store import Session, accounts, schedules
from bot.store.tables import Schedule

SHOWN_TIMES = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """A schedule as its form says it. `follows`: its zone goes with its maker's."""

    channel_id: str
    recurrence: Recurrence
    span: Span
    zone: ZoneInfo
    follows: bool


async def all_of(context: Context) -> Sequence[Scheduled]:
    """Every schedule of the workspace in this Slack workspace, oldest first. Raises NotConnected."""
    here = await statistics.place(context)
    async with context.store.reading() as db:
        rows = await of_workspace(db, context, here.focus_id)
        makers = await accounts.user_ids(db, {row.owner_id for row in rows if row.owner_id is not None})
    return [scheduled(row, makers, context.now) for row in rows]


async def get(context: Context, schedule_id: int) -> Scheduled:
    """One of them. Raises ScheduleGone."""
    async with context.store.reading() as db:
        row = await _find(db, context, schedule_id)
        makers = await accounts.user_ids(db, [row.owner_id] if row.owner_id is not None else [])
    return scheduled(row, makers, context.now)


async def create(context: Context, wanted: Wanted) -> Scheduled:
    """Post statistics of the person's workspace from now on. One call: whether Toggl lets them see any.

    Raises NoHours, AlreadyPosted, TooMany, StatisticsRefused, NotConnected, TogglError.
    """
    here = await statistics.check(context)
    if here.focus_id is None:
        raise NoHours
    person = context.person
    plan = Plan(here.focus_id, here.name, wanted.span, wanted.follows)
    async with context.store.writing() as db:
        row = await statistics_rows.add(
            db,
            context,
            plan,
            owner_id=person.account_id,
            channel_id=wanted.channel_id,
            pattern=str(wanted.recurrence),
            zone=wanted.zone,
        )
    return scheduled(row, {person.account_id: person.user_id}, context.now)


async def change(context: Context, schedule_id: int, wanted: Wanted, *, mark: str) -> Scheduled:
    """Save the form of a schedule that was as `mark` says when it was shown; what is not yet due moves with it.

    No call for its maker, one for anybody else. Raises ScheduleGone, ScheduleChanged, NotYours, AlreadyPosted.
    """
    await _check_rights(context, schedule_id)
    pattern = str(wanted.recurrence)
    async with context.store.writing() as db:
        row = await _find(db, context, schedule_id)
        if _mark(row) != mark:
            raise ScheduleChanged
        kept = Plan.read(row.settings)
        plan = Plan(kept.focus_id, kept.workspace, wanted.span, wanted.follows)
        others = [other for other in await of_workspace(db, context, plan.focus_id) if other.id != row.id]
        check_new(others, plan, channel_id=wanted.channel_id, pattern=pattern, zone=wanted.zone)
        await schedules.change(
            db,
            row.id,
            now=context.now,
            channel_id=wanted.channel_id,
            pattern=pattern,
            zone=wanted.zone.key,
            payload=plan.dump(),
            next_run_at=next_after(pattern, wanted.zone, context.now),
        )
    return await get(context, schedule_id)


async def pause(context: Context, schedule_id: int) -> Scheduled:
    """Let it rest; once is enough. Raises ScheduleGone, NotYours."""
    await _check_rights(context, schedule_id)
    async with context.store.writing() as db:
        row = await _find(db, context, schedule_id)
        await schedules.pause(db, row.id, now=context.now)
    return await get(context, schedule_id)


async def resume(context: Context, schedule_id: int) -> Scheduled:
    """Let it go on with its next time; once is enough. Raises ScheduleGone, NotYours."""
    await _check_rights(context, schedule_id)
    async with context.store.writing() as db:
        row = await _find(db, context, schedule_id)
        await schedules.resume(db, row.id, due_at=_next(row, context.now), now=context.now)
    return await get(context, schedule_id)


async def remove(context: Context, schedule_id: int) -> tuple[Scheduled, str]:
    """Post it no more; what it was, and the id of its undo. Raises ScheduleGone, NotYours."""
    was = await get(context, schedule_id)
    await _check_rights(context, schedule_id)
    async with context.store.writing() as db:
        row = await _find(db, context, schedule_id)
        step = undo.StatisticsScheduleUndo(
            owner_id=row.owner_id,
            channel_id=was.channel_id,
            pattern=was.pattern,
            zone=was.zone.key,
            plan=was.plan,
            paused=was.paused,
            reason=was.reason,
        )
        if not await schedules.remove(db, schedule_id):
            raise ScheduleGone
    return was, await undo.record(context, step)


async def take_over(context: Context, schedule_id: int) -> Scheduled:
    """Go on with it as the person: their sight and, where it followed its maker, their zone. One call.

    Raises ScheduleGone, TakenOver, StatisticsRefused, NotConnected, TogglError.
    """
    plan = (await get(context, schedule_id)).plan
    await statistics.check(await statistics.at(context, plan.focus_id, context.person.zone))
    person = context.person
    async with context.store.writing() as db:
        row = await _find(db, context, schedule_id)
        if row.paused_at is None or (row.owner_id is not None and row.pause_reason is None):
            raise TakenOver
        zone = person.zone if plan.follows else ZoneInfo(row.zone)
        await schedules.change(db, row.id, now=context.now, owner_id=person.account_id, zone=zone.key)
        due_at = next_after(row.pattern or "", zone, context.now)
        await schedules.resume(db, row.id, due_at=due_at, now=context.now)
    return await get(context, schedule_id)


async def leave(db: Session, account_id: int, *, now: datetime) -> None:
    """The person is about to be forgotten: what they set up is looked at now, and an admin asked to take it over."""
    for row in await schedules.of_owner(db, owner_id=account_id, kind=KIND):
        if row.paused_at is None:
            await schedules.change(db, row.id, now=now, next_run_at=now)


def scheduled(row: Schedule, makers: Mapping[int, str], now: datetime) -> Scheduled:
    """The schedule in a row; `makers` are ids in Slack by account."""
    zone, pattern = ZoneInfo(row.zone), row.pattern or ""
    return Scheduled(
        id=row.id,
        channel_id=row.channel_id or "",
        pattern=pattern,
        zone=zone,
        plan=Plan.read(row.settings),
        maker=None if row.owner_id is None else makers.get(row.owner_id),
        paused=row.paused_at is not None,
        reason=row.pause_reason,
        times=next_times(pattern, zone, now, SHOWN_TIMES),
        mark=_mark(row),
    )


async def _find(db: Session, context: Context, schedule_id: int) -> Schedule:
    row = await schedules.find_by_id(db, schedule_id)
    person = context.person
    if row is None or row.kind != KIND or (row.tenant_id, row.team_id) != (person.tenant_id, person.team_id):
        raise ScheduleGone
    return row


async def _check_rights(context: Context, schedule_id: int) -> None:
    """Raise NotYours for anybody but its maker and the admins of its workspace."""
    async with context.store.reading() as db:
        row = await _find(db, context, schedule_id)
    if row.owner_id == context.person.account_id:
        return
    there = await statistics.at(context, Plan.read(row.settings).focus_id, context.person.zone)
    if not await is_admin(there):
        raise NotYours


def _next(row: Schedule, now: datetime) -> datetime:
    return next_after(row.pattern or "", ZoneInfo(row.zone), now)


def _mark(row: Schedule) -> str:
    """What a form shows of it: the same after a post, another after a change."""
    shown = "\n".join((row.channel_id or "", row.pattern or "", row.zone, row.payload))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]
