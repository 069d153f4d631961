"""Projects as Focus shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from bot.local.toggl.entry_shapes import tags_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Project, Rate

_MINUTE = 60


def project_shape(
    call: Call, *, with_rates: bool = True, with_totals: bool = True
) -> Callable[[Project], dict[str, Any]]:
    """How to show projects to the caller; what they sum over is counted once.

    Rates are shown to admins only. Without `with_totals` estimates of tasks and tracked time are left out, as
    `list_project_parents` does.
    """
    tracked, estimated = (_tracked(call), _estimated(call)) if with_totals else (Counter(), Counter())
    rated = with_rates and call.member.role == "admin" and call.has_plan("starter")

    def shape(project: Project) -> dict[str, Any]:
        shown = _plain(call, project) | {"rate": _rate(call, project) if rated else None}
        if not with_totals:
            return shown
        shown["task_estimated_mins"] = estimated[project.id]
        seconds = tracked[project.id]
        if call.modern:
            return shown | {"total_tracked_secs": seconds}
        return shown | {"total_tracked_time": seconds // _MINUTE}

    return shape


def _plain(call: Call, project: Project) -> dict[str, Any]:
    client = call.world.state.clients.get(project.client_id) if project.client_id is not None else None
    manages = call.world.manages_project(call.member, project)
    return {
        "active": True,
        "archived_at": project.archived_at,
        "auto_compute_estimates": project.auto_compute_estimates,
        "billable": project.billable,
        "client": {"id": client.id, "name": client.name} if client is not None else None,
        "client_id": project.client_id,
        "color": project.color,
        "created_at": project.created_at,
        "deleted_at": project.deleted_at,
        "description": project.description,
        "end_date": project.end_date,
        "estimated_mins": project.estimated_mins,
        "fixed_fee": msgspec.structs.asdict(project.fixed_fee) if project.fixed_fee is not None else None,
        "id": project.id,
        "name": project.name,
        "parent_project_id": project.parent_project_id,
        "permissions": ["manage_project", "manage_project_members"] if manages else None,
        "pinned": project.pinned,
        "private": project.private,
        "start_date": project.start_date,
        "tag_ids": project.tag_ids,
        "tags": tags_shape(project.tag_ids, call.world),
        "toggl_user_id": project.toggl_user_id,
        "updated_at": project.updated_at,
        "workspace_id": project.workspace_id,
    }


def _tracked(call: Call) -> Counter[int]:
    """Seconds tracked on each project by everybody; what runs is not counted."""
    seconds: Counter[int] = Counter()
    for entry in call.world.state.entries.values():
        if entry.deleted_at is None and entry.project_id is not None and entry.duration is not None:
            seconds[entry.project_id] += entry.duration
    return seconds


def _estimated(call: Call) -> Counter[int]:
    minutes: Counter[int] = Counter()
    for task in call.world.state.tasks.values():
        if task.deleted_at is None and task.project_id is not None:
            minutes[task.project_id] += task.estimated_mins or 0
    return minutes


def _rate(call: Call, project: Project) -> dict[str, Any] | None:
    """The billable rate that holds now: the project's own, else the workspace's."""
    own = _current(call, "project", project.id)
    found = own or _current(call, "workspace", call.workspace.track_id)
    if found is None:
        return None
    return {
        "billable": project.billable,
        "currency": call.workspace.settings.default_currency,
        "end_at": found.end,
        "has_more_rates": False,
        "hourly_rate": found.amount,
        "project_color": project.color,
        "project_created_at": project.created_at,
        "project_id": project.id,
        "project_name": project.name,
        "project_rate_id": own.id if own is not None else None,
        "start_at": found.start,
        "workspace_rate_id": found.id if own is None else None,
    }


def _current(call: Call, level: str, level_id: int) -> Rate | None:
    rates = [
        rate
        for rate in call.world.state.rates.values()
        if (rate.workspace_id, rate.level, rate.level_id) == (call.workspace.id, level, level_id)
        and rate.type == "billable_rates"
        and rate.deleted_at is None
        and rate.start <= call.now
        and (rate.end is None or rate.end > call.now)
    ]
    return max(rates, key=lambda rate: (rate.start, rate.id), default=None)
