"""Whom Toggl's own track reminders mean, and whom of them Slack can reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.folding import fold
from bot.domain.track_reminders import Every, TrackReminder
from bot.toggl import models


@dataclass(frozen=True, slots=True)
class Linked:
    """A person in Slack whose Toggl account is connected here; `labels` name it as Toggl did.

    `place` is the row of the workspace in which their hours are counted.
    """

    account_id: int
    labels: tuple[str, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one person is to be reminded of: the highest threshold, and the numbers of the reminders behind it."""

    linked: Linked
    every: Every
    threshold: timedelta
    reminder_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is reminded here, of which reminders Toggl speaks in Slack itself, and who cannot be reached.

    `unlinked` are Track's numbers of people; only how many there are is ever shown.
    """

    wanted: tuple[Wanted, ...] = ()
    in_slack: tuple[TrackReminder, ...] = ()
    unlinked: frozenset[int] = field(default=frozenset())


def meant(reminder: TrackReminder, members: Iterable[models.WorkspaceUser]) -> frozenset[int]:
    """Track's numbers of its people, groups resolved: who is active still, and has hours to work in."""
    named, groups = frozenset(reminder.user_ids), frozenset(reminder.group_ids)
    return frozenset(
        user.user_id
        for user in members
        if user.user_id is not None
        and _works(user)
        and (user.user_id in named or groups & frozenset(user.group_ids or ()))
    )


def plan(reminders: Sequence[TrackReminder], members: Sequence[models.WorkspaceUser], linked: Iterable[Linked]) -> Plan:
    """Who is reminded of what. Nobody is reminded twice for one period: of several thresholds the highest counts."""
    reached = who_is_who(members, linked)
    spoken = [each for each in reminders if not each.slack and each.hours > 0 and each.every in {*Every}]
    people = {each.id: meant(each, members) for each in spoken}
    wanted = []
    for number, person in sorted(reached.items()):
        for every in Every:
            theirs = [each for each in spoken if each.every == every and number in people[each.id]]
            if theirs:
                threshold = timedelta(hours=max(each.hours for each in theirs))
                wanted.append(Wanted(person, every, threshold, tuple(sorted(each.id for each in theirs))))
    return Plan(
        tuple(wanted),
        tuple(each for each in reminders if each.slack),
        frozenset[int]().union(*people.values()) - reached.keys(),
    )


def who_is_who(members: Iterable[models.WorkspaceUser], linked: Iterable[Linked]) -> Mapping[int, Linked]:
    """The connected people by Track's numbers: found by the address, or else the name, that Toggl gave of them."""
    by_email: dict[str, int] = {}
    by_name: dict[str, list[int]] = {}
    for user in members:
        if user.user_id is None:
            continue
        if user.email:
            by_email[fold(user.email)] = user.user_id
        by_name.setdefault(fold(user.name or ""), []).append(user.user_id)
    found: dict[int, Linked] = {}
    for person in linked:
        for label in filter(None, map(fold, person.labels)):
            namesakes = by_name.get(label, [])
            number = by_email.get(_address(label)) or (namesakes[0] if len(namesakes) == 1 else None)
            if number is not None:
                found.setdefault(number, person)
                break
    return found


def _address(label: str) -> str:
    """The address in `Ann Admin (ann@nordlicht.example)`, or the label itself."""
    return label.rpartition("(")[2].removesuffix(")") if label.endswith(")") else label


def _works(user: models.WorkspaceUser) -> bool:
    return user.inactive is not True and user.active is not False and user.working_hours_in_minutes != 0
