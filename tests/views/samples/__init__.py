"""Every public view in its states, with believable data: for the gallery, and judged by tests."""

from __future__ import annotations

from tests.views.samples import (
    administration,
    connecting,
    entries,
    home,
    log,
    project_updates,
    projects,
    projects_changed,
    rates,
    receivers,
    reminders,
    report,
    schedules,
    statistics,
    statuses,
    subscriptions,
    team,
    timer,
    words,
    workspaces,
)
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio, translator

__all__ = ["Sample", "Studio", "sample", "samples", "translator"]

PARTS = (
    home,
    timer,
    log,
    entries,
    report,
    statistics,
    reminders,
    projects,
    projects_changed,
    project_updates,
    rates,
    receivers,
    statuses,
    subscriptions,
    workspaces,
    schedules,
    administration,
    team,
    connecting,
    words,
)


def samples(studio: Studio) -> tuple[Sample, ...]:
    """All of them, feature by feature."""
    return tuple(one for part in PARTS for one in part.samples(studio))
