from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from bot.domain.periods import Period
from bot.domain.report_groups import By
from bot.domain.reports import Asked
from bot.domain.rounding import Direction, Rounding
from bot.services import account
from bot.services import report as reports
from bot.services.context import Context, NotConnected
from bot.toggl import (
    Cache,
    Endpoints,
    FocusKey,
    Forbidden,
    MemoryLedger,
    QuotaSpent,
    Toggl,
    TrackToken,
    Unavailable,
    models,
    open_http,
)
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import operations
from tests.services.conftest import MEMBER
from tests.services.projecting import BERLIN
from tests.serving import serving

WHO = "member"
HOUR = timedelta(hours=1)
WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
Member = Callable[[], Context]


def local(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=BERLIN)


@pytest.fixture
def empty(toggl: ServedToggl, clock: Clock) -> ServedToggl:
    """A Toggl in which the member has tracked nothing."""
    for entry in toggl.entries(WHO):
        entry.deleted_at = clock()
    return toggl


@pytest.fixture
async def tracking(member: Member, toggl: ServedToggl, clock: Clock) -> AsyncIterator[Callable[[], Context]]:
    """The member with a Track credential too."""
    place = toggl.workspace()
    http = open_http()
    endpoints = Endpoints(focus=f"{toggl.url}/api", track=f"{toggl.url}/api/v9")
    client = Toggl(
        http,
        [FocusKey(MEMBER), TrackToken("b" * 32)],
        endpoints=endpoints,
        ledger=MemoryLedger(),
        cache=Cache(clock),
        clock=clock,
    )
    both = client.workspace(place.organization_id, place.id, place.track_id)
    yield lambda: replace(member(), focus=both, track=both)
    await http.aclose()


async def test_a_report_and_its_comparison_are_one_call(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=2 * HOUR)
    empty.add_entry(WHO, "Write report", start=local("2026-11-03 09:00"), duration=HOUR)
    made = await reports.make(member(), Asked(WEEK, By.PROJECT))
    assert operations(empty) == ["stream_time_entries"]
    assert (made.report.total, made.report.total_before) == (2 * HOUR, HOUR)
    assert [line.entry.started_at for line in made.lines] == [local("2026-11-03 09:00"), local("2026-11-10 09:00")]


async def test_an_entry_over_midnight_into_the_period_is_read_too(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Write report", start=local("2026-11-08 23:00"), duration=2 * HOUR)
    empty.add_entry(WHO, "Write report", start=local("2026-11-01 23:00"), duration=2 * HOUR)
    made = await reports.make(member(), Asked(WEEK, By.DAY))
    assert (made.report.total, made.report.total_before) == (HOUR, HOUR)


async def test_a_timer_forgotten_for_days_counts_today_as_well(
    member: Member, empty: ServedToggl, clock: Clock
) -> None:
    empty.start_elsewhere(WHO, "Write report", at=clock() - timedelta(days=3))
    asked = Asked(Period(clock().date(), clock().date()), By.PROJECT)
    made = (await reports.make(member(), asked)).report
    assert made.total == clock().astimezone(BERLIN) - clock().astimezone(BERLIN).replace(hour=0, minute=0)


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_an_entry_without_a_task_counts_for_its_own_project(
    member: Member, empty: ServedToggl, clock: Clock
) -> None:
    entry = empty.add_entry(WHO, "Write report", start=clock() - timedelta(hours=2), duration=timedelta(hours=1))
    projects = empty.world.state.projects
    project = projects[empty.task("Write report").project_id or 0]
    entry.task_id, entry.project_id = None, project.id
    for number in range(1, 101):  # a page of others, before it by name
        projects[number] = msgspec.structs.replace(project, id=number, name=f"A {number}", private=False)
    operations(empty)
    asked = Asked(Period(clock().date(), clock().date()), By.PROJECT)
    made = (await reports.make(member(), asked)).report
    assert [(group.name, group.time) for group in made.groups] == [(project.name, timedelta(hours=1))]
    assert sorted(operations(empty)) == ["list_projects", "stream_time_entries"]


async def test_another_grouping_asks_nothing_again_and_a_new_report_does(member: Member, empty: ServedToggl) -> None:
    await reports.make(member(), Asked(WEEK, By.PROJECT))
    assert reports.is_kept(member(), WEEK)
    operations(empty)
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=HOUR)
    kept = await reports.make_kept(member(), Asked(WEEK, By.TASK))
    assert (operations(empty), kept.report.total) == ([], timedelta())
    fresh = await reports.make(member(), Asked(WEEK, By.TASK))
    assert (operations(empty), fresh.report.total) == (["stream_time_entries"], HOUR)


async def test_time_blocks_are_one_call_more_and_come_with_their_whole_time(member: Member, empty: ServedToggl) -> None:
    for day in ("2026-11-10", "2026-09-01"):
        entry = empty.add_entry(WHO, "Write report", start=local(f"{day} 09:00"), duration=HOUR)
        entry.time_block_id = 77
    made = await reports.make(member(), Asked(WEEK, By.BLOCK))
    assert operations(empty) == ["stream_time_entries", "stream_time_entries_by_time_block"]
    [block] = made.report.groups
    assert (block.name, block.time, block.whole) == ("Write report", HOUR, 2 * HOUR)
    await reports.make_kept(member(), Asked(WEEK, By.BLOCK))
    assert operations(empty) == []


async def test_without_time_blocks_none_are_asked_for(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=HOUR)
    await reports.make(member(), Asked(WEEK, By.BLOCK))
    assert operations(empty) == ["stream_time_entries"]


async def test_the_workspaces_rounding_is_read_once_an_hour(tracking: Member, empty: ServedToggl, clock: Clock) -> None:
    settings = empty.workspace().settings
    settings.rounding, settings.rounding_minutes = 1, 15
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=timedelta(minutes=16))
    made = await reports.make(tracking(), Asked(WEEK, By.PROJECT))
    assert sorted(operations(empty)) == ["get_workspace", "stream_time_entries"]
    assert made.report.rounding == Rounding(Direction.UP, 15)
    assert made.report.total == timedelta(minutes=30)
    clock.pass_(minutes=50)
    await reports.make(tracking(), Asked(WEEK, By.PROJECT))
    assert operations(empty) == ["stream_time_entries"]


async def test_a_rounding_that_cannot_be_read_is_said_and_the_report_is_exact(
    tracking: Member, empty: ServedToggl
) -> None:
    empty.fail("get_workspace", status=500, times=9)
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=timedelta(minutes=16))
    made = (await reports.make(tracking(), Asked(WEEK, By.PROJECT))).report
    assert (made.total, made.rounding, made.rounding_unknown) == (timedelta(minutes=16), None, True)


async def test_a_spent_quota_and_a_missing_right_are_said_as_they_are(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    toggl.fail("stream_time_entries", status=403, body={"error": "forbidden", "error_description": "no"})
    with pytest.raises(Forbidden):
        await reports.make(member(), Asked(WEEK, By.PROJECT))
    toggl.spend_quota(WHO)
    with pytest.raises(QuotaSpent) as spent:
        await reports.make(member(), Asked(WEEK, By.PROJECT))
    assert spent.value.resets_at > clock()


async def test_a_stream_that_breaks_off_gives_no_report_and_is_read_anew(member: Member, clock: Clock) -> None:
    """Half the entries are never shown as all of them, and nothing of them is kept."""
    chunks = [
        b'[{"id": 1, "start": "2026-11-10T08:00:00Z", "duration": 3600, "type": "activity", "task_id": 1},',
        b'{"id": 2, "start": "2026-11-10T09:00:00Z", "duration": 3600, "type": "activity", "task_id": 1}]',
    ]
    whole = False

    async def stream(_: Request) -> StreamingResponse:
        async def body() -> AsyncIterator[bytes]:
            yield chunks[0]
            if whole:
                yield chunks[1]

        return StreamingResponse(body(), media_type="application/json")

    async with contextlib.AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(Starlette(routes=[Route("/{path:path}", stream)])))
        http = open_http()
        stack.push_async_callback(http.aclose)
        client = Toggl(http, [FocusKey(MEMBER)], endpoints=Endpoints(focus=url, track=url), clock=clock)
        context = replace(member(), focus=client.workspace(1, 2))
        with pytest.raises(reports.BrokenOff) as broken:
            await reports.make_kept(context, Asked(WEEK, By.PROJECT))
        assert broken.value.retry
        assert not reports.is_kept(context, WEEK)
        whole = True
        made = await reports.make_kept(context, Asked(WEEK, By.PROJECT))
        assert made.report.total == 2 * HOUR


async def test_a_connection_that_breaks_in_the_middle_gives_no_report(member: Member, clock: Clock) -> None:
    entry = b'{"id": %d, "start": "2026-11-10T08:00:00Z", "duration": 60, "type": "activity", "task_id": 1}'

    async def stream(_: Request) -> StreamingResponse:
        async def body() -> AsyncIterator[bytes]:
            yield b"[" + b",".join(entry % number for number in range(1, 9_000))

        return StreamingResponse(body(), headers={"content-length": "9999999"})

    async with serving(Starlette(routes=[Route("/{path:path}", stream)])) as url, open_http() as http:
        client = Toggl(http, [FocusKey(MEMBER)], endpoints=Endpoints(focus=url, track=url), clock=clock)
        with pytest.raises(reports.BrokenOff, match="incomplete"):
            await reports.make(replace(member(), focus=client.workspace(1, 2)), Asked(WEEK, By.PROJECT))


async def test_where_no_connection_comes_about_that_is_what_is_said(member: Member, toggl: ServedToggl) -> None:
    toggl.fail("stream_time_entries", drop="before", times=9)
    with pytest.raises(Unavailable):
        await reports.make(member(), Asked(WEEK, By.PROJECT))


async def test_more_entries_than_are_read_at_once_are_said(clock: Clock) -> None:
    async def stream() -> AsyncGenerator[models.TimeEntry, None]:
        for number in range(1, 9):
            yield models.TimeEntry(id=number, start=clock(), duration=60)

    with pytest.raises(reports.TooMany, match="more than 3 entries"):
        await reports._lines(stream(), most=3)
    assert len(await reports._lines(stream(), most=8)) == 8


async def test_two_people_are_not_shown_each_others_numbers(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=HOUR)
    await reports.make(member(), Asked(WEEK, By.PROJECT))
    other = member()
    other = replace(other, person=replace(other.person, account_id=other.person.account_id + 1))
    assert not reports.is_kept(other, WEEK)


async def test_disconnecting_forgets_the_entries_at_once(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Write report", start=local("2026-11-10 09:00"), duration=HOUR)
    await reports.make(member(), Asked(WEEK, By.PROJECT))
    with contextlib.suppress(NotConnected):  # this member's key was never stored
        await account.disconnect(member())
    assert not reports.is_kept(member(), WEEK)
