"""`POST /toggl/webhooks/{id}`: what Toggl Track sends when something changes in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.clock import Clock
from bot.services import project_signs
from bot.services.project_signs import NoDelivery, NotSigned, UnknownAddress
from bot.store import Store, StoreUnavailable
from bot.toggl.webhooks import SIGNATURE_HEADER
from bot.web.guard import RejectedError, read_body

PATH = "/toggl/webhooks/{id}"
LIMIT = 256 * 1024


@dataclass(frozen=True, slots=True)
class TogglWebhooks:
    """Takes deliveries in; whatever comes, it has no other effect than an earlier look at projects."""

    store: Store
    now: Clock

    def routes(self) -> list[BaseRoute]:
        """The one address."""
        return [Route(PATH, self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        """200 with the code where one is asked for, 401 where the signature is wrong, 404 where the address is."""
        try:
            body = await read_body(request.scope, request.receive, limit=LIMIT)
            code = await project_signs.receive(
                self.store,
                request.path_params["id"],
                body,
                request.headers.get(SIGNATURE_HEADER, ""),
                now=self.now(),
            )
        except RejectedError as rejected:
            return _refused(HTTPStatus(rejected.status))
        except UnknownAddress:
            return _refused(HTTPStatus.NOT_FOUND)
        except NotSigned:
            return _refused(HTTPStatus.UNAUTHORIZED)
        except NoDelivery:
            return _refused(HTTPStatus.BAD_REQUEST)
        except StoreUnavailable:
            return _refused(HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({} if code is None else {"validation_code": code})


def _refused(status: HTTPStatus) -> Response:
    structlog.get_logger("bot").info("webhook_refused", status=int(status))
    return Response(status_code=status)
