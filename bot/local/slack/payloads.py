"""The payloads Slack sends to an app, field for field (https://docs.slack.dev/reference/interaction-payloads)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.local.slack.describe import message_json, view_json
from bot.local.slack.manifest import SlashCommand
from bot.local.slack.permits import Response
from bot.local.slack.rich import encode
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Channel, Json, Message, Person, View

VERIFICATION_TOKEN = "deprecated-verification-token"  # noqa: S105 (Slack still sends one; nothing may trust it)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element was used: a message in its channel, or a view."""

    message: Message | None = None
    view: View | None = None

    @property
    def key(self) -> str:
        """What tells places apart: the view's id or the message's ts."""
        if self.view is not None:
            return self.view.id
        return self.message.ts if self.message else ""

    @property
    def blocks(self) -> list[Json]:
        """The blocks there, those of attachments included."""
        if self.view is not None:
            return self.view.blocks
        if self.message is None:
            return []
        attached = [block for attachment in self.message.attachments for block in attachment.get("blocks", ())]
        return [*self.message.blocks, *attached]


def command(workspace: Workspace, person: Person, channel: Channel, spec: SlashCommand, text: str) -> Json:
    """A slash command's form fields."""
    response = Response(person.id, channel.id, workspace.clock(), "command")
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.world.team_id,
        "team_domain": workspace.world.team_domain,
        "channel_id": channel.id,
        "channel_name": workspace.channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": spec.name,
        "text": encode(text, workspace.world, names=True) if spec.should_escape else text,
        "api_app_id": workspace.world.app.id,
        **_organization(workspace),
        "response_url": response_url(workspace, response, "commands"),
        "trigger_id": workspace.permits.issue_trigger(person.id),
    }


def block_actions(workspace: Workspace, person: Person, place: Place, action: Json) -> Json:
    """Somebody used an element."""
    view_id = place.view.id if place.view is not None and place.view.type == "modal" else None
    payload: Json = {
        "type": "block_actions",
        "user": user(workspace, person),
        **_app(workspace),
        "container": container(place),
        "trigger_id": workspace.permits.issue_trigger(person.id, view_id),
        **_team(workspace),
        **_place(workspace, person, place),
        "actions": [{**action, "action_ts": workspace.ids.ts()}],
    }
    message = place.message
    if message is not None:
        response = Response(
            person.id,
            message.channel_id,
            workspace.clock(),
            "message",
            thread_ts=message.thread_ts,
            message_ts=message.ts,
            private=message.ephemeral_to is not None,
        )
        payload["response_url"] = response_url(workspace, response, "actions")
    return payload


def block_suggestion(
    workspace: Workspace, person: Person, place: Place, element: Json, block_id: str, query: str
) -> Json:
    """An external select asks for its options."""
    return {
        "type": "block_suggestion",
        "user": user(workspace, person),
        "container": container(place),
        **_app(workspace),
        "action_id": element["action_id"],
        "block_id": block_id,
        "value": query,
        **_team(workspace),
        **_place(workspace, person, place),
    }


def view_submission(workspace: Workspace, person: Person, view: View) -> Json:
    """Somebody submitted a modal."""
    response_urls = [
        {
            "response_url": response_url(
                workspace, Response(person.id, chosen["channel_id"], workspace.clock(), "view"), "app"
            ),
            **chosen,
        }
        for chosen in _response_channels(view)
    ]
    return {
        "type": "view_submission",
        **_team(workspace),
        "user": user(workspace, person),
        **_app(workspace),
        "trigger_id": workspace.permits.issue_trigger(person.id, view.id),
        "view": view_json(workspace, view),
        "response_urls": response_urls,
    }


def view_closed(workspace: Workspace, person: Person, view: View, *, is_cleared: bool) -> Json:
    """Somebody closed a modal that asked to be told."""
    return {
        "type": "view_closed",
        **_team(workspace),
        "user": user(workspace, person),
        **_app(workspace),
        "view": view_json(workspace, view),
        "is_cleared": is_cleared,
    }


def global_shortcut(workspace: Workspace, person: Person, callback_id: str) -> Json:
    """Somebody ran a global shortcut."""
    return {
        "type": "shortcut",
        "token": VERIFICATION_TOKEN,
        "action_ts": workspace.ids.ts(),
        **_team(workspace),
        "user": {"id": person.id, "username": person.name, "team_id": workspace.world.team_id},
        "callback_id": callback_id,
        "trigger_id": workspace.permits.issue_trigger(person.id),
    }


def message_action(workspace: Workspace, person: Person, callback_id: str, message: Message) -> Json:
    """Somebody ran a message shortcut."""
    response = Response(
        person.id, message.channel_id, workspace.clock(), "message", thread_ts=message.thread_ts, private=False
    )
    return {
        "type": "message_action",
        "token": VERIFICATION_TOKEN,
        "action_ts": workspace.ids.ts(),
        **_team(workspace),
        "user": {"id": person.id, "name": person.name},
        "channel": _channel(workspace, message.channel_id),
        "callback_id": callback_id,
        "trigger_id": workspace.permits.issue_trigger(person.id),
        "message_ts": message.ts,
        "message": message_json(workspace, message),
        "response_url": response_url(workspace, response, "app"),
    }


def container(place: Place) -> Json:
    """Where the element stands."""
    if place.view is not None:
        return {"type": "view", "view_id": place.view.id}
    message = place.message
    if message is None:
        return {}
    described: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        described["thread_ts"] = message.thread_ts
    return described


def user(workspace: Workspace, person: Person) -> Json:
    """The `user` of an interaction."""
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": workspace.world.team_id}


def response_url(workspace: Workspace, response: Response, kind: str) -> str:
    """The whole address of a response_url."""
    return f"{workspace.address}/response/{kind}/{workspace.permits.issue_response(response)}"


def _place(workspace: Workspace, person: Person, place: Place) -> Json:
    if place.view is not None:
        return {"view": view_json(workspace, place.view)}
    message = place.message
    if message is None:
        return {}
    described: Json = {
        "channel": _channel(workspace, message.channel_id),
        "state": {"values": message.state.get(person.id, {})},
    }
    if message.ephemeral_to is None:
        described["message"] = message_json(workspace, message)
    return described


def _response_channels(view: View) -> list[dict[str, Any]]:
    chosen = []
    for block in view.blocks:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            entry = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            channel_id = entry.get("selected_conversation") or entry.get("selected_channel")
            if channel_id:
                ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel_id}
                chosen.append(ids)
    return chosen


def _team(workspace: Workspace) -> Json:
    organization = workspace.organization
    team = {"id": workspace.world.team_id, "domain": workspace.world.team_domain}
    if organization:
        team |= {"enterprise_id": organization["id"], "enterprise_name": organization["name"]}
    return {"team": team, "enterprise": organization, "is_enterprise_install": organization is not None}


def _organization(workspace: Workspace) -> Json:
    """Whose a command is, as a form's fields."""
    organization = workspace.organization
    if organization is None:
        return {"is_enterprise_install": "false"}
    names = {"enterprise_id": organization["id"], "enterprise_name": organization["name"]}
    return {**names, "is_enterprise_install": "true"}


def _app(workspace: Workspace) -> Json:
    return {"api_app_id": workspace.world.app.id, "token": VERIFICATION_TOKEN}


def _channel(workspace: Workspace, channel_id: str) -> Json:
    return {"id": channel_id, "name": workspace.channel_name(workspace.world.channels[channel_id])}
