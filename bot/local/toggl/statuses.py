"""Statuses of tasks: list, get, create, update, delete, restore. Changing them is for admins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

import msgspec
from msgspec import Meta

from bot.local.toggl.bodies import Name, has_name
from bot.local.toggl.call import NO_CONTENT, Answer
from bot.local.toggl.errors import forbidden, not_found
from bot.local.toggl.paging import ordered, page
from bot.local.toggl.records import Status, StatusType

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

_ORDER = ("id", "name", "position", "type", "created_at", "updated_at")


class NewStatus(msgspec.Struct, kw_only=True):
    """The body of `create_status` and `update_status`."""

    emoji: Name
    name: Name
    position: Annotated[int, Meta(ge=1, le=1_000_000)]


def list_all(call: Call) -> Answer:
    """The undeleted ones, by position; `name` is found anywhere in a name."""
    words, kind = (call.query.text("name") or "").casefold(), call.query.choice("type", get_args(StatusType))
    found = (
        status
        for status in _undeleted(call)
        if words in status.name.casefold() and (kind is None or status.type == kind)
    )
    return Answer(200, page(ordered(found, call.query, _ORDER, "position"), call.query, _shape))


def get(call: Call) -> Answer:
    """One status."""
    return Answer(200, _shape(_addressed(call)))


def create(call: Call) -> Answer:
    """A new status of type `todo` (the body has no type); those at its position and after it move one down."""
    call.require_admin()
    body = call.body(NewStatus)
    name, emoji = has_name(body.name), has_name(body.emoji)
    _make_room(call, body.position)
    status = Status(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        name=name,
        emoji=emoji,
        position=body.position,
        type="todo",
        created_at=call.now,
        updated_at=call.now,
    )
    call.world.state.statuses[status.id] = status
    return call.created(_shape(status))


def update(call: Call) -> Answer:
    """Name, emoji and position together. A default status: 403 in `pages`, changed in 2026-08."""
    call.require_admin()
    status = _addressed(call)
    body = call.body(NewStatus)
    if status.default and not call.modern:
        raise forbidden("Cannot update default status")
    name, emoji = has_name(body.name), has_name(body.emoji)
    if body.position != status.position:
        _make_room(call, body.position)
    status.name, status.emoji, status.position, status.updated_at = name, emoji, body.position, call.now
    return Answer(200, _shape(status))


def delete(call: Call) -> Answer:
    """Delete softly; a default status: 403. Tasks keep it."""
    call.require_admin()
    status = _addressed(call)
    if status.default:
        raise forbidden("Cannot delete default status")
    status.deleted_at = status.updated_at = call.now
    return Answer(NO_CONTENT)


def restore(call: Call) -> Answer:
    """Undelete."""
    call.require_admin()
    status = _addressed(call, deleted=True)
    status.deleted_at, status.updated_at = None, call.now
    return Answer(NO_CONTENT)


def _undeleted(call: Call) -> list[Status]:
    return [
        status
        for status in call.world.state.statuses.values()
        if status.workspace_id == call.workspace.id and status.deleted_at is None
    ]


def _addressed(call: Call, *, deleted: bool = False) -> Status:
    status = call.world.state.statuses.get(call.ids["status_id"])
    if status is None or status.workspace_id != call.workspace.id or (status.deleted_at is not None and not deleted):
        raise not_found("Status does not exist")
    return status


def _make_room(call: Call, position: int) -> None:
    """Move the statuses from `position` on down by one, unless nobody is there."""
    statuses = _undeleted(call)
    if any(status.position == position for status in statuses):
        for status in statuses:
            status.position += status.position >= position


def _shape(status: Status) -> dict[str, Any]:
    return {
        "created_at": status.created_at,
        "deleted_at": status.deleted_at,
        "emoji": status.emoji,
        "id": status.id,
        "name": status.name,
        "position": status.position,
        "type": status.type,
        "updated_at": status.updated_at,
        "workspace_id": status.workspace_id,
    }
