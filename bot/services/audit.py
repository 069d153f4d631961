"""The audit log: who changed what in a Toggl workspace through the bot, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from bot.domain.administration import Change
from bot.domain.audit import Reason, Result
from bot.services.context import Context, NotConnected
from bot.store import audit as rows
from bot.store import credentials, workspaces
from bot.store.tables import AuditRow


async def begin(context: Context, change: Change, *, attempt: str) -> AuditRow:
    """Write down, before anything is done, that `change` begins. Raises NotConnected."""
    person = context.person
    async with context.store.writing() as db:
        chosen = await workspaces.find_chosen(db, account_id=person.account_id)
        if chosen is None:
            raise NotConnected
        known = await credentials.summaries(db, account_id=person.account_id)
        row = AuditRow(
            attempt=attempt,
            at=context.now,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            user_id=person.user_id,
            who=next((summary.label for summary in known), ""),
            asked_by_user_id=context.asked_by,
            organization_id=chosen.organization_id,
            focus_id=chosen.focus_id,
            track_id=chosen.track_id,
            kind=change.kind,
            subject=change.subject,
            subject_id=change.subject_id,
            name=change.name,
            before=_json(change.before),
            after=_json(change.after),
            result=Result.BEGUN,
        )
        await rows.add(db, row)
    return row


async def under_way(context: Context, attempt: AuditRow, *, within: timedelta) -> bool:
    """Whether somebody else's change of the same subject has begun and not ended."""
    async with context.store.reading() as db:
        return await rows.under_way(db, attempt, since=attempt.at - within)


async def end(context: Context, attempt: AuditRow, done: Change, result: Result, reason: Reason | None = None) -> None:
    """Write down what came of it."""
    known = attempt.model_dump(exclude={"id", "subject_id", "name", "before", "after", "result", "reason", "at"})
    row = AuditRow(
        **known,
        at=context.connections.clock(),
        subject_id=done.subject_id,
        name=done.name,
        before=_json(done.before),
        after=_json(done.after),
        result=result,
        reason=reason.dump() if reason else "",
    )
    async with context.store.writing() as db:
        await rows.add(db, row)


def _json(fields: Mapping[str, Any] | None) -> str | None:
    return None if fields is None else msgspec.json.encode(fields).decode()
