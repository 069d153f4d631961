"""Who is in a channel, its archiving, deletion and sharing, and what the app hears of that."""

from __future__ import annotations

from bot.local.slack.changes import ChangeKind
from bot.local.slack.hub import Hub
from bot.local.slack.outcomes import Impossible, Outcome
from bot.local.slack.world import Channel, Json, Person

OTHER_TEAM = "T0OTHERTEAM"
"""The workspace of another organization that channels are shared with."""


def join(hub: Hub, person: Person, channel: Channel) -> Channel:
    """Join a public channel."""
    if channel.kind != "channel" or person.is_guest:
        raise Impossible(f"{person.id!r} cannot join {channel.id!r}")
    if person.id not in channel.members:
        channel.members.append(person.id)
        joined(hub, channel, person.id)
    return channel


def leave(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Leave a channel."""
    _insist(person, channel, possible=channel.name != "general")
    channel.members.remove(person.id)
    hub.workspace.changes.announce(ChangeKind.CHANNEL_CHANGED, channel_id=channel.id)
    if channel.app_is_member:
        hub.events.emit("member_left_channel", _membership(hub, channel, "member_left_channel", person.id))
    return Outcome()


def invite_app(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Add the app to a channel the person is in."""
    if channel.kind == "im" or person.id not in channel.members:
        raise Impossible(f"{person.id!r} cannot invite an app to {channel.id!r}")
    if not channel.app_is_member:
        channel.app_is_member = True
        joined(hub, channel, hub.workspace.world.app.bot_user_id, inviter=person.id)
    return Outcome()


def remove_app(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Remove the app from a channel the person is in."""
    if channel.kind == "im" or person.id not in channel.members:
        raise Impossible(f"{person.id!r} cannot remove an app from {channel.id!r}")
    if channel.app_is_member:
        _tell(hub, channel, "left")
        channel.app_is_member = False
    return Outcome()


def archive(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Archive the channel: nobody writes there any more."""
    _insist(person, channel, possible=not channel.archived)
    channel.archived = True
    _tell(hub, channel, "archive", user=person.id)
    return Outcome()


def unarchive(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Take the channel back from the archive."""
    _insist(person, channel, possible=channel.archived)
    channel.archived = False
    _tell(hub, channel, "unarchive", user=person.id)
    return Outcome()


def delete(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Delete the channel with all that was said in it, as admins may."""
    _insist(person, channel, possible=person.is_admin)
    _tell(hub, channel, "deleted")
    del hub.workspace.world.channels[channel.id]
    hub.workspace.world.messages.pop(channel.id, None)
    return Outcome()


def share(hub: Hub, person: Person, channel: Channel) -> Outcome:
    """Share the channel with another organization, through Slack Connect."""
    _insist(person, channel, possible=not channel.shared)
    channel.shared = True
    hub.workspace.changes.announce(ChangeKind.CHANNEL_CHANGED, channel_id=channel.id)
    event = {"type": "channel_shared", "connected_team_id": OTHER_TEAM, "channel": channel.id}
    if channel.app_is_member or channel.kind == "channel":
        hub.events.emit("channel_shared", {**event, "event_ts": hub.workspace.ids.ts()})
    return Outcome()


def _insist(person: Person, channel: Channel, *, possible: bool) -> None:
    if not possible or channel.kind not in {"channel", "private"} or person.id not in channel.members:
        raise Impossible(f"{person.id!r} cannot do that to {channel.id!r}")


def _tell(hub: Hub, channel: Channel, what: str, **fields: str) -> None:
    """Say it to everybody, and to the app: of private channels only where it is in them."""
    hub.workspace.changes.announce(ChangeKind.CHANNEL_CHANGED, channel_id=channel.id)
    if channel.app_is_member or channel.kind == "channel":
        name = f"{'group' if channel.kind == 'private' else 'channel'}_{what}"
        hub.events.emit(name, {"type": name, "channel": channel.id, **fields, "event_ts": hub.workspace.ids.ts()})


def joined(hub: Hub, channel: Channel, who: str, inviter: str | None = None) -> None:
    """Say that somebody, or the app, is in the channel now."""
    hub.workspace.changes.announce(ChangeKind.CHANNEL_CHANGED, channel_id=channel.id)
    if channel.app_is_member:
        event = _membership(hub, channel, "member_joined_channel", who)
        hub.events.emit("member_joined_channel", {**event, **({"inviter": inviter} if inviter else {})})


def _membership(hub: Hub, channel: Channel, name: str, who: str) -> Json:
    return {
        "type": name,
        "user": who,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "team": hub.workspace.world.team_id,
        "event_ts": hub.workspace.ids.ts(),
    }
