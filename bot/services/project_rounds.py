"""One look at all projects that a person's credential sees, and what became of those it sees no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

import msgspec

from bot.domain.project_snapshots import Snapshot, Teammate
from bot.domain.projects import NUMBER, Project
from bot.services import project_people
from bot.services.context import Context
from bot.store.project_updates import Seen
from bot.toggl import Forbidden, NotFound

LOOKED_AFTER = 5
"""Projects that vanished, looked after in one round; the rest is in the next."""
ASKED = 10
"""Projects whose members are asked for in one round, where the share of the quota allows as many."""


class Vanished(Enum):
    """Why a project is not listed any more."""

    DELETED = "Toggl says that it is deleted"
    NOT_FOUND = "Toggl does not find it: deleted, or no longer shared"
    FORBIDDEN = "Toggl says that the person may not see it"


@dataclass(slots=True)
class Round:
    """What was seen. `calls` is what it took, `at` when it was."""

    projects: dict[int, Project] = field(default_factory=dict)
    created_at: dict[int, datetime | None] = field(default_factory=dict)
    vanished: dict[int, Vanished] = field(default_factory=dict)
    members: dict[int, tuple[Teammate, ...]] = field(default_factory=dict)
    calls: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a round is for: projects whose vanishing matters (None: all), and those whose members do.

    `calls` is what the round may take, besides the list and one call for what is most urgent.
    """

    projects: Collection[int] | None
    members: Collection[int]
    most_members: int = ASKED
    calls: int = 100


async def look(context: Context, known: Mapping[int, Snapshot], seen: Mapping[int, Seen], wanted: Wanted) -> Round:
    """List everything, look after what vanished, ask for members. Raises TogglError, NotConnected.

    As many list calls as there are pages of a hundred, a call for each of up to LOOKED_AFTER that vanished and for each
    project whose members are asked for; names of people are kept for ten minutes.
    """
    found = Round(at=context.now)
    projects = context.toggl.projects
    # In Toggl's own order: by which fields projects can be ordered is not documented.
    async with aclosing(projects.iterate(archived="all")) as listed:
        async for answer in listed:
            project = Project.of(answer)
            if project is not None and answer.deleted_at is None:
                found.projects[project.id] = project
                found.created_at[project.id] = answer.created_at
    found.calls += pages(len(found.projects))
    urgent = _missing(known, wanted, found)
    for number in urgent[: max(1, wanted.calls - found.calls)]:
        await _look_after(context, number, found)
    members = wanted.most_members if not urgent else min(wanted.most_members, wanted.calls - found.calls)
    for number in _whose_members(seen, wanted, found, members):
        await _ask_members(context, number, known.get(number), found)
    return found


def pages(projects: int) -> int:
    """How many calls a list of so many projects takes."""
    return max(1, -(-projects // 100))


async def look_at(context: Context, project_id: int) -> Project | Vanished:
    """One project, as the person's credential sees it. One call. Raises TogglError other than that it is not there."""
    try:
        answer = await context.toggl.projects.get(project_id)
    except NotFound:
        return Vanished.NOT_FOUND
    except Forbidden:
        return Vanished.FORBIDDEN
    if answer.deleted_at is not None:
        return Vanished.DELETED
    return Project.of(answer) or Vanished.NOT_FOUND


async def members_of(
    context: Context, project_id: int, known: Iterable[Teammate] = ()
) -> tuple[tuple[Teammate, ...] | None, int]:
    """Who is in the project, None where Toggl hides them; and how many calls that took: up to two more for new names.

    Those who are `known` keep the name they have there.
    """
    try:
        answer = await context.toggl.projects.members.list(project_id)
    except (Forbidden, NotFound):
        return None, 1
    found = [(False, user.user_id, bool(user.manager)) for user in answer.user_ids or () if user.user_id is not None]
    found += [(True, one.group_id, bool(one.manager)) for one in answer.group_ids or () if one.group_id is not None]
    names = {mate.who: mate.name for mate in known}
    calls = 1
    if any((group, number) not in names and not group for group, number, _ in found):
        calls += 2
        names = {(False, person.id): person.name for person in await project_people.people(context)} | names
    mates = (
        Teammate(number, names.get((group, number)) or NUMBER.format(id=number), group, manager)
        for group, number, manager in found
    )
    return tuple(sorted(mates, key=lambda mate: (mate.group, not mate.manager, mate.name.casefold()))), calls


def read(seen: Mapping[int, Seen]) -> dict[int, Snapshot]:
    """What was kept, read; what cannot be read any more is as if it had never been seen."""
    known = {}
    for number, kept in seen.items():
        try:
            known[number] = msgspec.json.decode(kept.state, type=Snapshot)
        except msgspec.DecodeError:
            continue
    return known


def _missing(known: Mapping[int, Snapshot], wanted: Wanted, found: Round) -> list[int]:
    missing = [
        number
        for number, snapshot in sorted(known.items())
        if not snapshot.gone and number not in found.projects and _matters(number, wanted)
    ]
    return missing[:LOOKED_AFTER]


async def _look_after(context: Context, number: int, found: Round) -> None:
    found.calls += 1
    now = await look_at(context, number)
    if isinstance(now, Vanished):
        found.vanished[number] = now
    else:
        found.projects[number] = now


def _matters(number: int, wanted: Wanted) -> bool:
    return wanted.projects is None or number in wanted.projects


def _whose_members(seen: Mapping[int, Seen], wanted: Wanted, found: Round, most: int) -> Iterable[int]:
    """Those that were not asked for longest, as many as are allowed."""
    there = [number for number in sorted(wanted.members) if number in found.projects]

    def asked_at(number: int) -> float:
        last = seen[number].members_at if number in seen else None
        return last.timestamp() if last else 0.0

    return sorted(there, key=asked_at)[: max(0, most)]


async def _ask_members(context: Context, number: int, known: Snapshot | None, found: Round) -> None:
    members, calls = await members_of(context, number, (known.members if known else None) or ())
    found.calls += calls
    if members is not None:
        found.members[number] = members
