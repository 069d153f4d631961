"""What became of the posts that the clock started, as far as a person may see them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery_history import PastPost
from bot.services.context import Context
from bot.services.statistics_rows import KIND
from bot.store import deliveries


async def read(context: Context) -> Sequence[PastPost]:
    """The newest: statistics in any channel, everything in the channel they ask in, and what went to themselves."""
    person = context.person
    async with context.store.reading() as db:
        rows = await deliveries.seen_by(
            db,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            account_id=person.account_id,
            channel_id=context.channel_id,
            kinds=(KIND,),
        )
    return [
        PastPost(
            kind=row.kind,
            state=row.state,
            due_at=row.due_at,
            channel_id=None if row.account_id is not None else row.channel_id,
            reason=row.error,
        )
        for row in rows
    ]
