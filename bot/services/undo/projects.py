"""Taking back what was done to projects: changed as a whole, created, edited, other people, a channel's default."""

from __future__ import annotations

from bot.domain.project_edits import marks
from bot.domain.projects import Project
from bot.errors import UserError
from bot.i18n import N_
from bot.services import project_deeds, projects
from bot.services.context import Context
from bot.services.undo.problems import ChangedMeanwhile, UndoneHalfway
from bot.services.undo.project_steps import (
    DefaultProjectUndo,
    ProjectChangeUndo,
    ProjectCreateUndo,
    ProjectEditUndo,
    ProjectMembersUndo,
)
from bot.store import channels
from bot.toggl import NotFound, TogglError


class OtherDefault(UserError):
    """Somebody chose another default project for the channel since."""

    sentence = N_("This channel’s default project has changed since then, so it was left as it is.")


class RemovedInPart(UndoneHalfway):
    """Some of those who had been added are still in the project."""

    sentence = N_("Only some of them were removed from *{name}* again: {reason}")


async def undo_change(context: Context, step: ProjectChangeUndo) -> None:
    """Do the opposite. One call."""
    await project_deeds.do(context, step.project_id, step.change.opposite)


async def undo_create(context: Context, step: ProjectCreateUndo) -> None:
    """Delete the new project. Two calls. Raises ChangedMeanwhile."""
    await _require_unchanged(context, step.project)
    await context.toggl.projects.delete(step.project.id)


async def undo_edit(context: Context, step: ProjectEditUndo) -> None:
    """Give the project the fields it had before. Two calls. Raises ChangedMeanwhile."""
    await _require_unchanged(context, step.after)
    back = step.after.fields.change_to(step.before.fields)
    if "fixed_fee" in back and back["fixed_fee"] is None:
        # Toggl's page knows no way to empty the fee alone; nothing is lost, for all of it is as it was left.
        await context.toggl.projects.replace(step.before.id, **step.before.fields.whole())
    else:
        await context.toggl.projects.update(step.before.id, **back)


async def undo_members(context: Context, step: ProjectMembersUndo) -> None:
    """Take out who was added (a call each), let in who was removed, give back the role. Raises RemovedInPart."""
    members = context.toggl.projects.members
    if step.did == "removed":
        await members.add(step.project_id, user_ids=step.user_ids, group_ids=step.group_ids, role_id=step.role_id)
        return
    ones = [*({"user_id": number} for number in step.user_ids), *({"group_id": number} for number in step.group_ids)]
    for place, one in enumerate(ones):
        try:
            if step.did == "added":
                await members.remove(step.project_id, **one)
            elif step.role_id is not None:
                await members.update_role(step.project_id, role_id=step.role_id, **one)
        except TogglError as error:
            if not place:
                raise
            raise RemovedInPart(name=step.project, reason=error) from error


async def undo_default(context: Context, step: DefaultProjectUndo) -> None:
    """Let the channel have its default project of before. No call. Raises OtherDefault."""
    tenant_id = context.person.tenant_id
    async with context.store.writing() as db:
        row = await channels.get(db, tenant_id=tenant_id, channel_id=step.channel_id)
        if row.default_project_id != step.project_id:
            raise OtherDefault
        await channels.set_default_project(
            db,
            tenant_id=tenant_id,
            channel_id=step.channel_id,
            project_id=step.before_id,
            project_name=step.before,
            user_id=context.person.user_id,
            now=context.now,
        )


async def _require_unchanged(context: Context, left: Project) -> None:
    """Raise ChangedMeanwhile unless every field is as the bot left it. One call."""
    try:
        now = projects.read(await context.toggl.projects.get(left.id))
    except NotFound:
        raise ChangedMeanwhile(task=left.name) from None
    if marks(now.fields) != marks(left.fields) or now.archived != left.archived:
        raise ChangedMeanwhile(task=left.name)
