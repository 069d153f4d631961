"""How long somebody is to work today, as far as Toggl Track knows."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from bot.domain.days import today
from bot.services.connections import open_client
from bot.services.context import Context
from bot.services.reminder_rows import preferences_of
from bot.toggl import Spending, TogglError, Workspace
from bot.toggl.cache import RULES


async def of_today(context: Context) -> timedelta | None:
    """The person's own hours, else those of the workspace; None on days off, and where Toggl does not tell.

    Three calls an hour at most, with a Track credential, and never one of the last: to know it is a courtesy, for
    which nobody waits long.
    """
    if context.track is None:
        return None
    account_id = context.person.account_id
    async with context.store.reading() as db:
        preferences = await preferences_of(db, account_id)
    if today(context.now, context.person.zone).weekday() not in preferences.working_days:
        return None
    track = context.track.spending(Spending.JOB)
    key = ("working hours", account_id, context.workspace_id, track.organization_id, track.track_workspace_id)
    with suppress(TimeoutError):
        async with asyncio.timeout(context.connections.patience.courtesy):
            return await context.connections.cache.get(key, RULES, lambda: _read(context, track))
    return None  # what was asked comes in the meantime, for the next time


async def _read(context: Context, track: Workspace) -> timedelta | None:
    toggl = await open_client(context.store, context.connections, account_id=context.person.account_id)
    try:
        me, members = await asyncio.gather(toggl.get_me(), track.members.cached())
        own = next((member for member in members if me.id is not None and me.id in {member.user_id, member.uid}), None)
        minutes = own.working_hours_in_minutes if own else None
        if minutes is None:
            minutes = (await track.settings.cached_basics()).working_minutes
    except TogglError:
        return None
    return timedelta(minutes=minutes) if minutes else None
