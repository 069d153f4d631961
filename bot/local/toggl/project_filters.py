"""The filters of `list_projects`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.toggl import rules
from bot.local.toggl.errors import forbidden, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.local.toggl.call import Call
    from bot.local.toggl.records import Project


def filtered(call: Call) -> Iterator[Project]:
    """The projects open to the caller that pass every filter sent."""
    tests = [test for test in (*_of_lists(call), _of_archive(call), _of_dates(call), _of_users(call)) if test]
    query = call.query
    pinned, private, words = query.flag("pinned"), query.flag("private"), (query.text("name") or "").casefold()
    return (
        project
        for project in rules.visible_projects(call)
        if (pinned is None or project.pinned == pinned)
        and (private is None or project.private == private)
        and words in project.name.casefold()
        and all(test(project) for test in tests)
    )


def _of_lists(call: Call) -> Iterator[Callable[[Project], bool]]:
    clients, creators = call.query.numbers("client_id"), call.query.numbers("creator_id")
    tags, projects = call.query.numbers("tag_id"), call.query.numbers("project_id")
    if clients is not None:
        yield lambda project: project.client_id in clients
    if creators is not None:
        yield lambda project: project.toggl_user_id in creators
    if tags is not None:
        yield lambda project: not set(tags).isdisjoint(project.tag_ids)
    if projects is not None:
        yield lambda project: project.id in projects


def _of_archive(call: Call) -> Callable[[Project], bool] | None:
    """`true`: archived ones, `false` or nothing: the others, empty: all."""
    if call.query.text("archived") == "":
        return None
    archived = call.query.flag("archived") or False
    return lambda project: (project.archived_at is not None) == archived


def _of_dates(call: Call) -> Callable[[Project], bool] | None:
    """Projects that overlap the days asked for, under the new names or the old; one without a day is open there."""
    since = call.query.day("start_date") or call.query.day("date_overlap_start")
    until = call.query.day("end_date") or call.query.day("date_overlap_end")
    if since is not None and until is not None and until < since:
        raise invalid("Invalid end_date: must not be before start_date", field="end_date")
    if since is None and until is None:
        return None
    return lambda project: (
        (until is None or project.start_date is None or project.start_date <= until)
        and (since is None or project.end_date is None or project.end_date >= since)
    )


def _of_users(call: Call) -> Callable[[Project], bool] | None:
    """Projects open to every one of these people; to look at another's is for admins (403)."""
    users = call.query.numbers("user_id")
    if users is None:
        return None
    if call.member.role != "admin" and set(users) != {call.person.focus_id}:
        raise forbidden()
    people = [call.world.find_person(user) for user in users]
    members = [
        call.world.find_member(call.workspace.id, person.id) if person is not None else None for person in people
    ]
    return lambda project: all(member is not None and call.world.sees_project(member, project) for member in members)
