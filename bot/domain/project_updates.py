"""Which channel is told what of a project, and when: at once, in the digest, after the quiet hours, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.clocks import place
from bot.domain.project_snapshots import (
    EVENTS,
    Archived,
    Created,
    Deleted,
    Passed,
    Pinned,
    Redated,
    Reestimated,
    Regrouped,
    Renamed,
    Teammate,
    Update,
)
from bot.domain.subscriptions import ChannelSettings, Following, Paused

DAY = timedelta(days=1)


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to tell of a project, and the id in Slack of who did it, where it was done through the bot."""

    update: Update
    by: str | None = None


def governing(followings: Iterable[Following], project_id: int) -> Following | None:
    """Which of one channel's subscriptions speaks of the project; None where nothing is to be said.

    The one to the project goes before the one to all, also where a person lets it rest; where the bot found that it
    cannot go on, the one to all still counts.
    """
    known = {following.project_id: following for following in followings}
    own = known.get(project_id)
    if own is not None and (own.paused is None or own.paused is Paused.BY_PERSON):
        return own if own.paused is None else None
    everything = next((following for following in known.values() if following.everything), None)
    return everything if everything is not None and everything.paused is None else None


def quiet_until(settings: ChannelSettings, now: datetime) -> datetime | None:
    """When the quiet hours end that `now` (aware) is in, in UTC; None where it is in none."""
    quiet = settings.quiet
    if quiet is None or quiet.since == quiet.until:
        return None
    here = now.astimezone(settings.tz)
    clock = here.time()
    over_midnight = quiet.until < quiet.since
    inside = clock >= quiet.since or clock < quiet.until if over_midnight else quiet.since <= clock < quiet.until
    if not inside:
        return None
    day = here.date() + (DAY if clock >= quiet.until else timedelta())
    ends = place(datetime.combine(day, quiet.until), settings.tz).moments
    return next((moment for moment in ends if moment > now), None)


def folded(found: Iterable[Told]) -> tuple[Told, ...]:
    """What is left to tell of several looks at one project: what was taken back again is left out.

    Where several people had a hand in one thing, the last is named.
    """
    kept: dict[type[Update], Told] = {}
    for told in found:
        kind = type(told.update)
        earlier = kept.pop(kind, None)
        update = told.update if earlier is None else _FOLDS[kind](earlier.update, told.update)
        if update is not None:
            kept[kind] = Told(update, told.by)
    if Created in kept and isinstance(gone := kept.get(Deleted), Told) and _after(gone.update):
        return ()
    order = list(EVENTS)
    return tuple(sorted(kept.values(), key=lambda told: order.index(type(told.update))))


def _after(update: Update) -> bool:
    return isinstance(update, Deleted) and update.after


def _renamed(first: Renamed, last: Renamed) -> Renamed | None:
    return Renamed(first.before, last.after) if first.before != last.after else None


def _redated(first: Redated, last: Redated) -> Redated | None:
    return Redated(first.before, last.after) if first.before != last.after else None


def _reestimated(first: Reestimated, last: Reestimated) -> Reestimated | None:
    return Reestimated(first.before, last.after) if first.before != last.after else None


def _switched(first: Any, last: Any) -> Any:
    return last if first.after == last.after else None


def _passed(first: Passed, last: Passed) -> Passed:
    return max(first, last, key=lambda passed: passed.percent)


def _regrouped(first: Regrouped, last: Regrouped) -> Regrouped | None:
    then, now = _ends(first), _ends(last)
    came, left, changed = [], [], []
    for who in {**then, **now}:
        before = then[who][0] if who in then else now[who][0]
        after = now[who][1] if who in now else then[who][1]
        if before is None and after is not None:
            came.append(after)
        elif before is not None and after is None:
            left.append(before)
        elif before is not None and after is not None and before.manager != after.manager:
            changed.append(after)
    found = Regrouped(tuple(came), tuple(left), tuple(changed))
    return found if found != Regrouped() else None


def _ends(update: Regrouped) -> dict[tuple[bool, int], tuple[Teammate | None, Teammate | None]]:
    """Each as they were in the team before and are in it after; None where they are not."""
    return {
        **{mate.who: (None, mate) for mate in update.added},
        **{mate.who: (mate, None) for mate in update.removed},
        **{mate.who: (msgspec.structs.replace(mate, manager=not mate.manager), mate) for mate in update.changed},
    }


_FOLDS: Mapping[type[Update], Callable[[Any, Any], Update | None]] = MappingProxyType(
    {
        Created: lambda first, _: first,
        Renamed: _renamed,
        Redated: _redated,
        Reestimated: _reestimated,
        Archived: _switched,
        Deleted: _switched,
        Pinned: _switched,
        Regrouped: _regrouped,
        Passed: _passed,
    }
)
