"""The local Slack as an ASGI app: Web API, response_urls, uploads, the control API and the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.local.hanging_up import HangingUp
from bot.local.slack import page
from bot.local.slack.api import files
from bot.local.slack.api.server import WebApi
from bot.local.slack.control import Control
from bot.local.slack.engine import LocalSlack
from bot.local.slack.oauth import Installer
from bot.local.slack.pace import Clock, Pace, system_clock
from bot.local.slack.responses import response_endpoint


def create_app(  # noqa: PLR0913 (each is an option of its own, all by name)
    *,
    bot_url: str,
    signing_secret: str,
    bot_token: str,
    manifest: Path | Mapping[str, Any],
    data: Path | None = None,
    clock: Clock = system_clock,
    pace: Pace | None = None,
    public_url: str | None = None,
    app_token: str | None = None,
    client_id: str | None = None,
    client_secret: str | None = None,
    organization_id: str | None = None,
    hint: str = page.HINT,
) -> Starlette:
    """The whole local Slack. `app.state.slack` is its engine.

    `public_url` is where it is served; without it, the address of the first request counts, and what the app is sent
    before that raises NoAddress. With `organization_id` the app is installed for a whole Enterprise Grid organization.
    `pace` shortens deadlines, retries and rate limits for tests. `hint` is what newcomers read at the top of the page.
    """
    slack = LocalSlack(
        bot_url=bot_url,
        signing_secret=signing_secret,
        bot_token=bot_token,
        manifest=manifest,
        data=data,
        clock=clock,
        pace=pace,
        public_url=public_url,
        app_token=app_token,
        client_id=client_id,
        client_secret=client_secret,
        organization_id=organization_id,
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await slack.start()
        try:
            yield
        finally:
            await slack.stop()

    installer = Installer(bot_url)
    app = HangingUp(routes=[*_routes(slack, installer), *page.routes(slack, hint=hint)], lifespan=lifespan)
    app.add_middleware(_AddressLearner, slack=slack)
    app.state.slack = slack
    app.state.hang_up = slack.changes.end
    """Ends what is streamed to browsers: called before the server closes its connections."""
    return app


def _routes(slack: LocalSlack, installer: Installer) -> list[Route]:
    api = WebApi(slack.hub, installer)
    return [
        Route("/api/{method}", api.endpoint, methods=["GET", "POST"]),
        Route("/oauth/v2/authorize", _on(slack, installer.page)),
        Route("/oauth/v2/authorize", _on(slack, installer.decide), methods=["POST"]),
        Route("/response/{kind}/{secret}", _on(slack, response_endpoint), methods=["POST"]),
        Route("/upload/v1/{file_id}", _on(slack, files.upload_endpoint), methods=["POST"]),
        Route("/files-pri/{name}/{path:path}", partial(_private_file, slack)),
        *Control(slack).routes(),
    ]


def _on(slack: LocalSlack, endpoint: Callable[..., Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def run(request: Request) -> Response:
        return await endpoint(slack.hub, request)

    return run


async def _private_file(slack: LocalSlack, request: Request) -> Response:
    """`url_private`: for the app by its token, for a person in the browser by `?as=U…` where it was shared."""
    file = slack.world.files.get(request.path_params["name"].rpartition("-")[2])
    person_id = request.query_params.get("as")
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if file is None or not (
        slack.workspace.tokens.holds(token) or (person_id is not None and files.may_see(slack.hub, person_id, file))
    ):
        return PlainTextResponse("not found", status_code=404)
    return Response(file.content, media_type=file.mimetype, headers={"X-Content-Type-Options": "nosniff"})


class _AddressLearner:
    """Tells the workspace its own address, from the first request, where nobody gave one."""

    def __init__(self, app: ASGIApp, slack: LocalSlack) -> None:
        self._app = app
        self._slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._slack.workspace.url is None:
            host, port = scope["server"]
            self._slack.workspace.url = f"http://{host}:{port}"
        await self._app(scope, receive, send)
