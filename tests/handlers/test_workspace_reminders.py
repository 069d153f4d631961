"""Toggl's own track reminders, as they reach people in Slack: planned by an admin's key, counted by their own."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.local.slack.faults import Fault
from bot.local.slack.outcomes import OnMessage
from bot.local.slack.seed import LENA, MARCUS, YUKI
from bot.local.slack.world import Message
from bot.local.toggl.faults import Fault as TogglFault
from bot.local.toggl.records import DayOff, Reminder
from bot.services import reminder_rows, resting
from bot.store import accounts, credentials, reminders, schedules, workspaces
from bot.views.ids import Blocks
from tests.conftest import ServedToggl
from tests.road import TRACK_TOKENS, Road, find_button, shown

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def remind(
    toggl: ServedToggl, *, hours: float = 6, every: int = 1, who: tuple[str, ...] = ("member",), **more: Any
) -> int:
    """A track reminder as an admin set it in Toggl."""
    state, workspace = toggl.world.state, toggl.workspace()
    reminder = Reminder(
        id=toggl.world.new_id(),
        workspace_id=workspace.id,
        frequency=every,
        threshold=float(hours),
        created_at=toggl.now(),
        user_ids=[toggl.person(name).id for name in who],
        group_ids=[],
        **more,
    )
    state.reminders[reminder.id] = reminder
    return reminder.id


@pytest.fixture
async def studio(road: Road) -> Road:
    """Lena, an admin in Berlin, and Marcus, a member in New York, on Monday 16 November 2026, with nothing tracked."""
    for person in (LENA, MARCUS):
        road.slack.world.people[person].locale = "en-US"
    road.clock.now = at("2026-11-16 08:00")
    road.toggl.set_plan("premium")
    road.toggl.world.state.entries.clear()
    road.toggl.world.state.reminders.clear()
    await join(road, LENA, "admin", track=True)
    await join(road, MARCUS, "member")
    return road


async def join(road: Road, slack_id: str, who: str, *, track: bool = False) -> None:
    """Connect somebody as the person `who` of the seeded company, as Toggl names them; Slack then tells their zone."""
    road.person, road.channel = slack_id, "D0" + slack_id[2:]
    toggl, team, now = road.toggl.person(who), road.slack.world.team_id, road.clock()
    place = road.toggl.workspace()
    given = [("focus_key", f"toggl_sk_{who}")] + ([("track_token", TRACK_TOKENS[who])] if track else [])
    async with road.store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id=team, team_id=team, user_id=slack_id, now=now)
        for kind, secret in given:
            await credentials.save(
                db,
                account_id=account.id,
                kind=kind,
                secret=secret,
                label=f"{toggl.name} ({toggl.email})",
                fingerprint=f"{kind} of {who}",
                now=now,
            )
        row = await workspaces.save(
            db,
            account_id=account.id,
            organization_id=place.organization_id,
            name=place.name if track else "",
            focus_id=place.id,
            track_id=place.track_id if track else None,
        )
        await workspaces.choose(db, account_id=account.id, workspace_id=row.id)
        await resting.take_up(db, account.id, now=now)
        await reminder_rows.read_soon(db, account_id=account.id, now=now)
    await road.command("/track")


async def due(road: Road, text: str, zone: ZoneInfo = BERLIN) -> dict[str, list[str]]:
    """Move the clock, do what is due, and give what each was told meanwhile, by person."""
    before = {message.ts for message in everything(road)}
    road.clock.now = at(text, zone)
    await road.run_due()
    told: dict[str, list[str]] = {}
    for message in everything(road):
        if message.ts not in before:
            told.setdefault("U0" + message.channel_id[2:], []).append(message.text)
    return told


def everything(road: Road) -> list[Message]:
    return [message for channel in road.slack.world.messages.values() for message in channel if message.by_app]


def last(road: Road, person: str, holding: str) -> Message:
    """The newest message to somebody that says this."""
    found = [one for one in everything(road) if one.channel_id == "D0" + person[2:] and holding in shown(one)]
    return found[-1]


async def test_everybody_is_reminded_at_five_of_their_own_day(studio: Road) -> None:
    """Lena's five in Berlin is not Marcus's in New York; both are counted with their own credential."""
    remind(studio.toggl, who=("admin", "member"))
    studio.toggl.add_entry("admin", "Write report", start=at("2026-11-16 08:00"), duration=timedelta(hours=2))
    assert await due(studio, "2026-11-16 08:01") == {}
    studio.toggl.calls.clear()
    told = await due(studio, "2026-11-16 17:00")
    assert list(told) == [LENA]
    assert told[LENA][0] == (
        "You have tracked *2 h* of 6 h today: *4 h* missing. *Nordlicht Studio* asks for 6 h a day."
    )
    assert {call.person for call in studio.toggl.calls} == {"admin"}
    assert await due(studio, "2026-11-16 22:59") == {}
    assert list(await due(studio, "2026-11-16 17:00", NEW_YORK)) == [MARCUS]
    assert await due(studio, "2026-11-17 16:59") == {}


async def test_whoever_reaches_the_threshold_late_is_told_nothing(studio: Road) -> None:
    remind(studio.toggl)
    studio.toggl.add_entry(
        "member", "Write report", start=at("2026-11-16 08:00", NEW_YORK), duration=timedelta(hours=4)
    )
    studio.toggl.start_elsewhere("member", "Write report", at=at("2026-11-16 15:00", NEW_YORK))
    await due(studio, "2026-11-16 08:01")
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}


async def test_a_week_is_looked_at_on_friday_at_four(studio: Road) -> None:
    remind(studio.toggl, hours=30, every=7)
    await due(studio, "2026-11-16 08:01")
    for day in range(16, 20):
        studio.toggl.add_entry(
            "member", "Write report", start=at(f"2026-11-{day} 09:00", NEW_YORK), duration=timedelta(hours=6)
        )
        assert await due(studio, f"2026-11-{day} 17:00", NEW_YORK) == {}
    told = await due(studio, "2026-11-20 16:00", NEW_YORK)
    assert "*24 h* of 30 h this week: *6 h* missing." in told[MARCUS][0]
    assert await due(studio, "2026-11-21 16:00", NEW_YORK) == {}


async def test_several_reminders_for_one_period_are_one(studio: Road) -> None:
    remind(studio.toggl, hours=4)
    remind(studio.toggl, hours=8)
    await due(studio, "2026-11-16 08:01")
    told = await due(studio, "2026-11-16 17:00", NEW_YORK)
    assert len(told[MARCUS]) == 1
    assert "asks for 8 h a day" in told[MARCUS][0]


async def test_a_person_chooses_their_hour_their_days_and_not_to_be_reminded(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.person, studio.channel = MARCUS, "D0" + MARCUS[2:]
    said = await studio.command("/track remind daily at 16:00")
    assert "daily at 4:00 PM" in said.text
    assert "*Nordlicht Studio* asks for 6 h a day." in shown(said)
    await studio.command("/track remind working days mon, wed")
    assert MARCUS in await due(studio, "2026-11-16 16:00", NEW_YORK)
    assert await due(studio, "2026-11-17 18:00", NEW_YORK) == {}
    listed = await studio.command("/track remind")
    off = await studio.pressed(listed, "reminders.workspace")
    assert "You are not reminded of this." in shown(off)
    assert await due(studio, "2026-11-18 18:00", NEW_YORK) == {}
    await studio.pressed(off, "reminders.workspace")
    assert MARCUS in await due(studio, "2026-11-23 16:00", NEW_YORK)


async def test_off_today_and_snooze_work_on_what_a_workspace_asks(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    await due(studio, "2026-11-16 17:00", NEW_YORK)
    studio.person, studio.channel = MARCUS, "D0" + MARCUS[2:]
    reminder = last(studio, MARCUS, "asks for 6 h a day")
    block_id, select = find_button(reminder.blocks, "reminders.snooze")
    await studio.slack.press(
        MARCUS,
        OnMessage(reminder.channel_id, reminder.ts),
        block_id,
        select["action_id"],
        select["options"][1]["value"],
    )
    await studio.slack.settled()
    assert "Snoozed until 5:30 PM." in last(studio, MARCUS, "Snoozed").text
    again = await due(studio, "2026-11-16 17:30", NEW_YORK)
    assert "asks for 6 h a day" in again[MARCUS][0]
    await studio.pressed(last(studio, MARCUS, "asks for 6 h a day"), "reminders.off_today")
    assert MARCUS in await due(studio, "2026-11-17 17:00", NEW_YORK)


async def test_nobody_is_reminded_on_a_holiday_or_while_away(studio: Road) -> None:
    remind(studio.toggl)
    world, days = studio.toggl.world, studio.toggl.world.state.days_off
    organization = studio.toggl.workspace().organization_id
    away = DayOff(
        id=world.new_id(),
        organization_id=organization,
        name="Vacation",
        start_date=date(2026, 11, 18),
        end_date=date(2026, 11, 19),
        toggl_user_id=studio.toggl.person("member").focus_id,
    )
    days[away.id] = away
    feast = DayOff(
        id=world.new_id(),
        organization_id=organization,
        name="Thanksgiving",
        start_date=date(2026, 11, 26),
        end_date=date(2026, 11, 26),
    )
    days[feast.id] = feast
    await due(studio, "2026-11-16 08:01")
    told = [day for day in range(16, 28) if await due(studio, f"2026-11-{day} 17:00", NEW_YORK)]
    assert told == [16, 17, 20, 23, 24, 25, 27]


async def test_where_toggl_hides_the_days_off_people_are_reminded_on_working_days(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    for operation in ("list_public_holidays", "list_time_off"):
        studio.toggl.fail(operation, status=403, times=9)
    assert MARCUS in await due(studio, "2026-11-16 17:00", NEW_YORK)


async def test_do_not_disturb_is_waited_out_on_the_same_day_only(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.slack.workspace.clock = studio.clock
    marcus = studio.slack.world.people[MARCUS]
    marcus.dnd_until = at("2026-11-16 18:30", NEW_YORK).timestamp()
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}
    assert await due(studio, "2026-11-16 18:29", NEW_YORK) == {}
    assert MARCUS in await due(studio, "2026-11-16 18:30", NEW_YORK)
    marcus.dnd_until = at("2026-11-18 08:00", NEW_YORK).timestamp()
    assert await due(studio, "2026-11-17 17:00", NEW_YORK) == {}
    marcus.dnd_until = None
    assert await due(studio, "2026-11-18 08:00", NEW_YORK) == {}


async def test_hours_that_come_while_nobody_may_be_disturbed_count(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.slack.workspace.clock = studio.clock
    studio.slack.world.people[MARCUS].dnd_until = at("2026-11-16 18:30", NEW_YORK).timestamp()
    await due(studio, "2026-11-16 17:00", NEW_YORK)
    studio.toggl.add_entry(
        "member", "Write report", start=at("2026-11-16 10:00", NEW_YORK), duration=timedelta(hours=7)
    )
    assert await due(studio, "2026-11-16 18:30", NEW_YORK) == {}


async def test_the_last_calls_of_the_hour_are_left_to_the_person(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.clock.now = at("2026-11-16 16:50", NEW_YORK)
    studio.person, studio.channel = MARCUS, "D0" + MARCUS[2:]
    studio.toggl.spend_quota("member", remaining=9)
    await studio.command("/track")
    studio.toggl.calls.clear()
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}
    assert "member" not in {call.person for call in studio.toggl.calls}
    assert MARCUS in await due(studio, "2026-11-16 17:51", NEW_YORK), "once the hour is over"


async def test_toggl_out_of_reach_is_asked_again_while_it_is_of_use(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.toggl.fail("list_time_entries", status=503, times=2)
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}
    assert MARCUS in await due(studio, "2026-11-16 17:15", NEW_YORK)


async def test_hours_that_toggl_does_not_show_are_not_asked_for_all_day(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.toggl.fail("list_time_entries", status=403, times=9)
    studio.toggl.calls.clear()
    for clock in ("17:00", "17:15", "18:00", "23:00"):
        assert await due(studio, f"2026-11-16 {clock}", NEW_YORK) == {}
    assert len(studio.toggl.calls.of("list_time_entries")) == 1


async def test_a_refused_key_is_said_once_and_everything_rests_until_it_is_replaced(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.person, studio.channel = MARCUS, "D0" + MARCUS[2:]
    await studio.command("/track remind if under 3h at 17:00")
    studio.toggl.person("member").focus_key = "replaced"
    told = await due(studio, "2026-11-16 17:00", NEW_YORK)
    assert len(told[MARCUS]) == 1
    assert "no longer accepts your key" in told[MARCUS][0]
    assert find_button(last(studio, MARCUS, "on hold until you reconnect").blocks, "connect.open", "Reconnect")
    assert MARCUS not in await due(studio, "2026-11-17 17:00", NEW_YORK)
    studio.toggl.person("member").focus_key = "toggl_sk_member"
    await join(studio, MARCUS, "member")
    assert await due(studio, "2026-11-18 16:59", NEW_YORK) == {}
    assert len((await due(studio, "2026-11-18 17:00", NEW_YORK))[MARCUS]) == 2


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_where_toggl_reminds_in_slack_itself_nobody_is_told_twice_and_the_admin_knows(studio: Road) -> None:
    """Only Toggl of 2026 says so."""
    remind(studio.toggl, who=("member",), slack_reminder_enabled=True)
    told = await due(studio, "2026-11-16 08:01")
    assert list(told) == [LENA]
    said = "Toggl itself sends these reminders in Slack: 6 h a day. I stay silent there"
    assert said in shown(last(studio, LENA, "stay silent"))
    assert said in told[LENA][0], "also to whoever hears it read aloud"
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}


async def test_who_is_not_connected_is_counted_for_the_admin_once_and_can_be_invited(studio: Road) -> None:
    remind(studio.toggl, who=("member", "sofia", "yuki"))
    told = await due(studio, "2026-11-16 08:01")
    assert list(told) == [LENA]
    notice = last(studio, LENA, "Nordlicht Studio")
    assert "2 people who should be reminded have not connected Toggl here" in notice.text
    for name in ("Sofia", "Yuki"):
        assert name not in shown(notice)
    assert await due(studio, "2026-11-16 15:00") == {}, "read again, and told already"
    studio.person, studio.channel = LENA, "D0" + LENA[2:]
    await studio.press(notice, "reminders.invite")
    form = await studio.modal()
    await studio.submitted(form, {Blocks.INVITED: [YUKI]})
    assert list(await due(studio, "2026-11-16 15:01")) == [YUKI]


async def test_a_change_in_toggl_counts_within_hours_and_a_deleted_reminder_ends(studio: Road) -> None:
    number = remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.toggl.world.state.reminders[number].threshold = 2
    await due(studio, "2026-11-16 14:02")
    told = await due(studio, "2026-11-16 17:00", NEW_YORK)
    assert "of 2 h" in told[MARCUS][0] or "*2 h* missing" in told[MARCUS][0]
    studio.toggl.world.state.reminders.clear()
    await due(studio, "2026-11-17 14:02")
    assert await due(studio, "2026-11-17 17:00", NEW_YORK) == {}


async def test_reading_costs_the_admin_two_calls_and_nobody_else_any(studio: Road) -> None:
    remind(studio.toggl, who=("admin", "member"))
    studio.toggl.calls.clear()
    await due(studio, "2026-11-16 08:01")
    assert sorted(map(str, studio.toggl.calls.operations)) == ["list_track_reminders", "list_workspace_users"]
    assert {call.person for call in studio.toggl.calls} == {"admin"}


async def test_where_nobody_may_read_them_any_more_nobody_is_reminded(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.toggl.set_plan("free")
    await due(studio, "2026-11-16 14:02")
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}
    assert await due(studio, "2026-11-17 17:00", NEW_YORK) == {}


async def test_a_reader_who_disconnects_that_moment_stops_no_reading(studio: Road) -> None:
    await join(studio, MARCUS, "member", track=True)
    remind(studio.toggl)
    fault = TogglFault(operation="list_track_reminders", status=403, delay=1.0)
    studio.toggl.faults.add(fault)
    reading = asyncio.create_task(due(studio, "2026-11-16 08:01"))
    async with asyncio.timeout(30):
        while fault.times:  # noqa: ASYNC110 (nothing tells when it was asked)
            await asyncio.sleep(0.01)
    async with studio.store.writing() as db:
        marcus = await accounts.find(db, tenant_id=studio.slack.world.team_id, user_id=MARCUS)
        assert marcus is not None
        await accounts.forget(db, marcus.id)
    assert await reading == {}
    await join(studio, MARCUS, "member")
    await due(studio, "2026-11-18 08:02")
    assert list(await due(studio, "2026-11-18 17:00", NEW_YORK)) == [MARCUS]


async def test_a_workspace_that_is_not_the_persons_any_more_lets_nothing_else_rest(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 16:59", NEW_YORK)
    tenant, place = studio.slack.world.team_id, studio.toggl.workspace()
    async with studio.store.writing() as db:
        marcus = await accounts.find(db, tenant_id=tenant, user_id=MARCUS)
        assert marcus is not None
        [old] = await workspaces.for_account(db, account_id=marcus.id)
        await workspaces.forget(db, account_id=marcus.id, workspace_id=old.id)
        await workspaces.save(db, account_id=marcus.id, organization_id=place.organization_id, name="Other", track_id=9)
        new = await workspaces.save(
            db, account_id=marcus.id, organization_id=place.organization_id, name=place.name, focus_id=place.id
        )
        await workspaces.choose(db, account_id=marcus.id, workspace_id=new.id)
    assert await due(studio, "2026-11-16 17:00", NEW_YORK) == {}
    await due(studio, "2026-11-17 08:02")
    assert list(await due(studio, "2026-11-17 17:00", NEW_YORK)) == [MARCUS]


async def test_whoever_disconnects_is_forgotten_with_their_reminders(studio: Road) -> None:
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    async with studio.store.writing() as db:
        marcus = await accounts.find(db, tenant_id=studio.slack.world.team_id, user_id=MARCUS)
        assert marcus is not None
        assert await schedules.of_account(db, account_id=marcus.id)
        await accounts.forget(db, marcus.id)
        assert not await schedules.of_account(db, account_id=marcus.id)
    assert MARCUS not in await due(studio, "2026-11-16 17:00", NEW_YORK)


async def test_a_reminder_that_was_lost_on_its_way_is_not_said_twice(studio: Road) -> None:
    """Nobody can look into direct messages: what may have been said is not repeated."""
    remind(studio.toggl)
    await due(studio, "2026-11-16 08:01")
    studio.slack.faults.add(Fault(method="chat.postMessage", drop="after"))
    told = await due(studio, "2026-11-16 17:00", NEW_YORK)
    assert len(told[MARCUS]) == 1
    assert await due(studio, "2026-11-16 17:30", NEW_YORK) == {}


async def test_a_workspace_that_nobody_is_connected_to_is_not_read_any_more(studio: Road) -> None:
    tenant = studio.slack.world.team_id
    async with studio.store.writing() as db:
        for slack_id in (LENA, MARCUS):
            account = await accounts.find(db, tenant_id=tenant, user_id=slack_id)
            assert account is not None
            await accounts.forget(db, account.id)
    studio.toggl.calls.clear()
    await due(studio, "2026-11-16 08:01")
    async with studio.store.reading() as db:
        assert not await reminders.keyed(db, tenant_id=tenant, kind=reminder_rows.READING, beginning="")
    assert not studio.toggl.calls
