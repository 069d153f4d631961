"""A modal acts in the Toggl workspace that it shows, though its person went over to another one meanwhile."""

from __future__ import annotations

import pytest

from bot.local.toggl.records import Workspace
from bot.store import accounts, workspaces
from bot.views.ids import Actions, Blocks
from tests.handlers.test_statuses import filled, opened, press, top
from tests.road import TEAM, Road


@pytest.fixture
async def me(road: Road) -> Road:
    """An admin of both of the company's workspaces, at work in the first."""
    road.toggl.limited = False
    await road.connect("admin", track=True)
    return road


async def gone_over(me: Road) -> Workspace:
    """The other workspace, which the person works in from now on; as they may choose it on their phone."""
    here = me.toggl.workspace()
    other = next(place for place in me.toggl.world.state.workspaces.values() if place.id != here.id)
    async with me.store.writing() as db:
        account = await accounts.find(db, tenant_id=TEAM, user_id=me.person)
        assert account is not None
        kept = await workspaces.save(
            db,
            account_id=account.id,
            organization_id=other.organization_id,
            name=other.name,
            focus_id=other.id,
            track_id=other.track_id,
        )
        await workspaces.choose(db, account_id=account.id, workspace_id=kept.id)
    return other


def statuses(me: Road, name: str) -> list[int]:
    """The workspaces that have a status of this name."""
    return [status.workspace_id for status in me.toggl.world.state.statuses.values() if status.name == name]


async def test_what_is_made_in_an_open_modal_is_made_where_it_was_opened(me: Road) -> None:
    await press(me, await opened(me), "New status…")
    form = await top(me, "Toggl decides")
    other = await gone_over(me)
    assert (await me.submit(form, filled("Launch", "🚀"))).ok
    made = await top(me, "Created 🚀 *Launch*")
    assert statuses(me, "Launch") == [me.toggl.workspace().id]
    await press(me, made, "New status…")
    form = await top(me, "Toggl decides")
    assert (await me.submit(form, filled("Landing", "🛬"))).ok
    await top(me, "Created 🛬 *Landing*")
    assert statuses(me, "Landing") == [me.toggl.workspace().id]
    view = await me.command_opening("/toggl settings")
    assert view.state[Blocks.WORKSPACE_NAME][Actions.WORKSPACE_FIELD]["value"] == other.name


async def test_a_modal_of_a_workspace_that_is_no_longer_the_persons_changes_nothing(me: Road) -> None:
    await press(me, await opened(me), "New status…")
    form = await top(me, "Toggl decides")
    await gone_over(me)
    async with me.store.writing() as db:
        account = await accounts.find(db, tenant_id=TEAM, user_id=me.person)
        assert account is not None
        left = await workspaces.find_in_focus(db, account_id=account.id, focus_id=me.toggl.workspace().id)
        assert left is not None
        await workspaces.forget(db, account_id=account.id, workspace_id=left.id)
    assert (await me.submit(form, filled("Launch", "🚀"))).ok
    await top(me, "no longer among yours")
    assert statuses(me, "Launch") == []
