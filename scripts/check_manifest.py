"""Hold manifest.yml against the routes, the scopes that are used, and Slack's documented lengths."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.dispatcher import Command, Event, Notice, Shortcut, Typeahead
from bot.dispatcher.scopes import SCOPES
from bot.dispatcher.words import DIRECT_MESSAGE, MENTION
from bot.handlers import ROUTES
from bot.manifest import over_sockets, read
from bot.web.app import EVENTS

EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    **dict.fromkeys(("channel_archive", "channel_deleted", "channel_left", "channel_unarchive"), "channels:read"),
    # These come for private channels, too: for those groups:read is needed, which is held by the events group_*.
    **dict.fromkeys(("channel_id_changed", "channel_shared"), "channels:read"),
    **dict.fromkeys(("member_joined_channel", "member_left_channel"), "channels:read"),
    **dict.fromkeys(("group_archive", "group_deleted", "group_left", "group_unarchive"), "groups:read"),
    "message.im": "im:history",
    "user_change": "users:read",
}
EVENTS_WITHOUT_SCOPE = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked"})

LONGEST = {
    ("display_information", "name"): 35,
    ("display_information", "description"): 140,
    ("display_information", "long_description"): 4000,
    ("features", "bot_user", "display_name"): 80,
}
SHORTEST_LONG_DESCRIPTION = 174
MOST_COMMANDS = 50
LONGEST_COMMAND = {"command": 32, "description": 2000, "usage_hint": 1000}
LONGEST_SHORTCUT = {"name": 24, "description": 150, "callback_id": 255}
MOST_SHORTCUTS = 10


def problems(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the manifest, a sentence each."""
    yield from _commands(manifest)
    yield from _events_and_shortcuts(manifest)
    yield from _addresses(manifest)
    yield from _scopes(manifest)
    yield from _lengths(manifest)


def _commands(manifest: Mapping[str, Any]) -> Iterator[str]:
    declared = {row["command"].removeprefix("/") for row in manifest["features"].get("slash_commands", ())}
    routed = {route.name for route in ROUTES if isinstance(route, Command)}
    yield from (f"/{name} is in the manifest and has no route" for name in sorted(declared - routed))
    yield from (f"/{name} has routes and is not in the manifest" for name in sorted(routed - declared))
    for row in manifest["features"].get("slash_commands", ()):
        if not row.get("should_escape"):
            yield f"{row['command']} must have should_escape: mentions would arrive as plain names"


def _events_and_shortcuts(manifest: Mapping[str, Any]) -> Iterator[str]:
    settings = manifest["settings"]
    declared = {name.partition(".")[0] for name in settings.get("event_subscriptions", {}).get("bot_events", ())}
    routed = {MENTION, DIRECT_MESSAGE, *(route.event_type for route in ROUTES if isinstance(route, Event | Notice))}
    yield from (f"the event {name} is in the manifest and has no route" for name in sorted(declared - routed))
    yield from (f"the event {name} has a route and is not in the manifest" for name in sorted(routed - declared))
    shown = {row["callback_id"] for row in manifest["features"].get("shortcuts", ())}
    handled = {str(route.callback_id) for route in ROUTES if isinstance(route, Shortcut)}
    yield from (f"the shortcut {name} is only on one side" for name in sorted(shown ^ handled))
    interactivity = settings.get("interactivity", {})
    if not interactivity.get("is_enabled"):
        yield "interactivity is off: no button would work"


def _addresses(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Over HTTP everything comes to one address; over a socket there is none."""
    settings = manifest["settings"]
    interactivity = settings.get("interactivity", {})
    found = {
        **{row["command"]: row.get("url") for row in manifest["features"].get("slash_commands", ())},
        "event_subscriptions.request_url": settings.get("event_subscriptions", {}).get("request_url"),
        "interactivity.request_url": interactivity.get("request_url"),
    }
    if any(isinstance(route, Typeahead) for route in ROUTES):
        found["interactivity.message_menu_options_url"] = interactivity.get("message_menu_options_url")
    for name, url in found.items():
        if settings.get("socket_mode_enabled"):
            if url:
                yield f"{name} has an address, which Socket Mode does not use"
        elif not url:
            yield f"{name} has no address: nothing would reach the bot"
        elif not url.endswith(EVENTS):
            yield f"{name} is not at {EVENTS}"


def _scopes(manifest: Mapping[str, Any]) -> Iterator[str]:
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    yield from (f"the scope {scope} is asked for and nothing says why" for scope in sorted(asked - SCOPES.keys()))
    yield from (f"the scope {scope} is needed and not asked for" for scope in sorted(SCOPES.keys() - asked))
    for event in manifest["settings"].get("event_subscriptions", {}).get("bot_events", ()):
        if event not in EVENTS_WITHOUT_SCOPE and EVENT_SCOPES.get(event, "") not in asked:
            yield f"the event {event} needs the scope {EVENT_SCOPES.get(event, '(unknown)')}"


def _lengths(manifest: Mapping[str, Any]) -> Iterator[str]:
    for path, longest in LONGEST.items():
        value: Any = manifest
        for key in path:
            value = value.get(key, "")
        if len(value) > longest:
            yield f"{'.'.join(path)} has {len(value)} characters; Slack allows {longest}"
    if len(manifest["display_information"].get("long_description", "")) < SHORTEST_LONG_DESCRIPTION:
        yield f"the long description needs at least {SHORTEST_LONG_DESCRIPTION} characters"
    yield from _row_lengths(manifest["features"].get("slash_commands", ()), "command", LONGEST_COMMAND, MOST_COMMANDS)
    yield from _row_lengths(manifest["features"].get("shortcuts", ()), "name", LONGEST_SHORTCUT, MOST_SHORTCUTS)


def _row_lengths(rows: Sequence[Mapping[str, str]], title: str, longest: Mapping[str, int], most: int) -> Iterator[str]:
    if len(rows) > most:
        yield f"{len(rows)} entries with a {title}; Slack allows {most}"
    for row in rows:
        for key, limit in longest.items():
            if len(row.get(key, "")) > limit:
                yield f"{row[title]}: {key} is longer than {limit} characters"


def main() -> None:
    """Print what is wrong and end with 1, or say that nothing is."""
    shipped = read()
    over = {"manifest.yml": shipped, "its Socket Mode variant": over_sockets(shipped, {})}
    found = [f"{name}: {problem}" for name, manifest in over.items() for problem in problems(manifest)]
    for problem in found:
        print(problem)
    if found:
        sys.exit(1)
    print("manifest.yml and its Socket Mode variant agree with the routes, the scopes and Slack's lengths")


if __name__ == "__main__":
    main()
