from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.local.toggl import company
from bot.local.toggl.company_names import THE_DEMOS
from bot.local.toggl.local import LocalToggl
from tests.local.toggl.conftest import NOON, Clock, Place

MIDNIGHT_IN_BERLIN = datetime(2026, 11, 20, 23, 7, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 29, 9, 0, tzinfo=UTC)


def founded(now: datetime, seed: int = 1) -> LocalToggl:
    return LocalToggl(profile="pages", clock=Clock(now), data=None, seed=seed, echoes=False, shared_ids=True)


def test_the_same_time_and_seed_found_the_same_company() -> None:
    """Another seed spends its days otherwise."""
    assert company.state(NOON, 1) == company.state(NOON, 1)
    assert company.state(NOON, 1).entries != company.state(NOON, 2).entries


def test_it_is_a_believable_company(here: Place) -> None:
    """A dozen people in several zones, thirty projects, some eighty tasks, two plans."""
    state = here.toggl.world.state
    main = here.toggl.workspace().id
    assert len([person for person in here.toggl.world.members(main) if not person.inactive]) == 12
    assert len({person.zone for person in state.people.values()}) >= 8
    assert len([project for project in state.projects.values() if project.workspace_id == main]) == 30
    assert 75 <= len([task for task in state.tasks.values() if task.workspace_id == main]) <= 90
    assert [workspace.plan for workspace in state.workspaces.values()] == ["premium", "free"]
    assert {member.role for member in state.members.values()} == {"admin", "user", "projectlead", "teamlead"}
    assert any(project.parent_project_id for project in state.projects.values())
    assert any(project.fixed_fee for project in state.projects.values())


def test_in_the_demo_somebody_is_invited() -> None:
    """They have tracked nothing, and everybody else is as without them."""
    demo = company.state(NOON, 1, people=THE_DEMOS)
    [invited] = [member for member in demo.members.values() if not member.accepted]
    assert demo.people[invited.person_id].handle == "hana"
    assert demo.people[invited.person_id].focus_id not in {entry.toggl_user_id for entry in demo.entries.values()}


def test_credentials_are_those_that_are_told(here: Place) -> None:
    """The admin's and the member's are fixed; nobody shares one."""
    admin, member = here.toggl.person("admin"), here.toggl.person("member")
    assert (admin.focus_key, admin.track_token) == ("toggl_sk_admin", "a" * 32)
    assert (member.focus_key, member.track_token) == ("toggl_sk_member", "b" * 32)
    people = here.toggl.world.state.people.values()
    assert len({person.track_token for person in people}) == len({person.focus_key for person in people}) == 13


@pytest.mark.parametrize("now", [NOON, MIDNIGHT_IN_BERLIN, SUNDAY])
def test_time_was_tracked_on_workdays_and_never_two_things_at_once(now: datetime) -> None:
    """Weekends off in each person's own zone, but for the two who have something today and yesterday."""
    toggl = founded(now)
    for person in toggl.world.state.people.values():
        zone = ZoneInfo(person.zone)
        entries = sorted(toggl.entries(person.handle), key=lambda entry: entry.start)
        ends = [entry.start + timedelta(seconds=entry.duration or 0) for entry in entries]
        assert all(end <= entry.start for end, entry in zip(ends, entries[1:], strict=False))
        assert all(end <= now for end in ends)
        recent = {now.astimezone(zone).date() - timedelta(days=back) for back in (0, 1)}
        weekend = {entry.start.astimezone(zone).date() for entry in entries}
        assert {day for day in weekend if day.weekday() > 4} <= recent


@pytest.mark.parametrize("now", [NOON, MIDNIGHT_IN_BERLIN, SUNDAY])
@pytest.mark.parametrize("handle", ["admin", "member"])
def test_the_admin_and_the_member_tracked_today_and_yesterday_and_run_nothing(now: datetime, handle: str) -> None:
    """So that a newcomer's first look shows something."""
    toggl = founded(now)
    zone = ZoneInfo(toggl.person(handle).zone)
    days = Counter(entry.start.astimezone(zone).date() for entry in toggl.entries(handle))
    today = now.astimezone(zone).date()
    assert days[today] >= 1
    assert days[today - timedelta(days=1)] >= 1
    assert sum(days.values()) > 250
    assert toggl.running(handle) is None


def test_numbers_are_never_shared_between_two_things(here: Place) -> None:
    """A number that is mixed up finds nothing rather than something else."""
    state = here.toggl.world.state
    tables = [getattr(state, name) for name in state.__struct_fields__ if name != "next_id"]
    numbers = [number for table in tables for number in table]
    numbers += [person.focus_id for person in state.people.values()]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < state.next_id
