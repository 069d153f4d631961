"""Rows of what channels follow, as the records that use cases and views work with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from bot.domain.subscriptions import ChannelSettings, Following, Mode, Paused, ProjectEvent
from bot.store.subscriptions import Followed
from bot.store.tables import ChannelUpdates

Modes = dict[ProjectEvent, Mode]


def following_of(followed: Followed) -> Following:
    """The subscription in a row, with who looks for it."""
    row, account = followed
    return Following(
        id=row.id,
        tenant_id=row.tenant_id,
        team_id=row.team_id,
        channel_id=row.channel_id,
        account_id=account.id if account else None,
        user_id=account.user_id if account else None,
        organization_id=row.organization_id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_name=row.project_name,
        modes=msgspec.json.decode(row.modes, type=Modes),
        private=row.private,
        paused=None if row.paused_at is None else Paused(row.pause_reason or Paused.BY_PERSON),
    )


def settings_of(row: ChannelUpdates | None, zone: ZoneInfo) -> ChannelSettings:
    """How the channel is told; what channels begin with where nothing was ever set, by the clocks of `zone`."""
    if row is None:
        return ChannelSettings(zone=zone.key)
    return msgspec.json.decode(row.settings, type=ChannelSettings)
