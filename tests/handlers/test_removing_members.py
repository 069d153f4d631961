"""`/toggl members`: removing one person, or several at once."""

from __future__ import annotations

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import LENA, SOFIA
from bot.local.slack.world import Message, View
from bot.views.ids import Actions, Blocks
from tests.handlers.members_modal import (
    choose,
    here,
    logged,
    member,
    names,
    opened,
    press,
    rested,
    send,
    top,
)
from tests.handlers.reaching import reaches
from tests.local_toggl import operations
from tests.road import Road, find_button, shown


@reaches("delete_workspace_user")
async def test_removing_asks_says_what_happens_and_has_no_undo(lena: Road) -> None:
    await choose(lena, await opened(lena), "Sofia Marín", "Remove…")
    question = await top(lena, "Remove *Sofia Marín* from *Nordlicht Studio*?")
    assert "They are an admin of this workspace." in str(question.blocks)
    assert "*This cannot be undone:*" in str(question.blocks)
    assert member(lena, "sofia") is not None
    operations(lena.toggl)
    rested(lena)
    await send(lena, question)
    view = await top(lena, ":white_check_mark: Removed 1: Sofia Marín")
    assert member(lena, "sofia") is None
    assert "Sofia Marín" not in names(view)
    assert operations(lena.toggl) == ["get_workspace", "list_workspace_users", "delete_workspace_user"]
    with pytest.raises(AssertionError, match="no button"):
        find_button(view.blocks, Actions.UNDO)


async def test_a_removal_that_was_asked_of_somebody_else_meanwhile_asks_again(lena: Road) -> None:
    await choose(lena, await opened(lena), "Emil Sørensen", "Remove…")
    question = await top(lena, "Remove *Emil Sørensen*")
    here(lena, "emil").role = "admin"
    rested(lena)
    await send(lena, question)
    again = await top(lena, "was changed by somebody else in the meantime")
    assert "Role: Member → Admin" in str(again.blocks)
    assert "They are an admin of this workspace." in str(again.blocks)
    assert member(lena, "emil") is not None
    rested(lena)
    await send(lena, again)
    await top(lena, "Removed 1: Emil Sørensen")


async def several(lena: Road, *handles: str) -> View:
    """The question before so many are removed."""
    await press(lena, await opened(lena), Actions.MEMBERS_CHOOSE)
    form = await top(lena, "Who should be removed?")
    await lena.slack.options(LENA, OnView(form.id), Blocks.MEMBER_PEOPLE, Actions.MEMBER_PEOPLE, "")
    await send(lena, form, {Blocks.MEMBER_PEOPLE: [str(here(lena, handle).id) for handle in handles]})
    question = await top(lena, "*This cannot be undone:*")
    operations(lena.toggl)
    rested(lena)
    return question


@reaches("delete_workspace_users")
async def test_several_go_in_one_call(lena: Road) -> None:
    question = await several(lena, "emil", "grace", "sofia")
    assert "Remove 3 people from *Nordlicht Studio*?" in str(question.blocks)
    assert "1 of them is an admin of this workspace." in str(question.blocks)
    await send(lena, question)
    await top(lena, "Removed 3: Emil Sørensen, Grace Kim, Sofia Marín")
    assert [member(lena, handle) for handle in ("emil", "grace", "sofia")] == [None] * 3
    assert operations(lena.toggl) == [
        "get_workspace", "list_workspace_users", "delete_workspace_users", "list_workspace_users",
    ]  # fmt: skip
    assert [(kind, result) for _, kind, result in await logged(lena)] == [("member.remove", "done")] * 3


async def asked_for_several(lena: Road) -> Message:
    """Lena, an admin no more, asks Sofia to remove two; the request as Sofia gets it, who is at the keyboard then."""
    lena.person = SOFIA
    await lena.connect("sofia", track=True)
    lena.person = LENA
    question = await several(lena, "emil", "grace")
    here(lena, "admin").role = "user"
    await send(lena, question)
    await press(lena, await top(lena, "Toggl does not allow you to do this."), Actions.ASK_ADMIN)
    await lena.run_due()
    dm = lena.slack.world.dm_of(SOFIA)
    assert dm is not None
    [request] = lena.slack.world.seen_by(SOFIA, dm.id)
    assert "Removing members: *Nordlicht Studio*\nPeople: Emil Sørensen, Grace Kim" in shown(request)
    lena.person = SOFIA
    return request


async def test_a_refused_removal_of_several_is_asked_of_an_admin_who_allows_it(lena: Road) -> None:
    request = await asked_for_several(lena)
    assert "it is done" in shown(await lena.pressed(request, Actions.ALLOW_REQUEST))
    assert [member(lena, handle) for handle in ("emil", "grace")] == [None] * 2
    assert [(kind, result) for _, kind, result in await logged(lena)] == [
        ("member.remove", "refused"),
        ("member.remove", "refused"),
        ("member.remove_all", "asked"),
        ("member.remove", "done"),
        ("member.remove", "done"),
    ]


async def test_what_of_several_was_allowed_and_not_done_is_told_to_both(lena: Road) -> None:
    request = await asked_for_several(lena)
    here(lena, "grace").role = "admin"
    said = "Done: Emil Sørensen. Not done: Grace Kim. Grace Kim was changed by somebody else since this was shown."
    assert said in shown(await lena.pressed(request, Actions.ALLOW_REQUEST)).replace("*", "")
    assert (member(lena, "emil"), member(lena, "grace") is None) == (None, False)
    await lena.run_due()
    for person in (SOFIA, LENA):
        dm = lena.slack.world.dm_of(person)
        assert dm is not None
        assert f"allowed it, and some of it was done. {said}" in str(
            [shown(message).replace("*", "") for message in lena.slack.world.seen_by(person, dm.id)]
        )


async def test_who_went_and_who_did_not_is_said_by_name(lena: Road) -> None:
    question = await several(lena, "emil", "admin")
    await send(lena, question)
    view = await top(lena, "Removed 1: Emil Sørensen")
    assert "1 is still there:" in str(view.blocks)
    assert "• *Astrid Holm*: Toggl did not accept this: Wrong workspace user IDs. Nothing was saved." in str(
        view.blocks
    )
    assert [member(lena, handle) is None for handle in ("emil", "admin")] == [True, False]
    assert sorted(await logged(lena)) == [
        ("Astrid Holm", "member.remove", "failed"),
        ("Emil Sørensen", "member.remove", "done"),
    ]


async def test_a_lost_answer_is_found_out_by_looking(lena: Road) -> None:
    question = await several(lena, "emil", "grace")
    lena.toggl.fail("delete_workspace_users", drop="after", times=3)
    await send(lena, question)
    await top(lena, "Removed 2: Emil Sørensen, Grace Kim")


async def test_where_toggl_says_yes_and_does_nothing_that_is_told(lena: Road) -> None:
    question = await several(lena, "emil", "grace")
    lena.toggl.fail("delete_workspace_users", status=200)
    await send(lena, question)
    view = await top(lena, "Nobody was removed.")
    assert "Toggl said yes, but *Emil Sørensen* is still in the workspace." in str(view.blocks)


async def test_a_spent_quota_in_the_middle_leaves_the_rest_and_says_so(lena: Road) -> None:
    question = await several(lena, "emil", "grace")
    lena.toggl.fail("delete_workspace_users", status=400)
    lena.toggl.spend_quota("admin", remaining=3)
    await send(lena, question)
    view = await top(lena, "Removed 1: Emil Sørensen")
    assert "• *Grace Kim*: Toggl’s hourly limit for your plan is used up." in str(view.blocks)
    assert member(lena, "grace") is not None


async def test_who_went_is_told_also_where_the_list_cannot_be_read_any_more(lena: Road) -> None:
    question = await several(lena, "emil", "grace")
    lena.toggl.fail("list_workspace_users", delay=0.0)  # the one before goes right
    lena.toggl.fail("list_workspace_users", status=503, times=9)
    await send(lena, question)
    view = await top(lena, "Removed 2: Emil Sørensen, Grace Kim")
    assert "so the list is not shown" in str(view.blocks)


async def test_of_several_one_changed_meanwhile_is_shown_first(lena: Road) -> None:
    question = await several(lena, "emil", "grace")
    here(lena, "grace").role = "admin"
    lena.clock.pass_(minutes=11)
    await send(lena, question)
    again = await top(lena, "Changed by somebody else in the meantime: *Grace Kim*.")
    assert member(lena, "emil") is not None
    rested(lena)
    await send(lena, again)
    await top(lena, "Removed 2: Emil Sørensen, Grace Kim")


async def test_of_several_one_changed_this_minute_stays(lena: Road) -> None:
    question = await several(lena, "emil", "grace")
    here(lena, "grace").role = "admin"
    await send(lena, question)
    view = await top(lena, "Removed 1: Emil Sørensen")
    assert "*Grace Kim* was changed by somebody else since this was shown." in str(view.blocks)
    assert member(lena, "grace") is not None
