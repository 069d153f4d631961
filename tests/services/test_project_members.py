from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.projects import Named
from bot.services import project_members, project_people, undo
from bot.services.project_members import AllThere, MemberGone, NobodyChosen
from bot.services.project_people import Member, SeveralCalledSo
from tests.conftest import ServedToggl
from tests.local_toggl import operations
from tests.services.projecting import People, kept, named, subject

NAME = "Support"


async def support(people: People, who: str = "admin") -> Named:
    return subject(await named(people(who), NAME))


def somebody(team: project_members.Team, *, manager: bool) -> Member:
    return next(member for member in team.members if member.manager == manager and not member.group)


async def test_people_have_the_names_that_go_with_focus_numbers(people: People, toggl: ServedToggl) -> None:
    mika = toggl.person("member")
    kept(toggl, NAME).users = {mika.focus_id: True}
    team = await project_members.team(people("admin"), await support(people))
    assert [(member.id, member.name, member.manager) for member in team.members] == [
        (mika.focus_id, "Mika Tanaka", True)
    ]
    assert mika.focus_id != mika.id


async def test_nobody_is_named_after_a_track_number_that_happens_to_be_the_same(
    people: People, toggl: ServedToggl
) -> None:
    stranger = toggl.person("lena").id
    kept(toggl, NAME).users = {stranger: False}
    team = await project_members.team(people("admin"), await support(people))
    assert [member.name for member in team.members] == [f"#{stranger}"]


async def test_only_people_who_are_active_in_the_workspace_are_offered(people: People) -> None:
    offered = {person.name for person in await project_people.suggest_people(people("admin"), "")}
    assert "Mika Tanaka" in offered
    assert "Viktor Hahn" not in offered


async def test_without_the_lists_of_names_there_are_numbers(people: People, toggl: ServedToggl) -> None:
    toggl.fail("list_organization_users", status=403, times=9)
    toggl.fail("list_roles", status=404, times=9)
    team = await project_members.team(people("admin"), await support(people))
    assert team.members and all(member.name.startswith("#") for member in team.members)
    assert team.roles == ()


async def test_groups_are_told_apart_by_their_people(people: People, toggl: ServedToggl) -> None:
    design = next(group for group in toggl.world.state.groups.values() if group.name == "Design")
    [found] = await project_people.suggest_groups(people("admin"), "lena")
    assert found.id == design.id and "Emil Sørensen" in found.people
    [typed] = await project_people.suggest_groups(people("member"), f"#{design.id}")
    assert (typed.id, typed.people) == (design.id, ())


async def test_adding_costs_two_calls_and_undo_takes_them_out_again(people: People, toggl: ServedToggl) -> None:
    kept(toggl, NAME).users = {}
    kept(toggl, NAME).groups = {}
    project = await support(people)
    await project_members.team(people("admin"), project)
    users = [toggl.person(who).focus_id for who in ("member", "lena")]
    group = next(iter(toggl.world.state.groups))
    role = next(role for role in await project_people.roles(people("admin")) if role.manager)
    await project_people.groups(people("admin"))
    await project_people.people(people("admin"))
    operations(toggl)
    added = await project_members.add(people("admin"), project, user_ids=users, group_ids=[group], role_id=role.id)
    assert operations(toggl) == ["list_project_members", "add_project_members"]
    assert kept(toggl, NAME).users == dict.fromkeys(users, True)
    assert {member.name for member in added.team.members} == {"Mika Tanaka", "Lena Brandt", f"#{group}"}
    assert added.team.members == (await project_members.team(people("admin"), project)).members
    assert added.undo_id
    operations(toggl)
    await undo.perform(people("admin"), added.undo_id)
    assert operations(toggl) == ["remove_project_member"] * 3
    assert (kept(toggl, NAME).users, kept(toggl, NAME).groups) == ({}, {})


async def test_who_is_in_already_keeps_their_role(people: People, toggl: ServedToggl) -> None:
    mika, lena = toggl.person("member").focus_id, toggl.person("lena").focus_id
    kept(toggl, NAME).users = {mika: True}
    project = await support(people)
    added = await project_members.add(people("admin"), project, user_ids=[mika, lena], group_ids=[], role_id=None)
    assert added.names == ("Lena Brandt",)
    assert kept(toggl, NAME).users == {mika: True, lena: False}
    with pytest.raises(AllThere):
        await project_members.add(people("admin"), project, user_ids=[mika], group_ids=[], role_id=None)
    with pytest.raises(NobodyChosen):
        await project_members.add(people("admin"), project, user_ids=[], group_ids=[], role_id=None)


async def test_another_role_costs_two_calls_and_undo_gives_the_old_one_back(people: People, toggl: ServedToggl) -> None:
    project = await support(people)
    team = await project_members.team(people("admin"), project)
    boss, plain = somebody(team, manager=True), next(role for role in team.roles if not role.manager)
    operations(toggl)
    changed = await project_members.change_role(people("admin"), project, boss, plain.id)
    assert operations(toggl) == ["list_project_members", "update_project_member_role"]
    assert kept(toggl, NAME).users[boss.id] is False
    assert replace(boss, manager=False) in changed.team.members
    assert changed.undo_id
    await undo.perform(people("admin"), changed.undo_id)
    assert kept(toggl, NAME).users[boss.id] is True


async def test_removing_and_its_undo_keep_the_role(people: People, toggl: ServedToggl) -> None:
    project = await support(people)
    team = await project_members.team(people("admin"), project)
    boss = somebody(team, manager=True)
    operations(toggl)
    removed = await project_members.remove(people("admin"), project, boss)
    assert operations(toggl) == ["list_project_members", "remove_project_member"]
    assert boss.id not in kept(toggl, NAME).users
    assert boss not in removed.team.members
    assert removed.undo_id
    await undo.perform(people("admin"), removed.undo_id)
    assert kept(toggl, NAME).users[boss.id] is True


async def test_a_manager_whose_role_has_no_known_number_comes_without_undo(people: People, toggl: ServedToggl) -> None:
    toggl.fail("list_roles", status=403, times=9)
    project = await support(people)
    team = await project_members.team(people("admin"), project)
    removed = await project_members.remove(people("admin"), project, somebody(team, manager=True))
    assert removed.undo_id is None
    plain = await project_members.remove(people("admin"), project, somebody(removed.team, manager=False))
    assert plain.undo_id


async def test_whoever_has_another_role_than_was_shown_is_left_alone(people: People, toggl: ServedToggl) -> None:
    project = await support(people)
    team = await project_members.team(people("admin"), project)
    shown = somebody(team, manager=True)
    kept(toggl, NAME).users[shown.id] = False
    with pytest.raises(MemberGone):
        await project_members.remove(people("admin"), project, shown)
    assert shown.id in kept(toggl, NAME).users


async def test_a_name_that_several_have_is_asked_back(people: People, toggl: ServedToggl) -> None:
    toggl.person("lena").name = "Mika Brandt"
    with pytest.raises(SeveralCalledSo):
        await project_people.get_person(people("admin"), "mika")
