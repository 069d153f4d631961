"""The workspace itself: its settings, more admins, a new one, and what every entry in it must have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.administration import Change
from bot.domain.constraints import PARTS, Rules
from bot.domain.workspace_settings import Setting
from bot.views import constraints, workspace_forms, workspaces
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio


@dataclass(frozen=True)
class Organization:
    """An organization with the workspaces in it."""

    id: int
    workspaces: tuple[str, ...]


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the views about a workspace."""
    yield from _settings(studio)
    yield from _made(studio)
    t, name = studio.t, studio.say("Studio Nordlicht")
    yield sample("all", constraints.rules, t, name, Rules(PARTS, enabled=True))
    yield sample("switched off", constraints.rules, t, name, Rules(PARTS[1:2], enabled=False))
    yield sample("none", constraints.rules, t, "", Rules((), enabled=False))


def _settings(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    fields = {
        "name": studio.say("Studio Nordlicht"),
        "projects_private_by_default": True,
        "only_admins_may_create_tags": True,
        "default_currency": "EUR",
        "default_hourly_rate": "95.5",
        "rounding": -1,
        "rounding_minutes": 15,
        "reports_collapse": True,
    }
    yield sample("", workspace_forms.loading, t)
    yield sample("", workspace_forms.settings, t, fields, paid=True, admin=True)
    yield sample("to look at, unpaid", workspace_forms.settings, t, {}, paid=False, admin=False)
    problem = [t.md(":warning: Somebody else changed these settings in the meantime. *Nothing was saved yet:*")]
    yield sample(
        "changed meanwhile", workspace_forms.settings, t, fields, paid=True, admin=True, problem=problem, turn=1
    )
    after = {**fields, "default_hourly_rate": "110", "rate_change_mode": "override-all", "initial_pricing_plan": 4}
    change = Change(kind="workspace.override", name=studio.say("Studio Nordlicht"), before=fields, after=after)
    yield sample("", workspace_forms.confirm, t, change)
    people = [studio.say("Yuki Tanaka"), studio.say("Sofia Romero")]
    yield sample("", workspace_forms.make_admins, t, people * 20, studio.say("Studio Nordlicht"))
    yield sample("of none", workspace_forms.make_admins, t, (), studio.say("Studio Nordlicht"))


def _made(studio: Studio) -> Iterator[Sample]:
    t, name = studio.t, studio.say("Nordlicht Archive")
    one = Organization(7, (studio.say("Studio Nordlicht"), studio.say("Nordlicht Labs")))
    yield sample("", workspace_forms.new, t, [one])
    yield sample("of several organizations", workspace_forms.new, t, [one, Organization(8, ())])
    switch = workspaces.switch_value(7, 9, name)
    yield sample("", workspaces.created, t, name, switch=switch)
    yield sample("in part", workspaces.created, t, name, switch=switch, left=[Setting.CURRENCY, Setting.COLLAPSE])
    yield sample("unseen", workspaces.created, t, name, switch=None)
