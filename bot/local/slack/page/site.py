"""Draws the page and its parts for one person: everything a template needs, taken from the engine's world."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_time
from jinja2 import Environment
from markupsafe import Markup

from bot.local.slack.engine import LocalSlack
from bot.local.slack.page.conversation import Row, channel_rows, left_out, thread_rows
from bot.local.slack.page.dates import clock
from bot.local.slack.page.faces import app_face, face_of
from bot.local.slack.page.listing import OUT_OF_BAND, Listing, in_place
from bot.local.slack.page.sidebar import direct_name, reader_of, sidebar_of
from bot.local.slack.page.surface import Reader, Surface
from bot.local.slack.world import Channel, View

_REMEMBERED: Final = 2_000
"""How many drawn messages are kept for the next drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is: in a channel, perhaps with a thread beside it, or on a tab of the app's Home."""

    person_id: str
    channel: Channel | None = None
    thread_ts: str | None = None
    tab: str = ""
    everything: bool = False
    """Whether messages older than the last hundred are shown, too."""

    @property
    def path(self) -> str:
        """Its address on the page."""
        return f"/as/{self.person_id}/{self.channel.id if self.channel else 'app'}"


class Site:
    """Templates and the engine, together."""

    def __init__(self, slack: LocalSlack, env: Environment) -> None:
        self.slack = slack
        self._env = env
        self._drawn: OrderedDict[str, str] = OrderedDict()

    def page(self, place: Place, *, theme: str, now: datetime) -> str:
        """The whole page."""
        body = "home.html" if place.tab in {"home", "about"} else "channel.html"
        context = self._context(place, now) | {"theme": theme, "body": body, "oob": ""}
        return self._env.get_template("page.html").render(context)

    def parts(self, place: Place, now: datetime) -> tuple[dict[str, str], Listing | None]:
        """The parts of the page that change by themselves, each ready to take the place of the one before.

        The messages of a channel come as a listing, because only some of them change.
        """
        names = ["sidebar.html", "refused_badge.html", "refusals.html"]
        if place.tab in {"home", "about"}:
            names.append("home_body.html")
        if place.thread_ts:
            names.append("thread_messages.html")
        context = self._context(place, now) | {"oob": OUT_OF_BAND}
        parts = {name: self._env.get_template(name).render(context) for name in names}
        return parts, None if place.tab in {"home", "about"} else self._listing(context)

    def modal(self, person_id: str, now: datetime, *, problem: str = "") -> str:
        """The topmost open view, or nothing. `problem` is a sentence shown in it."""
        context = self._me(person_id, now) | self._view(person_id) | {"problem": problem}
        return self._env.get_template("modal.html").render(context)

    def options(self, reader: Reader, entries: Any, message: str) -> str:
        """The options of an external select."""
        context = {"reader": reader, "entries": entries, "picked": (), "message": message}
        return self._env.get_template("options.html").render(context)

    def error(self, title: str, sentence: str) -> str:
        """A page that says what is not there."""
        return self._env.get_template("error.html").render(title=title, sentence=sentence)

    def reader(self, person_id: str, now: datetime) -> Reader:
        """The person who looks. Raises KeyError for nobody."""
        return reader_of(self.slack.world, self.slack.manifest, person_id, now)

    def _me(self, person_id: str, now: datetime) -> dict[str, Any]:
        world, manifest = self.slack.world, self.slack.manifest
        reader = self.reader(person_id, now)
        return {
            "world": world,
            "manifest": manifest,
            "reader": reader,
            "me": world.people[person_id],
            "me_face": face_of(world.people[person_id]),
            "app": app_face(world, manifest),
            "now": now,
            "clock": lambda at: clock(at.astimezone(reader.zone), reader),
            "message_shortcuts": [entry for entry in manifest.shortcuts if entry.kind == "message"],
            "global_shortcuts": [entry for entry in manifest.shortcuts if entry.kind == "global"],
        }

    def _view(self, person_id: str) -> dict[str, Any]:
        stack = self.slack.world.modals.get(person_id) or []
        view = stack[-1] if stack else None
        return {"view": view, "depth": len(stack), "view_surface": view and _surface(view), "problem": ""}

    def _context(self, place: Place, now: datetime) -> dict[str, Any]:
        world = self.slack.world
        home = world.homes.get(place.person_id)
        return {
            **self._me(place.person_id, now),
            **self._view(place.person_id),
            **self._conversation(place, now),
            "sidebar": sidebar_of(world, self.slack.manifest, place.person_id),
            "channel": place.channel,
            "channel_id": place.channel.id if place.channel else "",
            "tab": place.tab,
            "dm": world.dm_of(place.person_id),
            "home": home,
            "home_surface": home and _surface(home),
            "people": [person for person in world.people.values() if not person.deleted],
            "local_times": self._local_times(now),
            "directory": self._directory(place.person_id, now),
            "title": self._title(place),
            "member_names": self._member_names(place),
            "thread_ts": place.thread_ts,
            "changes_address": changes_address(place),
        }

    def _conversation(self, place: Place, now: datetime) -> dict[str, Any]:
        if place.channel is None:
            return {"drawn": [], "rows": [], "older": 0, "thread": []}
        world, manifest = self.slack.world, self.slack.manifest
        reader = self.reader(place.person_id, now)
        rows = channel_rows(world, manifest, place.channel.id, reader)
        older = 0 if place.everything else left_out(len(rows))
        me = self._me(place.person_id, now)
        thread = place.thread_ts and thread_rows(world, manifest, place.channel.id, place.thread_ts, reader)
        drawn = [(row, self._draw(row, me)) for row in rows[older:]]
        shown = [Markup(in_place(html)) for _, html in drawn]  # noqa: S704 (what a template made)
        return {"drawn": drawn, "rows": shown, "older": older, "thread": thread or []}

    def _listing(self, context: dict[str, Any]) -> Listing:
        def whole() -> str:
            return self._env.get_template("messages.html").render(context)

        rows = {row.surface.dom_id(): html for row, html in context["drawn"]}
        return Listing(rows, str(context["older"]), whole)

    def _draw(self, row: Row, me: dict[str, Any]) -> str:
        """One message's HTML; drawn again only when something about it, or the reader's day, is different."""
        reader: Reader = me["reader"]
        key = f"{reader.person_id} {reader.now.astimezone(reader.zone).date()} {row!r}"
        if key not in self._drawn:
            context = me | {"row": row, "oob": OUT_OF_BAND, "in_thread": False}
            self._drawn[key] = self._env.get_template("message.html").render(context)
            if len(self._drawn) > _REMEMBERED:
                self._drawn.popitem(last=False)
        return self._drawn[key]

    def _title(self, place: Place) -> str:
        channel = place.channel
        if place.tab or channel is None:
            return app_face(self.slack.world, self.slack.manifest).name
        if channel.kind in {"im", "mpim"}:
            return direct_name(self.slack.world, channel, place.person_id)
        return channel.name

    def _member_names(self, place: Place) -> str:
        people = self.slack.world.people
        members = place.channel.members if place.channel else ()
        return ", ".join(people[member].real_name for member in members if member in people)

    def _local_times(self, now: datetime) -> Mapping[str, str]:
        return {
            person.id: format_time(now.astimezone(ZoneInfo(person.tz)), "short", locale="en_US").replace("\u202f", " ")
            + f" in {person.tz.rpartition('/')[2].replace('_', ' ')}"
            for person in self.slack.world.people.values()
        }

    def _directory(self, person_id: str, now: datetime) -> dict[str, Any]:
        """What the composer completes."""
        world, manifest = self.slack.world, self.slack.manifest
        reader = self.reader(person_id, now)
        app = app_face(world, manifest)
        people = [person for person in world.people.values() if not person.deleted]
        return {
            "commands": [
                {"name": command.name, "usage": command.usage_hint, "description": command.description}
                for command in manifest.commands
            ],
            "app": {"name": app.name, "color": app.color, "initials": app.initials},
            "people": [
                {
                    "handle": handle,
                    "name": face.name,
                    "color": face.color,
                    "initials": face.initials,
                    "app": face.is_app,
                }
                for handle, face in (*((person.name, face_of(person)) for person in people), (app.name, app))
            ],
            "channels": [{"name": name} for name in reader.channels.values()],
        }


def changes_address(place: Place) -> str:
    """Where the browser hears what changed at this place."""
    query = f"?thread={place.thread_ts}" if place.thread_ts else f"?tab={place.tab}" if place.channel is None else ""
    return f"{place.path}/changes{query}{('&' if query else '?') + 'all=1' if place.everything else ''}"


def _surface(view: View) -> Surface:
    return Surface(kind="home" if view.type == "home" else "modal", key=view.id, state=view.state, errors=view.errors)
