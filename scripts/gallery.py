"""Every view in its states, in a local Slack: `python -m scripts.gallery [--language de] [--shots FOLDER]`."""

from __future__ import annotations

import argparse
import asyncio
import re
import secrets
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import demo
from bot.i18n import LANGUAGES
from bot.local import slack
from bot.local.slack.pace import Pace
from bot.local.slack.world import Channel, World
from bot.manifest import MANIFEST
from bot.views.messages import Message
from bot.views.start_modal import task_option
from scripts.gallery_shots import is_home, opener, shoot
from tests.views.samples import Sample, Studio, samples, translator
from tests.views.samples.pictures import pictures

OPEN = "gallery.open"
HINT = "every view in its states; “Open” opens a modal, “Publish” shows an App Home"
_ANY = re.compile(".*", re.DOTALL)
_FIRST_PORT = 8440


def main() -> None:
    """Read the options and show everything until Ctrl-C, or take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--port", type=int, default=_FIRST_PORT, help="of the page; the next free one if it is taken")
    parser.add_argument("--shots", type=Path, metavar="FOLDER", help="take a picture of everything there, and end")
    given = parser.parse_args()
    asyncio.run(show(given.language, given.port, given.shots))


async def show(language: str, port: int, shots: Path | None) -> None:
    """Serve the local Slack with every sample in it, in `language`."""
    studio = Studio(translator(language))
    shown = samples(studio)
    page, behind = (demo.free_socket(port + offset if port else 0) for offset in range(2))
    token, secret = f"xoxb-local-{secrets.token_hex(12)}", secrets.token_hex(16)
    local = slack.create_app(
        bot_url=demo.url(behind),
        signing_secret=secret,
        bot_token=token,
        manifest=MANIFEST,
        public_url=demo.url(page),
        hint=HINT,
        pace=Pace(rate_limits=False),
    )
    world: World = local.state.slack.world
    viewer = next(person for person in world.people.values() if person.locale.startswith(language))
    viewer.tz = studio.t.zone.key  # whose times the samples tell
    rooms = furnish(world, dict.fromkeys(sample.feature for sample in shown))
    client = AsyncWebClient(token, base_url=f"{demo.url(page)}/api/")
    bot = AsyncApp(signing_secret=secret, client=client)
    answer(bot, studio, shown)

    async def fill() -> None:
        await post(client, studio, shown, rooms, viewer.id)
        address = f"{demo.url(page)}/as/{viewer.id}"
        if shots is None:
            print(f"\n  The gallery: open {address}/{next(iter(rooms.values()))}\n\n  Ctrl-C ends it.\n")
            return
        await asyncio.to_thread(shoot, address, rooms, shown, shots)
        signal.raise_signal(signal.SIGINT)

    await demo.serve((local, page), (endpoint(bot), behind), told=fill)


def furnish(world: World, features: Iterable[str]) -> dict[str, str]:
    """A channel for each feature in which everybody is, by the feature: its id."""
    people = [person.id for person in world.people.values() if not person.deleted]
    for channel in world.channels.values():
        if channel.kind in {"channel", "private"}:
            channel.app_is_member = False  # the page begins where the app is
    rooms = {feature: f"C0GALLERY{number:02}" for number, feature in enumerate(features)}
    for feature, room in rooms.items():
        name = feature.replace("_", "-")
        world.channels[room] = Channel(id=room, name=name, members=list(people), app_is_member=True)
    return rooms


async def post(
    client: AsyncWebClient, studio: Studio, shown: Sequence[Sample], rooms: dict[str, str], viewer: str
) -> None:
    """Everything into the channel of its feature, then its pictures; a modal and a Home as the button that shows it."""
    for number, sample in enumerate(shown):
        room = rooms[sample.feature]
        if isinstance(sample.shown, Message):
            await client.chat_postMessage(channel=room, text=f"`{sample.name}`")
            await client.chat_postMessage(channel=room, **sample.shown.payload)
        else:
            await client.chat_postMessage(channel=room, **door(sample, number))
    for picture in pictures(studio):
        await client.files_upload_v2(
            channel=rooms[picture.feature],
            filename=picture.name,
            content=picture.content,
            title=picture.title,
            alt_txt=picture.alt_text,
        )
    homes = (sample.shown for sample in shown if isinstance(sample.shown, View) and is_home(sample))
    await client.views_publish(user_id=viewer, view=next(homes).to_dict())


def door(sample: Sample, number: int) -> dict[str, Any]:
    """The message with the button that shows `sample`, the one at `number`."""
    text, label = f"`{sample.name}`", opener(sample)
    button = {
        "type": "button",
        "action_id": OPEN,
        "value": str(number),
        "text": {"type": "plain_text", "text": label.partition(" ")[0]},
        "accessibility_label": label,
    }
    return {
        "text": text,
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": button}],
    }


def answer(bot: AsyncApp, studio: Studio, shown: Sequence[Sample]) -> None:
    """Open what is asked for, offer tasks in every typeahead, and let every other button be pressed in vain."""

    @bot.action(OPEN)
    async def _open(ack: Any, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        sample = shown[int(action["value"])]
        view = sample.shown.to_dict() if isinstance(sample.shown, View) else {}
        if is_home(sample):
            await client.views_publish(user_id=body["user"]["id"], view=view)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bot.options(_ANY)
    async def _offer(ack: Any) -> None:
        await ack(options=[task_option(task).to_dict() for task in studio.tasks])

    async def _nothing(ack: Any) -> None:
        await ack()

    for listener in (bot.action, bot.view, bot.command, bot.shortcut):
        listener(_ANY)(_nothing)
    bot.event(_ANY)(_nothing)


def endpoint(bot: AsyncApp) -> Starlette:
    """Where the local Slack sends what people do."""
    handler = AsyncSlackRequestHandler(bot)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", take, methods=["POST"])])


if __name__ == "__main__":
    main()
