"""The connect page: three ways to sign in to Toggl, masked, behind a link that is good for one form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from bot.dispatcher.slack import SlackError
from bot.errors import UserError
from bot.i18n import COMMANDS, N_, Translator
from bot.services import connect as connecting
from bot.services.connect_form import Field, FieldProblem, Filled, Way, read_form
from bot.services.connect_links import Link, LinkGone, LinkState, TooManyLinks, find_link, renew
from bot.services.connections import Connections
from bot.store import Account, Store
from bot.views import connect as views
from bot.views.messages import Message
from bot.web import forms
from bot.web.pages import Pages, locale_of, static_files

Deliver = Callable[[Account, Message], Awaitable[str | None]]
"""Sends a person a DM and gives its address in Slack, None where Slack does not tell. Raises SlackError, UserError."""

Handle = Callable[[Request], Awaitable[Response]]
_GONE = {LinkState.EXPIRED: 410, LinkState.USED: 410, LinkState.UNKNOWN: 404}


class Forged(UserError):
    """The form does not come from our page in this browser."""

    sentence = N_("This page was open for too long, or cookies are off. Nothing was sent to Toggl: please try again.")


@dataclass(frozen=True, slots=True)
class _Problem:
    """What went wrong, as the page shows it: at a field, or above them all."""

    sentence: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class ConnectPage:
    """Everything the page needs. `now` gives the present, aware; `key` signs its forms."""

    store: Store
    connections: Connections
    deliver: Deliver
    key: bytes = field(repr=False)
    now: Callable[[], datetime]
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)
    pages: Pages = field(default_factory=Pages)

    def routes(self) -> list[BaseRoute]:
        """`/connect/{ticket}` and what its pages load."""
        return [
            Mount("/connect/static", static_files()),
            Route("/connect/{ticket}", self._explained(self.visit), methods=["GET"]),
            Route("/connect/{ticket}", self._explained(self.send), methods=["POST"]),
        ]

    def _explained(self, handle: Handle) -> Handle:
        """`handle`, with a page that says so where the store does not answer or cannot be read."""

        async def answered(request: Request) -> Response:
            try:
                return await handle(request)
            except UserError as error:
                nobody = Link(LinkState.UNKNOWN)
                return self._note(request, nobody, N_("Not now"), error.sentence, status=503)

        return answered

    async def visit(self, request: Request) -> Response:
        """Show the form, or what became of the link. Uses nothing up: previews and scanners follow links too."""
        token = request.path_params["ticket"]
        link = await find_link(self.store, token, now=self.now())
        if link.state is LinkState.OPEN:
            return self._form(request, link)
        return self._gone(request, link)

    async def send(self, request: Request) -> Response:
        """Take the form: of a credential to try, or of an expired link's owner who is to get a fresh one."""
        token = request.path_params["ticket"]
        link = await find_link(self.store, token, now=self.now())
        try:
            form = await forms.read_form(request)
        except forms.UnreadableFormError as unreadable:
            return self._note(
                request, link, N_("That was not a form"), N_("Nothing was done."), status=unreadable.status
            )
        forged = not self._seal.holds(request, token, form)
        if link.state is LinkState.EXPIRED and "fresh" in form and not forged:
            return await self._renew(request, link)
        if link.state is not LinkState.OPEN:
            return self._gone(request, link)
        filled = _filled(form)
        if forged:
            return self._form(request, link, filled, _problem(self._t(request, link), Forged()), status=403)
        return await self._submit(request, link, filled)

    async def _submit(self, request: Request, link: Link, filled: Filled) -> Response:
        token, now, t = request.path_params["ticket"], self.now(), self._t(request, link)
        try:
            attempt = read_form(filled)
            offered = await connecting.submit(self.store, self.connections, token, attempt, now=now)
        except LinkGone:
            return self._gone(request, await find_link(self.store, token, now=now))
        except connecting.TriedTooOften as error:
            return self._note(request, link, N_("This link is used up"), error.sentence, status=410)
        except FieldProblem as problem:
            return self._form(request, link, filled, _problem(t, problem), status=422)
        except UserError as error:
            return self._form(request, link, filled, _problem(t, error), status=503 if error.retry else 422)
        question = views.question(t, offered.ticket_id, offered.proof.identity, offered.proof.workspaces)
        try:
            permalink = await self.deliver(offered.owner, question)
        except (SlackError, UserError):
            await connecting.withdraw(self.store, offered)
            return self._undelivered(request, link)
        return self.pages.show("connect/accepted", t, permalink=permalink)

    async def _renew(self, request: Request, link: Link) -> Response:
        try:
            invitation = await renew(self.store, self.connections, link, now=self.now())
        except TooManyLinks as error:
            return self._note(request, link, N_("Already sent"), error.sentence, status=429)
        if link.owner is None:
            raise AssertionError("an expired link has an owner")
        prompt = views.prompt(self._t(request, link), url=invitation.url)
        try:
            await self.deliver(link.owner, prompt)
        except (SlackError, UserError):
            return self._undelivered(request, link)
        return self._note(
            request, link, N_("Check Slack"), N_("A fresh link is in a message from the bot."), tone="good"
        )

    def _form(
        self,
        request: Request,
        link: Link,
        filled: Filled | None = None,
        problem: _Problem | None = None,
        *,
        status: int = 200,
    ) -> Response:
        filled = filled or Filled(Way.FOCUS_KEY)
        return self._sealed(
            request,
            "connect/form",
            link,
            status=status,
            way=filled.way,
            email=filled.email,
            address=filled.address,
            problem=problem,
        )

    def _gone(self, request: Request, link: Link) -> Response:
        return self._sealed(request, "connect/gone", link, status=_GONE[link.state], state=link.state)

    def _undelivered(self, request: Request, link: Link) -> Response:
        text = N_("Slack could not be reached, so nothing was saved. Type {toggl} connect there for a new link.")
        return self._note(request, link, N_("Slack does not answer"), text, status=502)

    def _note(
        self, request: Request, link: Link, title: str, text: str, *, status: int = 200, tone: str = "quiet"
    ) -> Response:
        t = self._t(request, link)
        return self.pages.show("connect/note", t, status=status, title=t(title), text=t(text), tone=tone)

    def _sealed(self, request: Request, page: str, link: Link, *, status: int, **values: object) -> Response:
        """A page with a form on it that only this browser can send."""
        nonce = self._seal.nonce(request)
        csrf = self._seal.mark(nonce, request.path_params["ticket"])
        response = self.pages.show(page, self._t(request, link), status=status, csrf=csrf, **values)
        self._seal.set_cookie(response, nonce)
        return response

    @property
    def _seal(self) -> forms.Seal:
        return forms.Seal(self.key, secure=(self.connections.public_url or "").startswith("https://"))

    def _t(self, request: Request, link: Link) -> Translator:
        """The language of the link's owner; the visitor's where there is none."""
        if link.owner is None:
            return Translator(locale=locale_of(request), commands=self.commands)
        return Translator(
            locale=link.owner.locale, zone=ZoneInfo(link.owner.zone), now=self.now(), commands=self.commands
        )


def _problem(t: Translator, error: UserError) -> _Problem:
    place = error.field if isinstance(error, FieldProblem) else None
    return _Problem(t(error.sentence, **error.values), place)


def _filled(form: Mapping[str, str]) -> Filled:
    way = form.get("way", "")
    return Filled(
        way=Way(way) if way in set(Way) else Way.FOCUS_KEY,
        **{name: form.get(name, "") for name in Field},
    )
