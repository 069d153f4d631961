"""The seam to Bolt: it verifies what comes in, and one global middleware hands everything to the dispatcher."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatcher import payloads
from bot.dispatcher.dispatcher import Dispatcher
from bot.store import StoreUnavailable

UNAVAILABLE = 503
"""The status after which Slack sends an event again."""
INCOMING = "incoming"
"""The key in Bolt's context under which a guard leaves the request as it read it."""


class Authorize(AsyncAuthorize):
    """Lets every verified request through, without `auth.test`.

    The dispatcher looks the installation up: there a failure is answered with a sentence, here it would be a 500.
    """

    def __init__(self) -> None:
        pass  # AsyncAuthorize has one without types

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 (Bolt's signature)
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,  # noqa: ARG002 (the same)
        actor_team_id: str | None = None,  # noqa: ARG002 (the same)
        actor_user_id: str | None = None,  # noqa: ARG002 (the same)
    ) -> AuthorizeResult:
        """Who Slack says it is; no token."""
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


class Road(AsyncMiddleware):
    """Takes every verified request to the dispatcher; nothing comes after it, so it also answers the unknown."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 (Bolt's signature)
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002 (Bolt's signature)
    ) -> BoltResponse:
        """The dispatcher's answer. Raises MalformedError where no guard has read the body before."""
        incoming = req.context.get(INCOMING) or payloads.read(req.body)
        try:
            return BoltResponse(status=200, body=await self._dispatcher.dispatch(incoming))
        except StoreUnavailable:
            return BoltResponse(status=UNAVAILABLE)


def create_bolt(dispatcher: Dispatcher, *, signing_secret: str) -> AsyncApp:
    """Bolt with its verification, `ssl_check` and `url_verification`; the rest of its work is the dispatcher's."""
    logger = logging.getLogger("slack_bolt.bot")
    logger.setLevel(logging.ERROR)  # while it is made: it would warn that it leaves the environment's token aside
    app = AsyncApp(
        name="bot",
        logger=logger,
        signing_secret=signing_secret,
        client=AsyncWebClient(),  # given, or Bolt would take a token from the environment
        authorize=Authorize(),
        process_before_response=True,
        ignoring_self_events_enabled=False,  # payloads.read tells the bot's own messages
        attaching_function_token_enabled=False,
    )
    logger.setLevel(logging.WARNING)  # below it Bolt logs whole bodies, and with no level of its own it logs everything
    app.use(Road(dispatcher))
    return app
