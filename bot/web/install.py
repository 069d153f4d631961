"""Installing the app: to Slack with a state of ours, and back with a code for a token."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.clock import Clock
from bot.dispatcher import failures
from bot.dispatcher.grants import App
from bot.dispatcher.slack import SlackError
from bot.errors import UserError
from bot.i18n import COMMANDS, N_, Translator
from bot.store import Installation, Store, installations, oauth_states
from bot.views.messages import Message
from bot.views.welcome import welcome
from bot.web.pages import Pages, locale_of

INSTALL = "/slack/install"
RETURN = "/slack/oauth_redirect"
COOKIE = "slack-install-state"

Greet = Callable[[Installation, Message], Awaitable[object]]
"""Sends the installer a DM. Raises SlackError, UserError."""


@dataclass(frozen=True, slots=True)
class InstallPage:
    """`/slack/install` and `/slack/oauth_redirect`. `authorize_url` is Slack's page; `scopes` what the app asks for."""

    store: Store
    app: App
    authorize_url: str
    public_url: str
    scopes: Iterable[str]
    greet: Greet
    installed: Callable[[str], None]
    """Told the tenant id, so that nobody keeps an earlier token."""
    now: Clock
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)
    pages: Pages = field(default_factory=Pages)

    def routes(self) -> list[BaseRoute]:
        """Both addresses."""
        return [
            Route(INSTALL, self.begin, methods=["GET"]),
            Route(RETURN, self.finish, methods=["GET"]),
        ]

    async def begin(self, request: Request) -> Response:
        """To Slack, with a state that only this browser can bring back."""
        try:
            async with self.store.writing() as db:
                state = await oauth_states.issue(db, now=self.now())
        except UserError as error:
            return self._note(request, N_("Not now"), error.sentence, status=HTTPStatus.SERVICE_UNAVAILABLE)
        asked = {
            "client_id": self.app.client_id,
            "scope": ",".join(self.scopes),
            "redirect_uri": self._return_address,
            "state": state,
        }
        answer = RedirectResponse(f"{self.authorize_url}?{urlencode(asked)}", HTTPStatus.SEE_OTHER)
        age = int(oauth_states.VALID_FOR.total_seconds())
        secure = self.public_url.startswith("https://")
        answer.set_cookie(COOKIE, state, max_age=age, path="/slack", secure=secure, httponly=True, samesite="lax")
        return answer

    async def finish(self, request: Request) -> Response:
        """Back from Slack: with a code that is exchanged, or because the person did not want to."""
        given = request.query_params
        if "error" in given:
            return self._note(request, N_("Nothing was installed"), N_("Slack says that it was not allowed."))
        try:
            if not await self._is_ours(request):
                text = N_("This installation was begun too long ago, or in another browser. Please begin again.")
                return self._note(request, N_("Nothing was installed"), text, status=HTTPStatus.BAD_REQUEST)
            installation = await self.app.install(
                code=given.get("code", ""), redirect_uri=self._return_address, now=self.now()
            )
            async with self.store.writing() as db:
                await installations.save(db, installation)
        except SlackError as error:
            failures.report(error, kind="install")
            text = N_("Slack did not hand over the key to your workspace. Please begin again.")
            return self._note(request, N_("Nothing was installed"), text, status=HTTPStatus.BAD_GATEWAY)
        except UserError as error:
            return self._note(request, N_("Not now"), error.sentence, status=HTTPStatus.SERVICE_UNAVAILABLE)
        self.installed(installation.tenant_id)
        structlog.get_logger("bot").info(
            "installed", tenant=installation.tenant_id, organization=installation.is_enterprise_install
        )
        await self._welcome(request, installation)
        text = N_("You can close this page. In Slack, a message tells you how to begin.")
        return self._note(request, N_("Toggl is installed"), text, tone="good")

    async def _is_ours(self, request: Request) -> bool:
        state = request.query_params.get("state", "")
        kept = request.cookies.get(COOKIE, "")
        if not state or not secrets.compare_digest(state.encode(), kept.encode()):
            return False
        async with self.store.writing() as db:
            return await oauth_states.take(db, state, now=self.now())

    async def _welcome(self, request: Request, installation: Installation) -> None:
        """Tell the installer how to begin; the installation stands without it."""
        if installation.installer_user_id is None:
            return
        try:
            await self.greet(installation, welcome(self._t(request)))
        except (SlackError, UserError) as error:
            failures.report(error, kind="install")

    def _note(
        self, request: Request, title: str, text: str, *, status: int = HTTPStatus.OK, tone: str = "quiet"
    ) -> Response:
        t = self._t(request)
        again = self.public_url + INSTALL if tone != "good" else None
        answer = self.pages.show("install", t, status=status, title=t(title), text=t(text), tone=tone, again=again)
        answer.delete_cookie(COOKIE, path="/slack")
        return answer

    def _t(self, request: Request) -> Translator:
        return Translator(locale_of(request), commands=self.commands)

    @property
    def _return_address(self) -> str:
        return self.public_url + RETURN
