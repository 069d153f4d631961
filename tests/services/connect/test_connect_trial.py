"""Trying a credential with Toggl."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.account import Identity, LinkedWorkspace
from bot.domain.addresses import TogglAddress
from bot.services.connect_form import Attempt
from bot.services.connect_trial import Proof, WorkspaceClosed, WorkspaceNotTold, try_credential
from bot.services.connections import Connections
from bot.toggl import CredentialRefused
from tests.conftest import ServedToggl
from tests.services.connecting import ADMIN_KEY, ADMIN_PASSWORD, ADMIN_TOKEN, LENA_PASSWORD, WRONG_KEY

ASTRID = Identity("Astrid Holm", "admin@nordlicht.example")


async def proof(connections: Connections, attempt: Attempt, *known: LinkedWorkspace) -> Proof:
    """What Toggl says about the credential."""
    return await try_credential(connections.toggl(attempt.credential), attempt, known)


def pasted(attempt: Attempt, organization_id: int, workspace_id: int) -> Attempt:
    """The attempt with an address."""
    return replace(attempt, address=TogglAddress(organization_id, workspace_id))


async def test_a_focus_key_tells_workspace_and_name_in_five_calls(connections: Connections, toggl: ServedToggl) -> None:
    studio = toggl.workspace("Nordlicht Studio")
    found = await proof(connections, ADMIN_KEY)
    assert found.identity == ASTRID
    assert found.workspaces == (LinkedWorkspace(studio.organization_id, focus_id=studio.id),)
    assert len(toggl.calls) <= 5


async def test_a_running_timer_saves_looking_for_an_entry(connections: Connections, toggl: ServedToggl) -> None:
    task = next(iter(toggl.world.state.tasks.values()))
    toggl.start_elsewhere("admin", task.name)
    assert (await proof(connections, ADMIN_KEY)).identity == ASTRID
    assert toggl.calls.of("list_time_entries") == []


@pytest.mark.parametrize("operation", ["list_time_entries", "list_organization_users"])
@pytest.mark.parametrize("status", [403, 404, 500])
async def test_not_learning_the_name_is_no_obstacle(
    connections: Connections, toggl: ServedToggl, operation: str, status: int
) -> None:
    toggl.fail(operation, status=status, times=9)
    found = await proof(connections, ADMIN_KEY)
    assert found.identity == Identity()
    assert found.workspaces


@pytest.mark.parametrize("operation", ["get_my_settings", "get_workspace_context"])
@pytest.mark.parametrize("status", [200, 403, 404, 405, 501])
async def test_where_the_companions_do_not_answer_the_address_is_asked_for(
    connections: Connections, toggl: ServedToggl, operation: str, status: int
) -> None:
    studio = toggl.workspace("Nordlicht Studio")
    toggl.fail(operation, status=status, times=9)
    with pytest.raises(WorkspaceNotTold):
        await proof(connections, ADMIN_KEY)
    found = await proof(connections, pasted(ADMIN_KEY, studio.organization_id, studio.id))
    assert found.identity == ASTRID
    assert found.workspaces[0].focus_id == studio.id


async def test_an_address_of_somebody_elses_workspace_is_told_from_a_wrong_key(
    connections: Connections, toggl: ServedToggl
) -> None:
    with pytest.raises(WorkspaceClosed):
        await proof(connections, pasted(ADMIN_KEY, 1, 2))
    with pytest.raises(CredentialRefused):
        await proof(connections, pasted(WRONG_KEY, 1, 2))
    assert toggl.calls.of("get_my_settings") == []


async def test_a_track_token_tells_name_and_every_workspace_the_usual_one_first(
    connections: Connections, toggl: ServedToggl
) -> None:
    toggl.person("admin").current_workspace_id = toggl.workspace("Nordlicht Labs").id
    found = await proof(connections, ADMIN_TOKEN)
    assert found.identity == ASTRID
    assert [workspace.name for workspace in found.workspaces] == ["Nordlicht Labs", "Nordlicht Studio"]
    assert [workspace.focus_id for workspace in found.workspaces] == [None, None]


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_search_that_refuses_is_replaced_by_ones_own_list(
    connections: Connections, toggl: ServedToggl, status: int
) -> None:
    toggl.fail("search_workspaces", status=status, body="No search term")
    assert len((await proof(connections, ADMIN_TOKEN)).workspaces) == 2


async def test_a_token_works_without_the_companions_of_track(connections: Connections, toggl: ServedToggl) -> None:
    toggl.fail("get_me", status=404)
    found = await proof(connections, ADMIN_TOKEN)
    assert found.identity == Identity()
    assert len(found.workspaces) == 2
    studio = toggl.workspace("Nordlicht Studio")
    toggl.fail("search_workspaces", status=404)
    toggl.fail("list_my_workspaces", status=404)
    found = await proof(connections, pasted(ADMIN_TOKEN, studio.organization_id, studio.track_id))
    assert [workspace.name for workspace in found.workspaces] == ["Nordlicht Studio"]


async def test_a_password_finds_each_workspace_in_both_products(connections: Connections, toggl: ServedToggl) -> None:
    found = await proof(connections, ADMIN_PASSWORD)
    assert found.identity == ASTRID
    assert {(w.name, w.focus_id, w.track_id) for w in found.workspaces} == {
        (w.name, w.id, w.track_id) for w in toggl.world.state.workspaces.values()
    }
    assert found.workspaces[0].name == "Nordlicht Studio"


async def test_a_password_without_focus_connects_track(connections: Connections, toggl: ServedToggl) -> None:
    toggl.fail(path="/api/users/*", status=401, times=9)
    toggl.fail(path="/api/organizations/*", status=401, times=9)
    found = await proof(connections, LENA_PASSWORD)
    assert [(w.name, w.focus_id) for w in found.workspaces] == [("Nordlicht Studio", None)]


async def test_products_that_number_alike_are_recognized_by_a_later_key(
    connections: Connections, toggl: ServedToggl
) -> None:
    known = (await proof(connections, ADMIN_TOKEN)).workspaces
    found = await proof(connections, ADMIN_KEY, *known)
    assert {(w.name, w.focus_id) for w in found.workspaces} == {
        ("", toggl.workspace("Nordlicht Studio").id),
        ("Nordlicht Labs", toggl.workspace("Nordlicht Labs").id),
    }
