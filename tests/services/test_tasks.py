from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from bot.domain.tracking import Project
from bot.services import tasks
from bot.services.context import Context
from tests.conftest import ServedToggl
from tests.local_toggl import operations

Member = Callable[[], Context]


async def test_a_few_letters_offer_every_task_that_has_them(member: Member) -> None:
    found = await tasks.find(member(), "rep")
    assert found.clear is None
    assert {"Write report", "Repair login flow"} <= {task.name for task in found.several}


async def test_a_whole_name_is_clear_whatever_its_case(member: Member) -> None:
    found = await tasks.find(member(), "wRITE rEPORT")
    assert found.clear
    assert found.clear.name == "Write report"


async def test_typing_on_in_a_picker_asks_toggl_once(member: Member, toggl: ServedToggl) -> None:
    await tasks.suggest(member(), "")
    toggl.calls.clear()
    for typed in ("r", "re", "rep"):
        assert await tasks.suggest(member(), typed)
    assert set(operations(toggl)) <= {"list_tasks"}
    toggl.calls.clear()
    await tasks.suggest(member(), "rep")
    assert operations(toggl) == []


async def test_without_the_list_of_tasks_the_recent_ones_are_offered(member: Member, toggl: ServedToggl) -> None:
    toggl.fail("list_tasks", status=403, times=20)
    assert await tasks.suggest(member(), "")


async def test_a_new_task_is_offered_at_once(member: Member, toggl: ServedToggl) -> None:
    await tasks.suggest(member(), "")
    await tasks.create(member(), "Sweep the chimney", project=None)
    assert (await tasks.find(member(), "chimney")).clear
    assert toggl.task("Sweep the chimney").deleted_at is None


async def test_a_channel_remembers_the_project_of_its_new_tasks(member: Member) -> None:
    assert await tasks.default_project(member()) is None
    [project, *_] = await tasks.suggest_projects(member(), "")
    await tasks.remember_project(member(), project)
    assert await tasks.default_project(member()) == Project(project.id, project.name)


async def test_a_new_task_may_belong_to_a_project_behind_the_first_hundred(member: Member, toggl: ServedToggl) -> None:
    """Found by what is typed, with one call more, and only where the kept ones do not have it."""
    projects = toggl.world.state.projects
    last = next(project for project in projects.values() if project.name == "Support")
    for number in range(1, 101):
        projects[number] = msgspec.structs.replace(last, id=number, name=f"A {number}")
    assert last.id not in {project.id for project in await tasks.suggest_projects(member(), "")}
    toggl.calls.clear()
    assert [project.id for project in await tasks.suggest_projects(member(), "support")] == [last.id]
    assert await tasks.suggest_projects(member(), "A 50")
    assert toggl.calls.operations == ["list_projects"]


async def test_in_a_channel_with_a_project_its_tasks_are_suggested_first(member: Member) -> None:
    project = next(each for each in await tasks.suggest_projects(member(), "") if each.name == "Booking App")
    before = [task.project_id for task in (await tasks.find(member(), "re")).several]
    await tasks.remember_project(member(), project)
    suggested = [task.project_id == project.id for task in await tasks.suggest(member(), "")]
    assert any(suggested) and suggested == sorted(suggested, reverse=True)
    found = [task.project_id for task in (await tasks.find(member(), "re")).several]
    assert found[0] == project.id != before[0]


@pytest.mark.parametrize("hostile", ["<!channel> & <@U1>", "🦄" * 500, "\u202eabc", "a" * 4000, "%", "'; --", "\x00"])
async def test_no_text_breaks_finding(member: Member, hostile: str) -> None:
    found = await tasks.find(member(), hostile)
    assert found.clear or found.several is not None
