"""One's own reminders, from what is typed or pressed to the direct message, with the clock moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.local.slack.outcomes import OnMessage
from bot.local.slack.seed import LENA
from bot.local.slack.world import Message, View
from bot.services.reminder_rows import PERSONAL
from bot.store import deliveries
from tests.road import Road, find_button, shown

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
async def lena(road: Road) -> Road:
    """Lena in Berlin, connected as the member, on Monday 16 November 2026, 12:00, with nothing tracked."""
    road.person = LENA
    road.channel = "D0" + LENA[2:]
    road.slack.world.people[LENA].locale = "en-US"
    road.clock.now = at("2026-11-16 12:00")
    road.toggl.world.state.entries.clear()
    await road.connect()
    await road.command("/track")  # Slack tells where she is
    road.toggl.calls.clear()
    return road


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


async def due(road: Road, text: str) -> list[Message]:
    """Move the clock, do what is due, and give what the person was told meanwhile."""
    before = {message.ts for message in road.slack.world.seen_by(road.person, road.channel)}
    road.clock.now = at(text)
    await road.run_due()
    return [m for m in road.slack.world.seen_by(road.person, road.channel) if m.ts not in before]


async def test_without_reminders_it_says_what_they_are_for_and_offers_each(lena: Road) -> None:
    told = await lena.command("/track remind")
    assert "You have no reminders" in told.text
    assert find_button(told.blocks, "reminders.new", "Remind me if hours are missing")
    assert find_button(told.blocks, "reminders.habits")
    assert not lena.toggl.calls


async def test_a_reminder_is_said_back_and_comes_when_hours_are_missing(lena: Road) -> None:
    told = await lena.command("/track remind if under 6h at 17:00")
    assert "less than *6 h* tracked at 5:00 PM, on working days" in told.text
    assert "Next: 5:00 PM." in told.text
    assert "Never during Do Not Disturb" in shown(told)
    lena.toggl.add_entry("member", "Write report", start=at("2026-11-16 09:00"), duration=timedelta(hours=2))
    assert await due(lena, "2026-11-16 16:59") == []
    [reminder] = await due(lena, "2026-11-16 17:00")
    assert "You have tracked *2 h* of 6 h today: *4 h* missing." in reminder.text
    assert await due(lena, "2026-11-16 17:01") == []
    assert lena.toggl.calls.operations == ["list_time_entries", "list_public_holidays", "list_time_off"]


async def test_nothing_is_said_where_the_hours_are_there_by_then(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    lena.toggl.add_entry("member", "Write report", start=at("2026-11-16 09:00"), duration=timedelta(hours=5))
    lena.toggl.start_elsewhere("member", "Write report", at=at("2026-11-16 16:00"))
    assert await due(lena, "2026-11-16 17:00") == []
    assert lena.toggl.calls.operations == ["list_time_entries"]


async def test_it_comes_on_working_days_and_not_on_holidays(lena: Road) -> None:
    """Two weeks around Christmas, 25 December 2026 being a Friday; the clocks stand still meanwhile."""
    await lena.command("/track remind if under 6h at 17:00")
    days = [await due(lena, f"2026-12-{day} 17:00") for day in range(21, 32)]
    told = [day for day, reminders in zip(range(21, 32), days, strict=True) if reminders]
    assert told == [21, 22, 23, 24, 28, 29, 30, 31]


@pytest.mark.parametrize(("days", "told"), [("every day", 7), ("on sat, sun", 2), ("mon-thu", 4)])
async def test_it_comes_on_the_days_that_were_named(lena: Road, days: str, told: int) -> None:
    await lena.command(f"/track remind if under 6h at 17:00 {days}")
    weeks = [await due(lena, f"2026-11-{day} 17:00") for day in range(16, 23)]
    assert sum(bool(reminders) for reminders in weeks) == told


async def test_five_oclock_stays_five_oclock_on_both_days_the_clocks_change(lena: Road) -> None:
    lena.clock.now = at("2027-03-26 12:00")
    await lena.command("/track remind if under 6h at 17:00 every day")
    for day in ("2027-03-27", "2027-03-28", "2027-03-29", "2027-10-30", "2027-10-31", "2027-11-01"):
        await due(lena, f"{day} 16:59")
        assert len(await due(lena, f"{day} 17:00")) == 1, day


async def test_hours_tracked_around_midnight_count_on_their_own_day(lena: Road) -> None:
    await lena.command("/track remind if under 3h at 17:00")
    lena.toggl.add_entry("member", "Write report", start=at("2026-11-16 22:00"), duration=timedelta(hours=4))
    [reminder] = await due(lena, "2026-11-17 17:00")
    assert "*2 h* of 3 h" in reminder.text


async def test_a_timer_that_runs_is_counted_and_said(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    lena.toggl.start_elsewhere("member", "Write report", at=at("2026-11-16 16:00"))
    [reminder] = await due(lena, "2026-11-16 17:00")
    assert "You have tracked *1 h* of 6 h today" in reminder.text
    assert "*Write report* has been running since 4:00 PM and counts until now." in shown(reminder)
    assert find_button(reminder.blocks, "timer.open_start", "Switch…")


async def test_snoozed_it_comes_again_once_and_not_if_the_hours_are_there(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    [reminder] = await due(lena, "2026-11-16 17:00")
    said = await snoozed(lena, reminder, 30)
    assert "Snoozed until 5:30 PM." in said.text
    assert said.ts == reminder.ts, "it stands in the place of the reminder"
    [again] = await due(lena, "2026-11-16 17:30")
    assert "*6 h* missing" in again.text
    await snoozed(lena, again, 60)
    lena.toggl.add_entry("member", "Write report", start=at("2026-11-16 09:00"), duration=timedelta(hours=7))
    assert await due(lena, "2026-11-16 18:30") == []
    assert await due(lena, "2026-11-16 20:00") == []


async def test_snoozed_past_midnight_it_is_still_about_the_day_before(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 23:30")
    [reminder] = await due(lena, "2026-11-16 23:30")
    await snoozed(lena, reminder, 60)
    lena.toggl.add_entry("member", "Write report", start=at("2026-11-16 09:00"), duration=timedelta(hours=1))
    [again] = await due(lena, "2026-11-17 00:30")
    assert "Mon, Nov 16: *1 h* of 6 h tracked, *5 h* missing." in again.text


async def test_a_snoozed_reminder_that_was_removed_meanwhile_stays_away(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    [reminder] = await due(lena, "2026-11-16 17:00")
    await snoozed(lena, reminder, 30)
    [tomorrow] = await due(lena, "2026-11-17 17:00")
    await lena.command("/track remind clear")
    said = await snoozed(lena, tomorrow, 30)
    assert "This reminder has been removed in the meantime. Nothing was changed." in said.text
    assert await due(lena, "2026-11-17 17:30") == []


async def test_off_today_is_over_tomorrow(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    [reminder] = await due(lena, "2026-11-16 17:00")
    said = await lena.pressed(reminder, "reminders.off_today")
    assert "No more reminders today." in said.text
    await lena.command("/track remind if idle at 18:00")
    assert await due(lena, "2026-11-16 18:00") == []
    assert len(await due(lena, "2026-11-17 17:00")) == 1


async def test_off_lasts_until_it_is_on_again(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    told = await lena.command("/track remind off")
    assert "I will not remind you of anything" in told.text
    assert await due(lena, "2026-11-16 17:00") == []
    assert await due(lena, "2026-11-23 17:00") == []
    on = await lena.pressed(told, "reminders.on")
    assert "I will remind you again." in on.text
    assert len(await due(lena, "2026-11-24 17:00")) == 1


async def test_missed_while_nobody_was_at_work_it_is_caught_up_on_the_same_day_only(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    assert len(await due(lena, "2026-11-16 20:00")) == 1
    assert await due(lena, "2026-11-18 09:00") == [], "Tuesday is over"
    async with lena.store.reading() as db:
        history = await deliveries.history(db, tenant_id=lena.slack.world.team_id, kinds=[PERSONAL])
    assert [row.error for row in history if row.state == "skipped"] == ["It was too late to be of use."]
    assert len(await due(lena, "2026-11-18 17:00")) == 1


async def test_a_reminder_moves_with_the_person(lena: Road) -> None:
    """Lena flies from Berlin to New York: five o’clock is six hours later then, and comes once."""
    await lena.command("/track remind if under 6h at 17:00")
    lena.slack.world.people[LENA].tz = "America/New_York"
    lena.clock.now = at("2026-11-16 15:00")
    await lena.command("/track")
    assert await due(lena, "2026-11-16 17:00") == []
    assert len(await due(lena, "2026-11-16 23:00")) == 1
    assert await due(lena, "2026-11-17 22:59") == []


async def test_nothing_running_is_said_with_what_to_start(lena: Road) -> None:
    lena.toggl.add_entry("member", "Write report", start=at("2026-11-16 09:00"), duration=timedelta(hours=1))
    await lena.command("/track remind if idle at 14:00")
    [reminder] = await due(lena, "2026-11-16 14:00")
    assert "No timer is running." in reminder.text
    started = await lena.pressed(reminder, "timer.start_task")
    assert "Started *Write report*" in started.text
    assert await due(lena, "2026-11-17 14:00") == [], "it runs"


async def test_nothing_running_is_not_said_hours_late(lena: Road) -> None:
    await lena.command("/track remind if idle at 14:00")
    assert await due(lena, "2026-11-16 17:30") == []


async def test_a_timer_that_was_left_running_is_said_once_and_stopped_there(lena: Road) -> None:
    await lena.command("/track remind if running over 9h")
    lena.toggl.start_elsewhere("member", "Write report", at=at("2026-11-16 12:30"))
    lena.toggl.calls.clear()
    told: list[Message] = []
    for minutes in range(0, 14 * 60, 10):
        moment = at("2026-11-16 12:30") + timedelta(minutes=minutes)
        told += await due(lena, f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}")
    [reminder] = told
    assert "*Write report* has been running for *9 h*, since 12:30 PM." in reminder.text
    assert len(lena.toggl.calls) <= 6, "looked at when it may have run too long, not all the time"
    stopped = await lena.pressed(reminder, "timer.stop")
    assert "Stopped *Write report*" in stopped.text


async def test_the_next_timer_that_is_left_running_is_said_too(lena: Road) -> None:
    await lena.command("/track remind if running over 1h")
    lena.toggl.start_elsewhere("member", "Write report", at=at("2026-11-16 12:00"))
    assert len(await due(lena, "2026-11-16 13:00")) == 1
    lena.toggl.start_elsewhere("member", "Stand-up", at=at("2026-11-16 13:10"))
    assert await due(lena, "2026-11-16 14:00") == []
    assert len(await due(lena, "2026-11-16 14:10")) == 1


async def test_a_snoozed_timer_is_said_again_while_it_is_the_same(lena: Road) -> None:
    await lena.command("/track remind if running over 1h")
    lena.toggl.start_elsewhere("member", "Write report", at=at("2026-11-16 12:00"))
    [reminder] = await due(lena, "2026-11-16 13:00")
    await snoozed(lena, reminder, 15)
    [again] = await due(lena, "2026-11-16 13:15")
    await snoozed(lena, again, 15)
    lena.toggl.start_elsewhere("member", "Stand-up", at=at("2026-11-16 13:20"))
    assert await due(lena, "2026-11-16 13:30") == []


async def snoozed(road: Road, reminder: Message, minutes: int) -> Message:
    """Choose a length in the reminder's *Snooze…*, and give what stands there then."""
    block_id, select = find_button(reminder.blocks, "reminders.snooze")
    [value] = [one["value"] for one in select["options"] if one["value"].endswith(f":{minutes}")]
    before = road.seen()
    outcome = await road.slack.press(
        road.person, OnMessage(reminder.channel_id, reminder.ts), block_id, select["action_id"], value
    )
    assert outcome.ok, outcome
    return await road._newest(before)


async def opened(road: Road, message: Message, action_id: str, label: str) -> View:
    """Press a button that opens a form."""
    await road.press(message, action_id, label=label)
    return await road.modal()


@pytest.mark.parametrize(
    ("label", "typed", "told"),
    [
        ("Remind me if hours are missing", "lots", "I don’t understand “lots” as a duration"),
        ("Remind me if hours are missing", "25h", "Give a duration between 15 min and 24 h"),
        ("Remind me if hours are missing", "0", "I don’t understand “0h” as a duration"),
        ("Remind me if a timer was left running", "5m", "Give a duration between 30 min and 72 h"),
    ],
)
async def test_a_length_that_makes_no_sense_is_told_beside_its_field(
    lena: Road, label: str, typed: str, told: str
) -> None:
    form = await opened(lena, await lena.command("/track remind"), "reminders.new", label)
    outcome = await lena.submit(form, {"reminder.hours": typed})
    assert told in outcome.errors["reminder.hours"]


async def test_each_kind_is_made_and_changed_in_its_form(lena: Road) -> None:
    for label in (
        "Remind me if hours are missing",
        "Remind me if a timer was left running",
        "Remind me if no timer is running",
    ):
        form = await opened(lena, await lena.command("/track remind"), "reminders.new", label)
        assert "I will remind you" in (await lena.submitted(form, {})).text
    listed = await lena.command("/track remind")
    assert "Less than *6 h* tracked at 5:00 PM, on working days" in shown(listed)
    assert "No timer running at 10:00 AM, on working days" in shown(listed)
    block_id, menu = find_button(listed.blocks, "reminders.deed")
    change = menu["options"][0]["value"]
    await lena.slack.press(lena.person, OnMessage(listed.channel_id, listed.ts), block_id, "reminders.deed", change)
    form = await lena.modal()
    assert form.title == "Change reminder"
    changed = await lena.submitted(form, {"reminder.hours": "7:30", "reminder.days": ["0", "1"]})
    assert "Changed. I will now remind you in a direct message of: less than *7 h 30 min*" in changed.text
    undone = await lena.pressed(changed, "undo")
    assert "Undone: I will remind you again of: less than *6 h* tracked" in undone.text


async def test_days_and_times_are_kept_from_their_form(lena: Road) -> None:
    await lena.command("/track remind if under 6h at 17:00")
    form = await opened(lena, await lena.command("/track remind"), "reminders.habits", "Days and times…")
    said = await lena.submitted(
        form,
        {
            "reminder.days": ["0", "1", "2"],
            "reminder.daily": "16:15",
            "reminder.weekday": "3",
            "reminder.weekly": "15:30",
        },
    )
    assert "daily at 4:15 PM, weekly on Thursday at 3:30 PM" in said.text
    days = [await due(lena, f"2026-11-{day} 17:00") for day in range(16, 21)]
    assert [len(told) for told in days] == [1, 1, 1, 0, 0]


async def test_what_is_not_understood_is_told_with_what_can_be_written(lena: Road) -> None:
    told = await lena.command("/track remind me of milk")
    assert "I don’t understand “me of milk” as a reminder" in told.text
    assert "if under 6h at 17:00" in told.text


async def test_a_stranger_is_asked_to_connect_and_then_reminded(road: Road) -> None:
    told = await road.command("/track remind if under 6h at 17:00")
    assert "Connect" in shown(told)
    silenced = await road.command("/track remind off")
    assert "I will not remind you of anything" in silenced.text
