"""Taking back what was done to a channel's updates: subscriptions, settings, mutes. No call to Toggl."""

from __future__ import annotations

import msgspec

from bot.domain.subscriptions import Following, Paused
from bot.errors import UserError
from bot.i18n import N_
from bot.services.context import Context
from bot.services.following import following_of, settings_of
from bot.services.project_watching import arrange, refresh
from bot.services.undo.subscription_steps import ChannelSettingsUndo, MuteUndo, SubscriptionUndo
from bot.store import Session, accounts, subscriptions
from bot.store.tables import Subscription


class OtherUpdates(UserError):
    """Somebody changed the channel's updates since."""

    sentence = N_("This channel’s project updates have changed since then, so they were left as they are.")


async def undo_subscription(context: Context, step: SubscriptionUndo) -> None:
    """Let the subscription be as it was before. Raises OtherUpdates."""
    about = step.about
    async with context.store.writing() as db:
        same = await subscriptions.find_same(
            db,
            tenant_id=about.tenant_id,
            channel_id=about.channel_id,
            workspace_id=about.workspace_id,
            project_id=about.project_id,
        )
        found = await subscriptions.find(db, same.id) if same else None
        if _state(following_of(found) if found else None) != _state(step.after):
            raise OtherUpdates
        if step.before is None:
            await subscriptions.remove(db, [about.id])
        else:
            await _put_back(db, context, step.before, same)
        await arrange(
            db,
            tenant_id=about.tenant_id,
            team_id=about.team_id,
            channel_id=about.channel_id,
            now=context.now,
            begun=[about.id],
        )


async def undo_settings(context: Context, step: ChannelSettingsUndo) -> None:
    """Let the channel be told as before. Raises OtherUpdates."""
    person = context.person
    async with context.store.writing() as db:
        row = await subscriptions.find_settings(db, tenant_id=person.tenant_id, channel_id=step.channel_id)
        if row is None or settings_of(row, person.zone) != step.after:
            raise OtherUpdates
        await subscriptions.save_settings(
            db,
            tenant_id=person.tenant_id,
            team_id=row.team_id,
            channel_id=step.channel_id,
            settings=msgspec.json.encode(step.before).decode(),
            account_id=person.account_id,
            now=context.now,
        )
        await arrange(
            db,
            tenant_id=person.tenant_id,
            team_id=row.team_id,
            channel_id=step.channel_id,
            now=context.now,
            begun=(),
        )


async def undo_mute(context: Context, step: MuteUndo) -> None:
    """Do the opposite. Raises OtherUpdates."""
    tenant_id = context.person.tenant_id
    async with context.store.writing() as db:
        if step.muted:
            changed = await subscriptions.unmute(
                db, tenant_id=tenant_id, channel_id=step.channel_id, project_ids=[step.project_id]
            )
            await refresh(
                db,
                tenant_id=tenant_id,
                channel_id=step.channel_id,
                project_id=step.project_id,
                now=context.now,
            )
        else:
            changed = await subscriptions.mute(
                db,
                tenant_id=tenant_id,
                channel_id=step.channel_id,
                project_id=step.project_id,
                project_name=step.name,
                account_id=context.person.account_id,
                now=context.now,
            )
        if not changed:
            raise OtherUpdates


async def _put_back(db: Session, context: Context, before: Following, row: Subscription | None) -> None:
    """The subscription as it was, under its old id; whose credential looked looks again, if they are still there."""
    account = None if before.account_id is None else await accounts.find_by_id(db, before.account_id)
    row = row or Subscription(
        id=before.id,
        tenant_id=before.tenant_id,
        team_id=before.team_id,
        channel_id=before.channel_id,
        organization_id=before.organization_id,
        workspace_id=before.workspace_id,
        project_id=before.project_id,
        created_at=context.now,
        updated_at=context.now,
    )
    row.project_name, row.private, row.updated_at = before.project_name, before.private, context.now
    row.modes = msgspec.json.encode(dict(before.modes)).decode()
    row.account_id = account.id if account else None
    reason = before.paused or (None if account else Paused.DISCONNECTED)
    row.paused_at, row.pause_reason = (context.now, reason) if reason else (None, None)
    await subscriptions.save(db, row)


def _state(following: Following | None) -> tuple[object, ...] | None:
    """What of it counts for whether it is as it was left: it may have been renamed in Toggl."""
    if following is None:
        return None
    return following.account_id, dict(following.modes), following.private, following.paused
