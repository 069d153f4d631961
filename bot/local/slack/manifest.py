"""Reads an app manifest: what the app offers, what it may do and what it wants to hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """`/track`: `name` has its slash, `should_escape` asks for `<@U…|name>` in the text."""

    name: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class AppShortcut:
    """An entry of the shortcuts menu (`global`) or of a message's menu (`message`)."""

    name: str
    kind: Literal["global", "message"]
    callback_id: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What Slack keeps of an app's manifest."""

    name: str
    bot_name: str
    description: str = ""
    background_color: str = "#4a154b"
    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[AppShortcut, ...] = ()
    home_tab: bool = False
    messages_tab: bool = False
    messages_tab_read_only: bool = False
    scopes: tuple[str, ...] = ()
    redirect_urls: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    interactivity: bool = False
    has_options_url: bool = False
    socket_mode: bool = False
    rotates_tokens: bool = False

    def find_command(self, name: str) -> SlashCommand | None:
        """The command with that name, slash included, or None."""
        return next((command for command in self.commands if command.name == name.lower()), None)

    def find_shortcut(self, callback_id: str) -> AppShortcut | None:
        """The shortcut with that callback_id, or None."""
        return next((shortcut for shortcut in self.shortcuts if shortcut.callback_id == callback_id), None)


def read_manifest(source: Path | Mapping[str, Any]) -> Manifest:
    """The manifest in a YAML (or JSON) file, or already parsed. Raises KeyError where a required part is missing."""
    parsed = yaml.safe_load(source.read_text("utf-8")) if isinstance(source, Path) else source
    information = parsed["display_information"]
    features = parsed.get("features") or {}
    home = features.get("app_home") or {}
    settings = parsed.get("settings") or {}
    interactivity = settings.get("interactivity") or {}
    oauth = parsed.get("oauth_config") or {}
    bot = features.get("bot_user") or {}
    return Manifest(
        name=information["name"],
        bot_name=bot.get("display_name", information["name"]),
        description=information.get("description", ""),
        background_color=information.get("background_color", "#4a154b"),
        commands=tuple(
            SlashCommand(
                name=command["command"],
                description=command["description"],
                usage_hint=command.get("usage_hint", ""),
                should_escape=command.get("should_escape", False),
            )
            for command in features.get("slash_commands") or ()
        ),
        shortcuts=tuple(
            AppShortcut(
                name=shortcut["name"],
                kind=shortcut["type"],
                callback_id=shortcut["callback_id"],
                description=shortcut.get("description", ""),
            )
            for shortcut in features.get("shortcuts") or ()
        ),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", False),
        messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
        scopes=tuple((oauth.get("scopes") or {}).get("bot") or ()),
        redirect_urls=tuple(oauth.get("redirect_urls") or ()),
        events=tuple((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        interactivity=interactivity.get("is_enabled", False),
        has_options_url=bool(interactivity.get("message_menu_options_url")),
        socket_mode=settings.get("socket_mode_enabled", False),
        rotates_tokens=settings.get("token_rotation_enabled", False),
    )
