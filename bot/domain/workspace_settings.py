"""The settings of a workspace: what each holds, in which groups people look for them, and which need a paid plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.toggl import models

NAME_LENGTH = 140
"""Characters that Toggl takes for a workspace's name."""


class Setting(StrEnum):
    """A setting, by Toggl's name for it."""

    NAME = "name"
    PRIVATE_PROJECTS = "projects_private_by_default"
    BILLABLE_PROJECTS = "projects_billable_by_default"
    ENFORCE_BILLABLE = "projects_enforce_billable"
    PROJECTS_BY_ADMINS = "only_admins_may_create_projects"
    TAGS_BY_ADMINS = "only_admins_may_create_tags"
    DASHBOARD_FOR_ADMINS = "only_admins_see_team_dashboard"
    REPORTS_FOR_ADMINS = "limit_public_project_data"
    CURRENCY = "default_currency"
    RATE = "default_hourly_rate"
    RATE_MODE = "rate_change_mode"
    ROUNDING = "rounding"
    ROUNDING_MINUTES = "rounding_minutes"
    COLLAPSE = "reports_collapse"
    PLAN = "initial_pricing_plan"


PROJECTS = (Setting.PRIVATE_PROJECTS, Setting.BILLABLE_PROJECTS, Setting.ENFORCE_BILLABLE)
RIGHTS = (
    Setting.PROJECTS_BY_ADMINS,
    Setting.TAGS_BY_ADMINS,
    Setting.DASHBOARD_FOR_ADMINS,
    Setting.REPORTS_FOR_ADMINS,
)
REPORTS = (Setting.COLLAPSE,)
SWITCHES = (*PROJECTS, *RIGHTS, *REPORTS)
"""The settings that are on or off."""

PAID = frozenset(
    {
        Setting.BILLABLE_PROJECTS,
        Setting.TAGS_BY_ADMINS,
        Setting.CURRENCY,
        Setting.RATE,
        Setting.RATE_MODE,
        Setting.ROUNDING,
        Setting.ROUNDING_MINUTES,
    }
)
"""What Toggl's pages call a premium feature."""

INITIAL: Mapping[Setting, Any] = MappingProxyType(
    {
        Setting.PRIVATE_PROJECTS: True,
        Setting.BILLABLE_PROJECTS: True,
        Setting.ENFORCE_BILLABLE: False,
        Setting.PROJECTS_BY_ADMINS: False,
        Setting.TAGS_BY_ADMINS: False,
        Setting.DASHBOARD_FOR_ADMINS: False,
        Setting.REPORTS_FOR_ADMINS: False,
        Setting.CURRENCY: "USD",
        Setting.RATE: "0",
        Setting.COLLAPSE: True,
    }
)
"""What a new workspace begins with, as far as Toggl's page says."""

_LONG = 10**15
_TAGS = re.compile(r"\btags?\b", re.IGNORECASE)


def read(answer: models.TrackWorkspace) -> dict[str, Any]:
    """The settings in Toggl's answer, as plain values; the two that Toggl never tells are not among them."""
    return {
        Setting.NAME.value: answer.name or "",
        **{switch.value: bool(getattr(answer, switch.value)) for switch in SWITCHES},
        Setting.CURRENCY.value: answer.default_currency or "",
        Setting.RATE.value: amount(answer.default_hourly_rate or Decimal(0)),
        Setting.ROUNDING.value: answer.rounding or 0,
        Setting.ROUNDING_MINUTES.value: answer.rounding_minutes or 0,
    }


def amount(money: Decimal) -> str:
    """An amount with the digits it needs: `95`, `87.5`."""
    return f"{money.normalize():f}" if abs(money) < _LONG else str(money)


def is_final(changes: Mapping[str, Any]) -> bool:
    """Whether changing these cannot be taken back: past rates are gone, and the plan before is not known."""
    return Setting.PLAN.value in changes or Setting.RATE_MODE.value in changes


def unpaid(words: str) -> Setting | None:
    """The setting of which Toggl's words say that the plan does not include it; None where they name none."""
    named = [setting for setting in Setting if re.search(rf"\b{setting.value}\b", words)]
    if named:
        return named[0]
    return Setting.TAGS_BY_ADMINS if _TAGS.search(words) else None
