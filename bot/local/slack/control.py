"""People's actions and a look at the world for programs outside, as JSON under `/local/`.

| request | does |
|---|---|
| `GET /local/people`, `/local/channels` | who and what there is |
| `GET /local/refusals` | what the app sent that Slack would not have accepted |
| `GET /local/messages/{channel}?as=U…` | the channel's messages as one person sees them |
| `GET /local/views?as=U…` | the person's stack of modals, the top one last, and their Home |
| `POST /local/act/{action}` | a person acts; the body is a JSON object with the arguments of the engine's method |

Actions: `run_command`, `say`, `press`, `fill`, `options`, `submit`, `close`, `shortcut`, `open_home`, `open_channel`,
`react`, `join`, `invite_app`, `remove_app`, `leave_channel`, `archive_channel`, `unarchive_channel`, `delete_channel`,
`share_channel`, `uninstall_app`. A message is `{"channel_id", "ts"}` and a view
`{"view_id"}`, given as `container` (or `message`). The answer has the outcome's fields; what a person cannot do
answers 409 with the reason.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.local.slack.engine import LocalSlack
from bot.local.slack.outcomes import Container, Impossible, OnMessage, OnView

_ACTIONS = frozenset(
    {
        "archive_channel",
        "close",
        "delete_channel",
        "fill",
        "invite_app",
        "join",
        "leave_channel",
        "open_channel",
        "open_home",
        "options",
        "press",
        "react",
        "remove_app",
        "run_command",
        "say",
        "share_channel",
        "shortcut",
        "submit",
        "unarchive_channel",
        "uninstall_app",
    }
)


class Control:
    """The endpoints described in this module's first lines."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack

    def routes(self) -> list[Route]:
        """Every route under `/local/`."""
        return [
            Route("/local/people", self.people),
            Route("/local/channels", self.channels),
            Route("/local/refusals", self.refusals),
            Route("/local/messages/{channel}", self.messages),
            Route("/local/views", self.views),
            Route("/local/act/{action}", self.act, methods=["POST"]),
        ]

    async def people(self, _request: Request) -> Response:
        """Everybody, deactivated people too."""
        return _json(list(self._slack.world.people.values()))

    async def channels(self, _request: Request) -> Response:
        """Every conversation."""
        return _json(list(self._slack.world.channels.values()))

    async def refusals(self, _request: Request) -> Response:
        """What was refused, oldest first."""
        return _json(self._slack.world.refusals)

    async def messages(self, request: Request) -> Response:
        """A channel through one person's eyes."""
        return _json(self._slack.world.seen_by(request.query_params.get("as", ""), request.path_params["channel"]))

    async def views(self, request: Request) -> Response:
        """What one person has open."""
        world, person_id = self._slack.world, request.query_params.get("as", "")
        return _json({"modals": world.modals.get(person_id, []), "home": world.homes.get(person_id)})

    async def act(self, request: Request) -> Response:
        """Let a person act."""
        name = request.path_params["action"]
        if request.headers.get("origin") not in {None, str(request.base_url).rstrip("/")}:
            return _json({"error": "another site may not act here"}, 403)
        if name not in _ACTIONS:
            return _json({"error": f"no such action: {name}"}, 404)
        try:
            arguments = msgspec.json.decode(await request.body(), type=dict[str, Any])
            for place in ("container", "message"):
                if isinstance(arguments.get(place), dict):
                    arguments[place] = _container(arguments[place])
            return _json(await getattr(self._slack, name)(**arguments))
        except Impossible as impossible:
            return _json({"error": str(impossible)}, 409)
        except (TypeError, KeyError, msgspec.DecodeError) as mistake:
            return _json({"error": str(mistake)}, 400)


def _container(given: dict[str, Any]) -> Container:
    return OnView(given["view_id"]) if "view_id" in given else OnMessage(given["channel_id"], given["ts"])


def _json(value: Any, status: int = 200) -> Response:
    return JSONResponse(msgspec.to_builtins(value), status)
