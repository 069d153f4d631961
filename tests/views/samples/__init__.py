"""Every public view in its states, with believable data: for the gallery, and judged by tests."""

from __future__ import annotations

from tests.views.samples import (
    connecting,
    entries,
    home,
    log,
    projects,
    projects_changed,
    rates,
    reminders,
    report,
    statuses,
    team,
    timer,
    words,
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
    reminders,
    projects,
    projects_changed,
    rates,
    statuses,
    team,
    connecting,
    words,
)


def samples(studio: Studio) -> tuple[Sample, ...]:
    """All of them, feature by feature."""
    return tuple(one for part in PARTS for one in part.samples(studio))
