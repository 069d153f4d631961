"""What may be sent about projects, and when it is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bot.local.toggl import rules
from bot.local.toggl.bodies import Amount, Color, Id, Minutes, Name, Text, has_name
from bot.local.toggl.errors import invalid
from bot.local.toggl.records import FixedFee

if TYPE_CHECKING:
    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Project

Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]


class Fee(msgspec.Struct, kw_only=True):
    """A fixed fee as it is sent."""

    amount: Amount
    currency: Currency


class WholeProject(msgspec.Struct, kw_only=True):
    """The body of `replace_project`; null is no value here."""

    auto_compute_estimates: bool | UnsetType = UNSET
    billable: bool | UnsetType = UNSET
    client_id: Id | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    end_date: date | UnsetType = UNSET
    estimated_mins: Minutes | UnsetType = UNSET
    fixed_fee: Fee | UnsetType = UNSET
    name: Name
    parent_project_id: Id | UnsetType = UNSET
    pinned: bool | UnsetType = UNSET
    private: bool | UnsetType = UNSET
    start_date: date | UnsetType = UNSET
    tag_ids: list[Id] | UnsetType = UNSET


class NewProject(WholeProject, kw_only=True):
    """The body of `create_project`."""


class ProjectPatch(msgspec.Struct, kw_only=True):
    """The body of `update_project`; null clears where the page says so: not the fee."""

    auto_compute_estimates: bool | UnsetType = UNSET
    billable: bool | UnsetType = UNSET
    client_id: Id | UnsetType | None = UNSET
    color: Color | UnsetType | None = UNSET
    description: Text | UnsetType | None = UNSET
    end_date: date | UnsetType | None = UNSET
    estimated_mins: Minutes | UnsetType | None = UNSET
    fixed_fee: Fee | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    parent_project_id: Id | UnsetType | None = UNSET
    pinned: bool | UnsetType = UNSET
    private: bool | UnsetType = UNSET
    start_date: date | UnsetType | None = UNSET
    tag_ids: list[Id] | UnsetType = UNSET


def checked(call: Call, sent: dict[str, Any], project: Project | None = None, *, whole: bool = False) -> dict[str, Any]:
    """`sent` as fields of a project (`project` being the one it changes). Raises `Refusal` (400).

    What a `whole` project leaves out is cleared, and stands in the way of nothing that is sent.
    """
    values = dict(sent)
    if "name" in values:
        has_name(values["name"])
    if values.get("client_id") is not None:
        client = call.world.state.clients.get(values["client_id"])
        if client is None or client.workspace_id != call.workspace.id:
            raise invalid(f"Client {values['client_id']} does not exist", field="client_id")
    if values.get("parent_project_id") is not None:
        _check_parent(call, values["parent_project_id"], project)
    if "tag_ids" in values:
        values["tag_ids"] = rules.tags_exist(call, values["tag_ids"])
    if "fixed_fee" in values:
        values["fixed_fee"] = FixedFee(**msgspec.structs.asdict(values["fixed_fee"]))
    kept = None if whole else project
    start = values.get("start_date", kept.start_date if kept is not None else None)
    end = values.get("end_date", kept.end_date if kept is not None else None)
    if start is not None and end is not None and end < start:
        raise invalid("Invalid end_date: must not be before start_date", field="end_date")
    return values


def _check_parent(call: Call, parent_id: int, project: Project | None) -> None:
    """Raise `Refusal` (400) for a parent that is not there, or that is the project itself or below it."""
    visible = {each.id: each for each in rules.visible_projects(call)}
    if parent_id not in visible:
        raise invalid(f"Project {parent_id} does not exist", field="parent_project_id")
    above: int | None = parent_id
    while project is not None and above is not None:
        if above == project.id:
            raise invalid("A project cannot be its own parent", field="parent_project_id")
        next_above = call.world.state.projects.get(above)
        above = next_above.parent_project_id if next_above is not None else None
