"""Toggl's own track reminders: list, create, change, delete. For admins, on the premium plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from bot.local.toggl.bodies import Id
from bot.local.toggl.call import Answer
from bot.local.toggl.errors import invalid, not_found, paid_feature
from bot.local.toggl.records import Reminder
from bot.local.toggl.workspace_shapes import stamp

if TYPE_CHECKING:
    from bot.local.toggl.call import Call


class NewReminder(msgspec.Struct, kw_only=True):
    """The body of `create_track_reminder` and `update_track_reminder`; `threshold` in hours, `frequency` in days."""

    frequency: Literal[1, 7]
    threshold: Annotated[float, Meta(gt=0, le=168)]
    group_ids: list[Id] = msgspec.field(default_factory=list)
    user_ids: list[Id] = msgspec.field(default_factory=list)
    email_reminder_enabled: bool = True
    slack_reminder_enabled: bool = False


def list_all(call: Call) -> Answer:
    """A bare array."""
    _refuse_unless_allowed(call)
    reminders = call.world.state.reminders.values()
    return Answer(200, [_shape(call, each) for each in reminders if each.workspace_id == call.workspace.id])


def create(call: Call) -> Answer:
    """A new reminder to people (Track numbers) and groups; 200."""
    _refuse_unless_allowed(call)
    body = _checked(call)
    reminder = Reminder(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        created_at=call.now,
        **msgspec.structs.asdict(body),
    )
    call.world.state.reminders[reminder.id] = reminder
    return Answer(200, _shape(call, reminder))


def update(call: Call) -> Answer:
    """Put all of a reminder."""
    _refuse_unless_allowed(call)
    reminder = _addressed(call)
    changed = msgspec.structs.replace(reminder, **msgspec.structs.asdict(_checked(call)))
    call.world.state.reminders[reminder.id] = changed
    return Answer(200, _shape(call, changed))


def delete(call: Call) -> Answer:
    """Forget a reminder; the status is all that comes back."""
    _refuse_unless_allowed(call)
    del call.world.state.reminders[_addressed(call).id]
    return Answer(200)


def _refuse_unless_allowed(call: Call) -> None:
    call.require_admin("User does not have access to this resource.")
    if not call.has_plan("premium"):
        raise paid_feature("Track reminders are available for Premium and higher plans.")


def _addressed(call: Call) -> Reminder:
    reminder = call.world.state.reminders.get(call.ids["reminder_id"])
    if reminder is None or reminder.workspace_id != call.workspace.id:
        raise not_found("Reminder not found")
    return reminder


def _checked(call: Call) -> NewReminder:
    body = call.body(NewReminder)
    if not body.user_ids and not body.group_ids:
        raise invalid("user_ids or group_ids must be provided")
    if not {member.person_id for member in call.world.members(call.workspace.id)}.issuperset(body.user_ids):
        raise invalid("User does not exist in the workspace.")
    groups = {group.id for group in call.world.state.groups.values() if group.workspace_id == call.workspace.id}
    if not groups.issuperset(body.group_ids):
        raise invalid("Group does not exist in the workspace.")
    return body


def _shape(call: Call, reminder: Reminder) -> dict[str, Any]:
    """As documented, where the threshold is a whole number; who is reminded in Slack is a field of 2026."""
    shape: dict[str, Any] = {
        "created_at": stamp(reminder.created_at),
        "frequency": reminder.frequency,
        "group_ids": reminder.group_ids,
        "reminder_id": reminder.id,
        "threshold": int(reminder.threshold),
        "user_ids": reminder.user_ids,
        "workspace_id": call.workspace.track_id,
    }
    if not call.modern:
        return shape
    return shape | {
        "email_reminder_enabled": reminder.email_reminder_enabled,
        "slack_reminder_enabled": reminder.slack_reminder_enabled,
    }
