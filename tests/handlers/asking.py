"""Somebody who may not, and an admin who may: what they say to each other through the bot."""

from __future__ import annotations

import pytest

from bot.local.slack.seed import LENA, MARCUS, SOFIA
from bot.local.slack.world import Message
from bot.views.ids import Actions
from tests.road import Road, shown


@pytest.fixture
async def two(road: Road) -> Road:
    """Lena is an admin and Marcus a member, both connected; Marcus is at the keyboard."""
    for person in (LENA, SOFIA):
        road.slack.world.people[person].locale = "en-US"
    road.person = LENA
    await road.connect("admin", track=True)
    road.person = MARCUS
    await road.connect("member", track=True)
    return road


def in_dm(two: Road, person: str) -> list[Message]:
    """What the bot wrote to somebody."""
    dm = two.slack.world.dm_of(person)
    return list(two.slack.world.seen_by(person, dm.id)) if dm else []


async def decided(two: Road, person: str, request: Message, action: Actions) -> str:
    """What somebody sees after pressing a button of the request."""
    two.person = person
    return shown(await two.pressed(request, action))
