"""Every administrative operation × every role: allowed or refused, as Toggl says, and a refusal changes nothing.

An operation of yours is one more `Operation` in `OPERATIONS`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal

import msgspec
import pytest

from bot.domain.administration import Change
from bot.domain.rates import NewRate, Outlook, Pay, Since
from bot.services import administration, alerts, member_changes, rates, track_reminders
from bot.services.administration import AdminNeeded
from bot.services.context import Context, NotConnected
from bot.store import Store, audit
from bot.toggl import Forbidden, NotFound, Workspace
from tests.conftest import Clock, ServedToggl
from tests.services.administering import (
    ADMIN,
    NOT_CONNECTED,
    PROJECT_LEAD,
    ROLES,
    SUBJECT,
    TEAM_LEAD,
    USER,
    Stage,
    staged,
)


@dataclass(frozen=True)
class Operation:
    """One thing that can be done; `allowed` are the roles for which Toggl does it; whether it `changes` anything."""

    name: str
    do: Callable[[Stage, Context], Awaitable[object]]
    allowed: frozenset[str] = frozenset({ADMIN})
    changes: bool = True


def edit_member(**after: object) -> Callable[[Stage, Context], Awaitable[object]]:
    """Another value for some fields of a member."""

    async def do(stage: Stage, context: Context) -> None:
        change = await stage.shown()
        await administration.change(context, msgspec.structs.replace(change, after=after))

    return do


async def remove_member(stage: Stage, context: Context) -> None:
    """One member, out of the workspace."""
    change = await stage.shown()
    await administration.change(context, msgspec.structs.replace(change, kind="member.remove", after=None))


async def remove_members(stage: Stage, context: Context) -> None:
    """Two members, out of the workspace."""
    changes = [
        msgspec.structs.replace(await stage.shown(handle), kind="member.remove", after=None)
        for handle in (SUBJECT, "grace")
    ]
    await administration.change_all(context, changes, name="Nordlicht Studio")


def of_status(kind: str, **after: object) -> Callable[[Stage, Context], Awaitable[object]]:
    """Something done to a status that is no default one; nothing in `after` takes it away or brings it back."""

    async def do(stage: Stage, context: Context) -> None:
        statuses = stage.toggl.world.state.statuses.values()
        status = next(status for status in statuses if status.name == "In review")
        shown = {"name": status.name, "emoji": status.emoji, "position": status.position}
        change = Change(
            kind=kind,
            subject_id="" if kind == "status.create" else str(status.id),
            name=status.name,
            before=None if kind in {"status.create", "status.restore"} else shown,
            after=None if kind == "status.delete" else {**shown, **after},
        )
        await administration.change(context, change)

    return do


def of_workspace(kind: str, **after: object) -> Callable[[Stage, Context], Awaitable[object]]:
    """Something done to the workspace itself, or another one made beside it."""

    async def do(stage: Stage, context: Context) -> None:
        place = stage.toggl.workspace()
        new = {"organization": place.organization_id} if kind == "workspace.create" else {}
        before = {"default_currency": place.settings.default_currency} if kind == "workspace.edit" else None
        change = Change(
            kind=kind, subject_id=str(place.track_id), name=place.name, before=before, after={**after, **new}
        )
        await administration.change(context, change)

    return do


async def make_admin(stage: Stage, context: Context) -> None:
    """Somebody who is none becomes an admin."""
    people = stage.toggl.world.state.people.values()
    number = next(person.id for person in people if person.handle == SUBJECT)
    await of_workspace("workspace.admins", people=[SUBJECT], numbers=[number])(stage, context)


async def set_rate(stage: Stage, context: Context) -> None:
    """Another rate of the workspace, as an admin's form shows it."""
    sheet = await rates.sheet(stage.contexts[ADMIN], None, Pay.BILLABLE)
    stage.clock.pass_(minutes=1)  # between looking and saving
    new = NewRate(Decimal(101), Since.CURRENT)
    await rates.save(context, Outlook.of(sheet, context.now), new)


def of_alert(kind: str) -> Callable[[Stage, Context], Awaitable[object]]:
    """Something done to the first of the alerts, as an admin's form shows it, or one more."""

    async def do(stage: Stage, context: Context) -> None:
        alert = (await alerts.look(stage.contexts[ADMIN])).all[0]
        match kind:
            case "create":
                await alerts.create(context, msgspec.structs.replace(alert, marks=(55,)))
            case "edit":
                await alerts.save(context, alert.id, alert.fields, {"thresholds": [60]}, name=alert.project)
            case _:
                await alerts.delete(context, alert.id, alert.fields, name=alert.project)

    return do


def of_reminder(kind: str) -> Callable[[Stage, Context], Awaitable[object]]:
    """The same with Toggl's track reminders."""

    async def do(stage: Stage, context: Context) -> None:
        reminder = (await track_reminders.look(stage.contexts[ADMIN])).all[0]
        match kind:
            case "create":
                await track_reminders.create(context, msgspec.structs.replace(reminder, hours=5), name="5 h")
            case "edit":
                await track_reminders.save(context, reminder.id, reminder.fields, {"threshold": 5}, name="5 h")
            case _:
                await track_reminders.delete(context, reminder.id, reminder.fields, name="6 h")

    return do


def look(at: Callable[[Workspace], Awaitable[object]]) -> Callable[[Stage, Context], Awaitable[object]]:
    """Something of the workspace, only looked at."""

    async def do(stage: Stage, context: Context) -> None:
        del stage
        await at(member_changes.track(context))

    return do


async def look_at_a_status(stage: Stage, context: Context) -> None:
    """One status, by its number."""
    place = stage.toggl.workspace()
    numbers = (status.id for status in stage.toggl.world.state.statuses.values() if status.workspace_id == place.id)
    await context.toggl.statuses.get(next(numbers))


async def look_at_rates(stage: Stage, context: Context) -> None:
    """The workspace's rates."""
    del stage
    await rates.sheet(context, None, Pay.BILLABLE)


MEMBERS = frozenset({ADMIN, PROJECT_LEAD, TEAM_LEAD, USER})
"""Whoever is in the workspace."""
OPERATIONS = (
    Operation("look at the members", look(lambda track: track.members.list()), MEMBERS, changes=False),
    Operation(
        "look at the other list of people", look(lambda track: track.members.list_users()), MEMBERS, changes=False
    ),
    Operation("look at the statuses", look(lambda track: track.statuses.list()), MEMBERS, changes=False),
    Operation("look at a status", look_at_a_status, MEMBERS, changes=False),
    Operation("look at the settings", look(lambda track: track.settings.get()), MEMBERS, changes=False),
    Operation(
        "look at what entries must have", look(lambda track: track.settings.constraints()), MEMBERS, changes=False
    ),
    Operation("look at the statistics", look(lambda track: track.settings.statistics()), MEMBERS, changes=False),
    Operation("look at rates", look_at_rates, changes=False),
    Operation("look at the track reminders", look(lambda track: track.reminders.list()), changes=False),
    Operation("rename a member", edit_member(name="Emil Berg")),
    Operation("give a member another role", edit_member(role="teamlead")),
    Operation("change a member's groups", edit_member(groups=[])),
    Operation("change a member's hours", edit_member(minutes=240)),
    Operation("deactivate a member", edit_member(active=False)),
    Operation("remove a member", remove_member),
    Operation("remove several members", remove_members),
    Operation("make a status", of_status("status.create", name="Ready")),
    Operation("rename a status", of_status("status.edit", name="Proofreading")),
    Operation("move a status", of_status("status.edit", position=2)),
    Operation("delete a status", of_status("status.delete")),
    Operation("restore a status", of_status("status.restore")),
    Operation("change a setting", of_workspace("workspace.edit", default_currency="CHF")),
    Operation(
        "change all rates of the past",
        of_workspace("workspace.override", default_hourly_rate="110", rate_change_mode="override-all"),
    ),
    Operation("make somebody an admin", make_admin),
    Operation("make a workspace", of_workspace("workspace.create", name="Archive")),
    Operation("set a rate", set_rate),
    Operation("make an alert", of_alert("create")),
    Operation("change an alert", of_alert("edit")),
    Operation("delete an alert", of_alert("delete")),
    Operation("make a track reminder", of_reminder("create")),
    Operation("change a track reminder", of_reminder("edit")),
    Operation("delete a track reminder", of_reminder("delete")),
)


@pytest.fixture
async def stage(clock: Clock, toggl: ServedToggl, sqlite_store: Store) -> AsyncIterator[Stage]:
    """Somebody of each role."""
    async with staged(clock, toggl, sqlite_store) as made:
        yield made


async def outcome(stage: Stage, operation: Operation, role: str) -> str:
    """What comes of somebody's trying it: `done`, `refused` or `not connected`; and what Toggl made of it, if odd."""
    stage.clock.pass_(minutes=1)  # Track takes a call a second
    before, said = stage.state(), "done"
    try:
        await operation.do(stage, stage.fresh(role))
    except NotConnected:
        said = "not connected"
    except (AdminNeeded, Forbidden, NotFound):
        said = "refused"
    changed = stage.state() != before
    return said if changed == (operation.changes and said == "done") else f"{said}, but changed: {changed}"


def expected(operation: Operation, role: str) -> str:
    """What Toggl says."""
    if role == NOT_CONNECTED:
        return "not connected"
    return "done" if role in operation.allowed else "refused"


async def test_each_role_may_do_what_toggl_says_and_nothing_else(stage: Stage) -> None:
    """In one workspace, which is as it was before each operation."""
    seeded, table = stage.state(), {}
    for operation in OPERATIONS:
        stage.reset(seeded)
        for role in sorted(ROLES, key=lambda role: role in operation.allowed):
            table[operation.name, role] = await outcome(stage, operation, role)
    assert table == {(operation.name, role): expected(operation, role) for operation in OPERATIONS for role in ROLES}


async def test_refusals_and_changes_are_in_the_log(stage: Stage) -> None:
    place = stage.toggl.workspace()
    for role in (USER, ADMIN):
        change = msgspec.structs.replace(await stage.shown(), after={"minutes": 240})
        if role == ADMIN:
            await administration.change(stage.contexts[role], change)
        else:
            with pytest.raises(AdminNeeded):
                await administration.change(stage.contexts[role], change)
    wanted = audit.Filter(organization_id=place.organization_id, focus_id=place.id, track_id=place.track_id)
    async with stage.contexts[ADMIN].store.reading() as db:
        found = await audit.find(db, [each.id for each in await audit.names(db, wanted)])
    assert [(row.user_id, row.result) for row in found] == [(f"U{ADMIN}", "done"), (f"U{USER}", "refused")]
