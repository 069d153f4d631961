"""Posts that nobody asked for just now: each can be told from all others, found again, and replaced."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.dispatcher.retries import NotYetSent
from bot.dispatcher.slack import ATTEMPTS, BLOCKS_REFUSED, Slack, SlackError, Upload, told, without_blocks
from bot.views.kit import cut_mrkdwn

EVENT_TYPE = "toggl_delivery"
"""What the metadata of such a post is called; its payload holds the delivery's number as `delivery`."""
LOOKED_BACK = timedelta(minutes=5)
"""How much earlier than its first attempt a post is looked for: clocks differ."""
UPDATED_TEXT = 4000
PAGE = 200
MOST_PAGES = 5

GONE_CHANNEL = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    }
)
GONE_PERSON = frozenset(
    {"is_inactive", "user_disabled", "user_not_found", "user_not_visible", "messages_tab_disabled", "cannot_dm_bot"}
)
GONE_APP = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "team_access_not_granted",
        "team_not_found",
        "token_revoked",
    }
)
PASSING = frozenset(
    {
        "accesslimited",
        "external_channel_migrating",
        "message_limit_exceeded",
        "org_login_required",
        "rate_limited",
        "ratelimited",
        "team_added_to_org",
        "token_expired",
        "update_failed",
    }
)
"""Refusals that pass: too much at once, a workspace that is being moved, a token that is renewed now."""
GONE_MESSAGE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Why a message cannot be replaced any more."""
GONE_THREAD = frozenset({"thread_not_found", "cannot_reply_to_message", "thread_locked"})


Send = Callable[[Mapping[str, Any]], Awaitable[AsyncSlackResponse]]
Read = Callable[..., Awaitable[AsyncSlackResponse]]


class Gone(StrEnum):
    """What a post lacked: nothing else is posted there until somebody does something about it."""

    CHANNEL = "channel"
    PERSON = "person"
    APP = "app"


def gone(error: SlackError, *, in_channel: bool) -> Gone | None:
    """What `error` says is gone, in a channel or with a person; None where it says something else."""
    if error.code == "is_inactive" and in_channel:  # said of a person, and of a message in an archived channel
        return Gone.CHANNEL
    for kind, codes in ((Gone.CHANNEL, GONE_CHANNEL), (Gone.PERSON, GONE_PERSON), (Gone.APP, GONE_APP)):
        if error.code in codes:
            return kind
    return None


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is now; `plain` where Slack refused one of its blocks, and what stands for it was posted."""

    channel_id: str
    ts: str
    plain: bool = False


class Posts:
    """Slack's methods for posts, at `url` (with its trailing slash). `place` is the id of a channel, or of a person.

    Raises SlackError; a 429 is not waited out here, so that others can go first meanwhile.
    """

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._client = AsyncWebClient(
            base_url=url, session=session, retry_handlers=[NotYetSent(max_retry_count=ATTEMPTS - 1)]
        )
        self._slack = Slack(session, url)

    async def post(
        self,
        token: str,
        place: str,
        content: Mapping[str, Any],
        *,
        delivery_id: int,
        thread_ts: str | None = None,
        broadcast: bool = False,
    ) -> Posted:
        """Post `content`: its `message`, or its `otherwise` where a block is refused; each is Slack's fields."""
        marked = {"event_type": EVENT_TYPE, "event_payload": {"delivery": delivery_id}}
        thread: dict[str, Any] = {"thread_ts": thread_ts, "reply_broadcast": broadcast} if thread_ts else {}

        async def send(message: Mapping[str, Any]) -> AsyncSlackResponse:
            return await told(
                self._client.chat_postMessage(
                    token=token,
                    channel=place,
                    metadata=marked,
                    unfurl_links=False,
                    unfurl_media=False,
                    **thread,
                    **message,
                )
            )

        answer, plain = await _plainer(send, content)
        return Posted(str(answer["channel"]), str(answer["ts"]), plain)

    async def add_files(self, token: str, below: Posted, files: Iterable[Upload]) -> None:
        """Share files in the thread of a message."""
        for file in files:
            await self._slack.upload(token, below.channel_id, file, thread_ts=below.ts)

    async def replace(self, token: str, at: Posted, content: Mapping[str, Any]) -> None:
        """Show `content` in the place of the message at `at`."""

        async def send(message: Mapping[str, Any]) -> AsyncSlackResponse:
            # A message without blocks would keep the old ones; and longer texts than this are taken only at first.
            fields = {"blocks": [], **message, "text": cut_mrkdwn(str(message.get("text") or ""), UPDATED_TEXT)}
            return await told(self._client.chat_update(token=token, channel=at.channel_id, ts=at.ts, **fields))

        await _plainer(send, content)

    async def open_dm(self, token: str, user_id: str) -> str:
        """The conversation of the bot with one person."""
        channel: Mapping[str, Any] = (await told(self._client.conversations_open(token=token, users=user_id)))[
            "channel"
        ]
        return str(channel["id"])

    async def find(
        self, token: str, channel_id: str, delivery_id: int, *, since: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        """The message that was posted as this delivery after `since`; None where there is none for certain.

        Raises SlackError where the conversation may not be read, or is too long to tell.
        """
        given: dict[str, Any] = {
            "token": token,
            "channel": channel_id,
            "oldest": f"{(since - LOOKED_BACK).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": PAGE,
        }
        read: Read = self._client.conversations_history
        if thread_ts:
            read, given = self._client.conversations_replies, {**given, "ts": thread_ts}
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            answer = await told(read(**given, cursor=cursor))
            messages: list[Mapping[str, Any]] = answer.get("messages") or []
            for message in messages:
                if _delivery_of(message) == delivery_id:
                    return Posted(channel_id, str(message["ts"]))
            more: Mapping[str, Any] = answer.get("response_metadata") or {}
            cursor = more.get("next_cursor") or None
            if cursor is None:
                return None
        raise SlackError("conversations.history", "too_long")


def _delivery_of(message: Mapping[str, Any]) -> int | None:
    metadata: Mapping[str, Any] = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    payload: Mapping[str, Any] = metadata.get("event_payload") or {}
    number = payload.get("delivery")
    return number if isinstance(number, int) else None


async def _plainer(send: Send, content: Mapping[str, Any]) -> tuple[AsyncSlackResponse, bool]:
    """Send the message; where one of its blocks is refused (True), what stands for it, and at last its text alone."""
    message: Mapping[str, Any] = content["message"]
    otherwise: Mapping[str, Any] = content.get("otherwise") or without_blocks(message)
    try:
        return await send(message), False
    except SlackError as error:
        if error.code not in BLOCKS_REFUSED or not message.get("blocks"):
            raise
    try:
        return await send(otherwise), True
    except SlackError as error:
        if error.code not in BLOCKS_REFUSED:
            raise
    return await send(without_blocks(otherwise)), True
