"""What is done for a person on a schedule rests while Toggl refuses their credential, until they connect again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.account import CredentialKind, Product
from bot.domain.recurrence import next_after
from bot.domain.reminders import Running
from bot.i18n import N_
from bot.services import departures
from bot.services.reminder_rows import PERSONAL, SNOOZED, rule_of
from bot.store import Session, credentials, schedules
from bot.store.tables import Schedule

REFUSED = N_("Toggl no longer accepts the key. It continues when the account is reconnected.")


async def rest(db: Session, account_id: int, *, fingerprint: str | None, now: datetime) -> None:
    """Leave the refused credential aside, and pause everything that serves the person; what was snoozed is over."""
    if fingerprint is not None:
        await credentials.mark_refused(db, account_id=account_id, fingerprint=fingerprint, now=now)
    for row in await schedules.of_account(db, account_id=account_id):
        if row.kind == SNOOZED:
            await schedules.remove(db, row.id)
            continue
        await schedules.pause(db, row.id, reason=REFUSED, now=now)


async def take_up(db: Session, account_id: int, *, now: datetime) -> None:
    """Let everything go on that rested because Toggl had refused the person's credential."""
    stored = await credentials.summaries(db, account_id=account_id)
    if not any(one.refused_at is None and Product.FOCUS in CredentialKind(one.kind).products for one in stored):
        return
    for row in _resting(await schedules.of_account(db, account_id=account_id)):
        at_once = row.pattern is None or (row.kind == PERSONAL and isinstance(rule_of(row), Running))
        due_at = now if at_once or row.pattern is None else next_after(row.pattern, ZoneInfo(row.zone), now)
        await schedules.resume(db, row.id, due_at=due_at, now=now)
    await departures.take_up(db, account_id, now=now)


def _resting(rows: Iterable[Schedule]) -> Iterable[Schedule]:
    return [row for row in rows if row.paused_at is not None and row.pause_reason == REFUSED]
