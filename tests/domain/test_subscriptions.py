from __future__ import annotations

from datetime import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.subscription_words import Asked, parse_subscribe
from bot.domain.subscriptions import DEFAULT_MODES, ChannelSettings, Following, Mode, ProjectEvent, Quiet
from bot.domain.zones import find_zones, offset, zones
from tests.conftest import Clock

DATES, MEMBERS, HOURS = ProjectEvent.DATES, ProjectEvent.MEMBERS, ProjectEvent.HOURS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("relaunch", Asked("relaunch")),
        ("Website relaunch", Asked("Website relaunch")),
        ("relaunch dates", Asked("relaunch", (DATES,))),
        ("relaunch members, dates", Asked("relaunch", (DATES, MEMBERS))),
        ("relaunch only dates and members", Asked("relaunch", (DATES, MEMBERS))),
        ("all", Asked(None)),
        ("ALL milestones", Asked(None, (HOURS,))),
        ("alle", Asked(None)),
        ("members", Asked("members")),
        ("hours dates", Asked("hours", (DATES,))),
        ("Müller, Meier & Co", Asked("Müller, Meier & Co")),
        ("dates of birth", Asked("dates of birth")),
    ],
)
def test_events_are_read_from_the_end_and_the_rest_is_the_project(text: str, expected: Asked) -> None:
    assert parse_subscribe(text) == expected


@given(st.text())
def test_whatever_is_typed_something_is_left_to_be_the_project(text: str) -> None:
    asked = parse_subscribe(text)
    assert asked.project is None or asked.project or not text.replace(",", " ").split()


def test_every_event_can_be_typed_by_its_own_name() -> None:
    for event in ProjectEvent:
        assert parse_subscribe(f"x {event}") == Asked("x", (event,))


def test_channels_begin_with_milestones_at_once_and_the_rest_in_the_digest() -> None:
    at_once = {event for event, mode in DEFAULT_MODES.items() if mode is Mode.AT_ONCE}
    assert at_once == {HOURS}
    assert set(DEFAULT_MODES.values()) == {Mode.AT_ONCE, Mode.DIGEST}


def test_settings_are_written_down_whole_and_read_back() -> None:
    settings = ChannelSettings(zone="Asia/Tokyo", quiet=Quiet(time(19), time(8)))
    written = msgspec.json.encode(settings)
    assert msgspec.json.decode(written, type=ChannelSettings) == settings
    assert set(msgspec.json.decode(written)["modes"]) == set(ProjectEvent)


def test_a_choice_of_its_own_goes_before_the_channels_and_an_event_that_came_later_is_off() -> None:
    settings = ChannelSettings(zone="UTC", modes={DATES: Mode.DIGEST, MEMBERS: Mode.AT_ONCE})
    following = Following(
        id=1,
        tenant_id="T",
        team_id="T",
        channel_id="C",
        account_id=1,
        user_id="U",
        organization_id=1,
        workspace_id=1,
        project_id=0,
        project_name="",
        modes={MEMBERS: Mode.OFF},
    )
    assert following.everything
    assert [following.mode(event, settings) for event in (DATES, MEMBERS, HOURS)] == [Mode.DIGEST, Mode.OFF, Mode.OFF]


def test_zones_are_found_by_parts_of_their_names() -> None:
    assert "America/New_York" in find_zones("new york", first="UTC")
    assert list(find_zones("berlin", first="UTC")) == ["Europe/Berlin"]
    assert find_zones("", first="Asia/Tokyo")[0] == "Asia/Tokyo"
    assert len(find_zones("", first="nowhere")) == 100
    assert find_zones("atlantis", first="UTC") == []
    assert "UTC" in zones() and not any(zone.startswith("Etc/") for zone in zones())


def test_an_offset_is_that_of_the_moment(clock: Clock) -> None:
    assert offset("Europe/Berlin", clock()) == "UTC+01:00"
    assert offset("America/New_York", clock()) == "UTC-05:00"
