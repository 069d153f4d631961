"""Look up who changed what in the workspace through the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot.domain.administration import Change
from bot.domain.audit import Reason, Result
from bot.domain.audit_query import PER_PAGE, AuditQuery
from bot.domain.days import day_bounds
from bot.services.context import Context, NotConnected
from bot.store import audit as rows
from bot.store import workspaces
from bot.store.tables import AuditRow

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change as it ended. `here` tells whether it was made from the reader's own Slack workspace (`team_id`)."""

    at: datetime
    change: Change
    result: Result
    why: Reason | None
    user_id: str
    who: str
    asked_by: str | None
    tenant_id: str
    team_id: str
    here: bool
    known: bool
    """Whether the ids in Slack are those of the reader's own Slack workspace or organization."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of changes, newest first; `number` counts from 1."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int


async def page(context: Context, query: AuditQuery, number: int) -> Found:
    """A page of what `query` asks for. No call. Raises NotConnected."""
    found = await _ids(context, query)
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Found(await _entries(context, shown), number, pages, len(found))


async def everything(context: Context, query: AuditQuery) -> tuple[Entry, ...]:
    """All of what `query` asks for, newest first. No call. Raises NotConnected."""
    return await _entries(context, await _ids(context, query))


async def _ids(context: Context, query: AuditQuery) -> list[int]:
    async with context.store.reading() as db:
        chosen = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
        if chosen is None:
            raise NotConnected
        zone = context.person.zone
        wanted = rows.Filter(
            organization_id=chosen.organization_id,
            focus_id=chosen.focus_id,
            track_id=chosen.track_id,
            user_id=query.user_id,
            subject=query.about,
            since=day_bounds(query.first, zone)[0] if query.first else None,
            until=day_bounds(query.last, zone)[1] if query.last else None,
        )
        return [each.id for each in await rows.names(db, wanted) if query.fits(each.name, each.who)]


async def _entries(context: Context, ids: Sequence[int]) -> tuple[Entry, ...]:
    async with context.store.reading() as db:
        found = [
            row for start in range(0, len(ids), _CHUNK) for row in await rows.find(db, ids[start : start + _CHUNK])
        ]
    return tuple(_entry(context, row) for row in found)


def _entry(context: Context, row: AuditRow) -> Entry:
    change = Change(
        kind=row.kind,
        subject_id=row.subject_id,
        name=row.name,
        before=_fields(row.before),
        after=_fields(row.after),
    )
    return Entry(
        at=row.at,
        change=change,
        result=Result(row.result),
        why=Reason.load(row.reason),
        user_id=row.user_id,
        who=row.who,
        asked_by=row.asked_by_user_id,
        tenant_id=row.tenant_id,
        team_id=row.team_id,
        here=row.team_id == context.person.team_id,
        known=row.tenant_id == context.person.tenant_id,
    )


def _fields(kept: str | None) -> dict[str, Any] | None:
    return None if kept is None else msgspec.json.decode(kept, type=dict[str, Any])
