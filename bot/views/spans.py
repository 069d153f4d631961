"""From when to when, as people say it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.tracking import Entry
from bot.i18n import N_, Translator


def span(t: Translator, entry: Entry) -> str:
    """When `entry` was, for example `yesterday, 9:00 AM – 10:30 AM`; both days where it went over midnight."""
    start = entry.started_at
    end = start + (entry.length or timedelta())
    now = t.now or end
    began, ended = start.astimezone(t.zone).date(), end.astimezone(t.zone).date()
    if began == ended:
        day = t.day(began, today=now.astimezone(t.zone).date())
        return t(N_("{day}, {start} – {end}"), day=day, start=t.time(start), end=t.time(end))
    return t(N_("{start} – {end}"), start=t.moment(start, now=now), end=t.moment(end, now=now))
