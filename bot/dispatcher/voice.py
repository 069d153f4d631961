"""Says something where a person is, by whichever way Slack still allows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.dispatcher import failures
from bot.dispatcher.answers import File, Post, Reply
from bot.dispatcher.request import Origin
from bot.dispatcher.slack import BlocksRefused, Slack, SlackError
from bot.dispatcher.tenants import Tenant
from bot.views.messages import Message

_REPLACED = {"replace_original": True}
RESPONSE_URL_LIVES = timedelta(minutes=29)  # 30, less what it takes to get there


class Voice:
    """Messages to people, through `slack`. Raises SlackError where even a DM is refused."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._takes_all_blocks: set[str] = set()

    def knows_all_blocks_are_taken(self, tenant: Tenant) -> bool:
        """Whether Slack took blocks there that some workspaces refuse: then an HTTP answer may hold them, too."""
        return tenant.tenant_id in self._takes_all_blocks

    async def say(self, tenant: Tenant, user_id: str, origin: Origin, reply: Reply, *, now: datetime) -> None:
        """Say something at `origin`: through its response_url while that lives, else in its channel, else in a DM."""
        said = await self.handed_over(tenant, user_id, reply)
        try:
            await self._say(tenant, user_id, origin, said, now=now)
            if said.otherwise is not None:
                self._takes_all_blocks.add(tenant.tenant_id)
        except BlocksRefused:
            self._takes_all_blocks.discard(tenant.tenant_id)
            await self._say(tenant, user_id, origin, await self.plain(tenant, user_id, said), now=now)
        if said.original is not None and self._answerable(origin, now):
            try:
                await self._slack.respond(origin.response_url or "", {**_unfurled(said.original), **_REPLACED})
            except SlackError as error:
                failures.report(error, kind="original")  # the answer was given: the list is as it was

    async def plain(self, tenant: Tenant, user_id: str, reply: Reply) -> Reply:
        """What is said instead of `reply` where its blocks cannot be shown."""
        plain = await _otherwise(reply.otherwise)
        return replace(await self.handed_over(tenant, user_id, plain), replace=reply.replace)

    async def handed_over(self, tenant: Tenant, user_id: str, reply: Reply) -> Reply:
        """`reply` without its files, which are in the person's DM now; it says so where Slack did not take them."""
        if not reply.files:
            return reply
        said = replace(reply, files=())
        try:
            channel_id = await self._slack.open_dm(tenant.token, user_id)
            for file in reply.files:
                await self._slack.upload(tenant.token, channel_id, file)
        except SlackError as error:
            failures.report(error, kind="file")
            return replace(said, message=reply.without_files or reply.message)
        return said

    async def post(self, tenant: Tenant, post: Post) -> None:
        """Post for all of a conversation. Raises SlackError where Slack does not let."""
        message = post.message
        files: tuple[File, ...] = ()
        try:
            await self._post(tenant, post, message, strict=post.otherwise is not None)
        except BlocksRefused:
            plain = await _otherwise(post.otherwise)
            message, files = plain.message, plain.files
            await self._post(tenant, post, message)
        try:
            for file in files:
                await self._slack.upload(tenant.token, post.channel_id, file)
        except SlackError as error:
            failures.report(error, kind="file")  # the bot may not be in that channel: the numbers stand there alone

    async def _post(self, tenant: Tenant, post: Post, message: Message, *, strict: bool = False) -> None:
        content = _unfurled(message)
        place = {"response_type": "in_channel", "replace_original": False}
        if not post.response_url or not await self._slack.respond(
            post.response_url, {**content, **place}, strict=strict
        ):
            await self._slack.post(tenant.token, post.channel_id, content, strict=strict)

    async def _say(self, tenant: Tenant, user_id: str, origin: Origin, reply: Reply, *, now: datetime) -> None:
        payload, strict = _unfurled(reply.message), reply.otherwise is not None
        if self._answerable(origin, now):
            place = _REPLACED if reply.replace else {"replace_original": False, **audience(reply)}
            said = self._slack.respond(origin.response_url or "", {**payload, **place}, strict=strict)
            if await _certainly(said, reply):
                return
        if origin.channel_id:
            said = self._say_in_channel(tenant, user_id, origin, reply, payload)
            if await _certainly(said, reply):
                return
        # The bot is not in that channel, or the person has left it: their DM is always open.
        await self.tell(tenant, user_id, reply.message)

    @staticmethod
    def _answerable(origin: Origin, now: datetime) -> bool:
        """Whether Slack's permission to answer lives still."""
        return bool(origin.response_url) and now - (origin.since or now) < RESPONSE_URL_LIVES

    async def tell(self, tenant: Tenant, user_id: str, message: Message) -> tuple[str, str]:
        """Send a DM; its channel and `ts`."""
        channel_id = await self._slack.open_dm(tenant.token, user_id)
        return channel_id, await self._slack.post(tenant.token, channel_id, _unfurled(message))

    async def _say_in_channel(
        self, tenant: Tenant, user_id: str, origin: Origin, reply: Reply, payload: Mapping[str, Any]
    ) -> bool:
        channel_id = origin.channel_id or ""
        strict = reply.otherwise is not None
        if reply.in_channel or channel_id.startswith("D"):
            await self._slack.post(tenant.token, channel_id, payload, origin.thread_ts, strict=strict)
        else:
            await self._slack.post_privately(
                tenant.token, channel_id, user_id, payload, origin.thread_ts, strict=strict
            )
        return True


async def _certainly(saying: Awaitable[bool], reply: Reply) -> bool:
    """Whether it was said for certain. What all see must not be said twice: there, not knowing raises SlackError."""
    try:
        return await saying
    except BlocksRefused:
        raise
    except SlackError as error:
        if not error.refused and reply.in_channel:
            raise
        return False


async def _otherwise(make: Callable[[], Reply] | None) -> Reply:
    """What to say where blocks were refused: only who gave this asked to be told of that."""
    assert make is not None  # noqa: S101 (says so to the type checker)
    return await asyncio.to_thread(make)


def audience(reply: Reply) -> dict[str, str]:
    """Who sees it, as Slack wants to be told."""
    return {"response_type": "in_channel" if reply.in_channel else "ephemeral"}


def _unfurled(message: Message) -> dict[str, Any]:
    """The fields of a message that is posted; our own links are never unfurled."""
    return {**message.payload, "unfurl_links": False, "unfurl_media": False}
