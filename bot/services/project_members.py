"""Change who is in a project: add people and groups, give another role, remove; each to be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.projects import NUMBER, Named
from bot.errors import UserError
from bot.i18n import N_
from bot.services import project_people, undo
from bot.services.asking import askable
from bot.services.context import Context
from bot.services.project_people import Member, Role


class NobodyChosen(UserError):
    """The form was sent without anybody in it."""

    sentence = N_("Choose at least one person or group.")


class AllThere(UserError):
    """Everybody who was chosen is in the project already."""

    sentence = N_("They are all in *{name}* already. Nothing was changed.")


class MemberGone(UserError):
    """Whoever was to be changed is not in the project any more, or has another role than was shown."""

    sentence = N_("*{name}* has been changed or removed in Toggl since this was shown. Nothing was changed here.")


@dataclass(frozen=True, slots=True)
class Team:
    """A project's people and groups, and the roles it knows; `roles` is empty where Toggl hides them."""

    project: Named
    members: tuple[Member, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A team as it is now, who was changed, and what takes it back; None where the old role has no known number."""

    team: Team
    names: tuple[str, ...]
    undo_id: str | None


async def team(context: Context, project: Named) -> Team:
    """Who is in the project. One call, and for ten minutes none for the names. Raises Forbidden, NotFound."""
    members = await project_people.members(context, project.id)
    return Team(project, members, await project_people.roles(context))


async def add(
    context: Context, project: Named, *, user_ids: Sequence[int], group_ids: Sequence[int], role_id: int | None
) -> Changed:
    """Take people (Focus's numbers) and groups in. Two calls: who is in already keeps their role.

    Raises NobodyChosen, AllThere, TogglError.
    """
    if not user_ids and not group_ids:
        raise NobodyChosen
    before = await team(context, project)
    there = {(member.group, member.id) for member in before.members}
    users = tuple(number for number in user_ids if (False, number) not in there)
    groups = tuple(number for number in group_ids if (True, number) not in there)
    if not users and not groups:
        raise AllThere(name=project.name)
    manager = any(role.id == role_id and role.manager for role in before.roles)
    added = await _named(context, users, groups, manager=manager)
    wanted = undo.ProjectMembersUndo(
        project_id=project.id,
        project=project.name,
        did="removed",
        names=tuple(member.name for member in added),
        user_ids=users,
        group_ids=groups,
        role_id=role_id,
        manager=manager,
    )
    with askable(wanted):
        await context.toggl.projects.members.add(project.id, user_ids=users, group_ids=groups, role_id=role_id)
    step = undo.ProjectMembersUndo(
        project_id=project.id,
        project=project.name,
        did="added",
        names=tuple(member.name for member in added),
        user_ids=users,
        group_ids=groups,
        manager=manager,
    )
    return Changed(_with(before, added), step.names, await undo.record(context, step))


async def change_role(context: Context, project: Named, shown: Member, role_id: int) -> Changed:
    """Give the person or group, in the project as `shown`, another role. Two calls. Raises MemberGone, TogglError."""
    before, member = await _unchanged(context, project, shown)
    with askable(_step(project, member, "changed", role_id)):
        await context.toggl.projects.members.update_role(project.id, role_id=role_id, **_one(member))
    manager = next((role.manager for role in before.roles if role.id == role_id), member.manager)
    old = project_people.role_of(member, before.roles)
    changed = replace(member, manager=manager)
    step = _step(project, changed, "changed", old.id if old else None)
    return Changed(_with(before, [changed]), (member.name,), await _recorded(context, step, back=old is not None))


async def remove(context: Context, project: Named, shown: Member) -> Changed:
    """Take the person or group out. Two calls. Raises MemberGone, TogglError."""
    before, member = await _unchanged(context, project, shown)
    with askable(_step(project, member, "added", None)):
        await context.toggl.projects.members.remove(project.id, **_one(member))
    old = project_people.role_of(member, before.roles)
    # Without a role Toggl lets people in as plain members: only a manager needs a number to come back as one.
    back = old is not None or not member.manager
    step = _step(project, member, "removed", old.id if old else None)
    left = tuple(other for other in before.members if other != member)
    return Changed(replace(before, members=left), (member.name,), await _recorded(context, step, back=back))


async def _unchanged(context: Context, project: Named, shown: Member) -> tuple[Team, Member]:
    """The team now, and whom of it `shown` shows, if their role is the same still. One call. Raises MemberGone."""
    now = await team(context, project)
    for member in now.members:
        if (member.group, member.id, member.manager) == (shown.group, shown.id, shown.manager):
            return now, member
    raise MemberGone(name=shown.name)


async def _named(context: Context, users: Iterable[int], groups: Iterable[int], *, manager: bool) -> list[Member]:
    called = {person.id: person.name for person in await project_people.people(context)}
    known = {group.id: group.people for group in await project_people.groups(context)} if groups else {}
    people = [Member(number, called.get(number) or NUMBER.format(id=number), manager=manager) for number in users]
    return people + [
        Member(number, NUMBER.format(id=number), group=True, people=known.get(number, ()), manager=manager)
        for number in groups
    ]


async def _recorded(context: Context, step: undo.ProjectMembersUndo, *, back: bool) -> str | None:
    """Keep how to take it `back`, if there is a way; who follows the project is told in any case."""
    if back:
        return await undo.record(context, step)
    await undo.tell(context, step)
    context.note_change()
    return None


def _step(
    project: Named, member: Member, did: Literal["added", "removed", "changed"], role_id: int | None
) -> undo.ProjectMembersUndo:
    return undo.ProjectMembersUndo(
        project_id=project.id,
        project=project.name,
        did=did,
        names=(member.name,),
        user_ids=() if member.group else (member.id,),
        group_ids=(member.id,) if member.group else (),
        role_id=role_id,
        manager=member.manager,
    )


def _one(member: Member) -> dict[str, int]:
    return {"group_id" if member.group else "user_id": member.id}


def _with(before: Team, changed: Iterable[Member]) -> Team:
    """The team with these in it, in the place of those of the same number."""
    everybody = {(member.group, member.id): member for member in (*before.members, *changed)}
    return replace(before, members=project_people.in_order(everybody.values()))
