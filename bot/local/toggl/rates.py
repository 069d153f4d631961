"""Rates in Track: what an hour costs at each level, and their history. For admins, on plans that have them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bot.local.toggl.bodies import Id
from bot.local.toggl.call import NOTHING, Answer
from bot.local.toggl.errors import forbidden, invalid, paid_feature
from bot.local.toggl.queries import in_range
from bot.local.toggl.records import Rate
from bot.local.toggl.workspace_shapes import stamp

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

Level = Literal["workspace", "workspace_user", "project", "project_user", "task"]
_BEGINNING = datetime(2006, 1, 1, tzinfo=UTC)
_LEVELS = {"workspace", "workspace_user", "user", "project", "project_user", "task"}
_NUMBERED = {
    "workspace": "workspace_id",
    "workspace_user": "workspace_user_id",
    "project": "project_id",
    "project_user": "project_user_id",
    "task": "planned_task_id",
}


class NewRate(msgspec.Struct, kw_only=True):
    """The body of `create_rate`; either `mode` or `start`."""

    amount: Annotated[float, Meta(gt=0, le=1_000_000_000)]
    level: Level
    level_id: Id
    type: Literal["billable_rates", "labor_rates", "labor_costs"]
    mode: Literal["override-all", "override-current", "start-today"] | UnsetType = UNSET
    start: str | UnsetType = UNSET


def create(call: Call) -> Answer:
    """Put a rate in place of the one that holds; 201 without a body."""
    if not call.raw:
        raise invalid("Request payload must be informed")
    body = call.body(NewRate)
    kind = "labor_costs" if body.type == "labor_rates" else body.type
    _refuse_unless_allowed(call, kind)
    _check_level(call, body.level, body.level_id)
    start = _start(call, body, kind)
    for rate in _of_level(call, body.level, body.level_id, kind):
        if rate.deleted_at is not None:
            continue
        if body.mode == "override-all" or (body.mode == "override-current" and rate.end is None):
            rate.deleted_at = rate.updated_at = call.now
        elif rate.end is None:
            rate.end, rate.updated_at = max(start, rate.start), call.now
    rate = Rate(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        level=body.level,
        level_id=body.level_id,
        type=kind,
        amount=body.amount,
        creator_id=call.person.id,
        start=start,
        created_at=call.now,
        updated_at=call.now,
        mode=None if body.mode is UNSET else body.mode,
    )
    call.world.state.rates[rate.id] = rate
    call.workspace.rate_updated_at = call.now
    if body.level == "workspace_user":
        _show_on_member(call, rate)
    return Answer(201, _shape(rate) if call.echoes else NOTHING)


def list_all(call: Call) -> Answer:
    """The history of a level, latest first, replaced ones too."""
    kind = call.query.choice("type", ("billable_rates", "labor_costs")) or "billable_rates"
    level = call.words["level"]
    if level not in _LEVELS:
        raise invalid("Invalid level: it should be workspace, workspace_user, project or project_user")
    level = "workspace_user" if level == "user" else level
    _refuse_unless_allowed(call, kind)
    _check_level(call, level, call.ids["level_id"])
    found = _of_level(call, level, call.ids["level_id"], kind)
    return Answer(200, [_shape(rate) for rate in sorted(found, key=lambda rate: (rate.start, rate.id), reverse=True)])


def _refuse_unless_allowed(call: Call, kind: str) -> None:
    """Raise `Refusal`: 402 without the plan, 403 without the right."""
    if kind == "billable_rates" and not call.has_plan("starter"):
        raise paid_feature("Billable rates are available for Starter and higher plans.")
    if kind == "labor_costs" and not call.has_plan("premium"):
        raise paid_feature("Labor costs are available for Premium and higher plans.")
    member = call.member
    granted = member.view_edit_billable_rates if kind == "billable_rates" else member.view_edit_labor_costs
    if member.role != "admin" and not granted:
        raise forbidden("User cannot access billable rate(s).")


def _check_level(call: Call, level: str, level_id: int) -> None:
    """Raise `Refusal` (400) unless the workspace has this member, project, project member or task."""
    state, workspace = call.world.state, call.workspace
    if level == "workspace" and level_id != workspace.track_id:
        raise invalid("Invalid workspace ID")
    if level == "workspace_user" and level_id not in {member.id for member in call.world.members(workspace.id)}:
        raise invalid("User not found in workspace")
    if level == "task" and (level_id not in state.tasks or state.tasks[level_id].workspace_id != workspace.id):
        raise invalid("Task not found in workspace")
    if level == "project" and (level_id not in state.projects or state.projects[level_id].workspace_id != workspace.id):
        raise invalid("Invalid entity ID")
    if level == "project_user" and not any(
        level_id in project.users for project in state.projects.values() if project.workspace_id == workspace.id
    ):
        raise invalid("Invalid entity ID")


def _start(call: Call, body: NewRate, kind: str) -> datetime:
    if body.start is not UNSET:
        try:
            start = msgspec.convert(body.start, datetime)
        except msgspec.ValidationError:
            raise invalid("Start must be a valid date time") from None
        return in_range(start if start.tzinfo is not None else start.replace(tzinfo=UTC), "start")
    if body.mode is UNSET:
        raise invalid("Mode or start must be informed")
    if body.mode == "start-today":
        return datetime.combine(call.now.date(), time(), UTC)
    rates = _of_level(call, body.level, body.level_id, kind)
    current = [rate.start for rate in rates if rate.end is None and rate.deleted_at is None]
    return max(current, default=call.now - timedelta(days=365)) if body.mode == "override-current" else _BEGINNING


def _of_level(call: Call, level: str, level_id: int, kind: str) -> list[Rate]:
    wanted = (call.workspace.id, level, level_id, kind)
    return [
        rate
        for rate in call.world.state.rates.values()
        if (rate.workspace_id, rate.level, rate.level_id, rate.type) == wanted
    ]


def _show_on_member(call: Call, rate: Rate) -> None:
    member = call.world.state.members[rate.level_id]
    if rate.type == "billable_rates":
        member.rate, member.rate_updated_at = rate.amount, call.now
    else:
        member.labor_cost, member.labor_cost_updated_at = rate.amount, call.now


def _shape(rate: Rate) -> dict[str, Any]:
    return {
        "amount": rate.amount,
        "created_at": stamp(rate.created_at),
        "creator_id": rate.creator_id,
        "deleted_at": stamp(rate.deleted_at),
        "end": stamp(rate.end),
        "id": rate.id,
        **dict.fromkeys(_NUMBERED.values()),
        _NUMBERED[rate.level]: rate.level_id,
        "rate_change_mode": rate.mode,
        "start": stamp(rate.start),
        "type": rate.type,
        "updated_at": stamp(rate.updated_at),
    }
