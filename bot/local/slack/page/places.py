"""Answers for the addresses that show something: the page, permalinks, what changed."""

from __future__ import annotations

import re
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from bot.local.slack.engine import Clock
from bot.local.slack.page.live import changes
from bot.local.slack.page.site import Place, Site
from bot.local.slack.page.surface import Surface, message_key
from bot.local.slack.world import Channel, Person

_YEAR: Final = 365 * 24 * 3600
_PERMALINK: Final = re.compile(r"p(\d{10})(\d{6})")
_RELOADED: Final = frozenset({"max-age=0", "no-cache"})
"""What browsers say when a page is loaded again, and not when one follows a link."""
_POLICY: Final = (
    "default-src 'self'; img-src 'self' https: http: data:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


class NowhereError(Exception):
    """No such person or channel, or not for this person to see. Its text is a sentence for the page."""


class Places:
    """The reading half of the page."""

    def __init__(self, site: Site, clock: Clock) -> None:
        self._site = site
        self._slack = site.slack
        self._clock = clock

    async def front(self, request: Request) -> Response:
        """The way in: as the person of the last visit, or somebody who speaks the browser's language."""
        person = self._somebody(request)
        return RedirectResponse(f"/as/{person.id}", 303)

    async def person(self, request: Request) -> Response:
        """A person's first channel: one that has the app in it, if there is one."""
        person = self._person(request)
        mine = [
            channel for channel in self._slack.world.channels_of(person.id) if channel.kind in {"channel", "private"}
        ]
        first = next((channel for channel in mine if channel.app_is_member), mine[0] if mine else None)
        return RedirectResponse(f"/as/{person.id}/{first.id if first else 'app'}", 303)

    async def permalink(self, request: Request) -> Response:
        """`/archives/C…/p…`: the message, in its thread when the link says so."""
        person = self._somebody(request)
        channel = self._channel(person, request.path_params["channel_id"])
        match = _PERMALINK.fullmatch(request.path_params["message"])
        if match is None:
            raise NowhereError("This link points to no message.")
        anchor = Surface(kind="message", key=message_key(channel.id, f"{match[1]}.{match[2]}")).dom_id()
        thread = request.query_params.get("thread_ts")
        return RedirectResponse(f"/as/{person.id}/{channel.id}{f'?thread={thread}' if thread else ''}#{anchor}", 303)

    async def page(self, request: Request) -> Response:
        """The page at one place."""
        place = self._place(request)
        if request.headers.get("cache-control") in _RELOADED:
            await self._slack.reload(place.person_id)
        if place.channel is not None:
            await self._slack.open_channel(place.person_id, place.channel.id)
        theme = request.cookies.get("theme", "")
        html = self._site.page(place, theme=theme if theme in {"light", "dark"} else "auto", now=self._clock())
        manifest = self._slack.manifest
        told = (place.tab == "home" and manifest.home_tab) or (place.tab == "messages" and manifest.messages_tab)
        after = BackgroundTask(self._slack.open_home, place.person_id, place.tab) if told else None
        response = HTMLResponse(html, headers=_headers(), background=after)
        response.set_cookie("person", place.person_id, max_age=_YEAR, samesite="lax")
        return response

    async def changes(self, request: Request) -> Response:
        """What changes at one place, for as long as the browser listens."""
        stream = changes(self._site, self._place(request), self._clock)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    def _person(self, request: Request) -> Person:
        person = self._slack.world.people.get(request.path_params["person_id"])
        if person is None or person.deleted:
            raise NowhereError("Nobody here has this name.")
        return person

    def _somebody(self, request: Request) -> Person:
        people = [person for person in self._slack.world.people.values() if not person.deleted]
        remembered = request.query_params.get("as") or request.cookies.get("person")
        known = next((person for person in people if person.id == remembered), None)
        return known or _speaker(people, request.headers.get("accept-language", ""))

    def _channel(self, person: Person, channel_id: str) -> Channel:
        channel = self._slack.world.channels.get(channel_id)
        if channel is None or person.id not in channel.members:
            raise NowhereError(f"{person.real_name or person.name} is in no such channel.")
        return channel

    def _place(self, request: Request) -> Place:
        person = self._person(request)
        channel_id = request.path_params.get("channel_id", "app")
        query = request.query_params
        if channel_id == "app":
            wanted = query.get("tab") or ("home" if self._slack.manifest.home_tab else "about")
            return Place(person_id=person.id, tab="about" if wanted == "about" else "home")
        channel = self._channel(person, channel_id)
        dm = self._slack.world.dm_of(person.id)
        return Place(
            person_id=person.id,
            channel=channel,
            thread_ts=query.get("thread"),
            tab="messages" if dm is not None and dm.id == channel.id else "",
            everything="all" in query,
        )


def _speaker(people: list[Person], languages: str) -> Person:
    """The first member whose language the browser names first; else one who speaks English."""
    wanted = languages.split(",", maxsplit=1)[0].split("-", maxsplit=1)[0].strip().lower()
    members = [person for person in people if not person.is_guest] or people
    for language in (wanted, "en"):
        for person in members:
            if person.locale.split("-")[0] == language:
                return person
    return members[0]


def _headers() -> dict[str, str]:
    return {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
