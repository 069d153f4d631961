"""Lists what stands in the sidebar for one person: channels, direct messages, the app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.local.slack.manifest import Manifest
from bot.local.slack.page.faces import Face, app_face, face_of
from bot.local.slack.page.surface import Reader
from bot.local.slack.world import Channel, Person, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A conversation in the sidebar. `face` is the other one's in a direct message."""

    id: str
    name: str
    kind: str
    unread: int = 0
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The three lists, and the channels one could join. There is no app's entry without a conversation with it."""

    channels: tuple[Entry, ...]
    directs: tuple[Entry, ...]
    app: Entry | None
    joinable: tuple[Entry, ...] = ()


def sidebar_of(world: World, manifest: Manifest, person_id: str) -> Sidebar:
    """What `person_id` sees at the left."""
    unread = world.unread.get(person_id, {})
    mine = world.channels_of(person_id)
    channels = tuple(
        Entry(id=channel.id, name=channel.name, kind=channel.kind, unread=unread.get(channel.id, 0))
        for channel in mine
        if channel.kind in {"channel", "private"} and not channel.archived
    )
    directs = tuple(
        Entry(
            id=channel.id,
            name=direct_name(world, channel, person_id),
            kind=channel.kind,
            unread=unread.get(channel.id, 0),
            face=_other(world, channel, person_id),
        )
        for channel in mine
        if channel.kind in {"im", "mpim"} and not channel.app_is_member
    )
    dm = world.dm_of(person_id)
    face = app_face(world, manifest)
    app = None if dm is None else Entry(id=dm.id, name=face.name, kind="app", unread=unread.get(dm.id, 0), face=face)
    return Sidebar(channels, directs, app, _joinable(world, person_id))


def _joinable(world: World, person_id: str) -> tuple[Entry, ...]:
    """The public channels a person is not in; guests are asked in by others."""
    if world.people[person_id].is_guest:
        return ()
    return tuple(
        Entry(id=channel.id, name=channel.name, kind=channel.kind)
        for channel in sorted(world.channels.values(), key=lambda channel: channel.name)
        if channel.kind == "channel" and not channel.archived and person_id not in channel.members
    )


def direct_name(world: World, channel: Channel, person_id: str) -> str:
    """The names of the others in a direct message; one's own in a note to oneself."""
    others = [world.people[member] for member in channel.members if member != person_id and member in world.people]
    return ", ".join(person.real_name or person.name for person in others) or world.people[person_id].real_name


def _other(world: World, channel: Channel, person_id: str) -> Face:
    others = [member for member in channel.members if member != person_id and member in world.people]
    return face_of(world.people[others[0] if others else person_id])


def reader_of(world: World, manifest: Manifest, person_id: str, now: datetime) -> Reader:
    """The person who looks, with the names that they know. Raises KeyError for nobody."""
    person = world.people[person_id]
    mine = world.channels_of(person_id)
    humans = {human.id: human.real_name or human.name for human in world.people.values()}
    visible = [c for c in world.channels.values() if c.kind == "channel" or (c.kind == "private" and c in mine)]
    directs = [c for c in mine if c.kind in {"im", "mpim"} and not c.app_is_member]
    return Reader(
        person_id=person_id,
        zone=ZoneInfo(person.tz),
        locale=person.locale,
        now=now,
        people={**humans, world.app.bot_user_id: manifest.bot_name or world.app.name},
        channels={channel.id: channel.name for channel in visible},
        directs={c.id: direct_name(world, c, person_id) for c in directs},
        kinds={c.id: "public" if c.kind == "channel" else c.kind for c in (*visible, *directs)},
        humans=frozenset(person.id for person in world.people.values() if not person.deleted),
    )


def standing(person: Person) -> str:
    """A person's rights in the workspace, in a word; nothing for an ordinary member."""
    if person.deleted:
        return "Deactivated"
    if person.is_owner:
        return "Owner"
    if person.is_admin:
        return "Admin"
    return "Guest" if person.is_guest else ""
