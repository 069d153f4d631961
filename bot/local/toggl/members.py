"""The people of a workspace in Track: both lists, changes, deactivation and removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from bot.local.toggl.bodies import Id, given
from bot.local.toggl.call import Answer
from bot.local.toggl.errors import Refusal, forbidden, invalid, not_found
from bot.local.toggl.member_bodies import MemberChanges, UserChanges, role_from
from bot.local.toggl.workspace_shapes import member_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Member

_NO_ACCESS = "User does not have access to this resource."


class Removals(msgspec.Struct, kw_only=True):
    """The body of `delete_workspace_users`: workspace-user numbers."""

    delete: list[Id] = msgspec.field(default_factory=list)


def list_workspace_users(call: Call) -> Answer:
    """Everybody, deactivated ones too; `name` filters by name."""
    words = (call.query.text("name") or "").casefold()
    people = call.world.state.people
    for_admin = call.member.role == "admin"
    return Answer(
        200,
        [
            member_shape(member, call.world, for_admin=for_admin)
            for member in call.world.members(call.workspace.id)
            if words in people[member.person_id].name.casefold()
        ],
    )


def list_users(call: Call) -> Answer:
    """Everybody by account, removed ones too unless `exclude_deleted`."""
    excluded = call.query.flag("exclude_deleted") or False
    shown = []
    for member in call.world.state.members.values():
        if member.workspace_id == call.workspace.id and not (excluded and member.deleted_at is not None):
            person = call.world.state.people[member.person_id]
            shown.append(
                {
                    "email": person.email,
                    "fullname": person.name,
                    "id": person.id,
                    "inactive": member.inactive,
                    "is_active": not member.inactive and member.deleted_at is None,
                    "is_admin": member.role == "admin",
                    "role": member.role,
                }
            )
    return Answer(200, shown)


def update_user(call: Call) -> Answer:
    """Change somebody by account number. The page documents no body: an empty one changes nothing."""
    call.require_admin(_NO_ACCESS)
    member = call.world.find_member(call.workspace.id, call.ids["user_id"])
    if member is None:
        raise not_found("Not Found")
    body = call.body(UserChanges) if call.raw else UserChanges()
    name = body.fullname or body.name
    changes = {
        field: value
        for field, value in given(body).items()
        if field in {"inactive", "rate", "labor_cost", "working_hours_in_minutes"}
    }
    return _changed(call, member, changes | role_from(body.role_id, body.role), name=name)


def update_workspace_user(call: Call) -> Answer:
    """Change somebody by workspace-user number, in this workspace or (`workspaces`) in several at once.

    Who administers the organization, only those who do may say.
    """
    call.require_admin(_NO_ACCESS)
    member = _addressed(call, Refusal(400, "invalid_request", "Workspace user not found/accessible by user"))
    body = call.body(MemberChanges)
    if body.organization_admin is not UNSET and not call.person.organization_admin:
        raise forbidden(_NO_ACCESS)
    changes = body.of_member(call, member)
    elsewhere = [(_elsewhere(call, member, item.workspace_id), item) for item in body.workspaces]
    also = [(other, item.of_member(call, other)) for other, item in elsewhere]
    for other, theirs in also:
        _changed(call, other, theirs)
    if body.organization_admin is not UNSET:
        call.world.state.people[member.person_id].organization_admin = body.organization_admin
    name, email = (None if value is UNSET else value for value in (body.name, body.email))
    return _changed(call, call.world.state.members[member.id], changes, name=name, email=email)


def delete_workspace_user(call: Call) -> Answer:
    """Remove one. Their time stays."""
    call.require_admin(_NO_ACCESS)
    _remove(call, [_addressed(call, forbidden("Workspace user is not found or accessible"))])
    return call.done({})


def delete_workspace_users(call: Call) -> Answer:
    """Remove several, all or none."""
    call.require_admin("Forbidden")
    numbers = call.body(Removals).delete
    if not numbers:
        raise invalid("At least one workspace user ID must be supplied.")
    if len(set(numbers)) < len(numbers):
        raise invalid("Workspace user IDs must be unique")
    members = {member.id: member for member in call.world.members(call.workspace.id)}
    if not set(numbers) <= set(members):
        raise invalid("Wrong workspace user IDs")
    _remove(call, [members[number] for number in numbers])
    return call.done({"success": numbers, "errors": []})


def _remove(call: Call, members: list[Member]) -> None:
    """Remove from the workspace. Raises `Refusal` (400) for oneself: nobody would be left to administer it."""
    if any(member.person_id == call.person.id for member in members):
        raise invalid("Wrong workspace user IDs")
    for member in members:
        member.deleted_at = member.updated_at = call.now


def _addressed(call: Call, unknown: Refusal) -> Member:
    wanted = call.ids["workspace_user_id"]
    return _only((member for member in call.world.members(call.workspace.id) if member.id == wanted), unknown)


def _elsewhere(call: Call, member: Member, track_workspace_id: int) -> Member:
    """The same person in another workspace of the organization, which the caller administers too."""
    workspace = call.world.find_track_workspace(track_workspace_id)
    mine = call.world.find_member(workspace.id, call.person.id) if workspace is not None else None
    if workspace is None or mine is None or mine.role != "admin":
        raise invalid("Workspace not found/accessible")
    found = call.world.find_member(workspace.id, member.person_id)
    return _only(() if found is None else (found,), invalid("User does not exist in the workspace."))


def _only(found: Iterable[Member], unknown: Refusal) -> Member:
    member = next(iter(found), None)
    if member is None:
        raise unknown
    return member


def _changed(
    call: Call, member: Member, changes: dict[str, Any], *, name: str | None = None, email: str | None = None
) -> Answer:
    for field in ("rate", "labor_cost"):
        if field in changes:
            changes[f"{field}_updated_at"] = call.now
    person = call.world.state.people[member.person_id]
    person.name, person.email = name or person.name, email or person.email
    changed = msgspec.structs.replace(member, **changes, updated_at=call.now)
    call.world.state.members[member.id] = changed
    return call.done(member_shape(changed, call.world, for_admin=True))
