"""Reads Toggl's own track reminders, so that everybody whom they mean is reminded at a time of theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from bot.domain.reminded import Plan
from bot.i18n import N_
from bot.jobs.job import Due, Office, Outgoing, Prepared
from bot.services import workspace_reminders
from bot.services.context import Context, NotConnected
from bot.services.workspace_reminders import Connected
from bot.store import Session, Workspace, schedules
from bot.toggl import CredentialMissing, CredentialRefused, Forbidden, NotFound, PaidFeature, QuotaSpent, TogglError
from bot.views import workspace_reminders as views

EVERY = timedelta(hours=6)
"""How old what is known of a workspace's reminders may be; a change made here is read at once."""
NOBODY_MAY = timedelta(days=1)
NEXT_FEW = timedelta(minutes=10)
"""When others are asked, where those who were may not read them."""
RETRY = timedelta(minutes=15)
UNREADABLE = N_("Nobody who is connected here may read the reminders of the workspace.")
_MAY_NOT = (Forbidden, NotFound, PaidFeature, CredentialRefused, CredentialMissing, NotConnected)


async def read(office: Office, due: Due) -> Prepared:
    """Read them with the credential of somebody who may, and plan whom to remind."""
    settings = due.schedule.settings
    async with office.store.reading() as db:
        there = await workspace_reminders.connected(
            db,
            tenant_id=due.schedule.tenant_id,
            organization_id=settings["organization"],
            track_id=settings["track"],
        )
    tried: list[int] = settings.get("tried", [])
    later: datetime | None = None
    for account, row in there.readers(last=settings.get("reader"), tried=tried):
        try:
            context = await office.context(account.id, now=due.now, workspace_id=row.id)
            plan = await workspace_reminders.read(context, there) if context.track else None
        except _MAY_NOT:
            plan = None
        except TogglError as problem:
            later = problem.resets_at if isinstance(problem, QuotaSpent) else due.now + RETRY
            continue
        if plan is not None:
            return _planned(office, due, there, plan, context, row)
        tried = [*tried, account.id]
    return _unread(due, there, tried, later)


def _planned(office: Office, due: Due, there: Connected, plan: Plan, reader: Context, row: Workspace) -> Prepared:
    settings, person = due.schedule.settings, reader.person

    async def keep(db: Session) -> None:
        await workspace_reminders.keep(
            db,
            there,
            plan,
            tenant_id=due.schedule.tenant_id,
            track_id=settings["track"],
            name=row.name,
            now=due.now,
        )
        kept = {name: settings[name] for name in ("organization", "track")} | {"reader": person.account_id}
        await schedules.change(db, due.schedule.id, now=due.now, payload=kept)

    posts: tuple[Outgoing, ...] = ()
    if plan.in_slack or plan.unreached:
        t = office.translator(person.locale, zone=person.zone, now=due.now)
        spoken = "+".join(str(each.id) for each in plan.in_slack)
        post = Outgoing(
            key=f"reminders of workspace:{settings['track']}:{person.account_id}:{spoken}:{bool(plan.unreached)}",
            account_id=person.account_id,
            message=views.delivered(t, plan, workspace=row.name, workspace_id=row.id),
            repeatable=False,
        )
        posts = (post,)
    return Prepared(posts=posts, keep=keep, again_at=due.now + EVERY)


def _unread(due: Due, there: Connected, tried: list[int], later: datetime | None) -> Prepared:
    """Nobody could read them: those who are left are tried next, and where nobody is, nobody is reminded any more."""
    settings = due.schedule.settings
    if not there.people:
        return Prepared(keep=partial(_forget, schedule_id=due.schedule.id))
    left = there.readers(last=None, tried=tried)
    if later is not None or left:
        payload = {**settings, "tried": tried}
        keep = partial(_note, schedule_id=due.schedule.id, payload=payload, now=due.now)
        return Prepared(keep=keep, again_at=later or due.now + NEXT_FEW)

    async def stop(db: Session) -> None:
        await workspace_reminders.stop(db, tenant_id=due.schedule.tenant_id, track_id=settings["track"])
        await _note(db, schedule_id=due.schedule.id, payload={**settings, "tried": []}, now=due.now)

    return Prepared(keep=stop, skipped=UNREADABLE, again_at=due.now + NOBODY_MAY)


async def _forget(db: Session, *, schedule_id: int) -> None:
    await schedules.remove(db, schedule_id)


async def _note(db: Session, *, schedule_id: int, payload: dict[str, object], now: datetime) -> None:
    await schedules.change(db, schedule_id, now=now, payload=payload)
