from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.manifest import over_sockets, read
from scripts.check_manifest import problems

Manifest = dict[str, Any]
SHIPPED: Manifest = read()


def test_the_shipped_manifest_has_no_problem() -> None:
    assert list(problems(SHIPPED)) == []


def test_its_socket_mode_variant_has_no_problem_either() -> None:
    assert list(problems(over_sockets(SHIPPED, {}))) == []


def add_command(manifest: Manifest) -> None:
    manifest["features"]["slash_commands"].append({"command": "/nothing", "should_escape": True})


def drop_command(manifest: Manifest) -> None:
    del manifest["features"]["slash_commands"][0]


def unescape(manifest: Manifest) -> None:
    manifest["features"]["slash_commands"][0]["should_escape"] = False


def add_scope(manifest: Manifest) -> None:
    manifest["oauth_config"]["scopes"]["bot"].append("pins:write")


def drop_scope(manifest: Manifest) -> None:
    manifest["oauth_config"]["scopes"]["bot"].remove("users:read")


def add_event(manifest: Manifest) -> None:
    manifest["settings"]["event_subscriptions"]["bot_events"].append("reaction_added")


def no_typeahead(manifest: Manifest) -> None:
    del manifest["settings"]["interactivity"]["message_menu_options_url"]


def no_buttons(manifest: Manifest) -> None:
    manifest["settings"]["interactivity"]["is_enabled"] = False


def long_hint(manifest: Manifest) -> None:
    manifest["features"]["slash_commands"][0]["usage_hint"] = "x" * 1001


def short_description(manifest: Manifest) -> None:
    manifest["display_information"]["long_description"] = "Tracks time."


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (add_command, "/nothing is in the manifest and has no route"),
        (drop_command, "/track has routes and is not in the manifest"),
        (unescape, "should_escape"),
        (add_scope, "pins:write"),
        (drop_scope, "users:read is needed"),
        (add_event, "reaction_added"),
        (no_typeahead, "message_menu_options_url"),
        (no_buttons, "interactivity is off"),
        (long_hint, "usage_hint is longer"),
        (short_description, "at least 174"),
    ],
)
def test_whatever_disagrees_is_named(spoil: Callable[[Manifest], None], said: str) -> None:
    spoiled = copy.deepcopy(SHIPPED)
    spoil(spoiled)
    assert any(said in problem for problem in problems(spoiled))
