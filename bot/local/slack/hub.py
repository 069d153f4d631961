"""The workspace together with the roads to the app: what every action and every Web API method is given."""

from __future__ import annotations

from dataclasses import dataclass

from bot.local.slack.delivery import Road
from bot.local.slack.events import Events
from bot.local.slack.outcomes import Impossible
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Channel, Person


@dataclass(frozen=True, slots=True)
class Hub:
    """One running local Slack."""

    workspace: Workspace
    road: Road
    events: Events

    def person(self, person_id: str) -> Person:
        """An active person. Raises Impossible."""
        person = self.workspace.find_person(person_id)
        if person is None or person.deleted:
            raise Impossible(f"nobody active has the id {person_id!r}")
        return person

    def channel_of(self, person_id: str, channel_id: str) -> Channel:
        """A conversation the person may see: their own, or any public channel unless they are a guest.

        Raises Impossible.
        """
        channel = self.workspace.world.channels.get(channel_id)
        if channel is not None:
            guest = self.person(person_id).is_guest
            if person_id in channel.members or (channel.kind == "channel" and not guest):
                return channel
        raise Impossible(f"{person_id!r} sees no conversation {channel_id!r}")
