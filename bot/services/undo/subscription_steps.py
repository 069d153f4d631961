"""What a change to a channel's updates leaves behind to be taken back with: plain data, kept as JSON."""

from __future__ import annotations

import msgspec

from bot.domain.subscriptions import ChannelSettings, Did, Following


class SubscriptionUndo(msgspec.Struct, frozen=True, kw_only=True, tag="subscription"):
    """Undoes what was done with one subscription: as it was before and after; None for not there."""

    did: Did
    before: Following | None
    after: Following | None

    @property
    def about(self) -> Following:
        """The subscription, as far as it tells channel and project."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 (one of them is there; says so to the type checker)
        return found


class ChannelSettingsUndo(msgspec.Struct, frozen=True, kw_only=True, tag="channel settings"):
    """Undoes changed settings of a channel's updates: as they were before and after."""

    channel_id: str
    before: ChannelSettings
    after: ChannelSettings


class MuteUndo(msgspec.Struct, frozen=True, tag="mute project"):
    """Undoes muting a project for a channel, or with `muted` false letting it be heard again."""

    channel_id: str
    project_id: int
    name: str
    muted: bool


SubscriptionStep = SubscriptionUndo | ChannelSettingsUndo | MuteUndo
