"""Toggl's own track reminders: read for a whole workspace, said to each of its people at a time of theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.receivers import Receiver
from bot.domain.recurrence import next_after
from bot.domain.reminded import Place, Plan, Wanted, plan
from bot.domain.reminders import workspace_pattern
from bot.services import receivers, track_reminder_changes
from bot.services.connections import open_toggl
from bot.services.context import Context
from bot.services.member_changes import track
from bot.services.reminder_rows import WORKSPACE, preferences_of
from bot.store import Account, Session, Workspace, reminders, schedules
from bot.store.tables import Schedule

MOST_TRIED = 5
"""Credentials tried at once: most people may not read reminders, and each try costs them a call."""
_ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Connected:
    """Who of a Slack workspace or organization has connected one Toggl workspace, each with their row of it."""

    people: tuple[tuple[Account, Workspace], ...]

    @property
    def places(self) -> Mapping[str, Place]:
        """Where hours are counted, by id in Slack."""
        found: dict[str, Place] = {}
        for account, row in self.people:
            if row.focus_id is not None:
                found.setdefault(account.user_id, Place(account.id, row.id))
        return found

    def readers(self, *, last: int | None, tried: Collection[int]) -> Sequence[tuple[Account, Workspace]]:
        """Whose credential to try next: who could read `last`, then admins, then the others; not those `tried`."""
        able = [one for one in self.people if one[1].track_id is not None and one[0].id not in tried]
        return sorted(able, key=lambda one: (one[0].id != last, one[1].role != _ADMIN, one[0].id))[:MOST_TRIED]


async def connected(db: Session, *, tenant_id: str, organization_id: int, track_id: int) -> Connected:
    """Everybody there."""
    found = await reminders.of_workspace(db, tenant_id=tenant_id, organization_id=organization_id, track_id=track_id)
    return Connected(tuple(found))


async def read(context: Context, there: Connected) -> Plan:
    """Who is reminded of what, as `context`'s person may read it. Two calls, one where the people are kept.

    Raises Forbidden, PaidFeature, CredentialRefused and other TogglErrors, NotConnected.
    """
    found = await track_reminder_changes.read(context)
    if not found:
        return Plan()
    directory = await receivers.directory(context)
    members = await track(context).members.cached()
    idle = {user.user_id for user in members if user.user_id is not None and user.working_hours_in_minutes == 0}
    return plan(found, directory, there.places, idle)


async def keep(
    db: Session, there: Connected, made: Plan, *, tenant_id: str, track_id: int, name: str, now: datetime
) -> None:
    """Let everybody be reminded as planned, at a time of theirs, and nobody else: `name` is the workspace's."""
    known = {row.key: row for row in await _kept(db, tenant_id=tenant_id, track_id=track_id)}
    accounts = {account.id: account for account, _ in there.people}
    for wanted in made.wanted:
        key = f"{track_id}:{int(wanted.every)}:{wanted.place.account_id}"
        await _settle(db, accounts[wanted.place.account_id], wanted, known.pop(key, None), key=key, name=name, now=now)
    for row in known.values():
        await schedules.remove(db, row.id)


async def _settle(
    db: Session, account: Account, wanted: Wanted, known: Schedule | None, *, key: str, name: str, now: datetime
) -> None:
    when = workspace_pattern(wanted.every, await preferences_of(db, account.id))
    payload: dict[str, Any] = {
        "every": int(wanted.every),
        "seconds": int(wanted.threshold.total_seconds()),
        "name": name,
        "place": wanted.place.workspace_id,
    }
    due_at = next_after(when, ZoneInfo(account.zone), now)
    if known is None:
        await schedules.add(
            db,
            kind=WORKSPACE,
            key=key,
            tenant_id=account.tenant_id,
            team_id=account.team_id,
            account_id=account.id,
            pattern=when,
            zone=account.zone,
            payload=payload,
            due_at=due_at,
            now=now,
        )
    elif (known.pattern, known.zone) != (when, account.zone):
        await schedules.change(
            db, known.id, now=now, pattern=when, zone=account.zone, payload=payload, next_run_at=due_at
        )
    elif known.settings != payload:
        await schedules.change(db, known.id, now=now, payload=payload)


async def unreached(context: Context, workspace_id: int) -> Sequence[Receiver]:
    """Whom the reminders of the person's workspace mean and nobody reaches. Two calls, one where the people are kept.

    Raises Forbidden, PaidFeature, TogglError, NotConnected.
    """
    person = context.person
    opened = await open_toggl(
        context.store, context.connections, account_id=person.account_id, workspace_id=workspace_id
    )
    here = replace(context, focus=opened.focus, track=opened.track)
    found = await track_reminder_changes.read(here)
    directory = await receivers.directory(here)
    spoken = [each for each in found if not each.slack]
    others = {other.id: other for each in spoken for other in directory.reach(each.user_ids, each.group_ids).others}
    return sorted(others.values(), key=lambda other: other.name.casefold())


async def stop(db: Session, *, tenant_id: str, track_id: int) -> None:
    """Remind nobody any more: no one is left who may read what the workspace asks for."""
    for row in await _kept(db, tenant_id=tenant_id, track_id=track_id):
        await schedules.remove(db, row.id)


async def _kept(db: Session, *, tenant_id: str, track_id: int) -> Sequence[Schedule]:
    return await reminders.keyed(db, tenant_id=tenant_id, kind=WORKSPACE, beginning=f"{track_id}:")
