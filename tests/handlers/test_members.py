"""`/toggl members`: the whole road, in Slack and in Toggl; looking at people, and changing them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import LENA, MARCUS, SOFIA
from bot.local.toggl.records import Member, Person
from bot.views.ids import Actions, Blocks
from tests import forging
from tests.handlers.members_modal import (
    OPENING,
    choose,
    filter_by,
    form_of,
    here,
    logged,
    names,
    opened,
    person,
    press,
    rested,
    send,
    told,
    top,
)
from tests.handlers.reaching import reaches
from tests.local_toggl import operations
from tests.road import Road, shown


def crowd(lena: Road, count: int) -> None:
    """Let so many more people be in the workspace."""
    world, place = lena.toggl.world, lena.toggl.workspace()
    for number in range(count):
        somebody = person(lena, "jonas")
        copy = Person(
            **{field: getattr(somebody, field) for field in somebody.__struct_fields__}
            | {"id": world.new_id(), "handle": f"p{number}", "name": f"Person {number:04}", "email": f"p{number}@x.y"}
        )
        world.state.people[copy.id] = copy
        joined = Member(
            id=world.new_id(), workspace_id=place.id, person_id=copy.id, role="user", updated_at=lena.clock()
        )
        world.state.members[joined.id] = joined


async def test_everybody_is_there_with_role_groups_hours_and_rates(lena: Road) -> None:
    here(lena, "diego").accepted = False
    view = await opened(lena)
    assert operations(lena.toggl) == OPENING
    assert names(view)[:3] == ["Astrid Holm", "Diego Ferrer", "Emil Sørensen"]
    assert len(names(view)) == 13
    emil = told(view, "Emil Sørensen")
    group = here(lena, "emil").group_ids[0]
    assert emil.splitlines() == [
        "*Emil Sørensen* · Member",
        "emil@nordlicht.example · 6 h a day",
        f"group #{group} · billed at 120 an hour · costs 52",
    ]
    assert "*Diego Ferrer* · Member · :envelope: invited, has not accepted yet" in told(view, "Diego Ferrer")
    assert "*Viktor Hahn* · Member · :no_entry: deactivated" in told(view, "Viktor Hahn")


async def test_words_behind_the_command_narrow_the_list(lena: Road) -> None:
    assert names(await opened(lena, "marin")) == ["Sofia Marín"]


async def test_filters_and_search_go_together_and_need_no_call(lena: Road) -> None:
    view = await opened(lena)
    operations(lena.toggl)
    await filter_by(lena, view, f"{Actions.MEMBER_FILTER}:role", "user")
    view = await top(lena, "8 people of 13")
    await filter_by(lena, view, f"{Actions.MEMBER_FILTER}:activity", "deactivated")
    view = await top(lena, "1 person of 13")
    assert names(view) == ["Viktor Hahn"]
    await send(lena, view, {Blocks.MEMBER_WORDS: "lena"})
    view = await top(lena, "Nobody matches.")
    await filter_by(lena, view, f"{Actions.MEMBER_FILTER}:role", "*")
    await filter_by(lena, await top(lena, "Nobody matches."), f"{Actions.MEMBER_FILTER}:activity", "*")
    assert names(await top(lena, "1 person of 13")) == ["Lena Brandt"]
    assert operations(lena.toggl) == []


async def test_a_group_is_found_by_its_people(lena: Road) -> None:
    view = await opened(lena)
    group = here(lena, "lena").group_ids[0]
    offered = await lena.slack.options(LENA, OnView(view.id), Blocks.MEMBER_FILTERS, Actions.MEMBER_GROUP, "yuki lena")
    assert [choice.text for choice in offered] == ["Every group", f"Group #{group}"]
    await filter_by(lena, view, Actions.MEMBER_GROUP, str(group))
    assert names(await top(lena, "4 people of 13")) == ["Diego Ferrer", "Emil Sørensen", "Lena Brandt", "Yuki Sato"]


async def test_two_thousand_people_are_pages_of_one_list(lena: Road) -> None:
    crowd(lena, 2000)
    view = await opened(lena, "person")
    assert "2000 people of 2013 · page 1 of 134" in str(view.blocks)
    await press(lena, view, Actions.MEMBER_PAGE, "Next")
    view = await top(lena, "page 2 of 134")
    assert names(view)[0] == "Person 0015"
    await send(lena, view, {Blocks.MEMBER_WORDS: "p1999@"})
    assert names(await top(lena, "1 person of 2013")) == ["Person 1999"]
    assert operations(lena.toggl) == OPENING


@reaches("list_workspace_users", "list_users", "update_workspace_user", "update_user")
async def test_a_form_saves_each_field_under_the_right_number(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    assert operations(lena.toggl) == OPENING
    group = here(lena, "grace").group_ids[0]
    await lena.slack.options(LENA, OnView(form.id), Blocks.MEMBER_GROUPS, Actions.MEMBER_GROUPS, "")
    values: dict[str, Any] = {
        Blocks.MEMBER_NAME: "Emil Berg",
        Blocks.MEMBER_ROLE: "teamlead",
        Blocks.MEMBER_GROUPS: [str(group)],
        Blocks.MEMBER_HOURS: "7h30m",
    }
    rested(lena)
    await send(lena, form, values)
    view = await top(lena, ":white_check_mark: Changing a member")
    emil = here(lena, "emil")
    assert (emil.role, emil.group_ids, emil.working_hours_in_minutes) == ("teamlead", [group], 450)
    assert person(lena, "emil").name == "Emil Berg"
    assert operations(lena.toggl) == [
        "get_workspace", "list_workspace_users", "update_workspace_user", "update_user", "list_users",
    ]  # fmt: skip
    assert "*Emil Berg* · Team lead" in told(view, "Emil Berg")
    assert "Role: Member → Team lead" in str(view.blocks)
    assert "Working hours per day: 6 h → 7 h 30 min" in str(view.blocks)
    assert await logged(lena) == [("Emil Sørensen", "member.edit", "done")]


async def test_more_groups_than_a_form_can_hold_stay_as_they_are(lena: Road) -> None:
    groups = list(range(10**9, 10**9 + 400))
    here(lena, "emil").group_ids = groups
    form = await form_of(lena, "Emil Sørensen")
    assert "In 400 groups: too many for this form, so they stay as they are." in str(form.blocks)
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_HOURS: "4h"})
    await top(lena, "Working hours per day: 6 h → 4 h")
    assert (here(lena, "emil").group_ids, here(lena, "emil").working_hours_in_minutes) == (groups, 240)


async def test_undo_gives_the_member_back_what_they_had(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_ROLE: "projectlead", Blocks.MEMBER_HOURS: ""})
    view = await top(lena, ":white_check_mark: Changing a member")
    assert here(lena, "emil").working_hours_in_minutes is None
    rested(lena)
    await press(lena, view, Actions.UNDO)
    await top(lena, "Undone.")
    emil = here(lena, "emil")
    assert (emil.role, emil.working_hours_in_minutes) == ("user", 360)
    assert [result for _, _, result in await logged(lena)] == ["done", "done"]


async def test_hours_that_make_no_sense_and_a_name_of_spaces_are_told_under_the_field(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    outcome = await lena.submit(form, {Blocks.MEMBER_HOURS: "a lot"})
    assert set(outcome.errors) == {Blocks.MEMBER_HOURS}
    outcome = await lena.submit(form, {Blocks.MEMBER_NAME: "  "})
    assert outcome.errors == {Blocks.MEMBER_NAME: "A member needs a name."}
    assert await logged(lena) == []


async def test_nothing_different_changes_nothing(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    operations(lena.toggl)
    await send(lena, form)
    await top(lena, "Nothing was different, so nothing was changed.")
    assert operations(lena.toggl) == []


async def test_back_leads_to_the_list_as_it_was(lena: Road) -> None:
    view = await opened(lena, "emil")
    await choose(lena, view, "Emil Sørensen", "Edit…")
    await press(lena, await top(lena, Blocks.MEMBER_HOURS), Actions.MEMBER_BACK)
    assert names(await top(lena, Blocks.MEMBER_FILTERS)) == ["Emil Sørensen"]


async def test_the_second_admin_sees_what_the_first_did_before_overwriting_it(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    here(lena, "emil").role = "projectlead"
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_ROLE: "teamlead", Blocks.MEMBER_HOURS: "4h"})
    again = await top(lena, "was changed by somebody else in the meantime")
    assert "Role: Member → Project lead" in str(again.blocks)
    assert (here(lena, "emil").role, here(lena, "emil").working_hours_in_minutes) == ("projectlead", 360)
    role = next(block for block in again.blocks if block.get("block_id") == f"{Blocks.MEMBER_ROLE}:1")
    assert role["element"]["initial_option"]["value"] == "teamlead"
    rested(lena)
    await send(lena, again)
    view = await top(lena, ":white_check_mark: Changing a member")
    assert "Role: Project lead → Team lead" in str(view.blocks)
    assert here(lena, "emil").role == "teamlead"
    assert [result for _, _, result in await logged(lena)] == ["changed", "done"]


async def test_a_demoted_admins_open_form_cannot_save(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    here(lena, "admin").role = "user"
    await send(lena, form, {Blocks.MEMBER_ROLE: "admin"})
    again = await top(lena, "Toggl does not allow you to do this. Nothing was saved.")
    assert here(lena, "emil").role == "user"
    assert again.state[Blocks.MEMBER_ROLE][Actions.MEMBER_FIELD]["selected_option"]["value"] == "admin"
    assert await logged(lena) == [("Emil Sørensen", "member.edit", "refused")]


async def test_a_demoted_admin_asks_one_who_still_is(lena: Road) -> None:
    lena.person = SOFIA
    await lena.connect("sofia", track=True)
    lena.person = LENA
    form = await form_of(lena, "Emil Sørensen")
    here(lena, "admin").role = "user"
    await send(lena, form, {Blocks.MEMBER_HOURS: "4h"})
    await press(lena, await top(lena, "Toggl does not allow you to do this."), Actions.ASK_ADMIN)
    await lena.run_due()
    dm = lena.slack.world.dm_of(SOFIA)
    assert dm is not None
    [request] = lena.slack.world.seen_by(SOFIA, dm.id)
    assert "Working hours per day: 6 h → 4 h" in shown(request)
    lena.person = SOFIA
    assert "it is done" in shown(await lena.pressed(request, Actions.ALLOW_REQUEST))
    assert here(lena, "emil").working_hours_in_minutes == 240
    assert [result for _, _, result in await logged(lena)] == ["refused", "asked", "done"]


async def test_deactivating_asks_and_can_be_undone_or_ended(lena: Road) -> None:
    await choose(lena, await opened(lena), "Emil Sørensen", "Deactivate…")
    question = await top(lena, "Deactivate *Emil Sørensen* in *Nordlicht Studio*?")
    assert not here(lena, "emil").inactive
    rested(lena)
    await send(lena, question)
    view = await top(lena, "Active: yes → no")
    assert here(lena, "emil").inactive
    rested(lena)
    await choose(lena, view, "Emil Sørensen", "Reactivate")
    view = await top(lena, "Active: no → yes")
    assert not here(lena, "emil").inactive
    rested(lena)
    await press(lena, view, Actions.UNDO)
    await top(lena, "Undone.")
    assert here(lena, "emil").inactive


async def test_a_new_name_needs_no_other_list(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    rested(lena)
    lena.toggl.fail("list_users", status=503, times=9)
    await send(lena, form, {Blocks.MEMBER_NAME: "Emil Berg"})
    view = await top(lena, ":white_check_mark: Changing a member")
    assert "Emil Berg" in names(view)
    rested(lena)
    await press(lena, view, Actions.UNDO)
    await top(lena, "Undone.")
    assert person(lena, "emil").name == "Emil Sørensen"


async def test_the_same_form_twice_changes_once(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    state: dict[str, Any] = {
        Blocks.MEMBER_NAME: {Actions.MEMBER_FIELD: {"type": "plain_text_input", "value": "Emil Sørensen"}},
        Blocks.MEMBER_ROLE: {Actions.MEMBER_FIELD: {"type": "static_select", "selected_option": {"value": "teamlead"}}},
        Blocks.MEMBER_GROUPS: {
            Actions.MEMBER_GROUPS: {
                "type": "multi_external_select",
                "selected_options": [{"value": str(number)} for number in here(lena, "emil").group_ids],
            }
        },
        Blocks.MEMBER_HOURS: {Actions.MEMBER_FIELD: {"type": "plain_text_input", "value": "6h"}},
    }
    sent = forging.submission(LENA, form, state)
    rested(lena)
    assert ":white_check_mark: Changing a member" in (await sent.send(lena)).text
    here(lena, "emil").role = "user"
    rested(lena)
    operations(lena.toggl)
    await sent.send(lena)  # the very same request: a replay
    assert operations(lena.toggl) == []
    here(lena, "emil").role = "teamlead"
    assert "is already like that" in (await forging.submission(LENA, form, state).send(lena)).text
    assert [result for _, _, result in await logged(lena)] == ["done", "changed"]


@pytest.mark.parametrize("connected", [True, False])
async def test_a_members_forged_form_changes_nothing(lena: Road, connected: bool) -> None:  # noqa: FBT001 (a parameter)
    form = await form_of(lena, "Emil Sørensen")
    if connected:
        lena.person = MARCUS
        await lena.connect("member", track=True)
    state: dict[str, Any] = {
        Blocks.MEMBER_ROLE: {Actions.MEMBER_FIELD: {"type": "static_select", "selected_option": {"value": "admin"}}}
    }
    await forging.submission(MARCUS, form, state).send(lena)
    for verb in ("remove", "deactivate", "activate", "edit"):
        await forging.press(MARCUS, Actions.MEMBER_DEED, f"{verb}:{here(lena, 'emil').id}").send(lena)
    emil = here(lena, "emil")
    assert (emil.role, emil.inactive, person(lena, "emil").name) == ("user", False, "Emil Sørensen")
    assert "done" not in [result for _, _, result in await logged(lena)]


async def test_members_are_for_admins(road: Road) -> None:
    await road.connect("member", track=True)
    said = await road.command("/toggl members")
    assert "Only an admin of your Toggl workspace may do that, so nothing was changed." in said.text


async def test_without_track_the_person_is_asked_to_connect_it(road: Road) -> None:
    await road.connect("admin")
    assert "needs a Track API token" in (await road.command("/toggl members")).text


async def test_where_toggl_is_down_the_modal_says_so(lena: Road) -> None:
    lena.toggl.fail("list_workspace_users", status=503, times=10)
    await lena.slack.run_command(LENA, lena.channel, "/toggl members")
    await top(lena, "Toggl cannot be reached right now. Nothing was saved.")


async def test_a_spent_quota_is_told_and_says_when_it_resets(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    lena.toggl.spend_quota("admin")
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_HOURS: "4h"})
    await top(lena, "It resets in")
    assert here(lena, "emil").working_hours_in_minutes == 360


async def test_what_became_unknown_is_in_the_log_as_such(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    lena.toggl.fail("update_workspace_user", drop="after", times=5)
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_HOURS: "4h"})
    await top(lena, "This may or may not have been saved")
    assert [result for _, _, result in await logged(lena)] == ["unknown"]


async def test_a_name_that_toggl_does_not_take_leaves_the_rest_changed_and_says_so(lena: Road) -> None:
    form = await form_of(lena, "Emil Sørensen")
    lena.toggl.fail("update_user", status=403, body="No right to rename", times=2)
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_NAME: "X", Blocks.MEMBER_HOURS: "4h"})
    await top(lena, "The rest was changed, but *Emil Sørensen* could not be renamed")
    assert here(lena, "emil").working_hours_in_minutes == 240
    assert [result for _, _, result in await logged(lena)] == ["partly"]


async def test_a_person_who_takes_no_name_is_renamed_by_the_membership(lena: Road) -> None:
    """The page describes no body of the one, and a name in the body of the other."""
    form = await form_of(lena, "Emil Sørensen")
    lena.toggl.fail("update_user", status=400, body="Unexpected body")
    rested(lena)
    await send(lena, form, {Blocks.MEMBER_NAME: "Emil S."})
    await top(lena, "Name: Emil Sørensen → Emil S.")
    assert lena.toggl.calls.of("update_workspace_user")


async def test_rates_are_one_step_away(lena: Road) -> None:
    await choose(lena, await opened(lena), "Emil Sørensen", "Rates…")
    await top(lena, "Emil Sørensen")
    stack = lena.slack.world.modals[LENA]
    assert len(stack) == 2
