from __future__ import annotations

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.toggl.records import Workspace
from bot.store import accounts, workspaces
from bot.views.ids import Actions, Blocks
from tests import forging
from tests.handlers.reaching import reaches
from tests.handlers.test_statuses import top
from tests.local_toggl import operations
from tests.road import TEAM, Road, shown


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin with both products."""
    road.toggl.limited = False
    await road.connect("admin", track=True)
    return road


def made(me: Road, name: str) -> Workspace:
    """The workspace of this name. Raises LookupError."""
    return me.toggl.workspace(name)


def closed(me: Road) -> Workspace:
    """Another workspace of Toggl's, which the person is not in."""
    here, admin = me.toggl.workspace(), me.toggl.person("admin")
    other = next(workspace for workspace in me.toggl.world.state.workspaces.values() if workspace.id != here.id)
    for member in me.toggl.world.state.members.values():
        if (member.workspace_id, member.person_id) == (other.id, admin.id):
            member.deleted_at = me.clock()
    return other


@reaches("create_workspace")
async def test_a_workspace_is_made_with_what_differs_and_gone_over_to(me: Road) -> None:
    view = await me.command_opening("/toggl new-workspace")
    choices = await me.slack.options(
        me.person, OnView(view.id), Blocks.WORKSPACE_PEOPLE, Actions.WORKSPACE_PEOPLE, "mika"
    )
    me.toggl.calls.clear()
    said = await me.submitted(
        view,
        {
            Blocks.WORKSPACE_NAME: "Archive",
            Blocks.WORKSPACE_PEOPLE: [choices[0].value],
            Blocks.WORKSPACE_PROJECTS: ["projects_billable_by_default"],
            Blocks.WORKSPACE_CURRENCY: "EUR",
        },
    )
    assert said.text == "Created the workspace *Archive*. You are its admin."
    [call] = me.toggl.calls
    assert call.operation == "create_workspace"
    assert call.body == {
        "name": "Archive",
        "projects_private_by_default": False,
        "default_currency": "EUR",
        "admins": [int(choices[0].value)],
    }
    me.toggl.calls.clear()
    switched = await me.pressed(said, Actions.SWITCH_WORKSPACE)
    assert "Archive" in shown(switched)
    assert operations(me.toggl) == ["get_workspace", "get_current_tracking"]
    view = await me.command_opening("/toggl settings")
    assert view.state[Blocks.WORKSPACE_NAME][Actions.WORKSPACE_FIELD]["value"] == "Archive"
    listed = await me.command("/toggl workspace")
    assert "Nordlicht Studio" in shown(listed)


async def test_nobody_goes_over_to_a_workspace_that_track_does_not_let_them_into(me: Road) -> None:
    """A button's value that somebody made up names no workspace of another company."""
    theirs = closed(me)
    forged = forging.press(me.person, Actions.SWITCH_WORKSPACE, f"{theirs.organization_id}:{theirs.track_id}:Archive")
    assert (await forged.send(me)).status_code == 200
    await me.slack.until(lambda: [call for call in me.toggl.calls if call.operation == "get_workspace"])
    async with me.store.reading() as db:
        account = await accounts.find(db, tenant_id=TEAM, user_id=me.person)
        assert account is not None
        kept = await workspaces.for_account(db, account_id=account.id)
    assert theirs.track_id not in {workspace.track_id for workspace in kept}


async def test_a_name_that_is_taken_is_told_in_the_form(me: Road) -> None:
    view = await me.command_opening("/toggl new-workspace")
    assert (await me.submit(view, {Blocks.WORKSPACE_NAME: "Nordlicht Studio"})).ok
    await top(me, "another workspace with same name exists in organization")


async def test_what_the_plan_does_not_include_is_told_at_its_field(me: Road) -> None:
    for organization in me.toggl.world.state.organizations.values():
        organization.plan = "free"
    view = await me.command_opening("/toggl new-workspace")
    refused = await me.submit(view, {Blocks.WORKSPACE_NAME: "Archive", Blocks.WORKSPACE_CURRENCY: "EUR"})
    assert refused.errors[Blocks.WORKSPACE_CURRENCY].startswith("“Currency” is not part of your Toggl plan")
    with pytest.raises(LookupError):
        made(me, "Archive")


async def test_who_may_not_make_one_is_told_so(road: Road) -> None:
    await road.connect("member", track=True)
    view = await road.command_opening("/toggl new-workspace")
    assert (await road.submit(view, {Blocks.WORKSPACE_NAME: "Mine"})).ok
    await top(road, "Toggl does not allow you to do this. Nothing was saved.")
    with pytest.raises(LookupError):
        made(road, "Mine")


async def test_an_answer_that_was_lost_is_looked_up_and_nothing_made_twice(me: Road) -> None:
    view = await me.command_opening("/toggl new-workspace")
    me.toggl.fail("create_workspace", drop="after")
    said = await me.submitted(view, {Blocks.WORKSPACE_NAME: "Archive"})
    assert said.text.startswith("Created the workspace *Archive*.")
    names = [workspace.name for workspace in me.toggl.world.state.workspaces.values()]
    assert names.count("Archive") == 1
