"""How often one may look for changes: never more than a tenth of an hour's calls, spread over what is left of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

HOUR = timedelta(hours=1)
SHORTEST = timedelta(minutes=2)
"""Between two rounds, however many calls there are."""
SMALLEST_PLAN = 30
"""Calls an hour, where Toggl has not said what is left."""
_PART = 10
_SAME_HOUR = timedelta(minutes=1)
_AFTER_RESET = timedelta(seconds=5)


class Share(msgspec.Struct, frozen=True):
    """What may be spent on looking until the hour ends at `resets_at`: `calls` in all, of which `spent` are gone.

    `cost` is what the last round took. Toggl tells what is left of an hour, not what its plan has: a tenth of what was
    left when the first round of the hour began is never more than a tenth of the plan's. `parts` is how many look with
    the same quota, as in several workspaces of one organization: each has its part of the calls.
    """

    resets_at: datetime
    calls: int
    spent: int
    cost: int
    parts: int = 1

    def left(self, *, now: datetime) -> int:
        """How many calls there are until the hour ends, or in the next one."""
        return max(0, self.calls // self.parts - (self.spent if self.resets_at > now else 0))


def charged(
    kept: Share | None,
    *,
    cost: int,
    remaining: int | None,
    resets_at: datetime | None,
    now: datetime,
    parts: int = 1,
) -> Share:
    """The share after a round that took `cost` calls; `remaining` and `resets_at` are what Toggl says since.

    Where it says nothing, an hour has what the last one had; the first one that of the smallest plan.
    """
    if remaining is None or resets_at is None or resets_at <= now:
        if kept is not None and kept.resets_at > now:
            return Share(kept.resets_at, kept.calls, kept.spent + cost, cost, parts)
        return Share(now + HOUR, kept.calls if kept else SMALLEST_PLAN // _PART, cost, cost, parts)
    if kept is not None and abs(kept.resets_at - resets_at) <= _SAME_HOUR:
        return Share(resets_at, kept.calls, kept.spent + cost, cost, parts)
    return Share(resets_at, max(1, (remaining + cost) // _PART), cost, cost, parts)


def next_round(share: Share, *, now: datetime) -> datetime:
    """When to look again: what is left of the share spread over the rest of the hour, else after the hour.

    A round that takes more than the share of an hour is followed by so many hours without one.
    """
    barred = barred_until(share, now=now)
    if barred is not None:
        return barred
    rounds = (share.calls - share.parts * share.spent) // (share.parts * max(1, share.cost))
    return now + max(SHORTEST, (share.resets_at - now) / (rounds + 1))


def barred_until(share: Share | None, *, now: datetime) -> datetime | None:
    """Until when even a sign that something changed has to wait, because the share is spent; None where it need not."""
    if share is None:
        return None
    over = max(0, -(-share.parts * share.spent // share.calls) - 1)
    free_at = share.resets_at + over * HOUR
    if free_at <= now or (not over and share.calls >= share.parts * (share.spent + share.cost)):
        return None
    return free_at + _AFTER_RESET
