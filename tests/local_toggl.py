"""What tests ask of the local Toggl: each of its two behaviours, and which operations were called."""

from __future__ import annotations

import pytest

from bot.local.toggl import LocalToggl

both = pytest.mark.parametrize("profile", ["pages", "2026-08"], indirect=True)
"""The test runs with each of Toggl's behaviours."""


def operations(toggl: LocalToggl) -> list[str]:
    """The operations called since the last look, in order."""
    seen = [call.operation or call.path for call in toggl.calls]
    toggl.calls.clear()
    return seen
