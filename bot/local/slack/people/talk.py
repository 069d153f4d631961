"""Plain messages, reactions, joining, and what the app hears of them."""

from __future__ import annotations

from bot.local.slack.changes import ChangeKind
from bot.local.slack.describe import view_json
from bot.local.slack.hub import Hub
from bot.local.slack.outcomes import Impossible, Outcome
from bot.local.slack.rich import encode, mentions
from bot.local.slack.world import Channel, Json, Message, Person


def say(hub: Hub, person: Person, channel: Channel, text: str, thread_ts: str | None) -> Outcome:
    """Post a person's message. Raises Impossible where Slack has no composer for them."""
    workspace = hub.workspace
    if not text.strip():
        raise Impossible("an empty message cannot be sent")
    if person.id not in channel.members or channel.archived:
        raise Impossible(f"{person.id!r} cannot write in {channel.id!r}")
    manifest = workspace.manifest
    if channel.kind == "im" and channel.app_is_member and not _can_write_to_app(hub):
        reason = "read-only" if manifest.messages_tab else "turned off"
        raise Impossible(f"Sending messages to this app has been {reason}.")
    if thread_ts is not None and workspace.world.find_message(channel.id, thread_ts) is None:
        raise Impossible(f"there is no thread {thread_ts!r}")
    message = Message(
        ts=workspace.ids.ts(),
        channel_id=channel.id,
        author_id=person.id,
        text=encode(text, workspace.world),
        thread_ts=thread_ts,
    )
    workspace.post(message)
    hub.events.message(message)
    app = workspace.world.app
    if app.bot_user_id in mentions(message.text) and not channel.app_is_member:
        sentence = f"You mentioned @{app.name}, but they’re not in this channel."
        notice = Message(
            ts=workspace.ids.ts(), channel_id=channel.id, author_id="USLACKBOT", text=sentence, ephemeral_to=person.id
        )
        workspace.post(notice)
        return Outcome(sentence=sentence, messages=(message, notice))
    return Outcome(messages=(message,))


def react(hub: Hub, person: Person, message: Message, emoji: str) -> Outcome:
    """Add the person's reaction, or take it back."""
    name = emoji.strip(":")
    people = message.reactions.setdefault(name, [])
    added = person.id not in people
    if added:
        people.append(person.id)
    else:
        people.remove(person.id)
        if not people:
            del message.reactions[name]
    hub.workspace.edited(message, silently=True)
    channel = hub.workspace.world.channels[message.channel_id]
    if channel.app_is_member:
        kind = "reaction_added" if added else "reaction_removed"
        event = {
            "type": kind,
            "user": person.id,
            "reaction": name,
            "item_user": hub.workspace.world.app.bot_user_id if message.by_app else message.author_id,
            "item": {"type": "message", "channel": message.channel_id, "ts": message.ts},
            "event_ts": hub.workspace.ids.ts(),
        }
        hub.events.emit(kind, event)
    return Outcome()


def join(hub: Hub, person: Person, channel: Channel) -> Channel:
    """Join a public channel."""
    if channel.kind != "channel" or person.is_guest:
        raise Impossible(f"{person.id!r} cannot join {channel.id!r}")
    if person.id not in channel.members:
        channel.members.append(person.id)
        _joined(hub, channel, person.id)
    return channel


def invite_app(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Add the app to a channel the person is in."""
    if channel.kind == "im" or person.id not in channel.members:
        raise Impossible(f"{person.id!r} cannot invite an app to {channel.id!r}")
    if not channel.app_is_member:
        channel.app_is_member = True
        _joined(hub, channel, hub.workspace.world.app.bot_user_id, inviter=person.id)
    return Outcome()


def remove_app(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Remove the app from a channel the person is in."""
    if channel.kind == "im" or person.id not in channel.members:
        raise Impossible(f"{person.id!r} cannot remove an app from {channel.id!r}")
    channel.app_is_member = False
    hub.workspace.changes.announce(ChangeKind.CHANNEL_CHANGED, channel_id=channel.id)
    return Outcome()


def open_home(hub: Hub, person: Person, tab: str) -> Outcome:
    """Open the app's Home or its Messages tab; both send `app_home_opened`."""
    workspace = hub.workspace
    manifest = workspace.manifest
    if not (manifest.home_tab if tab == "home" else manifest.messages_tab):
        raise Impossible(f"the app has no {tab} tab")
    dm = workspace.world.dm_of(person.id)
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": dm.id if dm else "",
        "tab": tab,
        "event_ts": workspace.ids.ts(),
    }
    home = workspace.world.homes.get(person.id)
    if tab == "home" and home is not None:
        event["view"] = view_json(workspace, home)
    hub.events.emit("app_home_opened", event)
    return Outcome()


def _can_write_to_app(hub: Hub) -> bool:
    return hub.workspace.manifest.messages_tab and not hub.workspace.manifest.messages_tab_read_only


def _joined(hub: Hub, channel: Channel, who: str, inviter: str | None = None) -> None:
    hub.workspace.changes.announce(ChangeKind.CHANNEL_CHANGED, channel_id=channel.id)
    if channel.app_is_member:
        event = {
            "type": "member_joined_channel",
            "user": who,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": hub.workspace.world.team_id,
            "event_ts": hub.workspace.ids.ts(),
            **({"inviter": inviter} if inviter else {}),
        }
        hub.events.emit("member_joined_channel", event)
