"""What Slack says of people before they are written to: whether they may be disturbed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatcher.retries import NotYetSent
from bot.dispatcher.slack import ATTEMPTS, SlackError, told
from bot.dispatcher.tenants import NotInstalled, Tenants


class Reach:
    """Slack's Web API at `url`. A 429 is not waited out here: others can go first meanwhile."""

    def __init__(self, session: aiohttp.ClientSession, url: str, tenants: Tenants) -> None:
        self._tenants = tenants
        self._client = AsyncWebClient(
            base_url=url, session=session, retry_handlers=[NotYetSent(max_retry_count=ATTEMPTS - 1)]
        )

    async def quiet_until(self, tenant_id: str, team_id: str, user_id: str, *, now: datetime) -> datetime | None:
        """Until when (UTC) the person is in Do Not Disturb; None where they are not, or Slack does not say.

        Where Slack wants to be asked later, that moment: asking again then is no harm.
        """
        whole = {"team_id": team_id} if team_id != tenant_id else {}
        try:
            tenant = await self._tenants.get(tenant_id)
            answer = await told(self._client.dnd_info(token=tenant.token, user=user_id, **whole))
        except NotInstalled:
            return None
        except SlackError as error:
            return now + max(error.retry_after, timedelta(seconds=1)) if error.retry_after is not None else None
        return _end(answer.data if isinstance(answer.data, Mapping) else {}, now)


def _end(said: Mapping[str, Any], now: datetime) -> datetime | None:
    """When somebody's quiet time is over, if it is on. What they snoozed is told in the same two times."""
    start, end = _moment(said.get("next_dnd_start_ts")), _moment(said.get("next_dnd_end_ts"))
    if not said.get("dnd_enabled") or start is None or end is None:
        return None
    return end if start <= now < end else None


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
