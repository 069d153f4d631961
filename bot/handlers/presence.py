"""What Slack tells of the workspace itself: the app was removed, somebody left or moved."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.dispatcher import Occurrence
from bot.services import presence


async def uninstalled(seen: Occurrence) -> None:
    """`app_uninstalled`: everything of the workspace is deleted."""
    if await presence.workspace_left(seen.store, tenant_id=seen.tenant_id, at=seen.happened_at):
        structlog.get_logger("bot").info("uninstalled", tenant=seen.tenant_id)


async def tokens_revoked(seen: Occurrence) -> None:
    """`tokens_revoked`: the bot's own token is deleted; people's tokens were never asked for."""
    tokens = seen.event.get("tokens")
    if isinstance(tokens, dict) and tokens.get("bot"):
        await presence.token_revoked(seen.store, tenant_id=seen.tenant_id, at=seen.happened_at)


async def person_changed(seen: Occurrence) -> None:
    """`user_change`: a deactivated person is forgotten; a new language or time zone counts from now on."""
    user = seen.event.get("user")
    if not isinstance(user, dict) or not isinstance(user.get("id"), str):
        return
    if user.get("deleted") is True:
        await presence.person_left(seen.store, tenant_id=seen.tenant_id, user_id=user["id"], now=seen.now)
        return
    zone, locale = user.get("tz"), user.get("locale")
    await presence.person_changed(
        seen.store,
        tenant_id=seen.tenant_id,
        user_id=user["id"],
        locale=locale if isinstance(locale, str) else None,
        zone=zone if isinstance(zone, str) and _is_zone(zone) else None,
        now=seen.now,
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
