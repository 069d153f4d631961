from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.outcomes import OnMessage, OnView
from bot.local.slack.world import Message, View
from bot.views.ids import Actions, Blocks
from bot.views.project_pieces import Deed
from tests.local_toggl import operations
from tests.road import Road, shown
from tests.services.projecting import kept

pytestmark = pytest.mark.usefixtures("connected")
NAME = "Booking App"


@pytest.fixture
async def connected(road: Road) -> None:
    """The person is connected as the seeded admin, with both products."""
    await road.connect("admin", track=True)


@pytest.fixture
def me(road: Road) -> Road:
    """The person in Slack."""
    return road


async def chosen(me: Road, message: Message, deed: Deed, *, place: int = 0) -> None:
    """Choose `deed` in the menu at `place` of a message."""
    menus = [
        (block["block_id"], element)
        for block in message.blocks
        for element in [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
        if element["type"] == "overflow"
    ]
    block_id, menu = menus[place]
    [value] = [each["value"] for each in menu["options"] if each["value"].startswith(f"{deed}:")]
    outcome = await me.slack.press(
        me.person, OnMessage(message.channel_id, message.ts), block_id, menu["action_id"], value
    )
    assert outcome.ok, outcome


async def offered(me: Road, view: View, block: str, action: Actions, query: str) -> Any:
    """The value of the first entry that a typeahead offers."""
    choices = await me.slack.options(me.person, OnView(view.id), block, action, query)
    return choices[0].value


async def test_alone_it_lists_active_projects_and_turns_the_pages_in_place(me: Road) -> None:
    first = await me.command("/project")
    assert first.ephemeral_to == me.person
    assert shown(first).splitlines()[1] == "*Active projects* · 27 projects · page 1 of 3"
    second = await me.pressed(first, Actions.PROJECT_PAGE, label="Next")
    assert second.ts == first.ts
    assert "page 2" in shown(second)
    assert operations(me.toggl) == ["list_projects"]


async def test_a_list_is_narrowed_by_words_and_filters(me: Road) -> None:
    found = await me.command("/project list all client:fjord pitch")
    assert "*Fjord Ferries Pitch*  :file_cabinet: archived" in shown(found)
    nothing = await me.command("/project list zebra")
    assert nothing.text == "*Active projects*: there are none."
    problem = await me.command("/project list client:zebra")
    assert problem.text == "No project that you can see has a client called “zebra”."


async def in_place(me: Road, message: Message, words: str) -> None:
    """Wait until the message itself says this."""
    await me.slack.until(lambda: words in shown(message))


async def test_the_list_shows_what_its_own_menu_changed_without_another_call(me: Road) -> None:
    listed = await me.command("/project")
    first = shown(listed).splitlines()[2].strip("*")
    await chosen(me, listed, Deed.PIN)
    await in_place(me, listed, f"*{first}*  :pushpin: pinned")
    await me.slack.until(lambda: any(f"Pinned *{first}*." in text for _, _, text in me.seen()))
    assert operations(me.toggl) == ["list_projects", "pin_project"]


async def test_the_list_shows_what_the_form_behind_its_menu_changed(me: Road) -> None:
    listed = await me.command("/project list all client:fjord booking app")
    listed = await me.command("/project list booking app")
    await chosen(me, listed, Deed.EDIT)
    view = await me.modal()
    values = {"project.name": "Booking App 2", "project.start": "2026-09-05"}
    assert (await me.submit(view, values)).ok
    await in_place(me, listed, "*Booking App 2*")


async def test_a_list_that_is_not_kept_any_more_stays_as_it_is(me: Road) -> None:
    listed = await me.command("/project")
    before = shown(listed)
    me.clock.pass_(minutes=11)
    await chosen(me, listed, Deed.ARCHIVE)
    await me.slack.until(lambda: any("Archived *" in text for _, _, text in me.seen()))
    await me.slack.settled()
    assert shown(listed) == before
    assert operations(me.toggl) == ["list_projects", "archive_project"]


async def test_a_card_tells_everything_and_its_buttons_act(me: Road) -> None:
    card = await me.command("/project show booking app")
    said = shown(card)
    assert "*Part of:* Fjord Ferries Booking" in said
    assert "*Rate:* €120.00 an hour" in said
    assert "(manager)" in said
    pinned = await me.pressed(card, Actions.PROJECT_DEED, label="Pin: Booking App")
    assert pinned.text == "Pinned *Booking App*."
    assert kept(me.toggl, NAME).pinned
    undone = await me.pressed(pinned, Actions.UNDO)
    assert undone.text == "Undone: *Booking App* is not pinned."
    assert not kept(me.toggl, NAME).pinned


async def test_several_matches_are_offered_and_one_is_picked(me: Road) -> None:
    offer = await me.command("/project archive booking")
    assert offer.text == "Which project? These match “booking”."
    archived = await me.pressed(offer, Actions.PROJECT_DEED, label="Archive: Booking Backend")
    assert archived.text.startswith("Archived *Booking Backend*")
    back = await me.command("/project unarchive booking backend")
    assert back.text == "Unarchived *Booking Backend*."


async def test_an_archived_project_that_is_archived_once_more_takes_no_other_one_along(me: Road) -> None:
    """Design System Tokens is the only active one that begins so, then."""
    first = await me.command("/project archive design system")
    again = await me.command("/project archive design system")
    assert first.text.startswith("Archived *Design System*:") and again.text == first.text
    assert kept(me.toggl, "Design System Tokens").archived_at is None
    part = await me.command("/project archive design system tok")
    assert part.text.startswith("Archived *Design System Tokens*:")


async def test_without_a_name_the_fitting_ones_are_offered(me: Road) -> None:
    offer = await me.command("/project unpin")
    unpinned = await me.pressed(offer, Actions.PROJECT_DEED, label="Unpin: Monthly Reporting")
    assert unpinned.text == "Unpinned *Monthly Reporting*."


async def test_an_unknown_name_offers_to_create_it(me: Road) -> None:
    nothing = await me.command("/project show Zebra crossing")
    assert nothing.text == "No project matches “Zebra crossing”. Nothing was changed."
    outcome = await me.press(nothing, Actions.NEW_PROJECT)
    assert outcome.ok
    view = await me.modal()
    assert view.state[Blocks.PROJECT_NAME][Actions.PROJECT_FIELD]["value"] == "Zebra crossing"


async def test_a_project_with_a_parent_and_a_fee_is_made_in_the_modal(me: Road) -> None:
    view = await me.command_opening("/project new Booking Kiosk")
    bad = await me.submit(view, {Blocks.PROJECT_ESTIMATE: "soonish"})
    assert "soonish" in bad.errors[Blocks.PROJECT_ESTIMATE]
    made = await me.submitted(
        view,
        {
            Blocks.PROJECT_ESTIMATE: "12h30m",
            Blocks.PROJECT_PARENT: await offered(
                me, view, Blocks.PROJECT_PARENT, Actions.PROJECT_PARENT, "fjord ferries booking"
            ),
            Blocks.PROJECT_CLIENT: await offered(me, view, Blocks.PROJECT_CLIENT, Actions.PROJECT_CLIENT, "fjord"),
            Blocks.PROJECT_FEE: "6000",
            Blocks.PROJECT_CURRENCY: "eur",
            Blocks.PROJECT_SETTINGS: ["private"],
        },
    )
    assert made.text == "Created *Booking Kiosk*."
    there = kept(me.toggl, "Booking Kiosk")
    assert there.parent_project_id == kept(me.toggl, "Fjord Ferries Booking").id
    assert there.fixed_fee and (there.fixed_fee.amount, there.fixed_fee.currency) == (6000, "EUR")
    assert (there.estimated_mins, there.private, there.billable) == (750, True, False)
    undone = await me.pressed(made, Actions.UNDO)
    assert undone.text == "Undone: *Booking Kiosk* is deleted."


async def test_the_whole_form_is_saved_and_undone(me: Road) -> None:
    view = await me.command_opening("/project edit alpenglow brand")
    operations(me.toggl)
    saved = await me.submitted(view, {Blocks.PROJECT_NAME: "Alpenglow Identity", Blocks.PROJECT_FEE: None})
    assert saved.text == "Saved *Alpenglow Identity*: Name, Fixed fee."
    assert operations(me.toggl) == ["get_project", "replace_project"]
    undone = await me.pressed(saved, Actions.UNDO)
    assert undone.text == "Undone: *Alpenglow Brand* is as it was before: Name, Fixed fee."
    fee = kept(me.toggl, "Alpenglow Brand").fixed_fee
    assert fee and fee.amount == 6000


async def test_a_single_change_asks_for_one_thing_and_patches_it(me: Road) -> None:
    await me.command("/project")
    card = await me.command("/project show booking app")
    await chosen(me, card, Deed.ESTIMATE)
    view = await me.modal()
    assert [block["block_id"] for block in view.blocks if block["type"] == "input"] == [Blocks.PROJECT_ESTIMATE]
    operations(me.toggl)
    saved = await me.submitted(view, {Blocks.PROJECT_ESTIMATE: "20h"})
    assert saved.text == "Saved *Booking App*: Estimate."
    assert operations(me.toggl) == ["get_project", "update_project"]


async def test_a_change_made_meanwhile_comes_back_in_the_form_before_anything_is_saved(me: Road) -> None:
    view = await me.command_opening("/project edit booking app")
    there = kept(me.toggl, NAME)
    there.description, there.estimated_mins = "Theirs", 6000
    outcome = await me.submit(view, {Blocks.PROJECT_ESTIMATE: "2h"})
    assert outcome.ok
    again = await me.modal()
    assert "Somebody changed this project in Toggl in the meantime" in str(again.blocks)
    description = again.state[f"{Blocks.PROJECT_DESCRIPTION}:1"][Actions.PROJECT_FIELD]
    assert description["value"] == "Theirs"
    assert there.estimated_mins == 6000
    saved = await me.submitted(again, {})
    assert saved.text == "Saved *Booking App*: Estimate."
    assert (kept(me.toggl, NAME).description, kept(me.toggl, NAME).estimated_mins) == ("Theirs", 120)


async def test_deleting_asks_first_and_names_what_goes(me: Road) -> None:
    asked = await me.command("/project delete fjord ferries booking")
    assert asked.text == "Delete *Fjord Ferries Booking*?"
    assert "Booking App, Booking Backend" in shown(asked)
    kept_it = await me.pressed(asked, Actions.PROJECT_DEED, label="Keep it: Fjord Ferries Booking")
    assert kept_it.text == "*Fjord Ferries Booking* stays as it is."
    asked = await me.command("/project delete fjord ferries booking")
    deleted = await me.pressed(asked, Actions.PROJECT_DEED, label="Delete: Fjord Ferries Booking")
    assert deleted.text == "Deleted *Fjord Ferries Booking*."
    restored = await me.command("/project restore fjord")
    assert restored.text == "*Fjord Ferries Booking* is back."
    assert kept(me.toggl, "Fjord Ferries Booking").deleted_at is None


async def test_what_changed_since_it_was_asked_is_shown_and_not_deleted(me: Road) -> None:
    asked = await me.command("/project delete booking app")
    kept(me.toggl, NAME).estimated_mins = 1
    answer = await me.pressed(asked, Actions.PROJECT_DEED, label="Delete: Booking App")
    assert answer.text == "*Booking App* has changed in Toggl since this was shown. Nothing was changed here."
    assert kept(me.toggl, NAME).deleted_at is None


async def test_members_are_added_changed_and_removed_in_one_modal(me: Road) -> None:
    mika = me.toggl.person("member").focus_id
    kept(me.toggl, "Support").users = {}
    kept(me.toggl, "Support").groups = {}
    view = await me.command_opening("/project members support")
    assert "Nobody is in this project yet." in str(view.blocks)
    value = await offered(me, view, Blocks.PROJECT_PEOPLE, Actions.PROJECT_PEOPLE, "mika")
    assert (await me.submit(view, {Blocks.PROJECT_PEOPLE: [value], Blocks.PROJECT_ROLE: "1201"})).ok
    view = await me.modal()
    assert "Added Mika Tanaka." in str(view.blocks)
    assert kept(me.toggl, "Support").users == {mika: True}
    await press_member(me, view, "Role: Project member")
    assert kept(me.toggl, "Support").users == {mika: False}
    view = await me.modal()
    assert "New role for Mika Tanaka." in str(view.blocks)
    await press_member(me, view, "Remove")
    assert kept(me.toggl, "Support").users == {}
    view = await me.modal()
    [(block_id, undo)] = [
        (block["block_id"], block["accessory"])
        for block in view.blocks
        if block.get("accessory", {}).get("action_id") == Actions.UNDO
    ]
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, Actions.UNDO, undo["value"])
    assert outcome.ok
    await me.slack.until(
        lambda: "Undone: in *Support* again: Mika Tanaka." in str(me.slack.world.modals[me.person][-1].blocks)
    )
    assert kept(me.toggl, "Support").users == {mika: False}


async def press_member(me: Road, view: View, text: str) -> None:
    """Choose an entry in the only member's menu, and wait for what the modal says then."""
    [(block_id, menu)] = [
        (block["block_id"], block["accessory"])
        for block in view.blocks
        if block.get("accessory", {}).get("action_id") == Actions.PROJECT_MEMBER
    ]
    [value] = [each["value"] for each in menu["options"] if each["text"]["text"] == text]
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, menu["action_id"], value)
    assert outcome.ok, outcome


async def test_a_channel_gets_loses_and_shows_its_default_project(me: Road) -> None:
    none = await me.command("/project use")
    assert none.text == "This channel has no default project."
    used = await me.command("/project use support")
    assert used.text == "New tasks in this channel belong to *Support* now."
    ended = await me.command("/project use none")
    assert ended.text == "This channel no longer has a default project."
    undone = await me.pressed(ended, Actions.UNDO)
    assert undone.text == "Undone: new tasks in this channel belong to *Support* again."


async def test_who_may_not_is_told_so_in_the_form(me: Road) -> None:
    view = await me.command_opening("/project edit support")
    me.toggl.fail("replace_project", status=403)
    outcome = await me.submit(view, {Blocks.PROJECT_NAME: "Mine"})
    assert outcome.ok
    again = await me.modal()
    assert "Toggl does not allow you to do this. Nothing was saved." in str(again.blocks)
    assert again.state[Blocks.PROJECT_NAME][Actions.PROJECT_FIELD]["value"] == "Mine"
