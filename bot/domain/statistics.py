"""A workspace's figures: who is in it, and what those who agreed to be counted tracked in a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import BREAK, Bounds
from bot.domain.periods import Period
from bot.domain.report_groups import By, Group
from bot.domain.report_lines import Line, Share
from bot.domain.reports import Asked, Report, compared
from bot.domain.rounding import Rounding

GROUPED = (By.PROJECT, By.STATUS, By.PERSON)
"""What workspace statistics are grouped by, in the order in which they are shown."""

_NOTHING = timedelta()
_Key = int | None
_PRIVATE = -1
"""The key of all private projects together: not everybody who reads statistics may know their names."""


@dataclass(frozen=True, slots=True)
class Membership:
    """How many members and groups a workspace has, and its admins' names; None where Toggl did not say."""

    members: int | None = None
    groups: int | None = None
    admins: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Over what is counted: a period in a zone as it is `now` (aware), each entry rounded as the workspace does."""

    period: Period
    zone: ZoneInfo
    now: datetime
    rounding: Rounding | None = None


@dataclass(slots=True)
class Hours:
    """What one person tracked, added up entry by entry: nothing is kept of a single one but its number."""

    asking: Asking
    projects: dict[_Key, Group] = field(default_factory=dict)
    statuses: dict[_Key, Group] = field(default_factory=dict)
    total: timedelta = _NOTHING
    before: timedelta = _NOTHING
    breaks: timedelta = _NOTHING
    entries: int = 0
    running: bool = False
    _bounds: Bounds = field(init=False)
    _earlier: Bounds = field(init=False)
    _seen: set[int] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        """Work the bounds out, once for all entries."""
        self._bounds = self.asking.period.bounds(self.asking.zone)
        self._earlier, _ = compared(self.asking.period, self.asking.now, self.asking.zone)

    def add(self, line: Line) -> None:
        """Count an entry; the same one twice counts once."""
        if line.entry.id in self._seen:
            return
        self._seen.add(line.entry.id)
        share = Share(self.asking.now, self.asking.rounding)
        time, before = share(line, self._bounds), share(line, self._earlier)
        if time:
            self.entries += 1
            self.running = self.running or line.entry.running
        if line.entry.type == BREAK:
            self.breaks += time
        elif time or before:
            self.total, self.before = self.total + time, self.before + before
            key, project = _project(line)
            _count(self.projects, key, replace(project, time=time, before=before))
            _count(self.statuses, line.status_id, Group(line.status, time, before))

    def closed(self) -> Hours:
        """The same for keeping: entries' numbers are forgotten."""
        self._seen.clear()
        return self


@dataclass(frozen=True, slots=True)
class Counted:
    """A person who agreed to be counted, by the name Toggl knows them by, with their hours."""

    account_id: int
    name: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many are counted, and why others are not; numbers only."""

    counted: int = 0
    unreached: int = 0
    """Agreed, and could not be asked just now."""
    undecided: int = 0
    """Connected in this Slack workspace, and have not agreed."""
    unconnected: int | None = None
    """Members of the Toggl workspace who are not connected here; None where Toggl did not say how many there are."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What can be said of the workspace called `workspace`: `reports` has one for each of `GROUPED`.

    `focus_id` is its number in Focus; None where only Track knows it here, and nobody's hours can be read.
    """

    workspace: str
    membership: Membership
    turnout: Turnout
    reports: Mapping[By, Report]
    focus_id: int | None = None

    @property
    def report(self) -> Report:
        """The one by project, whose totals are those of all."""
        return self.reports[By.PROJECT]


def add_up(asking: Asking, people: Sequence[Counted], *, rounding_unknown: bool = False) -> Mapping[By, Report]:
    """One report for each grouping over everybody's hours, as if they were one person's."""
    projects: dict[_Key, Group] = {}
    statuses: dict[_Key, Group] = {}
    for person in people:
        _merge(projects, person.hours.projects)
        _merge(statuses, person.hours.statuses)
    each = [Group(person.name or None, person.hours.total, person.hours.before) for person in people]
    groups = {
        By.PROJECT: sorted(projects.values(), key=_longest_first),
        By.STATUS: sorted(statuses.values(), key=_longest_first),
        # By name: a list of colleagues is no ranking.
        By.PERSON: sorted(each, key=lambda group: (group.name or "").casefold()),
    }
    return {by: _report(asking, people, by, groups[by], rounding_unknown=rounding_unknown) for by in GROUPED}


def _report(
    asking: Asking, people: Sequence[Counted], by: By, groups: Iterable[Group], *, rounding_unknown: bool
) -> Report:
    hours = [person.hours for person in people]
    _, so_far = compared(asking.period, asking.now, asking.zone)
    return Report(
        asked=Asked(asking.period, by),
        before=asking.period.before(),
        now=asking.now,
        zone=asking.zone,
        so_far=so_far,
        total=sum((each.total for each in hours), _NOTHING),
        total_before=sum((each.before for each in hours), _NOTHING),
        breaks=sum((each.breaks for each in hours), _NOTHING),
        entries=sum(each.entries for each in hours),
        running=any(each.running for each in hours),
        groups=tuple(groups),
        rounding=asking.rounding,
        rounding_unknown=rounding_unknown,
    )


def _project(line: Line) -> tuple[_Key, Group]:
    task = line.entry.task
    if line.private:
        return _PRIVATE, Group(None, _NOTHING, private=True)
    if task is None or task.project_id is None:
        return None, Group(None, _NOTHING)
    return task.project_id, Group(task.project or f"#{task.project_id}", _NOTHING, place=task.client or "")


def _merge(groups: dict[_Key, Group], others: Mapping[_Key, Group]) -> None:
    for key, other in others.items():
        _count(groups, key, other)


def _count(groups: dict[_Key, Group], key: _Key, added: Group) -> None:
    """Add the times of `added` to the group of its key; the name that came first stays."""
    known = groups.get(key)
    groups[key] = replace(known, time=known.time + added.time, before=known.before + added.before) if known else added


def _longest_first(group: Group) -> tuple[timedelta, timedelta, str]:
    return -group.time, -group.before, (group.name or "").casefold()
