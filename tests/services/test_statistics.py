from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.periods import Period
from bot.domain.report_groups import By
from bot.domain.statistics import Statistics
from bot.services import statistics
from bot.services.context import Context, NotConnected
from bot.store import accounts
from bot.toggl import Unavailable
from tests.conftest import Clock, ServedToggl
from tests.services.counting import join
from tests.services.projecting import People

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
Admin = Callable[[], Context]


@pytest.fixture(autouse=True)
def _nothing_tracked(toggl: ServedToggl, clock: Clock) -> None:
    """Only what a test adds is tracked."""
    for entry in toggl.world.state.entries.values():
        entry.deleted_at = clock()


@pytest.fixture
def admin(people: People) -> Admin:
    """The seeded admin's context with both products, at the clock's now."""
    return lambda: people("admin")


def track(toggl: ServedToggl, who: str, task: str, start: str, hours: float) -> None:
    """Somebody tracked so long, by the clocks of Berlin."""
    at = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    toggl.add_entry(who, task, start=at, duration=timedelta(hours=hours))


def asked(toggl: ServedToggl) -> list[str]:
    """The operations called since the last look."""
    seen = sorted(str(call.operation) for call in toggl.calls)
    toggl.calls.clear()
    return seen


def shown(made: Statistics, by: By) -> dict[str | None, float]:
    return {group.name: group.time / HOUR for group in made.reports[by].groups if group.time or by is By.PERSON}


async def test_members_admins_and_groups_are_toggls_own_figures(admin: Admin, toggl: ServedToggl) -> None:
    await join(admin(), toggl, "admin")

    made = await statistics.read(admin(), WEEK)

    assert (made.workspace, made.membership.members, made.membership.groups) == ("Nordlicht Studio", 12, 3)
    assert set(made.membership.admins or ()) == {"Astrid Holm", "Sofia Marín"}


async def test_only_those_who_agreed_are_counted_and_the_others_are_numbers(admin: Admin, toggl: ServedToggl) -> None:
    asker = admin()
    await join(asker, toggl, "admin")
    await join(asker, toggl, "lena")
    await join(asker, toggl, "tom", agrees=False)
    await join(asker, toggl, "jonas", team_id="T2")
    await join(asker, toggl, "member", workspace="Nordlicht Labs")
    track(toggl, "admin", "Seat map", "2026-11-09 09:00", 2)
    track(toggl, "lena", "Seat map", "2026-11-10 09:00", 1.5)
    track(toggl, "lena", "Wireframes", "2026-11-03 09:00", 4)
    for silent in ("tom", "jonas", "member"):
        track(toggl, silent, "Wireframes", "2026-11-10 09:00", 7)

    made = await statistics.read(asker, WEEK)

    assert shown(made, By.PERSON) == {"Astrid Holm": 2, "Lena Brandt": 1.5}
    assert shown(made, By.PROJECT) == {"Fjord Ferries Booking": 3.5}
    assert sum(shown(made, By.STATUS).values()) == 3.5
    assert (made.report.total, made.report.total_before) == (3.5 * HOUR, 4 * HOUR)
    turnout = made.turnout
    assert (turnout.counted, turnout.undecided, turnout.unconnected, turnout.unreached) == (2, 1, 9, 0)


async def test_it_costs_one_call_of_each_who_agreed_and_none_for_ten_minutes(
    admin: Admin,
    toggl: ServedToggl,
    clock: Clock,
) -> None:
    await join(admin(), toggl, "admin")
    await join(admin(), toggl, "lena")
    await join(admin(), toggl, "tom", agrees=False)

    await statistics.read(admin(), WEEK)
    assert asked(toggl) == ["get_workspace", "get_workspace_statistics", "stream_time_entries", "stream_time_entries"]
    clock.pass_(minutes=9)
    again = await statistics.read(admin(), WEEK)
    assert asked(toggl) == ["get_workspace_statistics"]
    assert again.report.now == clock() - timedelta(minutes=9)


async def test_a_consent_taken_back_counts_at_once(admin: Admin, toggl: ServedToggl) -> None:
    asker = admin()
    await join(asker, toggl, "admin")
    track(toggl, "admin", "Seat map", "2026-11-09 09:00", 2)
    assert await statistics.since(asker) == asker.now
    assert (await statistics.read(asker, WEEK)).report.total == 2 * HOUR

    await statistics.withdraw(asker)

    assert await statistics.since(asker) is None
    made = await statistics.read(asker, WEEK)
    assert (made.report.total, made.turnout.counted, made.turnout.undecided) == (timedelta(), 0, 1)
    await statistics.agree(asker)
    assert (await statistics.read(asker, WEEK)).turnout.counted == 1


async def test_who_left_is_not_counted_any_more(admin: Admin, toggl: ServedToggl) -> None:
    asker = admin()
    await join(asker, toggl, "admin")
    lena = await join(asker, toggl, "lena")
    assert (await statistics.read(asker, WEEK)).turnout.counted == 2

    async with asker.store.writing() as db:
        await accounts.forget(db, lena)

    assert (await statistics.read(asker, WEEK)).turnout.counted == 1


async def test_two_in_slack_with_one_key_are_one(admin: Admin, toggl: ServedToggl) -> None:
    asker = admin()
    await join(asker, toggl, "admin")
    await join(asker, toggl, "admin", user_id="assistant")
    track(toggl, "admin", "Seat map", "2026-11-09 09:00", 2)

    made = await statistics.read(asker, WEEK)

    assert (made.report.total, made.turnout.counted, made.turnout.unconnected) == (2 * HOUR, 1, 11)


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 401}, {"drop": "during"}])
async def test_whoever_cannot_be_asked_does_not_keep_the_others_out(
    admin: Admin,
    toggl: ServedToggl,
    fault: dict[str, object],
) -> None:
    asker = admin()
    await join(asker, toggl, "admin")
    await join(asker, toggl, "lena")
    for who in ("admin", "lena"):
        track(toggl, who, "Seat map", "2026-11-09 09:00", 1)
    toggl.fail("stream_time_entries", **fault)

    made = await statistics.read(asker, WEEK)

    lost = made.turnout.unreached
    assert (made.turnout.counted, lost) in {(1, 1), (2, 0)}  # a safe call may have been made again
    assert made.report.total == made.turnout.counted * HOUR


async def test_nobodys_last_calls_are_spent(admin: Admin, toggl: ServedToggl) -> None:
    asker = admin()
    await join(asker, toggl, "admin")
    await join(asker, toggl, "lena")
    toggl.spend_quota("lena", remaining=3)
    await statistics.read(asker, WEEK)
    toggl.calls.clear()
    asker.connections.cache.drop(statistics.TOPIC)

    made = await statistics.read(asker, WEEK)

    assert (made.turnout.counted, made.turnout.unreached) == (1, 1)
    assert asked(toggl).count("stream_time_entries") == 1


async def test_toggls_refusal_is_said_kindly_and_nobody_is_asked(admin: Admin, toggl: ServedToggl) -> None:
    await join(admin(), toggl, "admin")
    toggl.fail("get_workspace_statistics", status=403, body="User does not have access to this resource.")

    with pytest.raises(statistics.StatisticsRefused) as refused:
        await statistics.read(admin(), WEEK)

    assert refused.value.values == {"workspace": "Nordlicht Studio"}
    assert asked(toggl) == ["get_workspace_statistics"]


async def test_figures_that_do_not_come_are_no_statistics(admin: Admin, toggl: ServedToggl) -> None:
    await join(admin(), toggl, "admin")
    toggl.fail("get_workspace_statistics", status=503, times=20)

    with pytest.raises(Unavailable):
        await statistics.read(admin(), WEEK)


async def test_an_answer_without_figures_says_that_they_are_unknown(admin: Admin, toggl: ServedToggl) -> None:
    await join(admin(), toggl, "admin")
    toggl.fail("get_workspace_statistics", status=200, body={})

    made = await statistics.read(admin(), WEEK)

    assert (made.membership.members, made.membership.admins, made.turnout.unconnected) == (None, None, None)


async def test_without_a_track_credential_there_are_no_figures(admin: Admin, toggl: ServedToggl) -> None:
    await join(admin(), toggl, "admin")

    with pytest.raises(NotConnected):
        await statistics.read(replace(admin(), track=None), WEEK)


async def test_private_projects_are_told_from_others_and_not_named(admin: Admin, toggl: ServedToggl) -> None:
    await join(admin(), toggl, "admin")
    track(toggl, "admin", "Salary round", "2026-11-09 09:00", 2)

    [group] = (await statistics.read(admin(), WEEK)).reports[By.PROJECT].groups

    assert (group.private, group.name, group.time) == (True, None, 2 * HOUR)
