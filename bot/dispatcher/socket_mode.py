"""Socket Mode: the same requests over a connection that the bot opens, where Slack cannot reach it."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatcher import payloads
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.slack import told
from bot.store import StoreUnavailable

KINDS = frozenset({"slash_commands", "interactive", "events_api"})


@asynccontextmanager
async def connected(dispatcher: Dispatcher, *, app_token: str, url: str) -> AsyncIterator[None]:
    """Take requests from Slack, whose Web API is at `url`, until the block is left; connections are renewed as it asks.

    Raises SlackError where the token is refused or Slack does not answer. There is no signature to verify: Slack gave
    the connection.
    """
    logger = logging.getLogger("slack_sdk.socket_mode")
    logger.setLevel(logging.WARNING)  # below it whole requests are logged
    client = SocketModeClient(app_token, logger=logger, web_client=AsyncWebClient(base_url=url))
    envelopes = Envelopes(dispatcher)
    client.socket_mode_request_listeners.append(envelopes.receive)
    try:
        # Asked for here, because `connect` itself would try a refused token again for ever.
        client.wss_uri = await told(client.issue_new_wss_url())
        await client.connect()  # type: ignore[no-untyped-call]  # slack_sdk's
        yield
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # slack_sdk's


class Envelopes:
    """Acknowledges what comes over the socket, with the dispatcher's answer inside where Slack takes one there."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._log = structlog.get_logger("bot")

    async def receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answer one envelope. A body that Slack would not send is acknowledged, so that it does not come again."""
        body = ""
        try:
            if request.type in KINDS:
                body = await self._dispatcher.dispatch(payloads.read(request.payload))
        except payloads.MalformedError as error:
            self._log.info("request_rejected", reason=str(error))
        except StoreUnavailable:
            return  # without an acknowledgement Slack sends it again
        answer = SocketModeResponse(request.envelope_id, json.loads(body) if body else None)
        await client.send_socket_mode_response(answer)
