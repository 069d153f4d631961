from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry_pages import PER_PAGE, page_of
from tests.entries import NOON, entry

BERLIN = ZoneInfo("Europe/Berlin")


@given(
    st.lists(st.floats(0.1, 2_000), max_size=90),
    st.integers(-3, 9),
)
def test_every_entry_is_on_exactly_one_page_newest_first(ages: list[float], wanted: int) -> None:
    entries = [entry(n, hours_ago=age) for n, age in enumerate(ages, 1)]
    first = page_of(entries, page=1, zone=BERLIN, now=NOON)
    shown = [
        one
        for number in range(1, first.pages + 1)
        for day in page_of(entries, page=number, zone=BERLIN, now=NOON).days
        for one in day.entries
    ]
    assert sorted(one.id for one in shown) == sorted(one.id for one in entries)
    assert [one.start for one in shown] == sorted((one.start for one in entries), reverse=True)
    near = page_of(entries, page=wanted, zone=BERLIN, now=NOON)
    assert 1 <= near.page <= near.pages
    assert sum(len(day.entries) for day in near.days) <= PER_PAGE


def test_a_day_that_goes_on_has_its_whole_total_on_both_pages() -> None:
    entries = [entry(n, hours_ago=n / 4, minutes=10) for n in range(1, 31)]
    first, second = (page_of(entries, page=number, zone=BERLIN, now=NOON) for number in (1, 2))
    assert (first.days[-1].day, first.days[-1].continued) == (date(2026, 11, 12), False)
    assert (second.days[0].day, second.days[0].continued) == (date(2026, 11, 12), True)
    assert first.days[0].total == second.days[0].total == timedelta(minutes=300)


def test_breaks_are_listed_and_not_counted_and_what_runs_counts_until_now() -> None:
    entries = [entry(1, hours_ago=3, type="break"), entry(2, hours_ago=1, minutes=None)]
    page = page_of(entries, page=1, zone=BERLIN, now=NOON)
    assert (page.count, page.total, page.days[0].total) == (2, timedelta(hours=1), timedelta(hours=1))


def test_no_entries_are_one_empty_page() -> None:
    page = page_of([], page=5, zone=BERLIN, now=NOON)
    assert (page.days, page.page, page.pages, page.count) == ((), 1, 1, 0)
