"""Tasks, projects, statuses, people and rules, against the local Toggl."""

from __future__ import annotations

import hashlib
import hmac
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from bot.toggl import Forbidden, NotFound, Refused, TogglError, Unavailable
from bot.toggl.models import Project, Task
from bot.toggl.webhooks import is_signed
from tests.conftest import Clock
from tests.toggl.conftest import Face, World
from tests.toggl.fakes import Scripted, answer

LOST: list[dict[str, Any]] = [{"drop": "after"}, {"status": 500, "effect": True}]


async def a_project(world: World) -> Project:
    """Some project."""
    return (await world.ws.projects.list(per_page=1)).data[0]


async def test_tasks_are_found_by_name_and_kept_for_ten_minutes(world: World, clock: Clock) -> None:
    some = (await world.ws.tasks.list(per_page=1)).data[0]
    world.local.calls.clear()
    for _ in range(2):
        found = await world.ws.tasks.cached(name=some.name)
        assert some.id in {task.id for task in found.data}
    assert world.calls() == ["list_tasks"]
    clock.pass_(minutes=10)
    await world.ws.tasks.cached(name=some.name)
    assert world.calls() == ["list_tasks"] * 2


async def test_two_people_do_not_share_what_is_kept(face: Face) -> None:
    toggl = Scripted(answer({"data": [{"id": 1}]}))
    faced = await face(toggl)
    await faced.toggl.workspace(1, 2).tasks.cached()
    await faced.toggl.workspace(1, 3).tasks.cached()
    await faced.toggl.workspace(1, 2).tasks.cached()
    assert len(toggl.requests) == 2


async def test_a_new_task_is_given_and_seen_at_once(world: World) -> None:
    assert not (await world.ws.tasks.cached(name="Quite new")).data
    project = await a_project(world)
    task = await world.ws.tasks.create(name="Quite new", project_id=project.id)
    assert (task.name, task.project_id) == ("Quite new", project.id)
    found = await world.ws.tasks.cached(name="Quite new")
    assert [each.id for each in found.data] == [task.id]


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_task_whose_receipt_was_lost_is_found_and_not_doubled(fault: dict[str, Any], world: World) -> None:
    world.local.fail("create_task", **fault)
    task = await world.ws.tasks.create(name="Quite new")
    assert [each.id for each in (await world.ws.tasks.list(name="Quite new")).data] == [task.id]


async def test_an_old_task_of_the_same_name_is_not_taken_for_the_lost_one(world: World, clock: Clock) -> None:
    await world.ws.tasks.create(name="Quite new")
    clock.pass_(minutes=10)
    world.local.fail("create_task", drop="before")
    with pytest.raises(Unavailable, match="Nothing was saved"):
        await world.ws.tasks.create(name="Quite new")


async def test_all_tasks_can_be_gone_through(world: World) -> None:
    found: list[Task] = [task async for task in world.ws.tasks.iterate(per_page=20)]
    total = (await world.ws.tasks.list(per_page=1)).total
    assert len({task.id for task in found}) == len(found) == total


@pytest.mark.parametrize("profile", ["pages", "2026-08"])
@pytest.mark.parametrize("echoes", [False, True])
async def test_a_project_lives_its_life_in_either_profile(world: World, profile: Any, *, echoes: bool) -> None:
    world.local.profile, world.local.echoes = profile, echoes
    projects = world.ws.projects
    made = await projects.create(name="Quite new", estimated_mins=600, fixed_fee={"amount": 99.5, "currency": "EUR"})
    assert made is not None
    assert made.id is not None
    assert made.name == "Quite new"
    await projects.update(made.id, description="About it", estimated_mins=None)
    changed = await projects.get(made.id)
    assert (changed.name, changed.description, changed.estimated_mins) == ("Quite new", "About it", None)
    await projects.replace(made.id, name="Renamed")
    assert ((await projects.get(made.id)).name, (await projects.get(made.id)).description) in {
        ("Renamed", None),
        ("Renamed", ""),
    }
    await projects.archive(made.id)
    assert (await projects.get(made.id)).archived
    archived = {project.id async for project in projects.iterate(archived=True)}
    everything = {project.id async for project in projects.iterate(archived="all")}
    active = {project.id async for project in projects.iterate()}
    assert made.id in archived
    assert everything == archived | active
    assert not archived & active
    await projects.unarchive(made.id)
    await projects.pin(made.id)
    assert (await projects.get(made.id)).pinned
    await projects.unpin(made.id)
    await projects.delete(made.id)
    assert made.id not in {project.id async for project in projects.iterate(archived="all")}
    await projects.restore(made.id)
    assert (await projects.get(made.id)).deleted_at is None


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_project_whose_receipt_was_lost_is_found_and_not_doubled(fault: dict[str, Any], world: World) -> None:
    world.local.fail("create_project", **fault)
    made = await world.ws.projects.create(name="Quite new")
    assert made is not None
    assert [each.id for each in (await world.ws.projects.list(name="Quite new")).data] == [made.id]


async def test_projects_are_kept_and_dropped_by_a_change(world: World) -> None:
    project = await a_project(world)
    assert project.id is not None
    await world.ws.projects.cached()
    await world.ws.projects.update(project.id, name="Renamed")
    names = {each.id: each.name for each in (await world.ws.projects.cached()).data}
    assert names[project.id] == "Renamed"


async def test_people_join_and_leave_a_project(world: World) -> None:
    project = await world.ws.projects.create(name="Quite new")
    assert project is not None
    assert project.id is not None
    people = await world.ws.members.list_organization_users()
    somebody = next(person.user_account_id for person in people if person.called == world.local.person("member").name)
    assert somebody is not None
    roles = [role.role_id for role in await world.ws.members.list_roles() if role.entity == "project"]
    await world.ws.projects.members.add(project.id, user_ids=[somebody])
    found = await world.ws.projects.members.list(project.id)
    assert found.user_ids is not None
    assert somebody in {user.user_id for user in found.user_ids}
    await world.ws.projects.members.update_role(project.id, role_id=roles[0] or 0, user_id=somebody)
    await world.ws.projects.members.remove(project.id, user_id=somebody)
    found = await world.ws.projects.members.list(project.id)
    assert somebody not in {user.user_id for user in found.user_ids or ()}


async def test_a_member_change_names_exactly_one(face: Face) -> None:
    faced = await face(Scripted(answer(b"", 204)))
    for names in ({}, {"user_id": 1, "group_id": 2}):
        with pytest.raises(ValueError, match="one person or one group"):
            await faced.ws.projects.members.remove(5, **names)


async def test_a_status_lives_its_life(world: World) -> None:
    statuses = world.ws.statuses
    made = await statuses.create(name="Review", emoji="👀", position=2)
    assert made is not None
    assert made.id is not None
    await statuses.update(made.id, name="Reviewed", emoji="👀", position=3)
    assert (await statuses.get(made.id)).name == "Reviewed"
    assert made.id in {status.id for status in (await statuses.cached()).data}
    await statuses.delete(made.id)
    assert made.id not in {status.id for status in (await statuses.cached()).data}
    await statuses.restore(made.id)
    assert made.id in {status.id for status in (await statuses.cached()).data}


async def test_a_default_status_stays(world: World) -> None:
    default = (await world.ws.statuses.list()).data[0]
    assert default.id is not None
    with pytest.raises(Forbidden):
        await world.ws.statuses.delete(default.id)


async def test_the_workspace_tells_its_organization_role_and_rules(world: World) -> None:
    found = await world.toggl.search_workspaces()
    mine = await world.toggl.list_my_workspaces()
    home = world.local.workspace()
    assert home.organization_id in {each.organization_id for each in found} & {each.organization_id for each in mine}
    settings = await world.ws.settings.get()
    assert (settings.id, settings.role) == (home.id, "admin")
    assert await world.toggl.get_workspace(home.id) == settings
    assert (await world.toggl.get_workspace_context(home.id)).organization_id == home.organization_id
    assert (await world.toggl.get_my_settings()).current_workspace_id is not None
    assert (await world.ws.settings.statistics()).members_count
    assert (await world.ws.settings.cached_constraints()).time_entry_constraints_enabled is not None
    assert (await world.toggl.get_me()).id is not None
    assert [quota.organization_id for quota in await world.toggl.get_my_quota()] == [home.organization_id]


async def test_rules_are_asked_for_once_an_hour(world: World, clock: Clock) -> None:
    for _ in range(2):
        await world.ws.settings.cached_constraints()
    clock.pass_(hours=1)
    await world.ws.settings.cached_constraints()
    assert world.calls() == ["get_time_entry_constraints"] * 2


@pytest.mark.parametrize(("status", "kind"), [(403, Forbidden), (404, NotFound)])
async def test_a_companion_that_is_not_served_is_asked_for_again_after_ten_minutes(
    world: World, clock: Clock, status: int, kind: type[TogglError]
) -> None:
    """Or each command would cost one more of a small plan's calls; what Toggl documents is asked for at once."""
    world.local.fail("list_tasks", status=status)
    world.local.fail("list_projects", status=status)
    for _ in range(3):
        with pytest.raises(kind, match="Nothing was saved"):
            await world.ws.tasks.cached()
    assert world.calls() == ["list_tasks"]
    clock.pass_(minutes=10)
    assert (await world.ws.tasks.cached()).data
    with pytest.raises(kind):
        await world.ws.projects.cached()
    assert (await world.ws.projects.cached()).data


@pytest.mark.parametrize("status", [400, 402, 403, 404])
async def test_rules_that_toggl_does_not_tell_are_asked_for_once_an_hour(world: World, status: int) -> None:
    """Or each timer would cost one more of a small plan's calls."""
    world.local.fail("get_time_entry_constraints", status=status, times=9)
    for _ in range(3):
        assert (await world.ws.settings.cached_constraints()).time_entry_constraints_enabled is None
    assert world.calls() == ["get_time_entry_constraints"]
    with pytest.raises(TogglError):
        await world.ws.settings.cached_constraints(afresh=True)


async def test_rounding_and_working_hours_are_asked_for_once_an_hour_and_after_a_change(world: World) -> None:
    for _ in range(2):
        assert await world.ws.settings.cached_basics() == (1, 0, 480)
    await world.ws.settings.update(name="Renamed")
    await world.ws.settings.cached_basics()
    assert world.calls() == ["get_workspace", "update_workspace", "get_workspace"]


async def test_a_changed_workspace_is_given_back(world: World) -> None:
    changed = await world.ws.settings.update(name="Renamed", projects_private_by_default=True)
    assert (changed.name, changed.projects_private_by_default) == ("Renamed", True)
    made = await world.toggl.create_workspace(world.local.workspace().organization_id, name="Another")
    assert made.name == "Another"


async def test_a_workspace_whose_answer_was_lost_is_looked_up_and_not_made_twice(world: World) -> None:
    organization_id = world.local.workspace().organization_id
    world.local.fail("create_workspace", drop="after")
    made = await world.toggl.create_workspace(organization_id, name="Another")
    assert made.name == "Another"
    assert world.local.calls[-1].query == ""
    world.local.fail("create_workspace", drop="before")
    world.local.fail("search_workspaces", status=400, body="No search term")
    with pytest.raises(Unavailable):
        await world.toggl.create_workspace(organization_id, name="A third")
    names = [workspace.name for workspace in world.local.world.state.workspaces.values()]
    assert names.count("Another") == 1
    assert "A third" not in names


async def test_members_are_listed_kept_changed_and_removed(world: World) -> None:
    member = next(each for each in await world.ws.members.cached() if each.email == world.local.person("member").email)
    assert member.id is not None
    await world.ws.members.update(member.id, inactive=True)
    assert next(each for each in await world.ws.members.cached() if each.id == member.id).inactive
    assert {user.email for user in await world.ws.members.list_users()} >= {member.email}
    await world.ws.members.remove(member.id)
    assert member.id not in {each.id for each in await world.ws.members.cached()}


async def test_rates_alerts_and_reminders_are_set_up_and_taken_away(world: World) -> None:
    project = await a_project(world)
    assert project.id is not None
    await world.ws.rates.create(
        amount=Decimal("92.5"), level="project", level_id=project.id, type="billable_rates", mode="start-today"
    )
    assert Decimal("92.5") in {rate.amount for rate in await world.ws.rates.list("project", project.id)}
    me = (await world.toggl.get_me()).id
    assert me is not None
    reminder = await world.ws.reminders.create(frequency=7, threshold=40, user_ids=[me])
    assert reminder.reminder_id is not None
    changed = await world.ws.reminders.update(reminder.reminder_id, frequency=1, threshold=8, user_ids=[me])
    assert (changed.frequency, changed.threshold) == (1, 8)
    await world.ws.reminders.delete(reminder.reminder_id)
    assert reminder.reminder_id not in {each.reminder_id for each in await world.ws.reminders.list()}
    for alert in await world.ws.alerts.list():
        assert alert.id is not None
        await world.ws.alerts.delete(alert.id)
    assert await world.ws.alerts.list() == ()


async def test_an_alert_without_what_it_needs_is_refused_in_toggls_words(world: World) -> None:
    with pytest.raises(Refused) as caught:
        await world.ws.alerts.create({})
    assert caught.value.words


async def test_days_off_are_known(world: World) -> None:
    assert all(day.start_date or day.date for day in await world.ws.days_off.list_public_holidays())
    assert all(day.toggl_user_id for day in await world.ws.days_off.list_time_off())


async def test_a_large_company_has_names_and_days_off_beyond_the_first_page(world: World) -> None:
    """A hundred come with each call."""
    state = world.local.world.state
    person, away = world.local.person("member"), next(day for day in state.days_off.values() if day.toggl_user_id)
    for number in range(1, 121):
        state.people[number] = msgspec.structs.replace(person, id=number, focus_id=-number, handle=f"h{number}")
        state.days_off[number] = msgspec.structs.replace(away, id=number)
    world.local.calls.clear()
    people = await world.ws.members.list_organization_users()
    assert {user.user_account_id for user in people} == {person.focus_id for person in state.people.values()}
    assert len(await world.ws.days_off.list_time_off()) > 120
    assert world.calls() == ["list_organization_users"] * 2 + ["list_time_off"] * 2


async def test_what_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await world.ws.projects.get(1)


async def test_a_webhook_is_subscribed_and_ended(world: World) -> None:
    webhooks = world.ws.webhooks
    assert "project" in await webhooks.list_event_filters()
    made = await webhooks.create(
        url_callback="http://127.0.0.1:9/", event_filters=[{"entity": "project", "action": "*"}], enabled=False,
        description="Project updates", secret="hush",
    )  # fmt: skip
    assert made.subscription_id is not None
    assert "hush" not in repr(made)
    await webhooks.enable(made.subscription_id, enabled=True)
    assert [each.enabled for each in await webhooks.list()] == [True]
    await webhooks.delete(made.subscription_id)
    assert await webhooks.list() == ()


def test_a_delivery_is_told_by_its_signature() -> None:
    right = "sha256=" + hmac.new(b"hush", b"{}", hashlib.sha256).hexdigest()
    assert is_signed(b"{}", "hush", right)
    assert not is_signed(b"{ }", "hush", right)
    assert not is_signed(b"{}", "loud", right)
    assert not is_signed(b"{}", "hush", "sha256=é")
    assert not is_signed(b"{}", "hush", "")
