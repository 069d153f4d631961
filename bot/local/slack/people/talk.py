"""Plain messages, reactions, opening the app's Home, and what the app hears of them."""

from __future__ import annotations

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
