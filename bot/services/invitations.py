"""Inviting people in Slack to connect their Toggl account: one message each, from whoever asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.context import Context
from bot.store import deliveries, linked, schedules

KIND = "invitation"
"""The kind of the work that sends them."""


@dataclass(frozen=True, slots=True)
class Invited:
    """How many are invited now, and how many were invited before, or are connected."""

    now: int
    before: int


def key(user_id: str) -> str:
    """What the invitation of a person in Slack is called among all posts."""
    return f"{KIND}:{user_id}"


async def invite(context: Context, user_ids: Sequence[str]) -> Invited:
    """Let each of these people in Slack be asked to connect, unless they were or are connected. No call to Toggl."""
    person, organization_id = context.person, context.track.organization_id if context.track else None
    async with context.store.writing() as db:
        known = await linked.of_organization(db, tenant_id=person.tenant_id, organization_id=organization_id or 0)
        connected = {one.user_id for one in known}
        new = [
            user_id
            for user_id in dict.fromkeys(user_ids)
            if user_id not in connected
            and await deliveries.find(db, tenant_id=person.tenant_id, key=key(user_id)) is None
        ]
        for user_id in new:
            await schedules.ensure(
                db,
                kind=KIND,
                key=key(user_id),
                tenant_id=person.tenant_id,
                team_id=person.team_id,
                due_at=context.now,
                now=context.now,
                owner_id=person.account_id,
                payload={"invited": user_id, "inviter": person.user_id, "locale": person.locale},
            )
    return Invited(len(new), len(set(user_ids)) - len(new))
