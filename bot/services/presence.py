"""Who is still there: workspaces that removed the app, people who left or moved to another time zone."""

from __future__ import annotations

from datetime import datetime

from bot.services import departures, schedule_zones
from bot.store import Store, accounts, forget_tenant, installations


async def workspace_left(store: Store, *, tenant_id: str, at: datetime) -> bool:
    """The app was removed at `at`: everything of the workspace or organization goes, at once.

    False where it was installed again since: Slack may deliver the news of a removal late.
    """
    async with store.writing() as db:
        installation = await installations.find_row(db, tenant_id=tenant_id)
        if installation is not None and installation.installed_at > at:
            return False
        await forget_tenant(db, tenant_id=tenant_id)
        return True


async def token_revoked(store: Store, *, tenant_id: str, at: datetime) -> bool:
    """The bot's token stopped working at `at`: it goes; people's data waits for a new installation or the removal."""
    async with store.writing() as db:
        installation = await installations.find_row(db, tenant_id=tenant_id)
        if installation is None or installation.installed_at > at:
            return False
        await installations.forget(db, tenant_id=tenant_id)
        return True


async def person_left(store: Store, *, tenant_id: str, user_id: str, now: datetime) -> bool:
    """The person was deactivated: everything of theirs goes. False where nothing of theirs was stored."""
    async with store.writing() as db:
        account = await accounts.find(db, tenant_id=tenant_id, user_id=user_id)
        if account is None:
            return False
        await departures.forget(db, account.id, now=now)
        return True


async def person_changed(
    store: Store, *, tenant_id: str, user_id: str, locale: str | None, zone: str | None, now: datetime
) -> None:
    """Slack knows another language or time zone of somebody who was here before."""
    async with store.writing() as db:
        account = await accounts.find(db, tenant_id=tenant_id, user_id=user_id)
        if account is None:
            return
        said = (locale or account.locale, zone or account.zone)
        if said != (account.locale, account.zone):
            await schedule_zones.follow(db, account.id, before=account.zone, zone=said[1], now=now)
            await accounts.update_profile(db, account_id=account.id, locale=said[0], zone=said[1], now=now)
