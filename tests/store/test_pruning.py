from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from bot.store import (
    Account,
    Pruned,
    Store,
    admin_requests,
    audit,
    deliveries,
    events,
    oauth_states,
    prune,
    quotas,
    tickets,
    undo,
)
from bot.store.deliveries import Run
from tests.store.administration import audit_row, request_row


async def test_what_nobody_can_ask_for_any_more_goes_and_the_rest_stays(
    store: Store, ann: Account, now: datetime
) -> None:
    later = now + timedelta(days=2)
    async with store.writing() as db:
        for at in (now, later):
            await tickets.create(db, account_id=ann.id, now=at)
            await undo.add(db, id=f"{at}", account_id=ann.id, kind="stop", payload="{}", created_at=at, expires_at=at)
            await quotas.record(db, f"{at}", remaining=1, resets_at=at + timedelta(hours=1))
            await events.first_sight(db, f"{at}", now=at)
            await oauth_states.issue(db, now=at)
    pruned = await prune(store, now=later)
    assert pruned == Pruned(
        tickets=1, undo_actions=1, quotas=1, events=1, oauth_states=1, audit=0, admin_requests=0, deliveries=0
    )
    assert set(asdict(await prune(store, now=later)).values()) == {0}


async def test_what_was_changed_is_kept_for_a_year_and_a_request_for_a_week(
    store: Store, ann: Account, now: datetime
) -> None:
    async with store.writing() as db:
        await audit.add_all(db, [audit_row(at=now), audit_row(at=now + timedelta(days=1))])
        for number, at in enumerate((now, now + timedelta(days=1))):
            await admin_requests.add(db, request_row(ann, id=f"{number}", expires_at=at))
    requests = await prune(store, now=now + timedelta(days=7, seconds=1))
    assert (requests.audit, requests.admin_requests) == (0, 1)
    changes = await prune(store, now=now + timedelta(days=365, seconds=1))
    assert (changes.audit, changes.admin_requests) == (1, 1)


async def test_what_was_posted_is_kept_for_half_a_year(store: Store, now: datetime) -> None:
    run = Run(name="r", kind="stats", tenant_id="T1", team_id="T1", due_at=now)
    async with store.writing() as db:
        await deliveries.note(db, run, state="skipped", error="Because.", now=now)
    assert (await prune(store, now=now + timedelta(days=180))).deliveries == 0
    assert (await prune(store, now=now + timedelta(days=180, seconds=1))).deliveries == 1
