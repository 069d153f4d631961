"""What was done to a project, and taken back, as messages; and the question before one is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from bot.domain.project_edits import ALL, marks
from bot.domain.projects import Change, Project
from bot.i18n import N_, Mrkdwn, Translator, escape
from bot.views.kit import actions, context, section
from bot.views.messages import Message
from bot.views.project_inputs import LABELS
from bot.views.project_pieces import Deed, Subject, deed_button, place, progress
from bot.views.timer import undo

_NAMED = 10

DONE: Mapping[Change, str] = MappingProxyType(
    {
        Change.PIN: N_("Pinned *{name}*."),
        Change.UNPIN: N_("Unpinned *{name}*."),
        Change.ARCHIVE: N_("Archived *{name}*: it is no longer in the lists, and nothing is lost."),
        Change.UNARCHIVE: N_("Unarchived *{name}*."),
        Change.DELETE: N_("Deleted *{name}*."),
        Change.RESTORE: N_("*{name}* is back."),
    }
)

TAKEN_BACK: Mapping[Change, str] = MappingProxyType(
    {
        Change.PIN: N_("Undone: *{name}* is not pinned."),
        Change.UNPIN: N_("Undone: *{name}* is pinned again."),
        Change.ARCHIVE: N_("Undone: *{name}* is no longer archived."),
        Change.UNARCHIVE: N_("Undone: *{name}* is archived again."),
        Change.DELETE: N_("Undone: *{name}* is back."),
        Change.RESTORE: N_("Undone: *{name}* is deleted again."),
    }
)

TEAM_TAKEN_BACK: Mapping[str, str] = MappingProxyType(
    {
        "added": N_("Undone: no longer in *{name}*: {names}."),
        "removed": N_("Undone: in *{name}* again: {names}."),
        "changed": N_("Undone: the old role in *{name}* applies again for {names}."),
    }
)


def done(t: Translator, change: Change, subject: Subject, *, undo_id: str) -> Message:
    """A project was pinned, archived, deleted, or the opposite."""
    said = t.md(DONE[change], name=subject.name)
    if change is Change.DELETE:
        later = context(t.md("Toggl keeps it: `{project} restore {id}` brings it back later, too.", id=str(subject.id)))
        return Message(said, (section(said), later, actions(undo(t, undo_id))))
    show = deed_button(t, Deed.SHOW, Subject(subject.id, subject.name))
    return Message(said, (section(said), actions(show, undo(t, undo_id))))


def created(t: Translator, subject: Subject, *, undo_id: str) -> Message:
    """A project was made."""
    said = t.md("Created *{name}*.", name=subject.name)
    row = [deed_button(t, deed, subject, index=n) for n, deed in enumerate((Deed.SHOW, Deed.MEMBERS, Deed.USE))]
    return Message(said, (section(said), actions(*row, undo(t, undo_id))))


def saved(t: Translator, before: Project, after: Project, *, undo_id: str) -> Message:
    """Fields of a project were changed: which, and how it looks now."""
    said = t.md("Saved *{name}*: {fields}.", name=after.name, fields=_changed(t, before, after))
    small = [text for text in (place(t, after), progress(t, after)) if text]
    row = actions(deed_button(t, Deed.SHOW, Subject.of(after)), undo(t, undo_id))
    return Message(said, (section(said), *((context(*small),) if small else ()), row))


def ask_delete(t: Translator, project: Project, children: Sequence[Project]) -> Message:
    """What deleting would do, and the button that does it."""
    said = t.md("Delete *{name}*?", name=project.name)
    what = [t.md("It disappears from Toggl for everybody in the workspace.")]
    if project.tracked:
        what.append(t.md("Tracked on it so far: {tracked}.", tracked=project.tracked))
    if children:
        names = ", ".join(escape(child.name) for child in children[:_NAMED])
        more = f" {t('and {n} more', n=len(children) - _NAMED)}" if len(children) > _NAMED else ""
        what.append(t.md("It has sub-projects: {names}.", names=Mrkdwn(names + more)))
    what.append(t.md("A deleted project can be restored."))
    subject = Subject.of(project)
    row = actions(
        deed_button(t, Deed.DELETE, subject, style="danger", index=0),
        *((deed_button(t, Deed.ARCHIVE, subject, index=1),) if not project.archived else ()),
        deed_button(t, Deed.KEEP, subject, index=2),
    )
    return Message(said, (section(said), section(" ".join(what)), row))


def kept(t: Translator, subject: Subject) -> Message:
    """The question was answered with no."""
    said = t.md("*{name}* stays as it is.", name=subject.name)
    return Message(said, (section(said),))


def chosen(t: Translator, name: str | None, before: str | None, *, undo_id: str) -> Message:
    """A channel has another default project, or none."""
    if name is None:
        said = t.md("This channel no longer has a default project.")
    else:
        said = t.md("New tasks in this channel belong to *{name}* now.", name=name)
    small = (context(t.md("Before: {name}.", name=before)),) if before and before != name else ()
    return Message(said, (section(said), *small, actions(undo(t, undo_id))))


def default(t: Translator, name: str | None) -> Message:
    """Which project the channel has."""
    if name is None:
        said = t.md("This channel has no default project.")
        hint = t.md("`{project} use` with a project’s name puts new tasks that are started here in that project.")
    else:
        said = t.md("New tasks in this channel belong to *{name}*.", name=name)
        hint = t.md("`{project} use none` clears it.")
    return Message(said, (section(said), context(hint)))


def taken_back(t: Translator, change: Change, name: str) -> Message:
    """Pinning, archiving, deleting or the opposite was undone."""
    return _said(t.md(TAKEN_BACK[change], name=name))


def create_undone(t: Translator, name: str) -> Message:
    """A new project was deleted again."""
    return _said(t.md("Undone: *{name}* is deleted.", name=name))


def edit_undone(t: Translator, before: Project, after: Project) -> Message:
    """Fields have their old values again."""
    fields = _changed(t, before, after)
    return _said(t.md("Undone: *{name}* is as it was before: {fields}.", name=before.name, fields=fields))


def team_undone(
    t: Translator, did: Literal["added", "removed", "changed"], project: str, names: Sequence[str]
) -> Message:
    """A change of who is in a project was undone."""
    return _said(t.md(TEAM_TAKEN_BACK[did], name=project, names=", ".join(names)))


def default_undone(t: Translator, before: str | None) -> Message:
    """The channel has its default project of before."""
    if before is None:
        return _said(t.md("Undone: this channel has no default project."))
    return _said(t.md("Undone: new tasks in this channel belong to *{name}* again.", name=before))


def _changed(t: Translator, before: Project, after: Project) -> str:
    """The names of the fields in which the two differ."""
    then, now = marks(before.fields), marks(after.fields)
    return ", ".join(t(LABELS[field]) for field in ALL if then[field] != now[field])


def _said(said: Mrkdwn) -> Message:
    return Message(said, (section(said),))
