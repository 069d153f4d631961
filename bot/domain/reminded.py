"""Whom Toggl's own track reminders mean, and whom of them the bot reminds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.receivers import Directory
from bot.domain.track_reminders import Every, TrackReminder


@dataclass(frozen=True, slots=True)
class Place:
    """Where the hours of a connected person are counted: the store's numbers of their account and its workspace."""

    account_id: int
    workspace_id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one person is to be reminded of: the highest threshold of the reminders that mean them."""

    place: Place
    every: Every
    threshold: timedelta


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is reminded here, of which reminders Toggl speaks in Slack itself, and how many people cannot be reached."""

    wanted: tuple[Wanted, ...] = ()
    in_slack: tuple[TrackReminder, ...] = ()
    unreached: int = 0

    @property
    def people(self) -> int:
        """How many are reminded."""
        return len({each.place.account_id for each in self.wanted})


def plan(
    reminders: Sequence[TrackReminder], directory: Directory, places: Mapping[str, Place], idle: Collection[int]
) -> Plan:
    """Who is reminded of what. Nobody is reminded twice for one period: of several thresholds the highest counts.

    `places` are by ids in Slack; `idle` are Track's numbers of people who have no hours to work in.
    """
    spoken = [each for each in reminders if not each.slack and each.hours > 0 and each.every in {*Every}]
    hours: dict[tuple[str, Every], float] = {}
    unreached: set[int] = set()
    for reminder in spoken:
        reach = directory.reach(reminder.user_ids, reminder.group_ids)
        for person in (*reach.linked, *reach.others):
            if person.id in idle:
                continue
            if person.slack_id is None or person.slack_id not in places:
                unreached.add(person.id)
                continue
            key = (person.slack_id, Every(reminder.every))
            hours[key] = max(reminder.hours, hours.get(key, 0))
    wanted = tuple(Wanted(places[who], every, timedelta(hours=most)) for (who, every), most in sorted(hours.items()))
    return Plan(wanted, tuple(each for each in reminders if each.slack), len(unreached))
