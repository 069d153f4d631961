"""Let what a channel follows rest and go on, also with somebody else's credential; mute a project for a channel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.projects import Named, Project
from bot.domain.subscriptions import Did, Following, Paused
from bot.errors import UserError
from bot.i18n import N_
from bot.services import subscriptions, undo
from bot.services.connections import open_toggl
from bot.services.context import Context, NotConnected
from bot.services.project_watching import refresh
from bot.services.subscriptions import Done, finish, keep, row_of, settings_for
from bot.store import subscriptions as rows
from bot.toggl import Forbidden, NotFound


class OtherWorkspace(UserError):
    """The person has no access to the Toggl workspace that the subscription is about."""

    sentence = N_(
        "That subscription is about a Toggl workspace that is not among yours, so you cannot take it over. "
        "Nothing was changed."
    )


class OutOfSight(UserError):
    """The person does not see the project."""

    sentence = N_("You cannot see that project in Toggl, so you cannot take it over. Nothing was changed.")


class NowPrivate(UserError):
    """The project is private, and nobody agreed yet that the channel may see it."""

    def __init__(self, following: Following) -> None:
        """Keep the subscription that has to be agreed to."""
        super().__init__()
        self.following = following


@dataclass(frozen=True, slots=True)
class Muted:
    """A channel hears no more of a project, or does again. `undo_id` is None where it was so already."""

    project: Named
    muted: bool
    undo_id: str | None


async def pause(context: Context, following_id: int) -> Done:
    """Let the subscription rest until somebody resumes it. No call. Raises NotFollowed."""
    async with context.store.writing() as db:
        before, row = await row_of(db, context, following_id)
        settings = await settings_for(db, context, before.channel_id)
        if before.paused is None:
            row.paused_at, row.pause_reason, row.updated_at = context.now, Paused.BY_PERSON, context.now
        after = await keep(db, context, row, begun=False)
    return await finish(context, Did.SAME if before.paused else Did.PAUSED, before, after, settings)


async def resume(context: Context, following_id: int, *, private: bool = False) -> Done:
    """Let the subscription go on; where its own credential cannot, the person's looks from now on.

    With `private` the person agrees that everybody in the channel may see it. No call where a person let it rest or
    the channel was the reason; otherwise one. Raises NotFollowed, NotConnected, OtherWorkspace, OutOfSight, NowPrivate,
    TogglError.
    """
    before = await subscriptions.find(context, following_id)
    looking = before.account_id is None or before.paused not in {None, Paused.BY_PERSON, *_CHANNELS}
    if looking:
        project = await _seen(context, before)
        if project is not None and project.fields.private and not (private or before.private):
            raise NowPrivate(before)
    async with context.store.writing() as db:
        before, row = await row_of(db, context, following_id)
        settings = await settings_for(db, context, before.channel_id)
        if before.account_id is None or before.paused in _NOT_ABLE:
            row.account_id = context.person.account_id
        taken = before.account_id != row.account_id
        if before.everything:  # nobody agreed to the private ones that the person sees
            row.private = row.private and not taken
        else:
            row.private = row.private or (private and looking)
        row.paused_at, row.pause_reason, row.updated_at = None, None, context.now
        after = await keep(db, context, row, begun=before.paused is not None)
    did = Did.SAME if before.paused is None else Did.TAKEN_OVER if taken else Did.RESUMED
    return await finish(context, did, before, after, settings)


async def mute(context: Context, channel_id: str, project: Named) -> Muted:
    """Let the channel hear no more of the project, whatever it follows. No call."""
    person = context.person
    async with context.store.writing() as db:
        new = await rows.mute(
            db,
            tenant_id=person.tenant_id,
            channel_id=channel_id,
            project_id=project.id,
            project_name=project.name,
            account_id=person.account_id,
            now=context.now,
        )
    return await _muted(context, channel_id, project, muted=True, changed=new)


async def unmute(context: Context, channel_id: str, project: Named) -> Muted:
    """Let the channel hear of the project again, as far as it follows it. No call."""
    async with context.store.writing() as db:
        gone = await rows.unmute(
            db, tenant_id=context.person.tenant_id, channel_id=channel_id, project_ids=[project.id]
        )
        if gone:
            await refresh(
                db,
                tenant_id=context.person.tenant_id,
                channel_id=channel_id,
                project_id=project.id,
                now=context.now,
            )
    return await _muted(context, channel_id, project, muted=False, changed=gone > 0)


async def _muted(context: Context, channel_id: str, project: Named, *, muted: bool, changed: bool) -> Muted:
    if not changed:
        return Muted(project, muted, None)
    step = undo.MuteUndo(channel_id, project.id, project.name, muted)
    return Muted(project, muted, await undo.record(context, step))


async def _seen(context: Context, following: Following) -> Project | None:
    """The project as the person sees it; None where the subscription is to all. One call at most."""
    opened = await open_toggl(
        context.store,
        context.connections,
        account_id=context.person.account_id,
        focus_id=following.workspace_id,
    )
    if opened.focus is None:
        if context.focus is None:
            raise NotConnected
        raise OtherWorkspace
    try:
        if following.everything:
            await opened.focus.projects.cached()
            return None
        project = Project.of(await opened.focus.projects.get(following.project_id))
    except (Forbidden, NotFound):
        raise OutOfSight from None
    return project


_NOT_ABLE = frozenset({Paused.DISCONNECTED, Paused.REFUSED, Paused.LOST_SIGHT})
"""Reasons for which the subscriber's own credential cannot look any more."""
_CHANNELS = frozenset({Paused.ARCHIVED_CHANNEL, Paused.NOT_IN_CHANNEL, Paused.SHARED})
"""Reasons that lie with the channel, not with whose credential looks."""
