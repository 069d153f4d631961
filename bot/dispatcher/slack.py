"""The only code that calls Slack: Web API methods and response_urls, over one shared session."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.dispatcher.retries import TOO_MANY_REQUESTS, AskedToWait, NotYetSent, asked
from bot.errors import UserError
from bot.i18n import N_

T = TypeVar("T")

CALL_TIMEOUT = timedelta(seconds=10)
CONNECT_TIMEOUT = timedelta(seconds=3)
IDLE_CONNECTION = timedelta(seconds=15)  # shorter than servers keep one, so that none is used as it is being closed
ATTEMPTS = 3
UNKNOWN_OUTCOME = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Errors after which Slack may have done what it was asked to."""
BLOCKS_REFUSED = frozenset({"invalid_blocks", "msg_blocks_too_long"})
"""What Slack says of blocks that it does not know, or that are too much together: nothing was sent."""
TRIGGER_ERRORS = frozenset({"expired_trigger_id", "trigger_expired", "trigger_exchanged", "exchanged_trigger_id"})
HTTP_OK = 200
SERVER_ERROR = 500


class SlackError(Exception):
    """Slack refused a call, or did not answer. `code` is Slack's own word for it; nothing here holds a token or a text.

    Only where `refused` is true is it certain that the call had no effect. `retry_after` is what a 429 asks for.
    """

    def __init__(self, method: str, code: str, *, refused: bool = True, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code
        self.refused = refused
        self.retry_after = retry_after


class BlocksRefused(SlackError):
    """The workspace does not know one of a message's blocks; nothing was sent."""


class TriggerExpired(UserError):
    """A modal could not be opened any more: Slack allows that for three seconds."""

    sentence = N_("That took too long to open, so nothing was changed.")
    retry = True


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack knows of a person and the bot needs: locale such as `de-DE`, and IANA zone."""

    locale: str | None
    zone: str | None


class Upload(Protocol):
    """What an upload needs to know of a file."""

    @property
    def name(self) -> str:
        """With its ending."""

    @property
    def content(self) -> bytes:
        """All of it, at least a byte."""

    @property
    def title(self) -> str:
        """What it is shown under."""

    @property
    def alt_text(self) -> str | None:
        """What a picture shows."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who a token is: the bot's name, the workspace's, and what it may do there."""

    bot: str
    team: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpenedView:
    """A view that Slack shows now; `hash` guards an update of it against a newer one."""

    id: str
    hash: str | None


def open_session() -> aiohttp.ClientSession:
    """The session that every call shares, with the time limits on it: slack_sdk's own are ignored beside a session."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT.total_seconds(), connect=CONNECT_TIMEOUT.total_seconds()),
        connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_CONNECTION.total_seconds(), limit=100),
    )


class Slack:
    """Slack's Web API at `url` (with its trailing slash). Every method takes the token of the workspace it acts in.

    Raises SlackError, or TriggerExpired from the two methods that open a modal.
    """

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._client = AsyncWebClient(
            base_url=url,
            session=session,
            retry_handlers=[NotYetSent(max_retry_count=ATTEMPTS - 1), AskedToWait(max_retry_count=ATTEMPTS - 1)],
        )

    async def respond(self, url: str, payload: Mapping[str, Any], *, strict: bool = False) -> bool:
        """Answer through a response_url. False where it is used up, too old or out of reach: it needs another way.

        Where a block is refused the text is sent alone; with `strict` BlocksRefused is raised. A server's error leaves
        open whether it was said: what one person sees may be said twice, what everybody sees must not.
        """
        for _ in range(ATTEMPTS):
            try:
                async with self._session.post(url, json=payload) as response:
                    said = await response.text()
                    if response.status == HTTP_OK and '"ok":false' not in said.replace(" ", ""):
                        return True
                    code = next((code for code in BLOCKS_REFUSED if code in said), None)
                    if code and payload.get("blocks"):
                        if strict:
                            raise BlocksRefused("response_url", code)
                        return await self.respond(url, without_blocks(payload))
                    if response.status >= SERVER_ERROR and payload.get("response_type") == "in_channel":
                        raise SlackError("response_url", f"HTTP {response.status}", refused=False)
                    return False
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError) as error:
                raise SlackError("response_url", type(error).__name__, refused=False) from None
        return False

    async def post(
        self,
        token: str,
        channel_id: str,
        payload: Mapping[str, Any],
        thread_ts: str | None = None,
        *,
        strict: bool = False,
    ) -> str:
        """Post a message; its `ts`. `strict` is as in `respond`."""
        answer = await self._posted(
            lambda content: self._client.chat_postMessage(
                token=token, channel=channel_id, thread_ts=thread_ts, **content
            ),
            payload,
            strict=strict,
        )
        return str(answer["ts"])

    async def post_privately(
        self,
        token: str,
        channel_id: str,
        user_id: str,
        payload: Mapping[str, Any],
        thread_ts: str | None = None,
        *,
        strict: bool = False,
    ) -> None:
        """Show a message to one person in a channel. `strict` is as in `respond`."""
        await self._posted(
            lambda content: self._client.chat_postEphemeral(
                token=token, channel=channel_id, user=user_id, thread_ts=thread_ts, **content
            ),
            payload,
            strict=strict,
        )

    async def upload(self, token: str, channel_id: str, file: Upload, *, thread_ts: str | None = None) -> None:
        """Share a file in a conversation, or in a thread of it."""
        places: dict[str, Any] = {"filename": file.name, "length": len(file.content)}
        if file.alt_text:
            places["alt_txt"] = file.alt_text
        given = await told(self._client.files_getUploadURLExternal(token=token, **places))
        try:
            async with self._session.post(str(given["upload_url"]), data=file.content) as response:
                if response.status != HTTP_OK:
                    raise SlackError("upload_url", f"HTTP {response.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackError("upload_url", type(error).__name__) from None
        finished: list[dict[str, str | None]] = [{"id": str(given["file_id"]), "title": file.title}]
        place: dict[str, Any] = {"channel_id": channel_id, **({"thread_ts": thread_ts} if thread_ts else {})}
        await told(self._client.files_completeUploadExternal(token=token, files=finished, **place))

    async def open_dm(self, token: str, user_id: str) -> str:
        """The channel in which the bot and one person talk."""
        answer = await told(self._client.conversations_open(token=token, users=user_id))
        channel: Mapping[str, Any] = answer["channel"]
        return str(channel["id"])

    async def channel(self, token: str, channel_id: str) -> Mapping[str, Any]:
        """What Slack tells of a channel: `is_member`, `is_private`, `is_archived`, `is_ext_shared` and more."""
        answer = await told(self._client.conversations_info(token=token, channel=channel_id))
        found: Any = answer.get("channel")
        return found if isinstance(found, Mapping) else {}

    async def join(self, token: str, channel_id: str) -> None:
        """Enter a public channel."""
        await told(self._client.conversations_join(token=token, channel=channel_id))

    async def find_permalink(self, token: str, channel_id: str, ts: str) -> str | None:
        """A message's address; None where Slack does not give it."""
        try:
            answer = await told(self._client.chat_getPermalink(token=token, channel=channel_id, message_ts=ts))
        except SlackError:
            return None
        link: Any = answer.get("permalink")
        return str(link) if link else None

    async def open_view(self, token: str, trigger_id: str, view: Mapping[str, Any]) -> OpenedView:
        """Open a modal, within three seconds of the `trigger_id`."""
        return await _opened(self._client.views_open(token=token, trigger_id=trigger_id, view=dict(view)))

    async def push_view(self, token: str, trigger_id: str, view: Mapping[str, Any]) -> OpenedView:
        """Put a modal on top of the open one, within three seconds of the `trigger_id`."""
        return await _opened(self._client.views_push(token=token, trigger_id=trigger_id, view=dict(view)))

    async def update_view(self, token: str, view_id: str, view: Mapping[str, Any], hash_: str | None = None) -> None:
        """Replace an open modal; with `hash_`, only while it is the one that was seen."""
        try:
            await told(self._client.views_update(token=token, view_id=view_id, view=dict(view), hash=hash_))
        except SlackError as error:
            if error.code != "hash_conflict":  # a newer view is shown: the older must not cover it
                raise

    async def publish_home(self, token: str, user_id: str, view: Mapping[str, Any]) -> None:
        """Show a person their App Home."""
        await told(self._client.views_publish(token=token, user_id=user_id, view=dict(view)))

    async def get_profile(self, token: str, user_id: str) -> Profile:
        """A person's locale and time zone."""
        answer = await told(self._client.users_info(token=token, user=user_id, include_locale=True))
        user: Mapping[str, Any] = answer.get("user") or {}
        return Profile(locale=user.get("locale") or None, zone=user.get("tz") or None)

    async def introduce(self, token: str) -> Introduction:
        """Who `token` is."""
        said = await told(self._client.auth_test(token=token))
        scopes = str(said.headers.get("x-oauth-scopes", ""))
        listed = frozenset(scope.strip() for scope in scopes.split(",") if scope.strip())
        return Introduction(str(said.get("user")), str(said.get("team")), listed)

    async def find_socket(self, app_token: str) -> str:
        """Where Socket Mode connects to, with an app-level token."""
        return str((await told(self._client.apps_connections_open(app_token=app_token)))["url"])

    async def access(self, client_id: str, client_secret: str, **grant: str) -> Mapping[str, Any]:
        """oauth.v2.access: what a code or a refresh token is good for."""
        # Not slack_sdk's oauth_v2_access: it signs in by a part of aiohttp that is going away.
        app = {"client_id": client_id, "client_secret": client_secret}
        said = await told(self._client.api_call("oauth.v2.access", data={**app, **grant}))
        return said.data if isinstance(said.data, Mapping) else {}

    async def _posted(
        self,
        send: Callable[[Mapping[str, Any]], Awaitable[AsyncSlackResponse]],
        payload: Mapping[str, Any],
        *,
        strict: bool,
    ) -> AsyncSlackResponse:
        """Post `payload`, once more as plain text where the workspace does not know one of its blocks."""
        try:
            return await told(send(payload))
        except SlackError as error:
            if error.code not in BLOCKS_REFUSED:
                raise
            if strict:
                raise BlocksRefused(error.method, error.code) from error
        return await told(send(without_blocks(payload)))


async def told(call: Awaitable[T]) -> T:
    """The answer to `call`. Raises SlackError, which unlike slack_sdk's error holds nothing of what was sent."""
    name = getattr(call, "__name__", "call")
    try:
        return await call
    except SlackApiError as error:
        data = getattr(error.response, "data", None)
        code = data.get("error") if isinstance(data, Mapping) else None
        wait = asked(error.response.headers) if getattr(error.response, "status_code", 0) == TOO_MANY_REQUESTS else None
        refused = wait is not None or (code is not None and code not in UNKNOWN_OUTCOME)
        raise SlackError(name, str(code or "unreadable_answer"), refused=refused, retry_after=wait) from None
    # slack_sdk looks for `ok` in whatever it was given, a text or a list among them.
    except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError, UnicodeDecodeError, AttributeError) as error:
        refused = isinstance(error, aiohttp.ClientConnectorError)
        raise SlackError(name, type(error).__name__, refused=refused) from None


async def _opened(call: Awaitable[AsyncSlackResponse]) -> OpenedView:
    try:
        answer = await told(call)
    except SlackError as error:
        if error.code in TRIGGER_ERRORS:
            raise TriggerExpired from error
        raise
    view: Mapping[str, Any] = answer["view"]
    return OpenedView(id=str(view["id"]), hash=view.get("hash"))


def without_blocks(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The message as its text alone."""
    return {key: value for key, value in payload.items() if key != "blocks"}
