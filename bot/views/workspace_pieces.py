"""What settings of a workspace are called, and how their values are said."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.rates import Since
from bot.domain.workspace_settings import PAID, Setting
from bot.i18n import N_, Translator
from bot.views.rate_pieces import SINCE

LABELS: Mapping[Setting, str] = MappingProxyType(
    {
        Setting.NAME: N_("Name"),
        Setting.PRIVATE_PROJECTS: N_("New projects are private"),
        Setting.BILLABLE_PROJECTS: N_("New projects are billable"),
        Setting.ENFORCE_BILLABLE: N_("Time on a project is billable if the project is"),
        Setting.PROJECTS_BY_ADMINS: N_("Only admins may create projects"),
        Setting.TAGS_BY_ADMINS: N_("Only admins may create tags"),
        Setting.DASHBOARD_FOR_ADMINS: N_("Only admins see the team dashboard"),
        Setting.REPORTS_FOR_ADMINS: N_("Only admins see public projects’ data in reports"),
        Setting.CURRENCY: N_("Currency"),
        Setting.RATE: N_("Billable rate per hour"),
        Setting.RATE_MODE: N_("The new rate applies"),
        Setting.ROUNDING: N_("Round entries in reports"),
        Setting.ROUNDING_MINUTES: N_("Round to how many minutes"),
        Setting.COLLAPSE: N_("Reports start collapsed"),
        Setting.PLAN: N_("Subscription plan"),
    }
)

ROUNDING: Mapping[int, str] = MappingProxyType({0: N_("to the nearest"), 1: N_("up"), -1: N_("down")})
MODES = (Since.TODAY, Since.CURRENT, Since.ALL)
"""What may become of other rates: Toggl's three modes."""


def label(t: Translator, setting: Setting) -> str:
    """What the setting is called, with a word where it needs a paid plan."""
    said = t(LABELS[setting])
    return t("{setting} · paid plan", setting=said) if setting in PAID else said


def rounding(t: Translator, value: int) -> str:
    """Which way entries are rounded."""
    return t(ROUNDING[value]) if value in ROUNDING else str(value)


def minutes(t: Translator, value: int) -> str:
    """To how many minutes entries are rounded."""
    return t("{n} min", n=value) if value else t("not rounded")


def mode(t: Translator, value: str) -> str:
    """What becomes of other rates when there is a new one."""
    return t(SINCE[Since(value)][0]) if value in set(Since) else value
