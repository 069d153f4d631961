from __future__ import annotations

from datetime import date

import pytest

from bot.domain.project_filters import ProjectFilters
from bot.local.toggl.records import Project as Kept
from bot.services import project_search, projects
from bot.services.project_people import NobodyCalledSo
from bot.services.projects import NothingCalledSo
from bot.toggl import Forbidden, NotFound
from tests.conftest import ServedToggl
from tests.local_toggl import both, operations
from tests.services.projecting import People, kept, named


async def names(people: People, filters: ProjectFilters, who: str = "admin") -> set[str]:
    found = await projects.list_projects(people(who), filters)
    return {project.name for project in found.projects}


async def test_all_pages_of_a_list_cost_one_call(people: People, toggl: ServedToggl) -> None:
    first = await projects.list_projects(people("admin"), ProjectFilters())
    second = await projects.list_projects(people("admin"), ProjectFilters(), page=2)
    last = await projects.list_projects(people("admin"), ProjectFilters(), page=3)
    assert operations(toggl) == ["list_projects"]
    assert (len(first.projects), len(second.projects), len(last.projects)) == (10, 10, 7)
    assert (first.more, second.more, last.more) == (True, True, False)
    assert first.total == 27


def make(toggl: ServedToggl, *names: str) -> None:
    """Projects with these names, behind all others."""
    for number, name in enumerate(names):
        project = Kept(
            id=9_000_000 + number,
            workspace_id=toggl.workspace().id,
            name=name,
            toggl_user_id=1,
            created_at=toggl.now(),
            updated_at=toggl.now(),
        )
        toggl.world.state.projects[project.id] = project


async def test_a_thousand_projects_are_paged_a_hundred_a_call(people: People, toggl: ServedToggl) -> None:
    make(toggl, *(f"Zeppelin {number:04}" for number in range(1000)))
    filters = ProjectFilters(words="zeppelin")
    pages = [await projects.list_projects(people("admin"), filters, page=page) for page in (1, 10, 11, 100)]
    assert operations(toggl) == ["list_projects"] * 3
    assert [page.projects[0].name for page in pages] == [f"Zeppelin {n:04}" for n in (0, 90, 100, 990)]
    assert [page.more for page in pages] == [True, True, True, False]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ProjectFilters(which="pinned"), {"Fjord Ferries Booking", "Kanto Rail Timetable", "Monthly Reporting"}),
        (ProjectFilters(which="archived"), {"Office Move", "Fjord Ferries Pitch", "Winter Campaign"}),
        (
            ProjectFilters(which="private"),
            {"Sensor Firmware Review", "Clinic Data Protection", "Hiring Designers", "Salaries"},
        ),
        (ProjectFilters(which="all", client="fjord", words="pitch"), {"Fjord Ferries Pitch"}),
        (ProjectFilters(client="kanto"), {"Kanto Rail Signage", "Kanto Rail Timetable"}),
        (ProjectFilters(which="private", first=date(2000, 1, 1), last=date(2000, 1, 2)), set()),
    ],
)
async def test_filters_narrow_the_list(people: People, filters: ProjectFilters, expected: set[str]) -> None:
    assert await names(people, filters) == expected


async def test_a_filter_by_name_of_a_client_needs_no_call_after_the_list(people: People, toggl: ServedToggl) -> None:
    await names(people, ProjectFilters())
    operations(toggl)
    await names(people, ProjectFilters(client="fjord"))
    assert operations(toggl) == ["list_projects"]


async def test_a_tag_is_found_by_its_name(people: People, toggl: ServedToggl) -> None:
    tag = next(tag for tag in toggl.world.state.tags.values() if tag.name == "urgent")
    kept(toggl, "Support").tag_ids = [tag.id]
    assert await names(people, ProjectFilters(tag="urg")) == {"Support"}


async def test_projects_open_to_a_person_are_for_admins(people: People) -> None:
    assert "Salaries" not in await names(people, ProjectFilters(which="private", person="mika"))
    with pytest.raises(Forbidden):
        await names(people, ProjectFilters(person="astrid"), who="member")


async def test_what_nobody_is_called_is_said_without_a_call(people: People, toggl: ServedToggl) -> None:
    await names(people, ProjectFilters(which="all"))
    await names(people, ProjectFilters())
    operations(toggl)
    with pytest.raises(NothingCalledSo):
        await names(people, ProjectFilters(client="zzz zzz"))
    assert operations(toggl) == []
    with pytest.raises(NobodyCalledSo):
        await names(people, ProjectFilters(person="zzz zzz"))


async def test_a_private_project_of_others_is_not_found(people: People) -> None:
    found = await project_search.find(people("member"), "Salaries")
    assert found.clear is None


async def test_a_whole_name_is_found_in_the_kept_list(people: People, toggl: ServedToggl) -> None:
    await named(people("admin"), "Booking App")
    await named(people("admin"), "studio website")
    assert operations(toggl) == ["list_projects"]


async def test_an_archived_project_is_found_by_one_more_call(people: People, toggl: ServedToggl) -> None:
    assert (await named(people("admin"), "Winter Campaign")).archived
    assert operations(toggl) == ["list_projects"] * 2


async def test_a_part_of_a_name_is_not_taken_for_the_whole_name_of_one_behind_the_first_hundred(
    people: People, toggl: ServedToggl
) -> None:
    """`website` is clearly Alpenglow Website, as long as there is no project Website further down."""
    make(toggl, *(f"Buzz {number:04}" for number in range(100)), "Website")
    assert (await named(people("admin"), "website")).name == "Website"
    assert operations(toggl) == ["list_projects"] * 2
    assert (await named(people("admin"), "alpenglow website")).name == "Alpenglow Website"
    assert operations(toggl) == []


async def test_only_archived_ones_are_meant_where_it_matters(people: People) -> None:
    found = await project_search.find(people("admin"), "fjord", archived=True)
    assert found.clear and found.clear.name == "Fjord Ferries Pitch"


async def test_a_card_holds_family_and_people_in_five_calls(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    project = await named(context, "Booking App")
    await projects.card(context, project.id)
    operations(toggl)
    card = await projects.card(context, project.id)
    assert sorted(operations(toggl)) == [
        "get_project",
        "list_project_children",
        "list_project_members",
        "list_project_parents",
    ]
    assert [parent.name for parent in card.parents] == ["Fjord Ferries Booking"]
    assert card.project.fields.parent and card.project.fields.parent.name == "Fjord Ferries Booking"
    assert card.members and any(member.manager for member in card.members)


async def test_a_project_without_parent_needs_one_call_less(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    project = await named(context, "Fjord Ferries Booking")
    card = await projects.card(context, project.id)
    assert "list_project_parents" not in operations(toggl)
    assert {child.name for child in card.children} == {"Booking App", "Booking Backend"}


async def test_members_that_toggl_hides_leave_the_rest_of_the_card(people: People, toggl: ServedToggl) -> None:
    toggl.fail("list_project_members", status=403)
    context = people("admin")
    card = await projects.card(context, (await named(context, "Booking App")).id)
    assert card.members is None
    assert card.project.name == "Booking App"


async def test_a_project_that_is_gone_is_not_shown(people: People, toggl: ServedToggl) -> None:
    context = people("admin")
    project = await named(context, "Booking App")
    kept(toggl, "Booking App").deleted_at = toggl.now()
    with pytest.raises(NotFound):
        await projects.card(context, project.id)


@both
async def test_progress_rests_on_seconds_only(people: People, toggl: ServedToggl) -> None:
    project = await named(people("admin"), "Booking App")
    assert project.estimate is not None
    if toggl.profile == "pages":
        assert project.percent is None and project.tracked is None
    else:
        assert project.percent is not None and project.tracked is not None


async def test_a_hundred_letters_of_nonsense_find_nothing(people: People) -> None:
    for hostile in ("<!channel> & <@U1>", "🦄" * 300, "%", "\x00", "#7"):
        await project_search.find(people("admin"), hostile)
