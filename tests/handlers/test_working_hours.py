from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services import working_hours
from bot.store import accounts
from bot.toggl import Patience
from tests.road import Road, shown

HOURS = ["get_me", "list_workspace_users"]


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin, who tracked nothing today (a Thursday)."""
    await road.connect("admin", track=True)
    for entry in road.toggl.entries("admin"):
        entry.deleted_at = road.clock()
    return road


def works(me: Road, minutes: int | None) -> None:
    """Set the person's own hours."""
    place, person = me.toggl.workspace(), me.toggl.person("admin")
    [own] = [
        member
        for member in me.toggl.world.state.members.values()
        if (member.workspace_id, member.person_id) == (place.id, person.id)
    ]
    own.working_hours_in_minutes = minutes


def asked(me: Road) -> list[str]:
    """What Track was asked, in the order of the alphabet."""
    return sorted(call.operation for call in me.toggl.calls if call.operation in {*HOURS, "get_workspace"})


async def test_the_day_is_set_against_ones_own_hours_asked_for_once_an_hour(me: Road) -> None:
    works(me, 360)
    assert "Today: nothing yet of 6 h." in shown(await me.command("/track"))
    await me.command("/track start write report")
    me.clock.pass_(minutes=45)
    assert "Today: 45 min of 6 h." in shown(await me.command("/track now"))
    assert asked(me) == HOURS


async def test_without_hours_of_ones_own_those_of_the_workspace_count(me: Road) -> None:
    works(me, None)
    assert "Today: nothing yet of 8 h." in shown(await me.command("/track"))
    assert asked(me) == ["get_me", "get_workspace", "list_workspace_users"]


async def test_a_day_off_has_no_hours_and_neither_has_who_works_none(me: Road) -> None:
    works(me, 0)
    assert "Today: nothing yet." in shown(await me.command("/track"))
    works(me, 360)
    me.clock.pass_(days=2)
    assert "Today: nothing yet." in shown(await me.command("/track"))
    assert asked(me) == HOURS


async def test_a_track_that_does_not_tell_spoils_nothing(me: Road) -> None:
    me.toggl.fail("list_workspace_users", status=403)
    for _ in range(2):
        assert "Today: nothing yet." in shown(await me.command("/track"))
    assert asked(me) == HOURS


async def test_nobody_waits_for_a_slow_track_whose_answer_is_there_the_next_time(me: Road) -> None:
    works(me, 360)
    office = (await me.parts()).office
    async with me.store.reading() as db:
        account = await accounts.find(db, tenant_id=me.slack.world.team_id, user_id=me.person)
    assert account
    context = await office.context(account.id, now=me.clock())
    hasty = replace(context.connections, patience=Patience(courtesy=0))
    assert await working_hours.of_today(replace(context, connections=hasty)) is None
    assert await working_hours.of_today(context) == timedelta(hours=6)
    assert asked(me) == HOURS
