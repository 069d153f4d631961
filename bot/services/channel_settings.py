"""How a channel is told of project updates, as people set it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.domain.subscriptions import ChannelSettings
from bot.errors import UserError
from bot.i18n import N_
from bot.services import undo
from bot.services.context import Context
from bot.services.entry_changes import NothingToSave
from bot.services.project_watching import arrange
from bot.services.subscriptions import settings_for
from bot.store import subscriptions


class SettingsChanged(UserError):
    """Somebody else changed the settings while the form was open."""

    sentence = N_("These settings have changed in the meantime. This is how they are now; your changes were not saved.")


@dataclass(frozen=True, slots=True)
class Saved:
    """A channel's settings before and after."""

    before: ChannelSettings
    after: ChannelSettings
    undo_id: str


async def save(context: Context, channel_id: str, after: ChannelSettings, *, seen: ChannelSettings) -> Saved:
    """Let the channel be told as in `after`, if it is told as in `seen`. No call.

    Raises SettingsChanged, NothingToSave.
    """
    person = context.person
    async with context.store.writing() as db:
        before = await settings_for(db, context, channel_id)
        if before != seen:
            raise SettingsChanged
        if before == after:
            raise NothingToSave
        await subscriptions.save_settings(
            db,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            channel_id=channel_id,
            settings=msgspec.json.encode(after).decode(),
            account_id=person.account_id,
            now=context.now,
        )
        await arrange(
            db,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            channel_id=channel_id,
            now=context.now,
            begun=(),
        )
    step = undo.ChannelSettingsUndo(channel_id=channel_id, before=before, after=after)
    return Saved(before, after, await undo.record(context, step))
