"""Every address of the page, on one screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import Impossible
from bot.local.slack.page.deeds import Deeds
from bot.local.slack.page.places import NowhereError, Places
from bot.local.slack.page.site import Site
from bot.local.slack.page.templating import HERE, environment

Endpoint = Callable[[Request], Awaitable[Response]]


HINT = "a Slack in your browser, nothing leaves this machine"


def routes(slack: LocalSlack, *, hint: str = HINT) -> list[BaseRoute]:
    """The page's routes, to be mounted at `/`. `hint` is what a newcomer reads at the top."""
    site, clock = Site(slack, environment(hint)), slack.workspace.clock
    places, deeds = Places(site, clock), Deeds(site, clock)

    def show(path: str, endpoint: Endpoint) -> Route:
        return Route(path, _or_error_page(site, endpoint), methods=["GET"])

    def do(path: str, endpoint: Endpoint) -> Route:
        return Route(path, _or_toast(endpoint), methods=["POST"])

    return [
        show("/", places.front),
        show("/archives/{channel_id}/{message}", places.permalink),
        show("/as/{person_id}", places.person),
        Route("/as/{person_id}/options", _or_toast(deeds.options), methods=["GET"]),
        show("/as/{person_id}/{channel_id}", places.page),
        show("/as/{person_id}/{channel_id}/changes", places.changes),
        do("/as/{person_id}/{channel_id}/send", deeds.send),
        do("/as/{person_id}/{channel_id}/invite", deeds.invite),
        do("/as/{person_id}/{channel_id}/join", deeds.join),
        do("/as/{person_id}/press", deeds.press),
        do("/as/{person_id}/view", deeds.view),
        do("/as/{person_id}/submit", deeds.submit),
        do("/as/{person_id}/close", deeds.close),
        do("/as/{person_id}/shortcut", deeds.shortcut),
        do("/as/{person_id}/react", deeds.react),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="page-static"),
    ]


def _or_error_page(site: Site, endpoint: Endpoint) -> Endpoint:
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NowhereError as nowhere:
            return HTMLResponse(site.error("Nothing is here", str(nowhere)), 404)

    return guarded


def _or_toast(endpoint: Endpoint) -> Endpoint:
    """What cannot be done is said at the edge of the page, in the words of the engine.

    Another site's page, open in the same browser, cannot act here.
    """

    async def guarded(request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return Response("This came from another site.", 403, media_type="text/plain")
        try:
            return await endpoint(request)
        except Impossible as impossible:
            return Response(str(impossible), 409, media_type="text/plain; charset=utf-8")

    return guarded
