"""Answers for what a person does on the page: send, press, pick, submit, close, react."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.local.slack.engine import Clock
from bot.local.slack.outcomes import Container, OnMessage, OnView, Outcome
from bot.local.slack.page.elements import Entry
from bot.local.slack.page.forms import find_element, read_values
from bot.local.slack.page.site import Site
from bot.local.slack.page.surface import container_of
from bot.local.slack.world import Json

TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack says in a modal whose app did not answer."""


class Deeds:
    """The acting half of the page. Raises the engine's Impossible for what cannot be done."""

    def __init__(self, site: Site, clock: Clock) -> None:
        self._site = site
        self._slack = site.slack
        self._clock = clock

    async def send(self, request: Request) -> Response:
        """Send what stands in the composer: a command, or a message. What fails, the engine says in the channel."""
        person_id, channel_id = request.path_params["person_id"], request.path_params["channel_id"]
        form = await request.form()
        text = _field(form, "text").replace("\r\n", "\n").strip()
        thread_ts = _field(form, "thread_ts") or None
        if not text:
            return _done()
        if text.startswith("/"):
            await self._slack.run_command(person_id, channel_id, text, thread_ts)
        else:
            await self._slack.say(person_id, channel_id, text, thread_ts)
        return _done()

    async def press(self, request: Request) -> Response:
        """Use a button, menu, select, picker or input of a message, modal or Home."""
        person_id = request.path_params["person_id"]
        form = await request.form()
        key, block_id, action_id = (_field(form, name) for name in ("container", "block_id", "action_id"))
        container = container_of(key)
        blocks = self._blocks(container)
        values = self._values(person_id, form, key, blocks)
        element = find_element(blocks, block_id, action_id) or {}
        value = values.get(block_id, {}).get(action_id)
        if element.get("type") in {"overflow", "feedback_buttons"}:
            value = _field(form, "value")
        outcome = await self._slack.press(person_id, container, block_id, action_id, value, values)
        return self._pressed(outcome, key, block_id, action_id)

    async def options(self, request: Request) -> Response:
        """What an external select offers for what was typed."""
        person_id = request.path_params["person_id"]
        query = request.query_params
        container = container_of(query["container"])
        choices = await self._slack.options(
            person_id, container, query["block_id"], query["action_id"], query.get("query", "")
        )
        entries = [
            Entry(choice.text, choice.value, choice.description or None, group=choice.group) for choice in choices
        ]
        reader = self._site.reader(person_id, self._clock())
        return HTMLResponse(self._site.options(reader, entries, "" if entries else "No results"))

    async def view(self, request: Request) -> Response:
        """The modal as it is now, after keeping what was typed into it so far."""
        person_id = request.path_params["person_id"]
        await self._keep(person_id, await request.form())
        return HTMLResponse(self._site.modal(person_id, self._clock()))

    async def submit(self, request: Request) -> Response:
        """Press a modal's submit button."""
        person_id = request.path_params["person_id"]
        form = await request.form()
        view_id = _field(form, "view_id")
        values = self._values(person_id, form, view_id, self._blocks(OnView(view_id)))
        outcome = await self._slack.submit(person_id, view_id, values)
        problem = "" if outcome.error is None else outcome.sentence or TROUBLE
        return HTMLResponse(self._site.modal(person_id, self._clock(), problem=problem))

    async def close(self, request: Request) -> Response:
        """Cancel a modal, or close all of them."""
        person_id = request.path_params["person_id"]
        form = await request.form()
        await self._slack.close(person_id, _field(form, "view_id"), everything=bool(_field(form, "everything")))
        return HTMLResponse(self._site.modal(person_id, self._clock()))

    async def shortcut(self, request: Request) -> Response:
        """Run a global shortcut, or a message shortcut on a message."""
        form = await request.form()
        container = container_of(_field(form, "container"))
        message = container if isinstance(container, OnMessage) else None
        outcome = await self._slack.shortcut(request.path_params["person_id"], _field(form, "callback_id"), message)
        return _done() if outcome.ok else _told({"toast": outcome.sentence or TROUBLE})

    async def react(self, request: Request) -> Response:
        """Add a reaction, or take it back."""
        form = await request.form()
        container = container_of(_field(form, "container"))
        if isinstance(container, OnMessage):
            await self._slack.react(request.path_params["person_id"], container, _field(form, "emoji"))
        return _done()

    async def invite(self, request: Request) -> Response:
        """Add the app to the channel."""
        person_id, channel_id = request.path_params["person_id"], request.path_params["channel_id"]
        outcome = await self._slack.invite_app(person_id, channel_id)
        response = _done() if outcome.ok else _told({"toast": outcome.sentence or TROUBLE})
        response.headers["HX-Refresh"] = "true"
        return response

    async def join(self, request: Request) -> Response:
        """Join a public channel, and go there."""
        person_id, channel_id = request.path_params["person_id"], request.path_params["channel_id"]
        await self._slack.join(person_id, channel_id)
        return Response(status_code=204, headers={"HX-Redirect": f"/as/{person_id}/{channel_id}"})

    async def _keep(self, person_id: str, form: FormData) -> None:
        view_id = _field(form, "view_id")
        open_views = self._slack.world.modals.get(person_id) or []
        if open_views and open_views[-1].id == view_id:
            view = open_views[-1]
            await self._slack.fill(person_id, view_id, self._values(person_id, form, view_id, view.blocks))

    def _values(self, person_id: str, form: FormData, key: str, blocks: list[Json]) -> dict[str, dict[str, Any]]:
        pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        return read_values(pairs, key, blocks, self._site.reader(person_id, self._clock()))

    def _blocks(self, container: Container) -> list[Json]:
        """The blocks of a message (those of its attachments among them) or view; [] when it is gone."""
        if isinstance(container, OnMessage):
            message = self._slack.world.find_message(container.channel_id, container.ts)
            attached = [] if message is None else [part.get("blocks") or [] for part in message.attachments]
            return [] if message is None else [*message.blocks, *(block for blocks in attached for block in blocks)]
        view = self._slack.world.find_view(container.view_id)
        return [] if view is None else view.blocks

    def _pressed(self, outcome: Outcome, key: str, block_id: str, action_id: str) -> Response:
        if outcome.ok:
            return _done()
        return _told(
            {
                "press-failed": {
                    "container": key,
                    "block_id": block_id,
                    "action_id": action_id,
                    "code": outcome.error,
                    "sentence": outcome.sentence or TROUBLE,
                }
            }
        )


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _done() -> Response:
    return Response(status_code=204)


def _told(events: dict[str, Any]) -> Response:
    """Nothing to show, but something for the page's script to hear."""
    return Response(status_code=204, headers={"HX-Trigger": json.dumps(events)})
