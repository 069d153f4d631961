from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import ALEX
from bot.local.slack.world import View
from bot.local.toggl.records import Workspace
from bot.views.ids import Actions, Blocks
from tests.handlers.reaching import reaches
from tests.handlers.test_statuses import demote, promote, says, top
from tests.local_toggl import operations
from tests.road import Road, find_button, shown


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin with both products."""
    road.toggl.limited = False
    await road.connect("admin", track=True)
    return road


def kept(me: Road) -> Workspace:
    """The main workspace as Toggl keeps it."""
    return me.toggl.workspace()


async def opened(me: Road) -> View:
    """The form, filled."""
    return await me.command_opening("/toggl settings")


async def press(me: Road, view: View, action: Actions) -> None:
    """Press a button of the modal."""
    block_id, element = find_button(view.blocks, action)
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, element["action_id"], element.get("value"))
    assert outcome.ok, outcome


def held(view: View, block: str) -> Any:
    """What an input of the form is filled with."""
    [element] = view.state[block].values()
    option = element.get("selected_option")
    chosen = [each["value"] for each in element.get("selected_options", ())]
    return (option and option["value"]) or chosen or element.get("value")


async def test_every_setting_is_shown_as_it_is_now_with_one_call(me: Road) -> None:
    view = await opened(me)
    assert operations(me.toggl) == ["get_workspace"]
    assert held(view, Blocks.WORKSPACE_NAME) == kept(me).name
    assert held(view, Blocks.WORKSPACE_PROJECTS) == ["projects_billable_by_default"]
    assert held(view, Blocks.WORKSPACE_REPORTS) == ["reports_collapse"]
    assert (held(view, Blocks.WORKSPACE_CURRENCY), held(view, Blocks.WORKSPACE_RATE)) == ("EUR", None)
    assert (held(view, Blocks.WORKSPACE_ROUNDING), held(view, Blocks.WORKSPACE_MINUTES)) == ("1", "0")
    assert "paid plan" in str(view.blocks)
    assert len(view.blocks) <= 100


@reaches("get_workspace", "update_workspace")
async def test_only_what_changed_is_saved_said_in_words_and_undone(me: Road) -> None:
    view = await opened(me)
    me.toggl.calls.clear()
    said = await me.submitted(
        view,
        {
            Blocks.WORKSPACE_NAME: "Nordlicht",
            Blocks.WORKSPACE_RIGHTS: ["only_admins_may_create_projects"],
            Blocks.WORKSPACE_RATE: "95.50",
            Blocks.WORKSPACE_MINUTES: "15",
        },
    )
    assert said.text.splitlines() == [
        "Done. Changing the workspace’s settings: *Nordlicht Studio*",
        "Name: Nordlicht Studio → Nordlicht",
        "Only admins may create projects: no → yes",
        "Billable rate per hour: 0 → 95.5",
        "Round to how many minutes: not rounded → 15 min",
    ]
    put = next(call for call in me.toggl.calls if call.operation == "update_workspace")
    assert put.body == {
        "name": "Nordlicht",
        "only_admins_may_create_projects": True,
        "default_hourly_rate": 95.5,
        "rate_change_mode": "start-today",
        "rounding_minutes": 15,
    }
    assert operations(me.toggl) == ["get_workspace", "update_workspace"]
    me.clock.pass_(minutes=1)
    undone = await me.pressed(said, Actions.UNDO)
    assert undone.text.startswith("Undone.")
    settings = kept(me).settings
    assert (kept(me).name, settings.only_admins_may_create_projects) == ("Nordlicht Studio", False)
    assert (settings.default_hourly_rate, settings.rounding_minutes) == (0, 0)


async def test_a_form_that_changes_nothing_saves_nothing(me: Road) -> None:
    view = await opened(me)
    me.toggl.calls.clear()
    assert (await me.submit(view, {})).ok
    await top(me, "There was nothing to save")
    assert operations(me.toggl) == []


async def test_what_cannot_be_understood_is_told_beside_its_field(me: Road) -> None:
    view = await opened(me)
    right: dict[str, Any] = {
        Blocks.WORKSPACE_CURRENCY: "EUR",
        Blocks.WORKSPACE_RATE: "90",
        Blocks.WORKSPACE_MINUTES: "0",
    }
    for block, wrong, words in (
        (Blocks.WORKSPACE_NAME, "  ", "needs a name"),
        (Blocks.WORKSPACE_CURRENCY, "E", "three letters"),
        (Blocks.WORKSPACE_RATE, "a lot", "as a number"),
        (Blocks.WORKSPACE_MINUTES, "999", "from 0 to 240"),
    ):
        refused = await me.submit(view, {Blocks.WORKSPACE_NAME: "Nordlicht", **right, block: wrong})
        assert words in refused.errors[block]


async def test_a_rate_for_the_past_asks_first_and_has_no_undo(me: Road) -> None:
    view = await opened(me)
    values: dict[str, Any] = {Blocks.WORKSPACE_RATE: "110", Blocks.WORKSPACE_RATE_MODE: "override-all"}
    assert (await me.submit(view, values)).ok
    asked = await top(me, "This cannot be undone.")
    assert "Billable rate per hour: 0 → 110" in says(asked)
    assert "amounts in past reports will change" in says(asked)
    assert kept(me).settings.default_hourly_rate == 0
    await press(me, asked, Actions.OPEN_SETTINGS)
    again = await me.modal()
    assert held(again, f"{Blocks.WORKSPACE_RATE}:1") == "110"
    assert held(again, f"{Blocks.WORKSPACE_RATE_MODE}:1") == "override-all"
    assert (await me.submit(again, {})).ok
    said = await me.submitted(await top(me, "This cannot be undone."), {})
    assert said.text.splitlines() == [
        "Done. Permanently changing the workspace’s settings: *Nordlicht Studio*",
        "Billable rate per hour: 0 → 110",
        "The new rate applies: In place of all rates",
    ]
    assert kept(me).settings.default_hourly_rate == 110
    assert Actions.UNDO not in str(said.blocks)


async def test_what_the_plan_does_not_include_is_told_at_its_field_and_nothing_saved(me: Road) -> None:
    me.toggl.set_plan("free")
    view = await opened(me)
    assert "This workspace has no paid plan" in str(view.blocks)
    values: dict[str, Any] = {Blocks.WORKSPACE_NAME: "Other", Blocks.WORKSPACE_MINUTES: "15"}
    refused = await me.submit(view, values)
    assert refused.errors[Blocks.WORKSPACE_MINUTES].startswith("“Round to how many minutes” is not part of your")
    me.clock.pass_(minutes=1)
    values = {Blocks.WORKSPACE_MINUTES: "0", Blocks.WORKSPACE_RIGHTS: ["only_admins_may_create_tags"]}
    refused = await me.submit(view, values)
    assert "“Only admins may create tags”" in refused.errors[Blocks.WORKSPACE_RIGHTS]
    assert kept(me).name == "Nordlicht Studio"


async def test_what_a_second_admin_changed_meanwhile_is_shown_before_it_is_overwritten(me: Road) -> None:
    view = await opened(me)
    mine, me.person = me.person, ALEX
    promote(me, "member")
    await me.connect("member", track=True)
    await me.submitted(await opened(me), {Blocks.WORKSPACE_CURRENCY: "CHF", Blocks.WORKSPACE_NAME: "Theirs"})
    me.person = mine
    me.clock.pass_(minutes=1)
    assert (await me.submit(view, {Blocks.WORKSPACE_NAME: "Mine"})).ok
    again = await top(me, "Somebody else changed these settings in the meantime")
    assert "Currency: EUR → CHF" in says(again)
    assert "Name: Nordlicht Studio → Theirs" in says(again)
    assert (held(again, f"{Blocks.WORKSPACE_NAME}:1"), held(again, f"{Blocks.WORKSPACE_CURRENCY}:1")) == ("Mine", "CHF")
    assert kept(me).name == "Theirs"
    me.clock.pass_(minutes=1)
    said = await me.submitted(again, {})
    assert "Name: Theirs → Mine" in said.text
    assert (kept(me).name, kept(me).settings.default_currency) == ("Mine", "CHF")


async def test_a_demoted_admins_open_form_cannot_save(me: Road) -> None:
    view = await opened(me)
    demote(me, "admin")
    assert (await me.submit(view, {Blocks.WORKSPACE_NAME: "Mine"})).ok
    await top(me, "Toggl does not allow you to do this. Nothing was saved.")
    assert kept(me).name == "Nordlicht Studio"


async def test_who_is_no_admin_may_look_and_is_told_so(road: Road) -> None:
    await road.connect("member", track=True)
    view = await opened(road)
    assert "Only admins of the workspace can save this." in str(view.blocks)


async def test_sending_the_form_twice_saves_once(me: Road) -> None:
    view = await opened(me)
    values: dict[str, Any] = {Blocks.WORKSPACE_NAME: "Nordlicht"}
    await asyncio.gather(*(me.submit(view, values) for _ in range(2)), return_exceptions=True)
    await me.slack.until(lambda: kept(me).name == "Nordlicht")
    assert operations(me.toggl).count("update_workspace") == 1


async def test_an_answer_that_was_lost_is_not_called_saved(me: Road) -> None:
    view = await opened(me)
    for _ in range(2):
        me.toggl.fail("update_workspace", drop="after")
    assert (await me.submit(view, {Blocks.WORKSPACE_NAME: "Nordlicht"})).ok
    await top(me, "look before you try again")


async def test_people_become_admins_after_it_is_said_what_that_means(me: Road) -> None:
    view = await opened(me)
    await press(me, view, Actions.OPEN_ADMINS)
    form = await top(me, "They can then change everything in the workspace")
    assert "Admins of *Nordlicht Studio* now: " in says(form)
    choices = await me.slack.options(
        me.person, OnView(form.id), Blocks.WORKSPACE_PEOPLE, Actions.WORKSPACE_PEOPLE, "mika"
    )
    me.clock.pass_(minutes=1)
    said = await me.submitted(form, {Blocks.WORKSPACE_PEOPLE: [choices[0].value]})
    assert said.text == "Done. New admins: *Nordlicht Studio*\nAdmins: Mika Tanaka"
    roles = {
        me.toggl.world.state.people[member.person_id].handle
        for member in me.toggl.world.state.members.values()
        if member.workspace_id == kept(me).id and member.role == "admin"
    }
    assert roles >= {"admin", "member", "sofia"}


@reaches("get_time_entry_constraints")
async def test_constraints_are_told_in_words_with_where_to_change_them(me: Road) -> None:
    nothing = await me.command("/toggl constraints")
    assert nothing.text == "*Nordlicht Studio* requires nothing of a time entry."
    me.toggl.demand("description", "tag")
    rules = await me.command("/toggl constraints")
    assert "In *Nordlicht Studio* every time entry must have:\n• a description\n• at least one tag" in shown(rules)
    assert "under *Required fields*" in shown(rules)
