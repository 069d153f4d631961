"""With a warm cache every verb of `/track` is answered inside the first HTTP response, or opens its form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.handlers import COMMANDS
from tests.road import Road, road  # noqa: F401 (a fixture is found by its name)


def verbs() -> Iterator[str]:
    """Every verb of `/track` with its example, and alone."""
    for command in COMMANDS:
        if command.name == "track":
            yield f"/track {command.verb}".strip()
            yield f"/track {command.example}".strip()


async def close_everything(me: Road) -> None:
    """Close the modals that are open."""
    for view in list(me.slack.world.modals.get(me.person, [])):
        await me.slack.close(me.person, view.id, everything=True)


@pytest.mark.parametrize("typed", sorted(set(verbs())))
async def test_every_verb_is_answered_at_once(road: Road, typed: str) -> None:  # noqa: F811 (the fixture)
    await road.connect("member", track=True)
    road.toggl.limited = False
    for warming in ("/track list", "/track report last week", typed):
        await road.slack.run_command(road.person, road.channel, warming)
    await close_everything(road)
    outcome = await road.slack.run_command(road.person, road.channel, typed)
    assert outcome.ok, outcome
    assert outcome.messages or road.slack.world.modals.get(road.person), "it was answered later"
