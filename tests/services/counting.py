"""People of one Slack workspace at one local Toggl, for statistics: `await join(context, toggl, "lena")`."""

from __future__ import annotations

from bot.services import statistics
from bot.services.connections import closed
from bot.services.context import Context
from bot.store import accounts, consents, credentials, workspaces
from bot.toggl import FocusKey, fingerprint
from tests.conftest import ServedToggl


async def join(
    context: Context,
    toggl: ServedToggl,
    who: str,
    *,
    user_id: str | None = None,
    agrees: bool = True,
    team_id: str = "T1",
    workspace: str | None = None,
) -> int:
    """Connect somebody of the seeded company by their Focus key; their account's id."""
    place, key = toggl.workspace(workspace), FocusKey(f"toggl_sk_{who}")
    kind, secret = closed(key)
    async with context.store.writing() as db:
        account = await accounts.get_or_create(
            db, tenant_id="T1", team_id=team_id, user_id=user_id or who, now=context.now
        )
        await credentials.save(
            db,
            account_id=account.id,
            kind=kind,
            secret=secret,
            label=f"{toggl.person(who).name} ({who}@nordlicht.example)",
            fingerprint=fingerprint(key),
            now=context.now,
        )
        row = await workspaces.save(
            db,
            account_id=account.id,
            organization_id=place.organization_id,
            name=place.name,
            focus_id=place.id,
            track_id=place.track_id,
        )
        await workspaces.choose(db, account_id=account.id, workspace_id=row.id)
        if agrees:
            await consents.give(db, account_id=account.id, topic=statistics.TOPIC, now=context.now)
    return account.id
