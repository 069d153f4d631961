from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Account, Pruned, Store, events, oauth_states, prune, quotas, tickets, undo


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
    assert await prune(store, now=later) == Pruned(tickets=1, undo_actions=1, quotas=1, events=1, oauth_states=1)
    assert await prune(store, now=later) == Pruned(tickets=0, undo_actions=0, quotas=0, events=0, oauth_states=0)
