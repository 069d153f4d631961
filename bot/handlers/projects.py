"""Show, pin, archive, delete and restore projects, and choose the channel's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import MappingProxyType

import msgspec

from bot.dispatcher import Answer, Handler, Reply, Request
from bot.domain.project_edits import Field
from bot.domain.projects import Change, Named, Project
from bot.handlers import project_form, project_list, project_members
from bot.services import project_changes, project_search, projects, tasks
from bot.views import project_changes as changes
from bot.views import projects as views
from bot.views.project_members import brief
from bot.views.project_pieces import Deed, Subject, read_deed

NONE = frozenset({"none", "nothing", "off", "-", "kein", "keins", "ninguno", "なし"})


def named(deed: Deed) -> Handler:
    """The handler of a verb that is about one project: does it with the one that is clearly meant, or lets pick."""

    async def handle(request: Request, *, project: str | None) -> Answer:
        clear, several = await _find(request, deed, project or "")
        if clear:
            return await DEEDS[deed](request, clear)
        return Reply(views.pick(request.t, deed, project or "", several))

    return handle


async def press(request: Request) -> Answer:
    """A button or menu entry that does something with its project."""
    deed, subject = read_deed(request.value)
    if deed not in _MARKS:
        return await DEEDS[deed](request, subject)
    seen = project_list.behind(request)
    return project_list.shown_again(request, seen, await DEEDS[deed](request, subject), subject.id, _MARKS[deed])


async def use(request: Request, *, project: str | None) -> Answer:
    """`/project use relaunch`: the channel's default project; `none` for none, and without words what it is."""
    if project is None:
        default = await tasks.default_project(request.context)
        return Reply(changes.default(request.t, default.name if default else None))
    if project.casefold() in NONE:
        return await _use(request, None)
    return await named(Deed.USE)(request, project=project)


async def _find(request: Request, deed: Deed, text: str) -> tuple[Subject | None, list[Subject]]:
    """The project that is clearly meant, or else those that may be."""
    if deed is Deed.RESTORE:
        gone = await project_changes.find_deleted(request.context, text)
        return (
            Subject(gone.clear.id, gone.clear.name) if gone.clear else None,
            [Subject(each.id, each.name) for each in gone.several],
        )
    archived = deed is Deed.UNARCHIVE
    if not text:
        some = await project_search.offer(request.context, archived=archived, pinned=deed is Deed.UNPIN)
        return None, [Subject.of(each) for each in some]
    finds = project_search.find_to_put_aside if deed in {Deed.ARCHIVE, Deed.UNARCHIVE} else project_search.find
    found = await finds(request.context, text, archived=archived)
    return Subject.of(found.clear) if found.clear else None, [Subject.of(each) for each in found.several]


async def _show(request: Request, subject: Subject) -> Answer:
    card = await projects.card(request.context, subject.id)
    members = None if card.members is None else [brief(request.t, member) for member in card.members]
    message = views.card(request.t, card.project, parents=card.parents, children=card.children, members=members)
    return Reply(message)


def _applied(change: Change) -> Callable[[Request, Subject], Awaitable[Answer]]:
    async def handle(request: Request, subject: Subject) -> Answer:
        done = await project_changes.apply(request.context, Named(subject.id, subject.name), change)
        return Reply(changes.done(request.t, change, subject, undo_id=done.undo_id))

    return handle


async def _ask_delete(request: Request, subject: Subject) -> Answer:
    project, children = await projects.with_children(request.context, subject.id)
    return Reply(changes.ask_delete(request.t, project, children))


async def _delete(request: Request, subject: Subject) -> Answer:
    try:
        done = await project_changes.delete(request.context, subject.id, seen=subject.mark)
    except project_changes.ProjectChanged as changed:
        sentence = request.t.md(changed.sentence, **changed.values)
        return Reply(views.changed_meanwhile(request.t, sentence, changed.now), replace=True)
    return Reply(
        changes.done(request.t, Change.DELETE, Subject(subject.id, done.name), undo_id=done.undo_id), replace=True
    )


async def _keep(request: Request, subject: Subject) -> Answer:
    return Reply(changes.kept(request.t, subject), replace=True)


async def _use_subject(request: Request, subject: Subject) -> Answer:
    return await _use(request, Named(subject.id, subject.name))


async def _use(request: Request, project: Named | None) -> Answer:
    chosen = await project_changes.use(request.context, project)
    before = chosen.before.name if chosen.before else None
    return Reply(changes.chosen(request.t, project.name if project else None, before, undo_id=chosen.undo_id))


def _pinned(project: Project, *, pinned: bool) -> Project:
    return msgspec.structs.replace(project, fields=msgspec.structs.replace(project.fields, pinned=pinned))


def _archived(project: Project, *, archived: bool) -> Project:
    return msgspec.structs.replace(project, archived=archived)


_MARKS: Mapping[Deed, Callable[[Project], Project]] = MappingProxyType(
    {
        Deed.PIN: partial(_pinned, pinned=True),
        Deed.UNPIN: partial(_pinned, pinned=False),
        Deed.ARCHIVE: partial(_archived, archived=True),
        Deed.UNARCHIVE: partial(_archived, archived=False),
    }
)
"""What a list's own menu changes of a project in it."""

DEEDS: Mapping[Deed, Callable[[Request, Subject], Awaitable[Answer]]] = MappingProxyType(
    {
        Deed.SHOW: _show,
        Deed.EDIT: project_form.opening(),
        Deed.RENAME: project_form.opening(Field.NAME),
        Deed.DATES: project_form.opening(Field.START, Field.END),
        Deed.ESTIMATE: project_form.opening(Field.ESTIMATE),
        Deed.SETTINGS: project_form.opening(Field.SETTINGS),
        Deed.MEMBERS: project_members.show,
        Deed.PIN: _applied(Change.PIN),
        Deed.UNPIN: _applied(Change.UNPIN),
        Deed.ARCHIVE: _applied(Change.ARCHIVE),
        Deed.UNARCHIVE: _applied(Change.UNARCHIVE),
        Deed.RESTORE: _applied(Change.RESTORE),
        Deed.ASK_DELETE: _ask_delete,
        Deed.DELETE: _delete,
        Deed.KEEP: _keep,
        Deed.USE: _use_subject,
    }
)
"""What each button, menu entry and verb about one project does."""
