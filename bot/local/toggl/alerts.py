"""Alerts on projects in Track: create, delete, and the companion that lists them. For admins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.local.toggl.call import Answer
from bot.local.toggl.errors import Refusal, forbidden, invalid, paid_feature
from bot.local.toggl.records import Alert

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

_LONGEST_WORD = 255
_HIGHEST_THRESHOLD = 1_000_000
_HIGHEST_CODE = 100
_NO_ACCESS = "User does not have access to this resource."


def list_all(call: Call) -> Answer:
    """A bare array of the workspace's alerts."""
    call.require_admin(_NO_ACCESS)
    found = (alert for alert in call.world.state.alerts.values() if alert.workspace_id == call.workspace.id)
    return Answer(200, [_shape(call, alert) for alert in found])


def create(call: Call) -> Answer:
    """Keep an alert. The page names no field of the body, but says which must not be blank or out of range."""
    call.require_admin(_NO_ACCESS)
    if not call.has_plan("starter"):
        raise paid_feature("Alerts are available for Starter and higher plans.")
    sent = call.parsed()
    if not isinstance(sent, dict):
        raise invalid("JSON is not valid")
    fields = {
        "source_kind": _word(sent, "source_kind", "source kind"),
        "project_id": _project(call, sent.get("project_id")),
        "threshold_type": _word(sent, "threshold_type", "threshold type"),
        "thresholds": _thresholds(sent.get("thresholds")),
        "object_type": _code(sent, "object_type", "alert type", default=1),
        **_receivers(sent),
    }
    alert = Alert(id=call.world.new_id(), workspace_id=call.workspace.id, fields=fields)
    call.world.state.alerts[alert.id] = alert
    return Answer(200, _shape(call, alert))


def delete(call: Call) -> Answer:
    """Forget an alert; 403 for one that is not there."""
    call.require_admin(_NO_ACCESS)
    alert = call.world.state.alerts.get(call.ids["alert_id"])
    if alert is None or alert.workspace_id != call.workspace.id:
        raise forbidden("Alert not found or not accessible")
    del call.world.state.alerts[alert.id]
    return call.done({})


def _word(sent: dict[str, Any], name: str, shown: str) -> str:
    value = sent.get(name)
    if value is None or value == "":
        raise invalid(f"{shown} can't be blank")
    if not isinstance(value, str) or len(value) > _LONGEST_WORD:
        raise invalid(f"{shown} out of range")
    return value


def _code(sent: dict[str, Any], name: str, shown: str, default: int | None) -> int:
    value = sent.get(name, default)
    if value is None:
        raise invalid(f"{shown}s can't be blank")
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _HIGHEST_CODE:
        raise invalid(f"{shown} out of range")
    return value


def _project(call: Call, project_id: Any) -> int:
    if project_id is None:
        raise invalid("project can't be blank")
    project = call.world.state.projects.get(project_id) if isinstance(project_id, int) else None
    if project is None or project.workspace_id != call.workspace.id or project.deleted_at is not None:
        raise invalid("project not supported for this source kind")
    return project.id


def _thresholds(sent: Any) -> list[int]:
    """Thresholds as a list, a PostgreSQL array such as `{80,100}`, or one number."""
    if isinstance(sent, str):
        parts: list[Any] = [part.strip() for part in sent.strip("{}[] ").split(",") if part.strip()]
    else:
        parts = sent if isinstance(sent, list) else [] if sent is None else [sent]
    if not parts:
        raise invalid("thresholds can't be blank")
    try:
        found = [int(part) for part in parts if isinstance(part, (int, str)) and not isinstance(part, bool)]
    except ValueError:
        raise _out_of_range() from None
    if len(found) < len(parts) or not all(0 < threshold <= _HIGHEST_THRESHOLD for threshold in found):
        raise _out_of_range()
    return found


def _out_of_range() -> Refusal:
    return invalid("threshold out of range")


def _receivers(sent: dict[str, Any]) -> dict[str, Any]:
    """Who gets it: a code, or users and groups as lists or strings."""
    named = {name: _listed(sent.get(name)) for name in ("receiver_users", "receiver_groups", "receiver_roles")}
    code = _code(sent, "receivers", "receiver", default=1 if any(named.values()) else None)
    return {"receivers": code, **named}


def _listed(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, (int, str)) and not isinstance(item, bool) for item in value):
        return "{" + ",".join(str(item) for item in value) + "}"
    raise invalid("receiver type out of range")


def _shape(call: Call, alert: Alert) -> dict[str, Any]:
    """As documented: arrays are PostgreSQL's, written as strings."""
    fields = alert.fields
    project = call.world.state.projects[fields["project_id"]]
    client = call.world.state.clients.get(project.client_id) if project.client_id is not None else None
    thresholds = fields["thresholds"]
    return {
        "client_id": project.client_id,
        "client_name": client.name if client is not None else None,
        "errors": None,
        "id": alert.id,
        "object_type": fields["object_type"],
        "project_color": project.color,
        "project_id": project.id,
        "project_name": project.name,
        "receiver_groups": fields.get("receiver_groups"),
        "receiver_roles": fields.get("receiver_roles"),
        "receiver_users": fields.get("receiver_users"),
        "receivers": fields["receivers"],
        "source_kind": fields["source_kind"],
        "threshold": thresholds[0],
        "threshold_type": fields["threshold_type"],
        "thresholds": "{" + ",".join(str(threshold) for threshold in thresholds) + "}",
        "wid": call.workspace.track_id,
    }
