"""What is left, who may spend it, and the pace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.toggl import MemoryLedger, Quota, Spending
from bot.toggl.quota import RESERVED_FOR_PEOPLE
from bot.toggl.refusals import quota_of

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("remaining", "person", "job"),
    [(0, False, False), (1, True, False), (RESERVED_FOR_PEOPLE, True, False), (RESERVED_FOR_PEOPLE + 1, True, True)],
)
def test_people_may_spend_the_last_call_and_jobs_leave_a_reserve(*, remaining: int, person: bool, job: bool) -> None:
    quota = Quota(remaining, NOW + SECOND)
    assert quota.allows(Spending.PERSON, now=NOW) is person
    assert quota.allows(Spending.JOB, now=NOW) is job
    assert quota.allows(Spending.JOB, now=NOW + SECOND)


@pytest.mark.parametrize(("seconds", "minutes"), [(-5, 1), (0, 1), (1, 1), (60, 1), (61, 2), (3600, 60)])
def test_minutes_are_rounded_up_and_at_least_one(seconds: int, minutes: int) -> None:
    assert Quota(0, NOW + seconds * SECOND).minutes(now=NOW) == minutes


@pytest.mark.parametrize(
    ("remaining", "resets_in", "quota"),
    [
        ("7", "600", Quota(7, NOW + 600 * SECOND)),
        ("-1", "0.5", Quota(0, NOW + SECOND / 2)),
        ("7", "-3", Quota(7, NOW)),
        ("many", "600", None),
        ("7", "soon", None),
        ("7", "nan", None),
        ("7", "inf", None),
        ("7", "1e15", None),
        ("", "", None),
    ],
)
def test_headers_that_make_no_sense_are_no_quota(remaining: str, resets_in: str, quota: Quota | None) -> None:
    headers = {"x-toggl-quota-remaining": remaining, "x-toggl-quota-resets-in": resets_in}
    assert quota_of(headers, NOW) == quota


def test_without_headers_there_is_no_quota() -> None:
    assert quota_of({}, NOW) is None


async def test_a_ledger_keeps_the_last_word_of_each_key() -> None:
    ledger = MemoryLedger()
    assert await ledger.read("a:1") is None
    await ledger.record("a:1", remaining=7, resets_at=NOW)
    await ledger.record("a:1", remaining=6, resets_at=NOW)
    await ledger.record("a:2", remaining=1, resets_at=NOW)
    assert await ledger.read("a:1") == Quota(6, NOW)


async def test_a_full_ledger_forgets_the_oldest() -> None:
    ledger = MemoryLedger(capacity=2)
    for key in ("a", "b", "a", "c"):
        await ledger.record(key, remaining=1, resets_at=NOW)
    assert await ledger.read("a") is not None
    assert await ledger.read("b") is None


async def test_a_burst_goes_at_once_and_then_one_an_interval() -> None:
    ledger = MemoryLedger()
    waits = [await ledger.reserve("a", now=NOW, interval=SECOND, burst=2) for _ in range(5)]
    assert waits == [0 * SECOND, 0 * SECOND, SECOND, 2 * SECOND, 3 * SECOND]
    assert await ledger.reserve("b", now=NOW, interval=SECOND, burst=2) == timedelta()


@settings(deadline=None)
@given(pauses=st.lists(st.integers(0, 3000), max_size=30), burst=st.integers(1, 5))
async def test_no_stretch_of_time_holds_more_calls_than_its_length_and_the_burst(pauses: list[int], burst: int) -> None:
    ledger, now, made = MemoryLedger(), NOW, []
    for pause in pauses:
        now += timedelta(milliseconds=pause)
        made.append(now + await ledger.reserve("a", now=now, interval=SECOND, burst=burst))
    for first, start in enumerate(made):
        for last, end in enumerate(made[first:], start=first):
            assert last - first + 1 <= (end - start) / SECOND + burst
