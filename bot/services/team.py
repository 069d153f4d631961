"""Who is tracking now and on what: only those who agreed, each asked with their own credential."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from enum import Enum

from bot.domain.team import Team, Teammate
from bot.domain.tracking import Entry
from bot.services import entries
from bot.services.connections import open_toggl
from bot.services.context import Context
from bot.store import Account, accounts, consents
from bot.toggl import CredentialRefused, Spending, TogglError

TOPIC = "team"
KEPT = timedelta(minutes=1)
MOST = 50
"""People asked for one answer: each costs one of their own calls, or none."""
AT_ONCE = 5


class _Silent(Enum):
    """Why somebody who agreed is not shown."""

    NOT_CONNECTED = "must connect again first"
    OUT_OF_REACH = "could not be asked just now"


async def look(context: Context) -> Team:
    """What those who agreed are tracking. At most two calls each, kept for a minute, never out of their last ones."""
    person = context.person
    async with context.store.reading() as db:
        agreed = await consents.people(db, tenant_id=person.tenant_id, team_id=person.team_id, topic=TOPIC)
        everybody = await accounts.count(db, tenant_id=person.tenant_id, team_id=person.team_id)
        mine = await consents.of_account(db, account_id=person.account_id)
    gate = asyncio.Semaphore(AT_ONCE)
    asked = await asyncio.gather(*(_ask(context, account, gate) for account in agreed[:MOST]))
    people = [answer for answer in asked if isinstance(answer, Teammate)]
    unconnected = asked.count(_Silent.NOT_CONNECTED)
    agreed_at = next((consent.agreed_at for consent in mine if consent.topic == TOPIC), None)
    return Team(
        people=tuple(sorted(people, key=lambda one: (one.running is None, one.running and one.running.started_at))),
        unasked=len(agreed) - len(people) - unconnected,
        hidden=everybody - len(agreed) + unconnected - (agreed_at is None),
        mine=agreed_at,
    )


async def agree(context: Context) -> None:
    """Let everybody in the Slack workspace see what the person is tracking."""
    async with context.store.writing() as db:
        await consents.give(db, account_id=context.person.account_id, topic=TOPIC, now=context.now)


async def withdraw(context: Context) -> None:
    """Show the person to nobody any more, at once."""
    async with context.store.writing() as db:
        await consents.revoke(db, account_id=context.person.account_id, topic=TOPIC)


async def _ask(context: Context, account: Account, gate: asyncio.Semaphore) -> Teammate | _Silent:
    """The teammate with what runs; whoever cannot be asked does not keep the others from being shown."""
    async with gate:
        opened = await open_toggl(context.store, context.connections, account_id=account.id)
        if opened.focus is None:
            return _Silent.NOT_CONNECTED
        person = replace(context.person, account_id=account.id, user_id=account.user_id)
        theirs = replace(context, person=person, focus=opened.focus.spending(Spending.JOB), track=None)
        try:
            return Teammate(account.user_id, await _running(theirs))
        except CredentialRefused:
            return _Silent.NOT_CONNECTED
        except TogglError:
            return _Silent.OUT_OF_REACH


async def _running(theirs: Context) -> Entry | None:
    """What runs for the teammate: as their own commands know it, else asked, and kept for a minute."""
    known = entries.known(theirs)
    if known is not None:
        return entries.running(known)
    key = (TOPIC, theirs.person.account_id, theirs.toggl.workspace_id)
    return await theirs.connections.cache.get(key, KEPT, lambda: _current(theirs))


async def _current(theirs: Context) -> Entry | None:
    answer = await theirs.toggl.tracking.current()
    running = Entry.of(answer) if answer else None
    if running is None or running.task is not None:
        return running
    # Toggl does not name the task of a running timer; the person's list of entries does.
    return entries.running(await entries.read(theirs)) or running
