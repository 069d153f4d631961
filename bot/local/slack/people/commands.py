"""Slash commands, and what the acknowledgement's body shows."""

from __future__ import annotations

import json

from bot.local.slack import payloads
from bot.local.slack.delivery import Acknowledgement
from bot.local.slack.failures import ApiError, demand_message
from bot.local.slack.hub import Hub
from bot.local.slack.outcomes import Impossible, Outcome
from bot.local.slack.permits import Response
from bot.local.slack.responses import respond
from bot.local.slack.rich import escaped
from bot.local.slack.world import Channel, Json, Message, Person

INVALID = "invalid_command_response"
_UNKNOWN = (
    "`{name}` is not a valid command. In Slack, all messages that start with the “/” character are interpreted as "
    "commands. If you are trying to send a message and not run a command, try preceding the “/” with an empty space."
)


async def run_command(hub: Hub, person: Person, channel: Channel, text: str, thread_ts: str | None) -> Outcome:
    """Run what was typed. Slack answers itself where there is no such command, and in threads."""
    name, *rest = text.strip().split(maxsplit=1) or [""]
    if not name.startswith("/"):
        raise Impossible(f"{text!r} is no command")
    if person.id not in channel.members:
        raise Impossible(f"{person.id!r} is not in {channel.id!r}")
    spec = hub.workspace.manifest.find_command(name)
    if spec is None or not hub.workspace.world.app.installed:
        return _slackbot(hub, person, channel, "unknown_command", _UNKNOWN.format(name=name))
    if thread_ts is not None:
        sentence = f"`{name}` is not supported in threads. Sorry!"
        return _slackbot(hub, person, channel, "not_in_threads", sentence, thread_ts)
    payload = payloads.command(hub.workspace, person, channel, spec, "".join(rest))
    answer = await hub.road.send("slash_commands", payload, {})
    if answer.failure is not None:
        return _failed(hub, person, channel, name, answer.failure, answer)
    try:
        body = _body(answer)
        message = _show(hub, person, channel, body, typed=text.strip())
    except ApiError as error:
        hub.workspace.refuse(f"acknowledgement of {name}", error.code, error.details, _excerpt(answer))
        sentence = f"{name} failed with the error “{INVALID}”"
        return _slackbot(hub, person, channel, INVALID, sentence, milliseconds=answer.milliseconds)
    return Outcome(answer.milliseconds, messages=(message,) if message else ())


def _failed(hub: Hub, person: Person, channel: Channel, name: str, word: str, answer: Acknowledgement) -> Outcome:
    hub.workspace.refuse(f"acknowledgement of {name}", word, [f"HTTP {answer.status}"] if answer.status else [])
    sentence = f"{name} failed with the error “{word}”"
    return _slackbot(hub, person, channel, word, sentence, milliseconds=answer.milliseconds)


def _slackbot(
    hub: Hub,
    person: Person,
    channel: Channel,
    error: str,
    sentence: str,
    thread_ts: str | None = None,
    *,
    milliseconds: float | None = None,
) -> Outcome:
    """Slack's own private message."""
    message = Message(
        ts=hub.workspace.ids.ts(),
        channel_id=channel.id,
        author_id="USLACKBOT",
        text=sentence,
        thread_ts=thread_ts,
        ephemeral_to=person.id,
    )
    hub.workspace.post(message)
    return Outcome(milliseconds, error, sentence, messages=(message,))


def _body(answer: Acknowledgement) -> Json:
    """The acknowledgement's body as a message, {} when it is empty. Raises ApiError."""
    try:
        text = answer.body.decode()
    except UnicodeDecodeError:
        raise ApiError(INVALID) from None
    if not text.strip():
        return {}
    if answer.content_type != "application/json":
        return {"text": text}
    try:
        body = json.loads(text)
    except ValueError:
        raise ApiError(INVALID) from None
    if isinstance(body, str):
        return {"text": body}
    if not isinstance(body, dict):
        raise ApiError(INVALID)
    return body


def _show(hub: Hub, person: Person, channel: Channel, body: Json, *, typed: str) -> Message | None:
    """The acknowledgement as a message; a public one shows what was typed first. Raises ApiError."""
    if not body:
        return None
    only_shares = body == {"response_type": "in_channel"}
    if not only_shares:
        demand_message(body, hub.workspace.world)
    if body.get("response_type") == "in_channel":
        hub.workspace.post(
            Message(ts=hub.workspace.ids.ts(), channel_id=channel.id, author_id=person.id, text=escaped(typed))
        )
    if only_shares:
        return None
    return respond(hub, Response(person.id, channel.id, hub.workspace.clock(), "command"), body)


def _excerpt(answer: Acknowledgement) -> str:
    return answer.body.decode(errors="replace")
