"""How a member of the workspace is changed in Toggl."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.services.change_kinds import Kind

KINDS: Mapping[str, Kind] = MappingProxyType({})
