"""What a channel follows of projects: which events, how each is told, and when nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.projects import Named

MILESTONES = (50, 80, 100)
"""The shares of the estimate, in percent, whose passing is told once each."""
ALL_PROJECTS = 0
"""The project's number of a subscription to every project of the workspace: Toggl's numbers begin with one."""


class ProjectEvent(StrEnum):
    """What can happen to a project, as channels choose it: an event and its opposite are one choice."""

    CREATED = "created"
    RENAMED = "renamed"
    DATES = "dates"
    ESTIMATE = "estimate"
    ARCHIVED = "archived"
    DELETED = "deleted"
    PINNED = "pinned"
    MEMBERS = "members"
    HOURS = "hours"


class Mode(StrEnum):
    """How a channel is told of an event."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


class Paused(StrEnum):
    """Why a subscription rests. Everything but `BY_PERSON` was found by the bot and told once."""

    BY_PERSON = "by_person"
    DISCONNECTED = "disconnected"
    """Nobody's credential: the subscriber disconnected, left, or was deactivated."""
    REFUSED = "refused"
    """Toggl refused the subscriber's credential."""
    LOST_SIGHT = "lost_sight"
    """The subscriber does not see the project, or the workspace, any more."""
    PRIVATE = "private"
    """The project became private, and nobody agreed that the channel may see it."""
    GONE = "gone"
    """The project was deleted."""
    SHARED = "shared"
    """People of another organization came into the channel, and nobody agreed that they may see it."""
    ARCHIVED_CHANNEL = "archived_channel"
    NOT_IN_CHANNEL = "not_in_channel"
    """The bot was removed from the channel."""


class Did(StrEnum):
    """What became of a channel's subscription."""

    SUBSCRIBED = "subscribed"
    CHANGED = "changed"
    SAME = "same"
    UNSUBSCRIBED = "unsubscribed"
    PAUSED = "paused"
    RESUMED = "resumed"
    TAKEN_OVER = "taken over"


DEFAULT_MODES: Mapping[ProjectEvent, Mode] = MappingProxyType(
    {event: Mode.AT_ONCE if event is ProjectEvent.HOURS else Mode.DIGEST for event in ProjectEvent}
)
"""What a channel begins with: milestones at once, the rest in the digest. What a channel has is stored whole."""
WORKING_DAYS = (0, 1, 2, 3, 4)


class Quiet(msgspec.Struct, frozen=True):
    """From when until when, by the channel's clock, nothing is posted at once; over midnight where `until` is less."""

    since: time
    until: time


class ChannelSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a channel is told, complete. An event that `modes` lacks came later, and is off.

    `threaded`: what is told at once goes below the project's card. `broadcast`: and is shown in the channel too.
    `digest_days`: Monday is 0.
    """

    zone: str
    modes: Mapping[ProjectEvent, Mode] = msgspec.field(default_factory=lambda: dict(DEFAULT_MODES))
    threaded: bool = True
    broadcast: bool = True
    digest_at: time = time(9)
    digest_days: tuple[int, ...] = WORKING_DAYS
    quiet: Quiet | None = None

    @property
    def tz(self) -> ZoneInfo:
        """The channel's time zone."""
        return ZoneInfo(self.zone)

    @property
    def digests(self) -> bool:
        """Whether any event goes into a digest."""
        return Mode.DIGEST in self.modes.values()


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """One subscription of a channel: to a project, or to all of a workspace where `project_id` is ALL_PROJECTS.

    `account_id` is whose credential looks, None once they are gone; `modes` is what was chosen for this subscription
    alone and goes before the channel's. `private` tells that a person agreed to private projects being shown here.
    """

    id: int
    tenant_id: str
    team_id: str
    channel_id: str
    account_id: int | None
    user_id: str | None
    organization_id: int
    workspace_id: int
    """Focus's number of the workspace."""
    project_id: int
    project_name: str
    modes: Mapping[ProjectEvent, Mode] = {}
    private: bool = False
    paused: Paused | None = None

    @property
    def everything(self) -> bool:
        """Whether it is to all projects."""
        return self.project_id == ALL_PROJECTS

    def passes_on(self, account_id: int, *, private: bool) -> bool:
        """Whether the account looks from now on, where its person wishes the same subscription.

        It does where the subscriber's credential cannot go on. And nobody agrees for somebody else to private projects
        among all being shown: who wants them shown (`private`) shows those that they see themselves.
        """
        if self.account_id is None or self.paused not in {None, Paused.BY_PERSON}:
            return True
        return self.everything and private and not self.private and self.account_id != account_id

    def mode(self, event: ProjectEvent, settings: ChannelSettings) -> Mode:
        """How the channel is told of `event` by this subscription."""
        return self.modes.get(event) or settings.modes.get(event) or Mode.OFF


class Wish(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody wants a channel to follow; `project` is None for all. No `events` mean those the channel chose.

    `private`: everybody in the channel may see private projects. `agreed`: who reads there was told, and is fine.
    """

    channel_id: str
    project: Named | None = None
    events: tuple[ProjectEvent, ...] = ()
    private: bool = False
    agreed: bool = False
