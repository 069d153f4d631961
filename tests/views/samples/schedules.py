"""What had to be paused, and what goes on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.i18n import N_
from bot.jobs.engine.delivering import REASONS
from bot.jobs.engine.preparing import DISCONNECTED, REFUSED
from bot.views import schedules
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio


def samples(studio: Studio) -> Iterator[Sample]:
    """Every reason, in a channel and for one person."""
    t, name, at = studio.t, N_("Workspace statistics"), studio.at("16:00")
    channel_id = "C0WEBSITE01"
    for reason in (*REASONS.values(), DISCONNECTED, REFUSED):
        yield sample(reason[:24], schedules.paused, t, name=name, reason=reason, schedule_id=7, channel_id=channel_id)
    yield sample("of a person", schedules.paused, t, name=name, reason=DISCONNECTED, schedule_id=7, channel_id=None)
    yield sample("in a channel", schedules.resumed, t, channel_id=channel_id, at=at)
    yield sample("of a person", schedules.resumed, t, channel_id=None, at=at)
