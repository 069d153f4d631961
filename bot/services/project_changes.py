"""Change projects: create, edit, pin, archive, delete, restore, choose a channel's; each to be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.domain.matching import Matches, match
from bot.domain.project_edits import ALL, Merged, merge
from bot.domain.projects import Change, Fields, Named, Project
from bot.errors import UserError
from bot.i18n import N_
from bot.services import project_deeds, project_search, projects, tasks, undo
from bot.services.asking import askable
from bot.services.context import Context
from bot.services.entry_changes import NothingToSave
from bot.store import channels


class CreatedUnseen(UserError):
    """Toggl made the project and told nothing of it."""

    sentence = N_("*{name}* was created, but Toggl does not show it to you, so there is nothing to undo here.")


class ProjectChanged(UserError):
    """The project is not as it was when it was shown; `now` is how it is."""

    sentence = N_("*{name}* has changed in Toggl since this was shown. Nothing was changed here.")

    def __init__(self, now: Project) -> None:
        """Keep the project as it is `now`, to be shown."""
        super().__init__(name=now.name)
        self.now = now


class EditedElsewhere(UserError):
    """A field that the form shows was changed meanwhile; `merged` is what the form has to show now."""

    sentence = N_("*{name}* was changed in Toggl while you were editing it. Nothing was saved yet.")

    def __init__(self, now: Project, merged: Merged) -> None:
        """Keep the project as it is `now`, and the form over it."""
        super().__init__(name=now.name)
        self.now = now
        self.merged = merged


class NoChannel(UserError):
    """There is no channel whose default could be set."""

    sentence = N_("A default project belongs to a channel. Type this in a channel.")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to which project; `undo_id` takes it back."""

    name: str
    project_id: int
    undo_id: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A project as it was and as it is now."""

    before: Project
    after: Project
    undo_id: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A channel's default project now and before; None for none."""

    now: Named | None
    before: Named | None
    undo_id: str


async def apply(context: Context, project: Named, change: Change) -> Done:
    """Pin, archive or restore, or the opposite. One call. Raises TogglError."""
    with askable(undo.ProjectChangeUndo(project.id, project.name, change.opposite)):
        await project_deeds.do(context, project.id, change)
    step = undo.ProjectChangeUndo(project.id, project.name, change)
    return Done(project.name, project.id, await undo.record(context, step))


async def delete(context: Context, project_id: int, *, seen: str) -> Done:
    """Delete the project, if it still is of the mark `seen`. Two calls. Raises ProjectChanged, TogglError."""
    now = await projects.get(context, project_id)
    if now.mark != seen:
        raise ProjectChanged(now)
    return await apply(context, Named(now.id, now.name), Change.DELETE)


async def find_deleted(context: Context, text: str) -> Matches[Named]:
    """The projects deleted through the bot lately that `text` may mean; a number in full is one too. No call."""
    steps = await undo.standing(context, undo.ProjectChangeUndo)
    gone = {
        step.project_id: Named(step.project_id, step.name)
        for step in reversed(steps)
        if isinstance(step, undo.ProjectChangeUndo) and step.change is Change.DELETE
    }
    number = text.strip().lstrip("#")
    if number.isdecimal() and len(number) < len(str(2**63)):
        return Matches(clear=gone.get(int(number)) or Named(int(number), f"#{number}"))
    if not text.strip():
        return Matches(several=tuple(gone.values())[: project_search.OFFERED])
    return match(text, gone.values(), limit=project_search.OFFERED)


async def create(context: Context, fields: Fields) -> Done:
    """Make a project: one call, a second where Toggl answers without it. Raises CreatedUnseen, TogglError."""
    with askable(undo.NewProjectStep(fields)):
        made = await context.toggl.projects.create(**fields.whole())
    project = Project.of(made) if made else None
    if project is None:
        context.note_change()
        raise CreatedUnseen(name=fields.name)
    step = undo.ProjectCreateUndo(project)
    return Done(project.name, project.id, await undo.record(context, step))


async def save(context: Context, project_id: int, entered: Mapping[str, Any], *, seen: Mapping[str, str]) -> Saved:
    """Save what was `entered` into a form filled from the marks `seen`. Two calls.

    A form with every field replaces the project; one with some changes just these. Raises EditedElsewhere,
    NothingToSave, TogglError.
    """
    now = await projects.get(context, project_id)
    merged = merge(seen, entered, now.fields)
    if merged.needed:
        raise EditedElsewhere(now, merged)
    changed = now.fields.change_to(merged.fields)
    if not changed:
        raise NothingToSave
    after = msgspec.structs.replace(now, fields=merged.fields)
    with askable(undo.ProjectEditUndo(before=after, after=now)):
        if len(seen) == len(ALL):
            await context.toggl.projects.replace(project_id, **merged.fields.whole())
        else:
            await context.toggl.projects.update(project_id, **changed)
    return Saved(now, after, await undo.record(context, undo.ProjectEditUndo(now, after)))


async def use(context: Context, project: Named | None) -> Chosen:
    """Make `project` the channel's default for new tasks; None for none. No call. Raises NoChannel."""
    if context.channel_id is None:
        raise NoChannel
    before = await tasks.default_project(context)
    async with context.store.writing() as db:
        await channels.set_default_project(
            db,
            tenant_id=context.person.tenant_id,
            channel_id=context.channel_id,
            project_id=project.id if project else None,
            project_name=project.name if project else None,
            user_id=context.person.user_id,
            now=context.now,
        )
    kept = Named(before.id, before.name) if before else None
    step = undo.DefaultProjectUndo(
        context.channel_id,
        project_id=project.id if project else None,
        before_id=kept.id if kept else None,
        before=kept.name if kept else None,
    )
    return Chosen(project, kept, await undo.record(context, step))
