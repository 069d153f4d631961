from __future__ import annotations

import asyncio

import pytest

from bot.local.slack.seed import SOFIA
from bot.store import accounts, credentials
from bot.views.ids import Actions, Blocks
from tests.road import Road, shown

WHO = "member"
# The person's zone is New York: it is 6:00 AM there, and noon in Berlin.


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded member, with nothing tracked today."""
    await road.connect(WHO)
    for entry in road.toggl.entries(WHO):
        entry.deleted_at = road.clock()
    return road


def lengths(me: Road) -> list[int]:
    """The lengths in minutes of what was logged, oldest first."""
    return [(entry.duration or 0) // 60 for entry in reversed(me.toggl.entries(WHO))]


async def test_a_clear_entry_is_logged_and_undone(me: Road) -> None:
    logged = await me.command("/track log 4-5:30 write report")
    assert logged.text == "Logged 1 h 30 min on *Write report*: today, 4:00 AM – 5:30 AM. Today: 1 h 30 min."
    assert lengths(me) == [90]
    undone = await me.pressed(logged, Actions.UNDO)
    assert undone.text == "Undone: the entry of *Write report*, today, 4:00 AM – 5:30 AM, is deleted."
    assert lengths(me) == []


async def test_several_are_logged_together_and_undone_together(me: Road) -> None:
    logged = await me.command("/track log 1-2 write report, 2-2:30 repair login flow\n3-4:15 break write report")
    assert logged.text.splitlines() == [
        "Logged 3 entries, 2 h 45 min in total:",
        "• *Write report*, today, 1:00 AM – 2:00 AM (1 h)",
        "• *Repair login flow*, today, 2:00 AM – 2:30 AM (30 min)",
        "• *Write report*, break, today, 3:00 AM – 4:15 AM (1 h 15 min)",
        "Today: 1 h 30 min.",
    ]
    assert lengths(me) == [60, 30, 75]
    undone = await me.command("/track undo")
    assert undone.text.startswith("Undone: these 3 entries are deleted:")
    assert lengths(me) == []


async def test_what_overlaps_is_asked_and_logged_anyway(me: Road) -> None:
    await me.command("/track log 4-5 write report")
    asked = await me.command("/track log 4:30-5:30 repair login flow")
    assert "That overlaps with entries you already have. Nothing is logged yet." in shown(asked)
    assert "• *Write report*, today, 4:00 AM – 5:00 AM" in shown(asked)
    assert lengths(me) == [60]
    logged = await me.pressed(asked, Actions.LOG_ANYWAY)
    assert logged.text == "Logged 1 h on *Repair login flow*: today, 4:30 AM – 5:30 AM. Today: 2 h."
    assert logged.ts == asked.ts
    assert lengths(me) == [60, 60]


async def test_what_overlaps_can_be_changed_in_the_form(me: Road) -> None:
    await me.command("/track log 4-5 write report")
    asked = await me.command("/track log 4:30-5:30 repair login flow")
    await me.press(asked, Actions.CHANGE_LOG)
    form = await me.modal()
    values: dict[str, str] = {Blocks.LENGTH: "5-5:30"}
    logged = await me.submitted(form, values)
    assert logged.text.startswith("Logged 30 min on *Repair login flow*: today, 5:00 AM – 5:30 AM.")


async def test_a_doubt_is_asked_before_anything_is_saved(me: Road) -> None:
    asked = await me.command("/track log 20-21 write report")
    assert "Log this? Nothing is logged yet." in shown(asked)
    assert "I read “20-21” as 8:00 PM yesterday." in shown(asked)
    assert lengths(me) == []
    logged = await me.pressed(asked, Actions.LOG_ANYWAY)
    assert logged.text == "Logged 1 h on *Write report*: yesterday, 8:00 PM – 9:00 PM. Total yesterday: 1 h."


async def test_an_ambiguous_task_is_picked(me: Road) -> None:
    asked = await me.command("/track log 1-2 rep, 2-3 rep")
    assert "Which task is “rep”? Nothing is logged yet." in shown(asked)
    logged = await me.pressed(asked, Actions.LOG_ON_TASK, label="Log on Repair login flow")
    assert logged.text.count("Repair login flow") == 2
    assert lengths(me) == [60, 60]


async def test_a_task_that_is_not_there_is_made_with_its_project(me: Road) -> None:
    asked = await me.command("/track log 1-2 Zebra crossing")
    assert "No task matches “Zebra crossing”. Nothing is logged yet." in shown(asked)
    await me.press(asked, Actions.CREATE_AND_LOG)
    form = await me.modal()
    assert form.title == "Create and log"
    logged = await me.submitted(form, {})
    assert logged.text.startswith("Logged 1 h on *Zebra crossing*: today, 1:00 AM – 2:00 AM.")
    await me.press(logged, Actions.EDIT_ENTRY)
    assert "Zebra crossing" in str((await me.modal()).blocks)


async def test_a_task_that_was_made_for_nothing_is_told(me: Road) -> None:
    """It is there, whatever became of the entry; “nothing was saved” would not be true."""
    asked = await me.command("/track log 1-2 Zebra crossing")
    await me.press(asked, Actions.CREATE_AND_LOG)
    form = await me.modal()
    me.toggl.fail("create_time_entry", status=502)
    assert (await me.submit(form, {})).ok
    said = "The task *Zebra crossing* was created, but the rest failed: Toggl cannot be reached right now."
    await me.slack.until(lambda: said in str(me.slack.world.modals[me.person][-1].blocks), timeout=30)
    assert me.toggl.task("Zebra crossing").id
    assert lengths(me) == []


async def test_lines_are_understood_one_by_one_and_put_right_in_the_form(me: Road) -> None:
    unclear = await me.command("/track log 1-2 write report\nrepair login flow\n25h plan the week")
    said = shown(unclear)
    assert ":white_check_mark: “1-2 write report”" in said
    assert ":warning: “repair login flow”: How long for “repair login flow”?" in said
    assert "“25h” is longer than 24 hours." in said
    assert lengths(me) == []
    await me.press(unclear, Actions.CHANGE_LINES)
    form = await me.modal()
    outcome = await me.submit(form, {Blocks.LINES: "1-2 write report\nrepair login flow"})
    assert "How long for" in str(outcome)
    logged = await me.submitted(form, {Blocks.LINES: "1-2 write report\n2-3 repair login flow"})
    assert logged.text.startswith("Logged 2 entries, 2 h in total:")


async def test_alone_it_opens_the_form(me: Road) -> None:
    form = await me.command_opening("/track log")
    assert "Write report" in await me.options(form, Blocks.TASK, Actions.TASK, "rep")
    task = me.toggl.task("Write report")
    values: dict[str, str] = {
        Blocks.TASK: f"{task.id}:Write report",
        Blocks.LENGTH: "45m",
        Blocks.DAY: "2026-11-08",
        Blocks.TYPE: "break",
    }
    logged = await me.submitted(form, values)
    assert logged.text == "Logged a break of 45 min on *Write report*: Sun, Nov 8, 9:00 AM – 9:45 AM."


async def test_what_cannot_be_read_is_said_beside_its_field(me: Road) -> None:
    form = await me.command_opening("/track log")
    task = me.toggl.task("Write report")
    await me.options(form, Blocks.TASK, Actions.TASK)
    values: dict[str, str] = {
        Blocks.TASK: f"{task.id}:Write report",
        Blocks.LENGTH: "soonish",
        Blocks.DAY: "2026-11-12",
    }
    outcome = await me.submit(form, values)
    assert "How long for “soonish”?" in str(outcome)
    outcome = await me.submit(form, {**values, Blocks.LENGTH: "1h", Blocks.DAY: "2026-11-13"})
    assert "only past time can be logged" in str(outcome)


async def test_how_long_without_a_task_opens_the_form_with_it(me: Road) -> None:
    form = await me.command_opening("/track log 1h30m")
    assert any(block.get("element", {}).get("initial_value") == "1h30m" for block in form.blocks)


async def test_a_colleague_who_has_not_connected_is_said(me: Road) -> None:
    said = await me.command("/track log 1-2 write report for @sofia")
    assert said.text.startswith(f"<@{SOFIA}> has not connected a Toggl account")
    typed = await me.command("/track log 1-2 write report for @nobody")
    assert typed.text.startswith("I do not know who @nobody is.")
    assert lengths(me) == []


async def test_a_second_press_of_log_anyway_logs_nothing_more(me: Road) -> None:
    asked = await me.command("/track log 20-21 write report")
    await asyncio.gather(me.press(asked, Actions.LOG_ANYWAY), me.pressed(asked, Actions.LOG_ANYWAY))
    assert lengths(me) == [60]


async def test_for_a_colleague_there_is_no_undo_and_the_person_is_told(me: Road) -> None:
    team, clock = me.slack.world.team_id, me.clock
    await me.connect("admin")
    marcus, me.person = me.person, SOFIA
    await me.connect(WHO)
    async with me.store.writing() as db:
        account = await accounts.find(db, tenant_id=team, user_id=SOFIA)
        assert account
        label = "Mika Tanaka (member@nordlicht.example)"  # as Toggl named her when she connected
        await credentials.save(
            db, account_id=account.id, kind="focus_key", secret="x", label=label, fingerprint="f", now=clock()
        )
    me.person = marcus
    logged = await me.command("/track log 1-2 write report for @sofia")
    assert logged.text == "Logged 1 h on *Write report*: today, 1:00 AM – 2:00 AM."
    assert f"For <@{SOFIA}>. Only they can see their entries, so I cannot undo this." in shown(logged)
    assert not [block for block in logged.blocks if block["type"] == "actions"]
    assert lengths(me) == [60]
