"""Every operation's request on the wire, judged by the OpenAPI documents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.toggl import Toggl, UnreadableReceipt, Workspace, operations
from bot.toggl.models.admin_requests import SubscriptionFields
from bot.toggl.operations import Operation
from tests.toggl.conftest import Face
from tests.toggl.contract import Judge, documented, find

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
EARLIER = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
Ask = Callable[[Toggl, Workspace], Awaitable[Any]]


async def _drain(stream: Any) -> list[Any]:
    return [item async for item in stream]


# Every argument that the pages document is given at least once.
CALLS: dict[str, Ask] = {
    "get_current_tracking": lambda _, ws: ws.tracking.current(),
    "start_tracking": lambda _, ws: ws.tracking.start(task_id=5, type="break", start=NOW, time_block_id=3),
    "stop_tracking": lambda _, ws: ws.tracking.stop(end=NOW),
    "list_time_entries": lambda _, ws: ws.time_entries.list(
        date_from=EARLIER,
        date_to=NOW,
        task_id=5,
        status_id=6,
        type="activity",
        page=2,
        per_page=50,
        order_by=["-start", "id"],
        archived=False,
        time_block_id=4,
    ),
    "list_task_time_entries": lambda _, ws: ws.time_entries.list_of_task(
        5, page=1, per_page=100, order_by=["start"], type="break", archived=True, time_block_id=3
    ),
    "get_time_entry": lambda _, ws: ws.time_entries.get(5, 7),
    "create_time_entry": lambda _, ws: ws.time_entries.create(
        5, type="activity", start=EARLIER, duration=3600, time_block_id=3, user_id=9
    ),
    "create_time_entries": lambda _, ws: ws.time_entries.create_many(
        [
            {"task_id": 5, "type": "activity", "start": EARLIER, "duration": 60},
            {"task_id": 6, "type": "break", "user_id": 9},
        ]
    ),
    "update_time_entry": lambda _, ws: ws.time_entries.update(5, 7, task_id=6, start=NOW, duration=60, type="break"),
    "update_time_entries": lambda _, ws: ws.time_entries.update_many(
        [{"id": 7, "task_id": 6}, {"id": 8, "start": NOW}]
    ),
    "replace_time_entry": lambda _, ws: ws.time_entries.replace(5, 7, type="activity", start=NOW, duration=5),
    "delete_time_entry": lambda _, ws: ws.time_entries.delete(5, 7),
    "delete_time_entries": lambda _, ws: ws.time_entries.delete_many([7, 8]),
    "restore_time_entry": lambda _, ws: ws.time_entries.restore(5, 7),
    "restore_time_entries": lambda _, ws: ws.time_entries.restore_many([7, 8]),
    "archive_time_entry": lambda _, ws: ws.time_entries.archive(5, 7),
    "unarchive_time_entry": lambda _, ws: ws.time_entries.unarchive(5, 7),
    "stream_time_entries": lambda _, ws: _drain(
        ws.time_entries.stream(date_from=EARLIER, date_to=NOW, task_id=5, type="activity", order_by=["start"])
    ),
    "stream_time_entries_by_time_block": lambda _, ws: _drain(ws.time_entries.stream_by_time_block([3, 4])),
    "list_projects": lambda _, ws: ws.projects.list(
        page=1,
        per_page=20,
        order_by=["name"],
        pinned=True,
        archived=True,
        private=False,
        name="web",
        client_id=[1, 2],
        creator_id=[3],
        tag_id=[4],
        project_id=[5],
        user_id=[6],
        include_rates=True,
        start_date=date(2026, 1, 1),
        end_date=date(2026, 12, 31),
        date_overlap_start=date(2026, 1, 1),
        date_overlap_end=date(2026, 12, 31),
    ),
    "create_project": lambda _, ws: ws.projects.create(
        name="Web",
        auto_compute_estimates=True,
        billable=True,
        client_id=1,
        color="#0b83d9",
        description="All of it",
        start_date=date(2026, 1, 1),
        end_date=date(2026, 12, 31),
        estimated_mins=600,
        fixed_fee={"amount": 100.5, "currency": "EUR"},
        parent_project_id=2,
        pinned=False,
        private=True,
        tag_ids=[1],
    ),
    "get_project": lambda _, ws: ws.projects.get(5),
    "replace_project": lambda _, ws: ws.projects.replace(5, name="Web", private=True),
    "update_project": lambda _, ws: ws.projects.update(5, client_id=None, end_date=None, description=None),
    "delete_project": lambda _, ws: ws.projects.delete(5),
    "restore_project": lambda _, ws: ws.projects.restore(5),
    "archive_project": lambda _, ws: ws.projects.archive(5),
    "unarchive_project": lambda _, ws: ws.projects.unarchive(5),
    "pin_project": lambda _, ws: ws.projects.pin(5),
    "unpin_project": lambda _, ws: ws.projects.unpin(5),
    "list_project_children": lambda _, ws: ws.projects.list_children(5, page=1, per_page=10, order_by=["name"]),
    "list_project_parents": lambda _, ws: ws.projects.list_parents(5, page=1),
    "list_project_members": lambda _, ws: ws.projects.members.list(5),
    "add_project_members": lambda _, ws: ws.projects.members.add(5, user_ids=[1], group_ids=[2], role_id=3),
    "update_project_member_role": lambda _, ws: ws.projects.members.update_role(5, role_id=3, group_id=2),
    "remove_project_member": lambda _, ws: ws.projects.members.remove(5, user_id=1),
    "list_statuses": lambda _, ws: ws.statuses.list(name="Do", type="todo", page=1, per_page=5, order_by=["position"]),
    "create_status": lambda _, ws: ws.statuses.create(name="Review", emoji="👀", position=3),
    "get_status": lambda _, ws: ws.statuses.get(4),
    "update_status": lambda _, ws: ws.statuses.update(4, name="Review", emoji="👀", position=2),
    "delete_status": lambda _, ws: ws.statuses.delete(4),
    "restore_status": lambda _, ws: ws.statuses.restore(4),
    "search_workspaces": lambda toggl, _: toggl.search_workspaces(),
    "get_workspace": lambda _, ws: ws.settings.get(),
    "update_workspace": lambda _, ws: ws.settings.update(name="Ours", rate_change_mode="start-today", rounding=1),
    "create_workspace": lambda toggl, _: toggl.create_workspace(
        1, name="New", admins=[1], default_hourly_rate=Decimal("50.5")
    ),
    "get_workspace_statistics": lambda _, ws: ws.settings.statistics(),
    "get_time_entry_constraints": lambda _, ws: ws.settings.constraints(),
    "list_workspace_users": lambda _, ws: ws.members.list(name="Ada"),
    "delete_workspace_users": lambda _, ws: ws.members.remove_many([1, 2]),
    "update_workspace_user": lambda _, ws: ws.members.update(
        3, role_id=2, inactive=False, groups=[1], workspaces=[{"workspace_id": 2, "working_hours": 7.5}]
    ),
    "delete_workspace_user": lambda _, ws: ws.members.remove(3),
    "list_users": lambda _, ws: ws.members.list_users(exclude_deleted=True),
    "update_user": lambda _, ws: ws.members.update_user(3, {}),
    "list_rates": lambda _, ws: ws.rates.list("project", 5, type="labor_costs"),
    "create_rate": lambda _, ws: ws.rates.create(
        amount=Decimal(80), level="project", level_id=5, type="billable_rates", mode="start-today", start="2026-11-20"
    ),
    "create_alert": lambda _, ws: ws.alerts.create({"project_id": 5, "threshold": 80}),
    "delete_alert": lambda _, ws: ws.alerts.delete(5),
    "list_track_reminders": lambda _, ws: ws.reminders.list(),
    "create_track_reminder": lambda _, ws: ws.reminders.create(frequency=7, threshold=40, user_ids=[1], group_ids=[2]),
    "update_track_reminder": lambda _, ws: ws.reminders.update(
        5, frequency=1, threshold=7.5, user_ids=[], group_ids=[2]
    ),
    "delete_track_reminder": lambda _, ws: ws.reminders.delete(5),
}
SUBSCRIPTION: SubscriptionFields = {
    "url_callback": "https://bot.example/toggl/webhooks/1",
    "event_filters": [{"entity": "project", "action": "*"}],
    "enabled": True,
    "description": "Project updates",
    "secret": "hush",
}
COMPANIONS: dict[str, Ask] = {
    "list_tasks": lambda _, ws: ws.tasks.list(name="write"),
    "create_task": lambda _, ws: ws.tasks.create(name="Write"),
    "start_tracking_from_description": lambda _, ws: ws.tracking.start_from_description("Write"),
    "get_my_settings": lambda toggl, _: toggl.get_my_settings(),
    "list_organization_users": lambda _, ws: ws.members.list_organization_users(),
    "list_roles": lambda _, ws: ws.members.list_roles(),
    "list_public_holidays": lambda _, ws: ws.days_off.list_public_holidays(),
    "list_time_off": lambda _, ws: ws.days_off.list_time_off(),
    "get_workspace_context": lambda toggl, _: toggl.get_workspace_context(2),
    "get_me": lambda toggl, _: toggl.get_me(),
    "list_my_workspaces": lambda toggl, _: toggl.list_my_workspaces(),
    "get_my_quota": lambda toggl, _: toggl.get_my_quota(),
    "list_alerts": lambda _, ws: ws.alerts.list(),
    "list_event_filters": lambda _, ws: ws.webhooks.list_event_filters(),
    "list_subscriptions": lambda _, ws: ws.webhooks.list(),
    "create_subscription": lambda _, ws: ws.webhooks.create(**SUBSCRIPTION),
    "replace_subscription": lambda _, ws: ws.webhooks.replace(5, **SUBSCRIPTION),
    "enable_subscription": lambda _, ws: ws.webhooks.enable(5, enabled=False),
    "delete_subscription": lambda _, ws: ws.webhooks.delete(5),
    "ping_subscription": lambda _, ws: ws.webhooks.ping(5),
    "validate_subscription": lambda _, ws: ws.webhooks.validate(5, "code"),
}
# The page describes no body; Toggl's other PUTs of people take one, so the client sends what it is given.
WITHOUT_DOCUMENTED_BODY = {"update_user"}


def _table() -> list[Operation]:
    return [value for value in vars(operations).values() if isinstance(value, Operation)]


def operations_by_name() -> dict[str, Operation]:
    """The client's own table."""
    return {operation.name: operation for operation in _table()}


@pytest.mark.parametrize("name", sorted(CALLS))
async def test_the_request_is_as_the_document_says(name: str, face: Face) -> None:
    judge = Judge()
    faced = await face(judge)
    with suppress(UnreadableReceipt):  # the smallest answer names nothing, so that a timer is looked for in vain
        await CALLS[name](faced.toggl, faced.ws)
    expected = ["undocumented body"] if name in WITHOUT_DOCUMENTED_BODY else []
    assert judge.complaints == expected
    assert judge.called[0] == name


def test_the_operations_of_the_table_are_the_documented_ones_and_the_companions() -> None:
    table = _table()
    assert len(table) == len({operation.name for operation in table})
    assert {operation.name for operation in table if not operation.companion} == {each.id for each in documented()}
    assert {operation.name for operation in table if operation.companion} == set(COMPANIONS)


def test_every_documented_operation_has_its_method_and_no_other_is_called_documented() -> None:
    assert set(CALLS) == {each.id for each in documented()}


@pytest.mark.parametrize("operation", [each for each in _table() if not each.companion], ids=lambda each: each.name)
def test_the_table_has_the_documented_method_path_and_product(operation: Operation) -> None:
    prefix = "/api" if operation.product is operations.Product.FOCUS else "/api/v9"
    path = prefix + operation.path.replace("{level}", "project")
    found = find(operation.method, path)
    assert found is not None
    assert found.id == operation.name
