from __future__ import annotations

from datetime import UTC, datetime, time
from functools import reduce
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.project_snapshots import (
    Archived,
    Created,
    Deleted,
    Passed,
    Pinned,
    Reestimated,
    Regrouped,
    Renamed,
    Teammate,
)
from bot.domain.project_updates import Told, folded, governing, quiet_until
from bot.domain.subscriptions import ChannelSettings, Following, Mode, Paused, ProjectEvent, Quiet

BERLIN = "Europe/Berlin"


def following(project_id: int = 0, paused: Paused | None = None, number: int = 1, **more: Mode) -> Following:
    return Following(
        id=number,
        tenant_id="T1",
        team_id="T1",
        channel_id="C1",
        account_id=1,
        user_id="U1",
        organization_id=1,
        workspace_id=2,
        project_id=project_id,
        project_name="",
        modes={ProjectEvent(name): mode for name, mode in more.items()},
        paused=paused,
    )


@pytest.mark.parametrize(
    ("own", "everything", "speaks"),
    [
        (following(7), following(), 7),
        (None, following(), 0),
        (following(7), None, 7),
        (following(8), None, None),
        (following(7, Paused.BY_PERSON), following(), None),
        (following(7, Paused.LOST_SIGHT), following(), 0),
        (None, following(paused=Paused.BY_PERSON), None),
        (None, None, None),
    ],
)
def test_one_subscription_speaks_of_a_project(
    own: Following | None, everything: Following | None, speaks: int | None
) -> None:
    found = governing([one for one in (own, everything) if one], 7)
    assert (found.project_id if found else None) == speaks


def berlin(clock: str, day: str = "2026-11-12") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+01:00")


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (Quiet(time(18), time(8)), berlin("17:59"), None),
        (Quiet(time(18), time(8)), berlin("18:00"), berlin("08:00", "2026-11-13")),
        (Quiet(time(18), time(8)), berlin("00:30"), berlin("08:00")),
        (Quiet(time(18), time(8)), berlin("08:00"), None),
        (Quiet(time(12), time(13)), berlin("12:59"), berlin("13:00")),
        (Quiet(time(12), time(13)), berlin("13:00"), None),
        (Quiet(time(12), time(12)), berlin("12:00"), None),
        (None, berlin("03:00"), None),
    ],
)
def test_quiet_hours_end_by_the_channels_clock(quiet: Quiet | None, now: datetime, until: datetime | None) -> None:
    assert quiet_until(ChannelSettings(zone=BERLIN, quiet=quiet), now) == until


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 (given its zone below)
    since=st.times(),
    until=st.times(),
)
def test_quiet_hours_always_end_later_and_within_a_day(now: datetime, since: time, until: time) -> None:
    settings = ChannelSettings(zone=BERLIN, quiet=Quiet(since.replace(second=0), until.replace(second=0)))
    moment = now.replace(tzinfo=UTC)
    end = quiet_until(settings, moment)
    if end is not None:
        assert moment < end and (end - moment).total_seconds() <= 25 * 3600
        assert quiet_until(settings, end) is None


ANN, BOB = Teammate(1, "Ann"), Teammate(2, "Bob")
BOSS = Teammate(1, "Ann", manager=True)


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ([Renamed("a", "b"), Renamed("b", "c")], [Renamed("a", "c")]),
        ([Renamed("a", "b"), Renamed("b", "a")], []),
        ([Archived(after=True), Pinned(after=True), Archived(after=False)], [Pinned(after=True)]),
        ([Archived(after=True), Archived(after=False), Archived(after=True)], [Archived(after=True)]),
        ([Reestimated(None, 60), Reestimated(60, 90)], [Reestimated(None, 90)]),
        ([Passed(80), Passed(50)], [Passed(80)]),
        ([Created(), Renamed("a", "b")], [Created(), Renamed("a", "b")]),
        ([Created(), Renamed("a", "b"), Deleted(after=True)], []),
        ([Deleted(after=True), Deleted(after=False)], []),
        ([Regrouped(added=(ANN,)), Regrouped(removed=(ANN,))], []),
        ([Regrouped(removed=(ANN,)), Regrouped(added=(BOSS,))], [Regrouped(changed=(BOSS,))]),
        ([Regrouped(added=(ANN,)), Regrouped(changed=(BOSS,))], [Regrouped(added=(BOSS,))]),
        ([Regrouped(added=(ANN,)), Regrouped(added=(BOB,))], [Regrouped(added=(ANN, BOB))]),
        ([Pinned(after=True), Renamed("a", "b")], [Renamed("a", "b"), Pinned(after=True)]),
    ],
)
def test_what_is_left_of_several_looks_is_told_in_one_order(found: list[object], left: list[object]) -> None:
    assert [one.update for one in folded(Told(each) for each in found)] == left  # type: ignore[arg-type]  # each is one


def test_the_last_who_had_a_hand_in_it_is_named() -> None:
    found = folded([Told(Renamed("a", "b"), "U1"), Told(Renamed("b", "c")), Told(Pinned(after=True), "U2")])
    assert found == (Told(Renamed("a", "c")), Told(Pinned(after=True), "U2"))


names = st.sampled_from("abc")


@given(st.lists(names, min_size=1, max_size=8))
def test_however_many_renames_there_were_the_first_and_the_last_name_count(called: list[str]) -> None:
    steps = [Told(Renamed(before, after)) for before, after in pairwise(called) if before != after]
    found = folded(steps)
    assert [one.update for one in found] == ([Renamed(called[0], called[-1])] if called[0] != called[-1] else [])


team = st.dictionaries(st.integers(1, 4), st.booleans(), max_size=4)


@given(st.lists(team, min_size=2, max_size=6))
def test_however_a_team_changed_what_is_told_leads_from_the_first_to_the_last(teams: list[dict[int, bool]]) -> None:
    def step(before: dict[int, bool], after: dict[int, bool]) -> Regrouped:
        def mates(numbers: list[int], of: dict[int, bool]) -> tuple[Teammate, ...]:
            return tuple(Teammate(number, str(number), manager=of[number]) for number in numbers)

        return Regrouped(
            mates([n for n in after if n not in before], after),
            mates([n for n in before if n not in after], before),
            mates([n for n in after if n in before and before[n] != after[n]], after),
        )

    steps = [step(*pair) for pair in pairwise(teams)]
    found = folded(Told(each) for each in steps if each != Regrouped())
    reached = reduce(_applied, (one.update for one in found if isinstance(one.update, Regrouped)), dict(teams[0]))
    assert reached == teams[-1]


def _applied(team: dict[int, bool], update: Regrouped) -> dict[int, bool]:
    gone = {mate.id for mate in update.removed}
    kept = {number: manager for number, manager in team.items() if number not in gone}
    return kept | {mate.id: mate.manager for mate in (*update.added, *update.changed)}
