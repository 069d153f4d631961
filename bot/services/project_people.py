"""Who is in a project, by name: people and groups, and the roles they may have there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.folding import fold
from bot.domain.matching import match
from bot.domain.projects import NUMBER, Named
from bot.errors import UserError
from bot.i18n import N_
from bot.services.context import Context
from bot.toggl import Forbidden, NotFound, PaidFeature, models

_HIDDEN = (Forbidden, NotFound, PaidFeature)
"""What the companions that give names may answer: the bot works with numbers then."""
_SUGGESTIONS = 100
_MANAGER = "manager"


class NobodyCalledSo(UserError):
    """A filter names somebody who is not there."""

    sentence = N_("Nobody in this workspace is called “{said}”.")


class SeveralCalledSo(UserError):
    """A filter names more than one."""

    sentence = N_("“{said}” could be {names}. Type more of the name.")


@dataclass(frozen=True, slots=True)
class Group:
    """A group by its number; Toggl lists no names of groups, so `people` tell it from others."""

    id: int
    people: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its number and its people: what it is found by."""
        return " ".join((NUMBER.format(id=self.id), *self.people))


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a project; `manager` tells whether it manages the project."""

    id: int
    name: str
    manager: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A person or a group in a project. `id` is Focus's `toggl_user_id`, or the group's number."""

    id: int
    name: str
    group: bool = False
    people: tuple[str, ...] = ()
    manager: bool = False


async def members(context: Context, project_id: int) -> tuple[Member, ...]:
    """Everybody in the project: those who manage it first, people before groups. One call. Raises Forbidden."""
    answer = await context.toggl.projects.members.list(project_id)
    called = {person.id: person.name for person in await people(context)} if answer.user_ids else {}
    known = {group.id: group for group in await groups(context)} if answer.group_ids else {}
    found = [
        Member(user.user_id, called.get(user.user_id) or NUMBER.format(id=user.user_id), manager=bool(user.manager))
        for user in answer.user_ids or ()
        if user.user_id is not None
    ]
    found += [
        Member(
            group.group_id,
            NUMBER.format(id=group.group_id),
            group=True,
            people=known[group.group_id].people if group.group_id in known else (),
            manager=bool(group.manager),
        )
        for group in answer.group_ids or ()
        if group.group_id is not None
    ]
    return in_order(found)


async def people(context: Context) -> tuple[Named, ...]:
    """The workspace's people with their Focus numbers, by name. Kept for ten minutes; empty where Toggl hides them.

    Focus lists the organization with the numbers that projects use; Track lists the workspace, with numbers of its
    own. The two are the same person where the e-mail is, and only there: numbers are never compared.
    """
    try:
        organization = await context.toggl.members.list_organization_users()
    except _HIDDEN:
        return ()
    workspace = {fold(user.email): user for user in await _workspace_users(context) if user.email}
    found = []
    for user in organization:
        here = workspace.get(fold(user.email or ""))
        if user.user_account_id is None or (workspace and (here is None or here.inactive)):
            continue
        name = user.called or (here.name if here else None) or user.email
        found.append(Named(user.user_account_id, name or NUMBER.format(id=user.user_account_id)))
    return tuple(sorted(found, key=lambda person: person.name.casefold()))


async def groups(context: Context) -> tuple[Group, ...]:
    """The groups that the workspace's people are in. Kept for ten minutes; empty without Track."""
    inside: dict[int, list[str]] = defaultdict(list)
    for user in await _workspace_users(context):
        for group_id in user.group_ids or ():
            inside[group_id].append(user.name or user.email or NUMBER.format(id=user.user_id))
    return tuple(Group(number, tuple(sorted(names))) for number, names in sorted(inside.items()))


async def roles(context: Context) -> tuple[Role, ...]:
    """The roles a project has, by the names Toggl gives them. Kept for ten minutes; empty where Toggl hides them."""
    try:
        listed = await context.toggl.members.list_roles()
    except _HIDDEN:
        return ()
    return tuple(
        Role(role.role_id, role.name or role.code or NUMBER.format(id=role.role_id), _manages(role))
        for role in listed
        if role.role_id is not None and role.entity == "project"
    )


async def suggest_people(context: Context, query: str) -> Sequence[Named]:
    """The people that fit `query`; all for an empty one."""
    everybody = await people(context)
    if not query.strip():
        return everybody[:_SUGGESTIONS]
    found = match(query, everybody, limit=_SUGGESTIONS)
    return (found.clear,) if found.clear else found.several


async def suggest_groups(context: Context, query: str) -> Sequence[Group]:
    """The groups whose number or people fit `query`; a number that is typed in full counts as one."""
    known = await groups(context)
    if not query.strip():
        return known[:_SUGGESTIONS]
    number = query.strip().lstrip("#")
    if number.isdecimal() and len(number) < len(str(2**63)):
        return (next((group for group in known if group.id == int(number)), Group(int(number))),)
    words = fold(query).split()
    return [group for group in known if all(word in fold(group.name) for word in words)][:_SUGGESTIONS]


async def get_person(context: Context, said: str) -> Named:
    """The one person that `said` means. Raises NobodyCalledSo, SeveralCalledSo."""
    found = match(said, await people(context), limit=4)
    if found.clear:
        return found.clear
    if not found.several:
        raise NobodyCalledSo(said=said)
    raise SeveralCalledSo(said=said, names=", ".join(person.name for person in found.several))


def in_order(found: Iterable[Member]) -> tuple[Member, ...]:
    """People before groups, those who manage first, by name."""
    return tuple(sorted(found, key=lambda member: (member.group, not member.manager, member.name.casefold())))


def role_of(member: Member, known: Iterable[Role]) -> Role | None:
    """The role that `member` has: the only one that manages, or the only one that does not; None where unclear."""
    fitting = [role for role in known if role.manager == member.manager]
    return fitting[0] if len(fitting) == 1 else None


async def _workspace_users(context: Context) -> tuple[models.WorkspaceUser, ...]:
    if context.track is None:
        return ()
    try:
        return await context.track.members.cached()
    except _HIDDEN:
        return ()


def _manages(role: models.Role) -> bool:
    return _MANAGER in fold(f"{role.code or ''} {role.name or ''}")
