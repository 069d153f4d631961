"""Web pages of the local Toggl: who is here with which credentials, and somebody's timer and day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.local.toggl.local import LocalToggl
    from bot.local.toggl.records import Entry, Person, Workspace

_CALLS_SHOWN = 15


def routes(toggl: LocalToggl) -> list[Route]:
    """The front page, and every address below a workspace as people paste it from Toggl's web app."""
    folder = Path(__file__).parent / "templates"
    templates = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)

    async def front(_request: Request) -> Response:
        return HTMLResponse(templates.get_template("people.html").render(_front(toggl)))

    async def timer(request: Request) -> Response:
        workspace = toggl.world.state.workspaces.get(request.path_params["workspace_id"])
        if workspace is None or workspace.organization_id != request.path_params["organization_id"]:
            return HTMLResponse("<!doctype html><title>Not found</title><p>There is no such workspace.</p>", 404)
        people = [toggl.world.state.people[member.person_id] for member in toggl.world.members(workspace.id)]
        wanted = request.query_params.get("person")
        person = next((person for person in people if person.handle == wanted), people[0])
        shown = _day(toggl, workspace, person) | {"people": people, "workspace": workspace, "person": person}
        return HTMLResponse(templates.get_template("timer.html").render(shown))

    address = "/{organization_id:int}/workspaces/{workspace_id:int}"
    return [Route("/", front), Route(address, timer), Route(address + "/{rest:path}", timer)]


def _front(toggl: LocalToggl) -> dict[str, Any]:
    state = toggl.world.state
    main = toggl.workspace()
    people = []
    for member in toggl.world.members(main.id):
        person = state.people[member.person_id]
        running = [toggl.world.find_running(workspace.id, person.focus_id) for workspace in state.workspaces.values()]
        names = ", ".join(_name(toggl, entry) for entry in running if entry is not None)
        role = "deactivated" if member.inactive else member.role
        people.append({"person": person, "role": role, "running": names})
    calls = list(toggl.calls)[-_CALLS_SHOWN:][::-1]
    return {"people": people, "workspaces": state.workspaces.values(), "calls": calls, "profile": toggl.profile}


def _day(toggl: LocalToggl, workspace: Workspace, person: Person) -> dict[str, Any]:
    """What runs, and what started today in the person's zone."""
    zone = ZoneInfo(person.zone)
    today = toggl.now().astimezone(zone).date()
    running = toggl.world.find_running(workspace.id, person.focus_id)
    entries = sorted(toggl.world.entries(workspace.id, person.focus_id), key=lambda entry: entry.start)
    return {
        "today": f"{today:%A, %-d %B}",
        "running": _row(toggl, running, zone) if running is not None else None,
        "entries": [
            _row(toggl, entry, zone)
            for entry in entries
            if entry.duration is not None and entry.start.astimezone(zone).date() == today
        ],
    }


def _row(toggl: LocalToggl, entry: Entry, zone: ZoneInfo) -> dict[str, str]:
    length = timedelta(seconds=entry.duration or 0)
    project = toggl.world.state.projects.get(entry.project_id) if entry.project_id is not None else None
    return {
        "name": _name(toggl, entry),
        "project": project.name if project is not None else "",
        "start": f"{entry.start.astimezone(zone):%H:%M}",
        "end": f"{(entry.start + length).astimezone(zone):%H:%M}",
        "length": f"{length // timedelta(hours=1)}:{length % timedelta(hours=1) // timedelta(minutes=1):02}",
    }


def _name(toggl: LocalToggl, entry: Entry) -> str:
    task = toggl.world.state.tasks.get(entry.task_id) if entry.task_id is not None else None
    return task.name if task is not None else entry.description or "(no task)"
