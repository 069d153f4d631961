"""What the guides promise agrees with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.dispatcher.scopes import SCOPES
from bot.manifest import read
from bot.settings import Settings

ROOT = Path(__file__).parent.parent


def test_the_operators_guide_gives_the_reason_of_every_scope() -> None:
    guide = (ROOT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
    assert [scope for scope, reason in SCOPES.items() if f"| `{scope}` | {reason} |" not in guide] == []


def test_the_operators_guide_says_what_is_done_on_every_event() -> None:
    guide = (ROOT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
    rows = "".join(line.partition("|")[2].partition("|")[0] for line in guide.splitlines() if line.startswith("| `"))
    events = read()["settings"]["event_subscriptions"]["bot_events"]
    assert [event for event in events if f"`{event}`" not in rows] == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_example(name: str) -> None:
    assert f"{name.upper()}=" in (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_image_is_built_by_what_the_lock_names() -> None:
    [named] = re.findall(r"setuptools==[\d.]+", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert f"\n{named} " in (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
