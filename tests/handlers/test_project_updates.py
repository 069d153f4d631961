"""The whole road: what is done through the bot, or in Toggl itself, and what the channel then says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import ALEX, MARCUS
from bot.local.slack.world import Message, View
from bot.views.ids import Actions, Blocks
from tests.local_toggl import operations
from tests.road import Road, shown
from tests.services.projecting import kept

NAME = "Booking App"


@pytest.fixture
async def me(road: Road) -> Road:
    """Alex’s channel follows a project; Marcus, an admin in Toggl too, is at the keyboard."""
    road.person = ALEX
    await road.connect("member")
    await road.command(f"/project subscribe {NAME} created renamed dates estimate archived deleted pinned members")
    road.person = MARCUS
    await road.connect("admin", track=True)
    await worked(road)
    return road


async def worked(road: Road) -> None:
    """Do what is due now, and what becomes due by it."""
    while await road.run_due():
        pass


def said(road: Road) -> list[Message]:
    """What the channel was told by the clock: not the answers to people."""
    found = road.slack.world.messages[road.channel]
    return [one for one in found if one.by_app and not one.ephemeral_to and one.metadata and not one.deleted]


async def test_a_followed_project_shows_its_card_after_subscribing(me: Road) -> None:
    [card] = said(me)
    assert card.text.startswith("*Booking App*")


async def pin(me: Road) -> None:
    await me.command(f"/project pin {NAME}")


async def archive(me: Road) -> None:
    await me.command(f"/project archive {NAME}")


async def delete(me: Road) -> None:
    asked = await me.command(f"/project delete {NAME}")
    await me.pressed(asked, Actions.PROJECT_DEED, label="Delete")


async def rename(me: Road) -> None:
    view = await me.command_opening(f"/project edit {NAME}")
    await me.submitted(view, {"project.name": "Booking 2.0"})


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (pin, "*Booking App* (Fjord Ferries) · Pinned · by <@U0MARCUSBEL>"),
        (archive, "*Booking App* (Fjord Ferries) · Archived · by <@U0MARCUSBEL>"),
        (delete, "*Booking App* (Fjord Ferries) · Deleted · by <@U0MARCUSBEL>"),
        (rename, "*Booking 2.0* (Fjord Ferries) · Renamed from *Booking App* · by <@U0MARCUSBEL>"),
    ],
)
async def test_what_is_done_through_the_bot_is_told_at_once_with_who_did_it_and_not_found_again(
    me: Road, do: Callable[[Road], Awaitable[None]], words: str
) -> None:
    await do(me)
    operations(me.toggl)
    await worked(me)
    card, told = said(me)
    assert told.text == words and told.thread_ts == card.ts
    assert operations(me.toggl) == []
    me.clock.pass_(hours=1)
    await worked(me)
    assert [one.text for one in said(me)[1:]] == [words]


async def test_undoing_it_is_told_too(me: Road) -> None:
    done = await me.command(f"/project archive {NAME}")
    await worked(me)
    await me.pressed(done, Actions.UNDO)
    await worked(me)
    assert [one.text.partition(" · ")[2] for one in said(me)[1:]] == [
        "Archived · by <@U0MARCUSBEL>",
        "Unarchived · by <@U0MARCUSBEL>",
    ]


async def test_who_was_let_in_is_told_by_name(me: Road) -> None:
    kept(me.toggl, NAME).users = {}
    me.clock.pass_(hours=1)
    await worked(me)
    view = await me.command_opening(f"/project members {NAME}")
    lena = str(me.toggl.person("lena").focus_id)
    place = (Blocks.PROJECT_PEOPLE, Actions.PROJECT_PEOPLE)
    offered = await me.slack.options(me.person, OnView(view.id), *place, "lena")
    person = next(one for one in offered if one.value.startswith(lena))
    await me.submit(view, {Blocks.PROJECT_PEOPLE: [person.value]})
    await worked(me)
    assert said(me)[-1].text.endswith("Now in the team: Lena Brandt · by <@U0MARCUSBEL>")
    told = len(said(me))
    me.clock.pass_(hours=1)
    await worked(me)
    assert len(said(me)) == told


async def test_a_change_made_elsewhere_meanwhile_is_found_on_its_own_and_not_ascribed_to_anybody(me: Road) -> None:
    project = kept(me.toggl, NAME)
    me.toggl.world.state.projects[project.id] = msgspec.structs.replace(project, estimated_mins=600)
    await archive(me)
    await worked(me)
    assert said(me)[-1].text.endswith("· Archived · by <@U0MARCUSBEL>")
    for hours in (1, 3):
        me.clock.pass_(hours=hours)
        await worked(me)
    assert "· Estimate: 10 h (before: 180 h)\n" in f"{said(me)[-1].text}\n"


async def test_a_look_between_a_change_and_its_telling_leaves_it_to_who_did_it(me: Road) -> None:
    me.clock.pass_(hours=1)
    await archive(me)
    # Both are due at this moment, and the look goes first: it was due earlier.
    await worked(me)
    assert [one.text for one in said(me)[1:]] == ["*Booking App* (Fjord Ferries) · Archived · by <@U0MARCUSBEL>"]


async def test_the_cards_buttons_work_for_whoever_reads_it(me: Road) -> None:
    [card] = said(me)
    view = await _opened(me, card, Actions.OPEN_LOG)
    first = (await me.options(view, Blocks.TASK, Actions.TASK))[0]
    assert me.toggl.task(first).project_id == kept(me.toggl, NAME).id
    details = await me.pressed(card, Actions.PROJECT_DEED, label="Show")
    assert details.ephemeral_to == me.person and "*Booking App*" in shown(details)


async def test_a_muted_project_is_told_no_more_in_its_channel(me: Road) -> None:
    [card] = said(me)
    muted = await me.pressed(card, Actions.UPDATES_MUTE)
    await archive(me)
    await worked(me)
    [card] = said(me)
    assert "archived" not in card.text
    await me.pressed(muted, Actions.UPDATES_UNMUTE)
    await worked(me)
    [card] = said(me)
    assert ":file_cabinet: archived" in card.text


async def _opened(me: Road, message: Message, action: Actions) -> View:
    outcome = await me.press(message, action)
    assert outcome.ok, outcome
    return await me.modal()
