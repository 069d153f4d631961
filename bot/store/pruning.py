"""Forget what has served its time: tickets, undos, spent quotas, events that Slack will not repeat, unused states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import admin_requests, audit, deliveries, events, oauth_states, quotas, tickets, undo
from bot.store.store import Store

UNDO_KEPT_FOR = timedelta(days=1)
"""How long an undo that is too old is known for one, so that its button can say so."""
EVENTS_KEPT_FOR = timedelta(days=1)
"""Slack sends an event three times within about an hour."""
AUDIT_KEPT_FOR = timedelta(days=365)
"""How long one can look up who changed what."""
DELIVERIES_KEPT_FOR = timedelta(days=180)
"""How long one can look up what was posted; and how long a post is known that nothing replaced or answered."""
REQUESTS_KEPT_FOR = timedelta(days=7)
"""How long a request to the admins that is over is known for one, so that its buttons can say so."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went."""

    tickets: int
    undo_actions: int
    quotas: int
    events: int
    oauth_states: int
    audit: int
    admin_requests: int
    deliveries: int


async def prune(store: Store, *, now: datetime) -> Pruned:
    """Delete what nobody can ask for any more, and the credentials on expired tickets; meant for every few minutes."""
    async with store.writing() as db:
        return Pruned(
            tickets=await tickets.expire(db, now=now),
            undo_actions=await undo.prune(db, before=now - UNDO_KEPT_FOR),
            quotas=await quotas.prune(db, now=now),
            events=await events.prune(db, before=now - EVENTS_KEPT_FOR),
            oauth_states=await oauth_states.prune(db, now=now),
            audit=await audit.prune(db, before=now - AUDIT_KEPT_FOR),
            admin_requests=await admin_requests.prune(db, before=now - REQUESTS_KEPT_FOR),
            deliveries=await deliveries.prune(db, before=now - DELIVERIES_KEPT_FOR),
        )
