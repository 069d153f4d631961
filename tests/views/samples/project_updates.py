"""What channels are told of projects: cards, what happened, digests, and why nothing more is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from bot.domain.project_snapshots import (
    Archived,
    Created,
    Deleted,
    Passed,
    Pinned,
    Redated,
    Reestimated,
    Regrouped,
    Renamed,
    Snapshot,
    Teammate,
)
from bot.domain.project_updates import Told
from bot.domain.subscriptions import Following, Paused
from bot.views import project_digest, project_updates, project_webhooks
from bot.views.project_digest import Digest
from tests.views.samples.projects import several
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio

ANN = "U0LENAHOFFM"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of them."""
    yield from _cards(studio)
    yield from _happened(studio)
    yield from _rests(studio)
    yield from _digests(studio)
    yield from _webhooks(studio)


def _following(studio: Studio, project: str = "", *, user_id: str | None = ANN) -> Following:
    return Following(
        id=7,
        tenant_id="T1",
        team_id="T1",
        channel_id="C0WEBSITE01",
        account_id=1,
        user_id=user_id,
        organization_id=1,
        workspace_id=2,
        project_id=3 if project else 0,
        project_name=studio.say(project or "Nordlicht Studio"),
    )


def _team(studio: Studio, people: int = 3) -> tuple[Teammate, ...]:
    names = ("Sofía Romero", "Yuki Tanaka", "Jonas Weber")
    return tuple(
        Teammate(number, studio.say(names[number % len(names)]), manager=number == 0) for number in range(people)
    )


def _snapshots(studio: Studio) -> tuple[Snapshot, ...]:
    return tuple(Snapshot.of(project) for project in several(studio))


def _cards(studio: Studio) -> Iterator[Sample]:
    t, found, one = studio.t, _snapshots(studio), _following(studio, "Website relaunch")
    for number, snapshot in enumerate(found):
        yield sample(f"of project {number}", project_updates.card, t, snapshot, one)
    full = msgspec.structs.replace(found[0], members=_team(studio, 30))
    yield sample("with people", project_updates.card, t, full, _following(studio, user_id=None))
    yield sample("new", project_updates.card, t, full, one, told=(Told(Created(), ANN),))
    yield sample("deleted", project_updates.card, t, full.lost(), one)
    yield sample("", project_updates.withheld, t, one)


def _happened(studio: Studio) -> Iterator[Sample]:
    t, [first, *_] = studio.t, _snapshots(studio)
    one = _following(studio, "Website relaunch")
    team = _team(studio)
    days = (date(2026, 11, 2), date(2026, 12, 18))
    many = (
        Created(),
        Renamed(studio.say("Relaunch"), first.project.name),
        Redated((None, None), days),
        Reestimated(None, 5400),
        Archived(after=False),
        Pinned(after=True),
        Regrouped(added=team, removed=team[:1], changed=team),
        Passed(80),
    )
    yield sample("one thing", project_updates.happened, t, first, (Told(Archived(after=True), ANN),), one)
    yield sample("several things", project_updates.happened, t, first, tuple(Told(each) for each in many), one)
    fewer = (Redated(days, (days[0], None)), Reestimated(5400, None), Pinned(after=False), Passed(100))
    by = tuple(Told(each, ANN) for each in fewer)
    yield sample("things taken away", project_updates.happened, t, first, by, one)
    rests = msgspec.structs.replace(one, paused=Paused.GONE)
    for sure in (True, False):
        gone = (Told(Deleted(after=True, sure=sure)),)
        name = "deleted" if sure else "not found"
        yield sample(name, project_updates.happened, t, first.lost(), gone, rests)
    yield sample("back", project_updates.happened, t, first, (Told(Deleted(after=False), ANN),), one)


def _rests(studio: Studio) -> Iterator[Sample]:
    for paused in Paused:
        for project in ("Website relaunch", ""):
            one = msgspec.structs.replace(_following(studio, project), paused=paused)
            state = f"{paused}, {'a project' if project else 'all'}"
            yield sample(state, project_updates.rests, studio.t, one, paused)


def _digests(studio: Studio) -> Iterator[Sample]:
    t, found = studio.t, _snapshots(studio)
    told = (Told(Renamed(studio.say("Relaunch"), found[0].project.name), ANN), Told(Passed(80)))
    small = Digest("C0WEBSITE01", studio.today, [(found[0], told)], found, ANN)
    yield sample("one project", project_digest.without_chart, t, small)
    for number, message in enumerate(project_digest.digest(t, small)):
        yield Sample("project_digest", "digest", f"one project, {number}", message)
    many = Digest("C0WEBSITE01", studio.today, [(each, told) for each in found * 20], (), None)
    for number, message in enumerate(project_digest.digest(t, many)):
        yield Sample("project_digest", "digest", f"many projects, hours unknown, {number}", message)
    yield sample("many projects, hours unknown", project_digest.without_chart, t, many)


def _webhooks(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    yield sample("none", project_webhooks.state, t, there=False, validated=False, heard_at=None)
    yield sample("not validated", project_webhooks.state, t, there=True, validated=False, heard_at=None)
    yield sample("silent", project_webhooks.state, t, there=True, validated=True, heard_at=None)
    yield sample("heard of", project_webhooks.state, t, there=True, validated=True, heard_at=studio.at("9:15"))
