"""Says something where a person is, by whichever way Slack still allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.dispatcher.answers import Reply
from bot.dispatcher.request import Origin
from bot.dispatcher.slack import Slack, SlackError
from bot.dispatcher.tenants import Tenant
from bot.views.messages import Message

RESPONSE_URL_LIVES = timedelta(minutes=29)  # 30, less what it takes to get there


class Voice:
    """Messages to people, through `slack`. Raises SlackError where even a DM is refused."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def say(self, tenant: Tenant, user_id: str, origin: Origin, reply: Reply, *, now: datetime) -> None:
        """Say something at `origin`: through its response_url while that lives, else in its channel, else in a DM."""
        payload = _unfurled(reply.message)
        if origin.response_url and now - (origin.since or now) < RESPONSE_URL_LIVES:
            place = {"replace_original": True} if reply.replace else {"replace_original": False, **audience(reply)}
            if await self._slack.respond(origin.response_url, {**payload, **place}):
                return
        if origin.channel_id:
            try:
                await self._say_in_channel(tenant, user_id, origin, reply, payload)
            except SlackError as error:
                if not error.refused:  # it may have been said: twice is worse
                    raise
            else:
                return
        # The bot is not in that channel, or the person has left it: their DM is always open.
        await self.tell(tenant, user_id, reply.message)

    async def tell(self, tenant: Tenant, user_id: str, message: Message) -> tuple[str, str]:
        """Send a DM; its channel and `ts`."""
        channel_id = await self._slack.open_dm(tenant.token, user_id)
        return channel_id, await self._slack.post(tenant.token, channel_id, _unfurled(message))

    async def _say_in_channel(
        self, tenant: Tenant, user_id: str, origin: Origin, reply: Reply, payload: Mapping[str, Any]
    ) -> None:
        channel_id = origin.channel_id or ""
        if reply.in_channel or channel_id.startswith("D"):
            await self._slack.post(tenant.token, channel_id, payload, origin.thread_ts)
        else:
            await self._slack.post_privately(tenant.token, channel_id, user_id, payload, origin.thread_ts)


def audience(reply: Reply) -> dict[str, str]:
    """Who sees it, as Slack wants to be told."""
    return {"response_type": "in_channel" if reply.in_channel else "ephemeral"}


def _unfurled(message: Message) -> dict[str, Any]:
    """The fields of a message that is posted; our own links are never unfurled."""
    return {**message.payload, "unfurl_links": False, "unfurl_media": False}
