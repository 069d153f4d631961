"""Reads what workspace statistics need: Toggl's figures, and the hours of those who agreed, each as themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.account import CredentialKind, Identity, Product
from bot.domain.periods import Period
from bot.domain.report_lines import Line
from bot.domain.reports import reach
from bot.domain.statistics import Asking, Counted, Hours, Membership, Statistics, Turnout, add_up
from bot.errors import UserError
from bot.i18n import N_
from bot.services.connections import open_toggl
from bot.services.context import Context, NotConnected
from bot.services.report import rounding
from bot.store import consents, linked, workspaces
from bot.toggl import Forbidden, NotFound, Spending, TogglError

TOPIC = "statistics"
"""Under which people agree to be counted, and to stand in the list of people with their hours."""
KEPT = timedelta(minutes=10)
AT_ONCE = 5


class StatisticsRefused(UserError):
    """Toggl does not let the person see the workspace's figures."""

    sentence = N_(
        "Toggl does not let you see the statistics of *{workspace}*. Ask an admin of the workspace for them: they can "
        "post them in a channel on a schedule with `{toggl} stats`."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace that statistics are about. `focus_id` is None where no API key opens it: then there are no hours.

    `name` is empty where Toggl does not tell it.
    """

    organization_id: int
    name: str
    focus_id: int | None


@dataclass(frozen=True, slots=True)
class _Colleague:
    """Somebody connected to the workspace, by the mark of the credential that opens their hours."""

    account_id: int
    name: str
    mark: str
    agreed: bool


async def place(context: Context) -> Place:
    """The workspace in which the person acts. Raises NotConnected."""
    if context.track is None:
        raise NotConnected
    account_id, focus_id = context.person.account_id, context.track.workspace_id or None
    async with context.store.reading() as db:
        chosen = (
            await workspaces.find_in_focus(db, account_id=account_id, focus_id=focus_id)
            if focus_id
            else await workspaces.find_current(db, account_id=account_id, workspace_id=context.workspace_id)
        )
    if chosen is None:
        raise NotConnected
    return Place(chosen.organization_id, chosen.name, chosen.focus_id)


async def at(context: Context, focus_id: int | None, zone: ZoneInfo) -> Context:
    """The person's context in the workspace with this number in Focus, by the clocks of `zone`."""
    here = replace(context, person=replace(context.person, zone=zone))
    if focus_id is None or (context.track is not None and context.track.workspace_id == focus_id):
        return here
    account_id = context.person.account_id
    async with context.store.reading() as db:
        row = await workspaces.find_in_focus(db, account_id=account_id, focus_id=focus_id)
    opened = await open_toggl(context.store, context.connections, account_id=account_id, focus_id=focus_id)
    return replace(here, focus=opened.focus, track=opened.track, workspace_id=row.id if row else None, roles=[])


async def read(context: Context, period: Period) -> Statistics:
    """The workspace's statistics over `period`, in the person's zone.

    One call of the person's (and one an hour for the rounding), and one of their own for each who agreed, which is kept
    for ten minutes and never one of their last. Raises StatisticsRefused, NotConnected, TogglError.
    """
    here = await place(context)
    membership = await _membership(context, here)
    rounded, unknown = await rounding(context)
    colleagues = await _colleagues(context, here)
    asking = Asking(period, context.person.zone, context.now, rounded)
    counted = await _counted(context, here, asking, [one for one in colleagues if one.agreed])
    agreed = sum(one.agreed for one in colleagues)
    turnout = Turnout(
        counted=len(counted),
        unreached=agreed - len(counted),
        undecided=len(colleagues) - agreed,
        unconnected=None if membership.members is None else max(0, membership.members - len(colleagues)),
    )
    read_at = min((one.hours.asking.now for one in counted), default=context.now)
    reports = add_up(replace(asking, now=read_at), counted, rounding_unknown=unknown)
    return Statistics(here.name, membership, turnout, reports, focus_id=here.focus_id)


async def check(context: Context) -> Place:
    """The workspace, if Toggl lets the person see its statistics. One call. Raises StatisticsRefused, NotConnected."""
    here = await place(context)
    await _membership(context, here)
    return here


async def since(context: Context) -> datetime | None:
    """Since when the person is counted; None where they are not."""
    async with context.store.reading() as db:
        mine = await consents.of_account(db, account_id=context.person.account_id)
    return next((consent.agreed_at for consent in mine if consent.topic == TOPIC), None)


async def agree(context: Context) -> None:
    """Count the person's hours in the statistics of their workspace from now on."""
    async with context.store.writing() as db:
        await consents.give(db, account_id=context.person.account_id, topic=TOPIC, now=context.now)


async def withdraw(context: Context) -> None:
    """Count the person's hours no more, at once; what was posted stays."""
    async with context.store.writing() as db:
        await consents.revoke(db, account_id=context.person.account_id, topic=TOPIC)


async def _membership(context: Context, here: Place) -> Membership:
    """Toggl's figures, asked each time: whether the person may see them is Toggl's to say."""
    if context.track is None:
        raise NotConnected
    try:
        told = await context.track.settings.statistics()
    except (Forbidden, NotFound) as error:
        raise StatisticsRefused(workspace=here.name) from error
    admins = None if told.admins is None else tuple(admin.name for admin in told.admins if admin.name)
    return Membership(told.members_count, told.groups_count, admins)


async def _colleagues(context: Context, here: Place) -> Sequence[_Colleague]:
    """Who is connected to the workspace, each of Toggl's people once."""
    if here.focus_id is None:
        return ()
    person = context.person
    async with context.store.reading() as db:
        found = await linked.of_workspace(
            db, tenant_id=person.tenant_id, team_id=person.team_id, focus_id=here.focus_id, topic=TOPIC
        )
    able = [one for one in found if Product.FOCUS in CredentialKind(one.kind).products]
    people = {
        one.account_id: _Colleague(
            one.account_id, Identity.read(one.label).name, one.fingerprint, agreed=one.agreed_at is not None
        )
        for one in reversed(able)
    }
    return _each_once(sorted(people.values(), key=lambda one: (not one.agreed, one.account_id)))


def _each_once(people: Iterable[_Colleague]) -> Sequence[_Colleague]:
    """Two people in Slack with one credential are one person in Toggl, and their hours count once."""
    return tuple({one.mark: one for one in reversed([*people])}.values())


async def _counted(context: Context, here: Place, asking: Asking, people: Iterable[_Colleague]) -> Sequence[Counted]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask(one: _Colleague) -> Counted | None:
        async with gate:
            return await _ask(context, here, asking, one)

    asked = await asyncio.gather(*(ask(one) for one in people))
    return [answer for answer in asked if answer is not None]


async def _ask(context: Context, here: Place, asking: Asking, one: _Colleague) -> Counted | None:
    """The colleague with their hours; whoever cannot be asked does not keep the others from being counted."""
    opened = await open_toggl(context.store, context.connections, account_id=one.account_id, focus_id=here.focus_id)
    if opened.focus is None:
        return None
    entries = opened.focus.spending(Spending.JOB).time_entries

    async def load() -> Hours:
        hours = Hours(asking)
        start, end = reach(asking.period, asking.zone)
        async with aclosing(entries.stream(date_from=start, date_to=end)) as answers:
            async for answer in answers:
                line = Line.of(answer)
                if line is not None:
                    hours.add(line)
        return hours.closed()

    period, rounded = asking.period, asking.rounding
    rounds = f"{rounded.direction}/{rounded.minutes}" if rounded else None
    key = (TOPIC, one.account_id, here.focus_id, f"{period.first}/{period.last}", asking.zone.key, rounds)
    try:
        return Counted(one.account_id, one.name, await context.connections.cache.get(key, KEPT, load))
    except TogglError:
        return None
