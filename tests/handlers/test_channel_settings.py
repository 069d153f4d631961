from __future__ import annotations

from datetime import time
from typing import Any

import msgspec
import pytest

from bot.domain.subscriptions import ChannelSettings, Mode, ProjectEvent, Quiet
from bot.local.slack.seed import ALEX, MARCUS, SOFIA
from bot.local.slack.world import View
from bot.services.project_watching import DIGEST
from bot.store import project_updates, schedules, subscriptions
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.subscription_forms import event_block
from tests.handlers.subscribing import offered, said, sees
from tests.local_toggl import operations
from tests.road import TEAM, Road, shown


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, in a channel that follows the Booking App."""
    await road.connect("admin", track=True)
    await said(road, "/project subscribe booking app", "follows *Booking App* now.")
    return road


async def settings(me: Road) -> ChannelSettings:
    async with me.store.reading() as db:
        row = await subscriptions.find_settings(db, tenant_id=TEAM, channel_id=me.channel)
    assert row is not None
    return msgspec.json.decode(row.settings, type=ChannelSettings)


def entered(**changed: Any) -> dict[str, Any]:
    """The form as it is filled at first, with changes by `block_id`."""
    modes = {event_block(event): Mode.AT_ONCE if event is ProjectEvent.HOURS else Mode.DIGEST for event in ProjectEvent}
    return {
        **modes,
        Blocks.TOLD: ["threaded", "broadcast"],
        Blocks.DIGEST_AT: "09:00",
        Blocks.DIGEST_DAYS: ["0", "1", "2", "3", "4"],
        Blocks.ZONE: "America/New_York",
        **changed,
    }


async def form(me: Road) -> View:
    view = await me.command_opening("/project subscriptions settings")
    assert view.callback_id == Callbacks.CHANNEL_SETTINGS
    return view


async def test_everything_can_be_set_and_counts_at_once(me: Road) -> None:
    view = await form(me)
    assert await me.options(view, Blocks.ZONE, Actions.UPDATES_ZONE, "toky") == ["Asia/Tokyo"]
    zone = await offered(me, view, Blocks.ZONE, Actions.UPDATES_ZONE, "berlin")
    outcome = await me.submit(
        view,
        entered(
            **{
                event_block(ProjectEvent.PINNED): Mode.OFF,
                event_block(ProjectEvent.DATES): Mode.AT_ONCE,
                Blocks.TOLD: ["threaded"],
                Blocks.DIGEST_AT: "16:30",
                Blocks.DIGEST_DAYS: ["4"],
                Blocks.QUIET_SINCE: "19:00",
                Blocks.QUIET_UNTIL: "08:00",
                Blocks.ZONE: zone,
            }
        ),
    )
    assert outcome.ok, outcome
    now = await settings(me)
    assert (now.zone, now.digest_at, now.digest_days) == ("Europe/Berlin", time(16, 30), (4,))
    assert (now.threaded, now.broadcast, now.quiet) == (True, False, Quiet(time(19), time(8)))
    assert now.modes[ProjectEvent.PINNED] is Mode.OFF and now.modes[ProjectEvent.DATES] is Mode.AT_ONCE
    async with me.store.reading() as db:
        digest = await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel)
    assert digest is not None and (digest.pattern, digest.zone) == ("16:30 weekly fri", "Europe/Berlin")
    told = await sees(me, f"<@{MARCUS}> changed how this channel gets project updates.", person=SOFIA)
    assert "Quiet from 7:00 PM to 8:00 AM." in shown(told)
    assert "every Friday at 4:30 PM (Europe/Berlin)" in shown(told)


async def test_it_is_undone_with_the_digest(me: Road) -> None:
    view = await form(me)
    assert (await me.submit(view, entered(**{Blocks.DIGEST_AT: "16:30"}))).ok
    saved = await sees(me, "Saved how <#C0WEBSITE01> gets project updates.")
    undone = await me.pressed(saved, Actions.UNDO)
    assert undone.text.endswith("gets project updates as before.")
    assert (await settings(me)).digest_at == time(9)
    async with me.store.reading() as db:
        digest = await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel)
    assert digest is not None and digest.pattern == "09:00 weekly mon,tue,wed,thu,fri"


async def test_it_looks_for_nothing_anew_and_touches_no_card(me: Road) -> None:
    for _ in range(2):
        await me.run_due()
    asked = len(operations(me.toggl))
    assert (await me.submit(await form(me), entered(**{Blocks.DIGEST_AT: "16:30"}))).ok
    async with me.store.reading() as db:
        waiting = await project_updates.to_tell(db, tenant_id=TEAM, channel_id=me.channel)
    assert list(waiting) == []
    await me.run_due()
    assert asked and operations(me.toggl) == []


async def test_with_nothing_in_the_digest_none_comes(me: Road) -> None:
    view = await form(me)
    assert (await me.submit(view, entered(**{event_block(event): Mode.AT_ONCE for event in ProjectEvent}))).ok
    told = await sees(me, "changed how this channel gets project updates.", person=SOFIA)
    assert "Right away: everything." in shown(told)
    async with me.store.reading() as db:
        assert await schedules.find(db, tenant_id=TEAM, kind=DIGEST, key=me.channel) is None


@pytest.mark.parametrize(
    ("changed", "block", "problem"),
    [
        ({Blocks.QUIET_SINCE: "19:00"}, Blocks.QUIET_UNTIL, "a start and an end"),
        ({Blocks.QUIET_UNTIL: "19:00"}, Blocks.QUIET_SINCE, "a start and an end"),
        (
            {Blocks.QUIET_SINCE: "19:00", Blocks.QUIET_UNTIL: "19:00"},
            Blocks.QUIET_UNTIL,
            "cannot start and end at the same time",
        ),
        ({}, None, "There was nothing to save"),
    ],
)
async def test_what_makes_no_sense_is_said_at_its_field(
    me: Road, changed: dict[str, Any], block: str | None, problem: str
) -> None:
    before = await settings(me)
    outcome = await me.submit(await form(me), entered(**changed))
    if block is None:
        view = await me.modal()
        assert problem in str(view.blocks)
    else:
        assert problem in outcome.errors[block]
    assert await settings(me) == before


async def test_two_people_do_not_overwrite_each_other_unseen(me: Road) -> None:
    mine = await form(me)
    me.person = ALEX
    theirs = await form(me)
    assert (await me.submit(theirs, entered(**{Blocks.DIGEST_AT: "07:00"}))).ok
    me.person = MARCUS
    outcome = await me.submit(mine, entered(**{Blocks.DIGEST_AT: "18:00"}))
    assert outcome.ok, outcome
    view = await me.modal()
    assert "These settings have changed in the meantime." in str(view.blocks)
    assert f"<@{ALEX}>" in str(view.blocks)
    assert (await settings(me)).digest_at == time(7)
    again = {f"{block}:1": value for block, value in entered(**{Blocks.DIGEST_AT: "18:00"}).items()}
    assert (await me.submit(view, again)).ok
    assert (await settings(me)).digest_at == time(18)


async def test_new_defaults_do_not_reach_a_channel_that_has_settings(me: Road) -> None:
    async with me.store.reading() as db:
        row = await subscriptions.find_settings(db, tenant_id=TEAM, channel_id=me.channel)
    assert row is not None
    assert set(msgspec.json.decode(row.settings)) == set(ChannelSettings.__struct_fields__)


async def test_a_direct_message_has_no_settings(me: Road) -> None:
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    me.channel = dm.id
    await said(me, "/project subscriptions settings", "That only works in a channel.")
