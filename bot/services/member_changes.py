"""How members of the workspace are changed and removed in Toggl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.administration import Change, Fields
from bot.domain.members import ROLES, Member, MembershipId, joined
from bot.errors import UserError
from bot.i18n import N_
from bot.services.change_kinds import Kind, Many, PartlyDone
from bot.services.context import Context, NotConnected
from bot.toggl import Forbidden, NotFound, PaidFeature, QuotaSpent, RateLimited, Refused, TogglError, Workspace
from bot.toggl.models.admin_requests import MemberFields, MembershipInWorkspace

EDIT, REMOVE = "member.edit", "member.remove"
_MINUTES = 60


class NotRenamed(PartlyDone):
    """Everything else was changed."""

    sentence = N_("The rest was changed, but *{name}* could not be renamed: {reason}")


class StillThere(UserError):
    """Toggl said yes and did nothing."""

    sentence = N_("Toggl said yes, but *{name}* is still in the workspace. Look in Toggl before you try again.")


class NotTried(UserError):
    """What came before it used up the hour's calls, or its answer was lost."""

    sentence = N_("Not attempted, so *{name}* is still in the workspace.")


def track(context: Context) -> Workspace:
    """The workspace in Track. Raises NotConnected."""
    if context.track is None:
        raise NotConnected
    return context.track


async def everybody(context: Context, *, afresh: bool = False) -> tuple[Member, ...]:
    """Everybody in the workspace, by name: two calls, or none for ten minutes; with `afresh` one at least."""
    members = track(context).members
    memberships = await (members.afresh() if afresh else members.cached())
    try:
        people = await members.cached_users()
    except TogglError:
        people = ()  # the other list has names where this one has none: nothing that is needed
    return joined(memberships, people)


async def role_numbers(context: Context) -> Mapping[str, int]:
    """The number of each role as far as it is known: from who has it, and from Focus's list of roles."""
    known = {user.role: user.role_id for user in await track(context).members.cached() if user.role}
    numbers = {role: number for role, number in known.items() if number is not None}
    if context.focus is not None and not set(ROLES) <= set(numbers):
        try:
            listed = await context.focus.members.list_roles()
        except (Forbidden, NotFound, PaidFeature):
            listed = ()
        for role in listed:
            if role.entity == "workspace" and role.code and role.role_id is not None:
                numbers.setdefault(role.code, role.role_id)
    return numbers


async def read(context: Context, change: Change) -> Fields | None:
    """The member as they are now: one call."""
    return (await read_all(context, [change]))[change.subject_id]


async def read_all(context: Context, changes: Sequence[Change]) -> Mapping[str, Fields | None]:
    """All of them as they are now: one call."""
    now = {str(member.membership): member.shown() for member in await everybody(context, afresh=True)}
    return {change.subject_id: now.get(change.subject_id) for change in changes}


async def edit(context: Context, change: Change) -> None:
    """Change role, groups, hours and activity by the membership, and the name by the person. Up to three calls."""
    members, number = track(context).members, int(change.subject_id)
    before = await members.cached()
    fields = change.fields
    name = fields.pop("name", None)
    roles = await role_numbers(context) if "role" in fields else {}
    if fields:
        await members.update(number, **_sent(context, number, fields, roles))
        known = _known(fields, roles)
        before = tuple(msgspec.structs.replace(user, **known) if user.id == number else user for user in before)
        await members.remember(before)
    if name is None:
        return
    try:
        await _rename(context, number, name)
    except TogglError as error:
        if not fields:
            raise
        done = msgspec.structs.replace(change, after={**(change.after or {}), "name": (change.before or {})["name"]})
        raise NotRenamed(done, name=change.name, reason=error) from error
    await members.remember([msgspec.structs.replace(user, name=name) if user.id == number else user for user in before])


async def remove(context: Context, change: Change) -> None:
    """Take one person out. One call."""
    members, number = track(context).members, int(change.subject_id)
    before = await members.cached()
    await members.remove(number)
    await members.remember([user for user in before if user.id != number])


async def remove_all(context: Context, changes: Sequence[Change]) -> Mapping[str, UserError | None]:
    """Take several out in one call, and look who is gone; where Toggl refuses them together, one by one."""
    members = track(context).members
    wanted = {MembershipId(int(change.subject_id)): change for change in changes}
    lost: TogglError | None = None
    try:
        await members.remove_many(list(wanted))
    except Refused:
        return await _one_by_one(context, changes)
    except TogglError as error:
        if not error.may_have_had_effect:
            raise
        lost = error
    try:
        left = {member.membership for member in await everybody(context, afresh=True)}
    except TogglError:
        if lost is not None:
            raise lost from None
        left = set()  # Toggl said yes
    return {
        change.subject_id: StillThere(name=change.name) if number in left else None for number, change in wanted.items()
    }


async def _one_by_one(context: Context, changes: Sequence[Change]) -> Mapping[str, UserError | None]:
    came: dict[str, UserError | None] = {}
    stopped = False
    for change in changes:
        if stopped:
            came[change.subject_id] = NotTried(name=change.name)
            continue
        try:
            await remove(context, change)
        except TogglError as error:
            came[change.subject_id] = error
            stopped = isinstance(error, QuotaSpent | RateLimited) or error.may_have_had_effect
        else:
            came[change.subject_id] = None
    return came


def _sent(context: Context, membership: int, fields: Fields, roles: Mapping[str, int]) -> MemberFields:
    """What Toggl is sent for `fields`. A role without a known number is named by its code."""
    sent: MemberFields = {}
    place: MembershipInWorkspace = {}
    if "active" in fields:
        sent["inactive"] = not fields["active"]
    if "groups" in fields:
        sent["groups"] = fields["groups"]
    if "minutes" in fields:
        place["working_hours"] = fields["minutes"] / _MINUTES if fields["minutes"] else None
    if "role" in fields:
        if fields["role"] in roles:
            sent["role_id"] = roles[fields["role"]]
        else:
            place["role"] = fields["role"]
    workspace_id = track(context).track_workspace_id
    if place and workspace_id is not None:
        sent["workspaces"] = [{"workspace_id": workspace_id, "workspace_user_id": membership, **place}]
    return sent


def _known(fields: Fields, roles: Mapping[str, int]) -> dict[str, Any]:
    """The same under the names of Toggl's list of members."""
    known: dict[str, Any] = {}
    if "active" in fields:
        known["inactive"] = not fields["active"]
    if "groups" in fields:
        known["group_ids"] = tuple(fields["groups"])
    if "minutes" in fields:
        known["working_hours_in_minutes"] = fields["minutes"]
    if "role" in fields:
        known |= {"role": fields["role"], "role_id": roles.get(fields["role"])}
    return known


async def _rename(context: Context, membership: int, name: str) -> None:
    """By the person's number; Toggl's page names no field, so where nothing came of it, by the membership's."""
    members = track(context).members
    person = next((user.user_id or user.uid for user in await members.cached() if user.id == membership), None)
    if person is None or not await _renamed(context, person, name):
        await members.update(membership, name=name)


async def _renamed(context: Context, person: int, name: str) -> bool:
    """Whether the person has the name, now that Toggl was told it by the person's number."""
    members = track(context).members
    try:
        await members.update_user(person, {"fullname": name})
    except Refused:
        return False  # it takes no such field, or no body
    try:
        now = await members.cached_users()
    except TogglError:
        return True  # Toggl said yes
    return any(user.id == person and user.fullname == name for user in now)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        EDIT: Kind(do=edit, read=read, inverse=EDIT),
        REMOVE: Kind(do=remove, read=read, many=Many(read_all, remove_all)),
    }
)
