"""What Slack says of people before they are written to: whether they may be disturbed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatcher.retries import NotYetSent
from bot.dispatcher.slack import ATTEMPTS, SlackError, told
from bot.dispatcher.tenants import NotInstalled, Tenants

ASKED_EVERY = timedelta(seconds=3)
"""Between two questions about one workspace: Slack answers twenty a minute, of up to fifty people each."""
BURST = 8
"""Questions that need not wait, after a pause."""
MOST_PEOPLE = 50
LONGEST_WAIT = timedelta(seconds=30)
"""Of what a 429 asks for; longer, and something else can be done meanwhile."""

Place = tuple[str, str]
"""The tenant and the workspace that people are in."""


@dataclass(slots=True)
class _Crowd:
    """Who is to be asked about in one workspace, all in the next question."""

    waiting: dict[str, asyncio.Future[Mapping[str, Any]]] = field(default_factory=dict)
    asking: asyncio.Task[None] | None = None
    free_at: float = 0.0
    """When the questions so far are paid for, in seconds of the event loop."""

    def turn(self, now: float) -> float:
        """Take the next turn, and say how many seconds to wait for it."""
        every = ASKED_EVERY.total_seconds()
        self.free_at = max(self.free_at, now) + every
        return max(0.0, self.free_at - now - BURST * every)


class Reach:
    """Slack's Web API at `url`. Where many are asked about in a short time, they are asked about together."""

    def __init__(self, session: aiohttp.ClientSession, url: str, tenants: Tenants) -> None:
        self._tenants = tenants
        self._crowds: dict[Place, _Crowd] = {}
        self._client = AsyncWebClient(
            base_url=url, session=session, retry_handlers=[NotYetSent(max_retry_count=ATTEMPTS - 1)]
        )

    async def quiet_until(self, tenant_id: str, team_id: str, user_id: str, *, now: datetime) -> datetime | None:
        """Until when (UTC) the person is in Do Not Disturb; None where they are not, or Slack does not say.

        Where Slack wants to be asked later, that moment: asking again then is no harm.
        """
        crowd = self._crowds.setdefault((tenant_id, team_id), _Crowd())
        answer = crowd.waiting.setdefault(user_id, asyncio.get_running_loop().create_future())
        if crowd.asking is None:
            crowd.asking = asyncio.create_task(self._ask_all((tenant_id, team_id), crowd))
        try:
            return _end(await asyncio.shield(answer), now)
        except NotInstalled:
            return None
        except SlackError as error:
            return now + max(error.retry_after, timedelta(seconds=1)) if error.retry_after is not None else None

    async def _ask_all(self, place: Place, crowd: _Crowd) -> None:
        """Ask about who waits, in turn, until nobody does."""
        while crowd.waiting:
            await asyncio.sleep(crowd.turn(asyncio.get_running_loop().time()))
            asked = {user_id: crowd.waiting.pop(user_id) for user_id in list(crowd.waiting)[:MOST_PEOPLE]}
            try:
                found = await self._ask(place, list(asked))
            except Exception as error:  # noqa: BLE001 (whoever waits for it is told)
                for answer in asked.values():
                    answer.set_exception(error)
                    answer.exception()  # seen, also where nobody waits any more
            else:
                for user_id, answer in asked.items():
                    answer.set_result(found.get(user_id) or {})
        crowd.asking = None

    async def _ask(self, place: Place, users: list[str]) -> Mapping[str, Any]:
        """What Slack says of each. Raises NotInstalled, SlackError, StoreUnavailable."""
        tenant_id, team_id = place
        tenant = await self._tenants.get(tenant_id)
        whole = {"team_id": team_id} if team_id != tenant_id else {}
        for _ in range(ATTEMPTS):
            try:
                answer = await told(self._client.dnd_teamInfo(token=tenant.token, users=users, **whole))
            except SlackError as error:
                if error.retry_after is None or error.retry_after > LONGEST_WAIT:
                    raise
                problem = error
                await asyncio.sleep(error.retry_after.total_seconds())
            else:
                found: Mapping[str, Any] = answer.get("users") or {}
                return found
        raise problem


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
