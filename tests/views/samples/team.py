"""Who is tracking, what is left of the calls, and the file with everything stored."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.quotas import CallsLeft
from bot.domain.team import Team, Teammate
from bot.views import export, quota, team
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the three."""
    t, tasks = studio.t, studio.tasks
    sofia = Teammate("U0SOFIAROME", studio.entry(tasks[1], "9:15"))
    yuki, jonas = Teammate("U0YUKITANAK", studio.entry(tasks[3])), Teammate("U0JONASWEBE", None)
    lena = Teammate("U0LENAHOFFM", studio.entry(None))
    since = studio.at("9:00", days_ago=9)
    yield sample("nobody yet", team.team, t, Team((), 0, 5, None))
    yield sample("nobody tracks", team.team, t, Team((jonas,), 0, 0, since))
    yield sample("one tracks", team.team, t, Team((sofia, jonas), 1, 1, None))
    yield sample("several track", team.team, t, Team((sofia, yuki, lena, jonas), 2, 3, since))
    yield sample("sixty track", team.team, t, Team((sofia, yuki) * 30, 0, 40, since))
    yield sample("", team.agreed, t)
    yield sample("", team.withdrawn, t)
    here = CallsLeft(5, (studio.say("Nordlicht Studio"),), 187, studio.at("15:00"), 240)
    spent = CallsLeft(6, (studio.say("Hafenkontor"), studio.say("Hafenkontor Print")), 0, studio.at("14:41"))
    yield sample("not known", quota.left, t, ())
    yield sample("one organization", quota.left, t, (here,))
    yield sample("several", quota.left, t, (here, spent, CallsLeft(7, (), 1, studio.at("14:41"), 30)))
    yield sample("", export.sent, t, "toggl-in-slack-2026-11-12.json", 1)
    yield sample("many things", export.sent, t, "toggl-in-slack-2026-11-12.json", 42)
    yield sample("", export.refused, t, "toggl-in-slack-2026-11-12.json")
