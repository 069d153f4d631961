"""The Slack app's manifest for one installation: its own address and command names, over HTTP or Socket Mode."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent.parent / "manifest.yml"
PLACEHOLDER = "https://example.com"

Manifest = dict[str, Any]


def read(path: Path = MANIFEST) -> Manifest:
    """The manifest in the file, with the placeholder for its address. Raises FileNotFoundError."""
    import yaml  # noqa: PLC0415 (memory that no server needs)

    content: Manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def over_http(manifest: Manifest, url: str, names: Mapping[str, str]) -> Manifest:
    """The manifest of a bot that Slack reaches at `url`; `names` are its slash commands by those in the file."""
    adapted: Manifest = _replaced(_renamed(manifest, names), url.rstrip("/"))
    return adapted


def over_sockets(manifest: Manifest, names: Mapping[str, str]) -> Manifest:
    """The manifest of a bot that no one reaches: Slack is asked over a connection that the bot opens."""
    adapted = _renamed(manifest, names)
    for command in adapted["features"]["slash_commands"]:
        del command["url"]
    del adapted["oauth_config"]["redirect_urls"]
    settings = adapted["settings"]
    del settings["event_subscriptions"]["request_url"]
    for name in ("request_url", "message_menu_options_url"):
        del settings["interactivity"][name]
    settings["socket_mode_enabled"] = True
    settings["org_deploy_enabled"] = False
    return adapted


def written(manifest: Manifest) -> str:
    """The manifest as YAML, as Slack takes it."""
    import yaml  # noqa: PLC0415 (the same)

    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def _renamed(manifest: Manifest, names: Mapping[str, str]) -> Manifest:
    adapted = copy.deepcopy(manifest)
    for command in adapted["features"]["slash_commands"]:
        command["command"] = names.get(command["command"], command["command"])
    return adapted


def _replaced(part: Any, url: str) -> Any:
    match part:
        case dict():
            return {key: _replaced(value, url) for key, value in part.items()}
        case list():
            return [_replaced(value, url) for value in part]
        case str():
            return part.replace(PLACEHOLDER, url)
    return part
