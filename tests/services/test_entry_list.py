from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.entry_filters import EntryFilters
from bot.domain.entry_query import Query
from bot.domain.periods import Period
from bot.services import entry_list
from bot.services.context import Context
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both, operations
from tests.services.tracking import WHO

Member = Callable[[], Context]
TODAY = date(2026, 11, 12)
FAR = Period(date(2026, 8, 1), date(2026, 8, 31))


def fill(toggl: ServedToggl, clock: Clock, number: int, *, days_ago: int = 0) -> None:
    """Put `number` entries of a minute, one after the other, before now or before some days ago."""
    for minutes in range(1, number + 1):
        start = clock() - timedelta(days=days_ago, minutes=minutes)
        toggl.add_entry(WHO, "Write report", start=start, duration=timedelta(minutes=1))
    toggl.calls.clear()


async def listed(
    context: Context, period: Period | None = None, page: int = 1, **filters: object
) -> entry_list.Listing:
    """What is listed for these filters."""
    query = await entry_list.read_query(context, EntryFilters(**filters), period)  # type: ignore[arg-type]  # a test's shorthand
    return await entry_list.list_entries(context, query, page=page)


@both
async def test_the_last_seven_days_are_one_call_and_none_while_they_are_kept(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    toggl.calls.clear()
    found = await listed(member())
    assert operations(toggl) == ["list_time_entries"]
    assert (found.query.first, found.query.last) == (TODAY - timedelta(days=6), TODAY)
    assert found.page.count > 0
    await listed(member(), type="break")
    await entry_list.list_entries(member(), found.query, page=2)
    assert operations(toggl) == []
    clock.pass_(minutes=1)
    await entry_list.list_entries(member(), found.query, page=2)
    assert operations(toggl) == ["list_time_entries"]


async def test_a_thousand_entries_are_two_calls_and_every_page_is_there(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    fill(toggl, clock, 1000, days_ago=200)
    first = date(2026, 4, 20)
    found = await listed(member(), Period(first, first + timedelta(days=10)))
    assert operations(toggl) == ["list_time_entries", "stream_time_entries"]
    assert (found.page.count, found.page.pages, found.whole) == (1000, 50, True)
    last = await entry_list.list_entries(member(), found.query, page=50)
    assert sum(len(day.entries) for day in last.page.days) == 20
    assert operations(toggl) == []


async def test_a_task_alone_lists_all_of_its_entries_however_old(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    toggl.add_entry(WHO, "Write report", start=clock() - timedelta(days=900), duration=timedelta(hours=1))
    found = await listed(member(), task="write report")
    assert found.query.task == "Write report"
    assert "list_task_time_entries" in operations(toggl)
    assert {entry.task for day in found.page.days for entry in day.entries} == {"Write report"}
    oldest = await entry_list.list_entries(member(), found.query, page=found.page.pages)
    assert oldest.page.days[-1].entries[-1].start == clock() - timedelta(days=900)
    assert operations(toggl) == []


async def test_a_whole_task_is_filtered_by_its_status_which_its_entries_do_not_tell(
    member: Member, toggl: ServedToggl
) -> None:
    task = toggl.task("Write report")
    status = toggl.world.state.statuses[task.status_id]
    everything = await listed(member(), task="write report")
    assert everything.page.count
    for said in (status.name, status.type):
        assert (await listed(member(), task="write report", status=said)).page.count == everything.page.count
    assert (await listed(member(), task="write report", status="zebra")).page.count == 0
    tag = next(iter(toggl.world.state.tags.values()))
    assert (await listed(member(), task="write report", tag=tag.name)).page.count == 0
    task.tag_ids = [tag.id]
    context = member()
    context.connections.cache.drop()
    assert (await listed(context, task="write report", tag=tag.name)).page.count == everything.page.count


async def test_a_task_with_a_period_lists_only_that(member: Member, toggl: ServedToggl) -> None:
    found = await listed(member(), FAR, task="write report")
    assert (found.query.task_id, found.query.first) == (None, FAR.first)
    assert "list_task_time_entries" not in operations(toggl)


async def test_filters_cost_no_call(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    entry = toggl.add_entry(WHO, "Stand-up", start=clock() - timedelta(hours=1), duration=timedelta(minutes=9))
    entry.archived_at = clock()
    await listed(member())
    toggl.calls.clear()
    [day] = (await listed(member(), archived=True)).page.days
    assert [one.id for one in day.entries] == [entry.id]
    assert (await listed(member(), project="team", words="stand")).page.count >= 1
    assert (await listed(member(), status="no such status")).page.count == 0
    assert operations(toggl) == []


async def test_refreshing_asks_toggl_again(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    found = await listed(member())
    toggl.add_entry(WHO, "Stand-up", start=clock() - timedelta(hours=1), duration=timedelta(minutes=9))
    again = await entry_list.list_entries(member(), found.query, afresh=True)
    assert again.page.count == found.page.count + 1


async def test_where_too_many_were_tracked_only_the_newest_are_looked_at(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    fill(toggl, clock, entry_list.MOST + 1, days_ago=200)
    first = date(2026, 4, 20)
    found = await listed(member(), Period(first, first + timedelta(days=10)))
    assert (found.page.count, found.whole) == (entry_list.MOST, False)


async def test_a_period_without_entries_is_an_empty_page(member: Member) -> None:
    query = Query(date(2020, 1, 1), date(2020, 1, 1))
    assert (await entry_list.list_entries(member(), query)).page.count == 0
