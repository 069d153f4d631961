"""The audit log: who changed what in a Toggl workspace through the bot, and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from bot.domain.administration import Change
from bot.domain.audit import Reason, Result
from bot.errors import UserError
from bot.services.context import Context, NotConnected
from bot.store import Session, credentials, workspaces
from bot.store import audit as rows
from bot.store.tables import AuditRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who did something, from where, and in which Toggl workspace; `who` is what Toggl calls them, where known."""

    tenant_id: str
    team_id: str
    user_id: str
    organization_id: int
    focus_id: int | None
    track_id: int | None
    who: str = ""
    asked_by_user_id: str | None = None


async def label(db: Session, account_id: int) -> str:
    """What Toggl calls the person, as one of their credentials tells; empty where none is connected any more."""
    known = await credentials.summaries(db, account_id=account_id)
    return next((summary.label for summary in known), "")


async def note(db: Session, stamp: Stamp, change: Change, result: Result, *, now: datetime) -> None:
    """Write down, in the caller's unit of work, what came of `change` without its being tried."""
    await rows.add_all(db, [_row(stamp, change, result, now)])


async def begin(context: Context, *changes: Change) -> list[AuditRow]:
    """Write down, before anything is done, that each of `changes` begins. Raises NotConnected."""
    person = context.person
    async with context.store.writing() as db:
        chosen = await workspaces.find_current(db, account_id=person.account_id, workspace_id=context.workspace_id)
        if chosen is None:
            raise NotConnected
        stamp = Stamp(
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            user_id=person.user_id,
            who=await label(db, person.account_id),
            asked_by_user_id=context.asked_by,
            organization_id=chosen.organization_id,
            focus_id=chosen.focus_id,
            track_id=chosen.track_id,
        )
        attempts = [_row(stamp, change, Result.BEGUN, context.now) for change in changes]
        await rows.add_all(db, attempts)
    return attempts


async def under_way(context: Context, attempt: AuditRow, *, within: timedelta) -> bool:
    """Whether somebody else's change of the same subject has begun and not ended."""
    async with context.store.reading() as db:
        return await rows.under_way(db, attempt, since=attempt.at - within)


async def end(context: Context, *ends: tuple[AuditRow, Change, Result, UserError | None]) -> None:
    """Write down what came of each: the change as it was done, and why, where not all of it was."""
    now = context.connections.clock()
    ended = [
        AuditRow(
            **attempt.model_dump(exclude={"id", "at", "result", "reason", *_subject(done)}),
            at=now,
            result=result,
            reason=Reason.of(why).dump() if why else "",
            **_subject(done),
        )
        for attempt, done, result, why in ends
    ]
    async with context.store.writing() as db:
        await rows.add_all(db, ended)


def _row(stamp: Stamp, change: Change, result: Result, now: datetime) -> AuditRow:
    return AuditRow(
        **asdict(stamp),
        **_subject(change),
        attempt=secrets.token_urlsafe(12),
        at=now,
        kind=change.kind,
        subject=change.subject,
        result=result,
    )


def _subject(change: Change) -> dict[str, Any]:
    return {
        "subject_id": change.subject_id,
        "name": change.name,
        "before": _json(change.before),
        "after": _json(change.after),
    }


def _json(fields: Mapping[str, Any] | None) -> str | None:
    return None if fields is None else msgspec.json.encode(fields).decode()
