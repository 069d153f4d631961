"""With a warm cache every verb of `/track` does its work inside the first HTTP response, in as few calls as is told."""

from __future__ import annotations

import pytest

from bot.handlers import COMMANDS
from bot.views.ids import Actions
from tests.road import Road

DELETED = "delete"
"""Stands for: the last entry was deleted."""
FORM = ""
"""Stands for: a modal opens."""
ROWS: tuple[tuple[str, tuple[str, ...], str, list[str]], ...] = (
    # (what is typed, what was done before, what is answered, the calls it takes)
    ("/track", (), "No timer is running.", ["get_current_tracking"]),
    ("/track now", ("/track start write report",), "*Write report* is running", ["get_current_tracking"]),
    ("/track start", (), FORM, []),
    ("/track start write report 15m ago", (), "Started *Write report*", ["start_tracking"]),
    ("/track switch write report 5m ago", ("/track start repair login flow 30m ago",), "Switched from *Rep",
     ["stop_tracking", "start_tracking"]),
    ("/track stop 5m ago", ("/track start write report 30m ago",), "Stopped *Write report* after 25 min",
     ["stop_tracking"]),
    ("/track continue", (), "Started *", ["start_tracking"]),
    ("/track undo", ("/track start write report",), "Undone: ", ["list_time_entries", "delete_time_entry"]),
    ("/track undo", ("/track start write report 30m ago", "/track stop 5m ago"), "is running again",
     ["get_current_tracking", "get_time_entry", "start_tracking", "delete_time_entry"]),
    ("/track log", (), FORM, []),
    ("/track log 3-3:10 write report", (), "Logged 10 min", ["create_time_entry", "list_time_entries"]),
    ("/track log 3-3:10 write report, 3:20-3:30 write report", (), "Logged 2 entries", ["create_time_entries"]),
    ("/track list last week type:break", (), "*Your time from ", []),
    ("/track edit last", (), FORM, []),
    ("/track archive last", (), "Archived *", ["archive_time_entry"]),
    ("/track unarchive last", ("/track archive last", "/track list"), "is no longer archived",
     ["unarchive_time_entry"]),
    ("/track delete last", (), "Delete *", []),
    ("/track restore last", (DELETED,), "Restored *", ["restore_time_entry"]),
    ("/track report last week by task csv", (), "by task", ["stream_time_entries"]),
    ("/track bulk last week", (), FORM, []),
    ("/track bulk restore", (DELETED,), FORM, []),
    ("/track team", (), "Nobody has agreed to be shown yet", []),
    ("/track remind if under 6h at 17:00", (), "less than *6 h*", []),
)  # fmt: skip


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, who tracked nothing today, with all kept that the first commands of a day read."""
    await road.connect("member", track=True)
    road.toggl.limited = False
    today = road.clock().replace(hour=0)
    for entry in road.toggl.entries("member"):
        if entry.start >= today:
            entry.deleted_at = road.clock()
    for warming in ("", " switch review", " report last week", " start stand-up", " undo", " list last week"):
        await road.slack.run_command(road.person, road.channel, f"/track{warming}")
    return road


async def done_before(me: Road, typed: str) -> None:
    """Do it, and leave no modal open."""
    if typed == DELETED:
        await me.pressed(await me.command("/track delete last"), Actions.ENTRY_DEED, label="Delete")
    else:
        await me.command(typed)


def test_every_verb_has_its_row() -> None:
    verbs = {command.verb for command in COMMANDS if command.name == "track"}
    assert {verb for verb in verbs if any(typed.startswith(f"/track {verb}".strip()) for typed, *_ in ROWS)} == verbs


@pytest.mark.parametrize(("typed", "before", "answer", "calls"), ROWS, ids=[typed for typed, *_ in ROWS])
async def test_every_verb_is_answered_at_once(
    me: Road, typed: str, before: tuple[str, ...], answer: str, calls: list[str]
) -> None:
    for each in before:
        await done_before(me, each)
    me.toggl.calls.clear()
    outcome = await me.slack.run_command(me.person, me.channel, typed)
    assert outcome.ok, outcome
    if answer == FORM:
        assert next(view.submit for view in me.slack.world.modals[me.person]), "it showed no form at once"
    else:
        assert outcome.messages, "it was answered later"
        assert answer in outcome.messages[0].text
    assert [call.operation for call in me.toggl.calls] == calls
