"""Opens, pushes, updates and closes views; at most three modals lie on each other."""

from __future__ import annotations

from bot.local.slack.changes import ChangeKind
from bot.local.slack.inputs import carried_over, initial_state
from bot.local.slack.normal import complete_blocks
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Json, View

MOST_MODALS = 3


class ViewRefused(Exception):
    """A view cannot be shown. `code` is Slack's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_modal(workspace: Workspace, person_id: str, payload: Json) -> View:
    """Show a checked view as a new modal. Raises ViewRefused."""
    _claim_external_id(workspace, payload)
    view = _build(workspace, person_id, payload)
    workspace.world.modals[person_id] = [view]
    workspace.changes.announce(ChangeKind.VIEW_OPENED, person_id=person_id, view_id=view.id)
    return view


def push_modal(workspace: Workspace, person_id: str, payload: Json) -> View:
    """Show a checked view on top of the open modal. Raises ViewRefused when three lie there, or none."""
    stack = workspace.world.modals.get(person_id, [])
    if not stack:
        raise ViewRefused("not_found")
    if len(stack) >= MOST_MODALS:
        raise ViewRefused("push_limit_reached")
    _claim_external_id(workspace, payload)
    view = _build(workspace, person_id, payload)
    view.root_view_id, view.previous_view_id = stack[0].id, stack[-1].id
    stack.append(view)
    workspace.changes.announce(ChangeKind.VIEW_OPENED, person_id=person_id, view_id=view.id)
    return view


def update_view(workspace: Workspace, view: View, payload: Json) -> View:
    """Replace what an open view shows; what was filled in stays where the ids are the same. Raises ViewRefused."""
    if payload["type"] != view.type:
        raise ViewRefused("invalid_arguments")
    _claim_external_id(workspace, payload, view)
    _fill(workspace, view, payload)
    workspace.changes.announce(ChangeKind.VIEW_UPDATED, person_id=view.person_id, view_id=view.id)
    return view


def publish_home(workspace: Workspace, person_id: str, payload: Json) -> View:
    """Show a checked view as the person's Home."""
    home = workspace.world.homes.get(person_id)
    if home is None:
        home = _build(workspace, person_id, payload)
        workspace.world.homes[person_id] = home
    else:
        _claim_external_id(workspace, payload, home)
        _fill(workspace, home, payload)
    workspace.changes.announce(ChangeKind.HOME_PUBLISHED, person_id=person_id, view_id=home.id)
    return home


def close_modal(workspace: Workspace, view: View) -> list[View]:
    """Take a modal off the stack with everything on top of it; returns what was closed, the top first."""
    stack = workspace.world.modals.get(view.person_id, [])
    if view not in stack:
        return []
    position = stack.index(view)
    closed = stack[position:]
    del stack[position:]
    if not stack:
        workspace.world.modals.pop(view.person_id, None)
    for gone in reversed(closed):
        workspace.changes.announce(ChangeKind.VIEW_CLOSED, person_id=view.person_id, view_id=gone.id)
    return closed[::-1]


def close_all(workspace: Workspace, person_id: str) -> list[View]:
    """Close the whole stack; returns what was closed, the top first."""
    stack = workspace.world.modals.get(person_id, [])
    return close_modal(workspace, stack[0]) if stack else []


def _claim_external_id(workspace: Workspace, payload: Json, own: View | None = None) -> None:
    external_id = payload.get("external_id")
    if not external_id:
        return
    for views in (*workspace.world.modals.values(), list(workspace.world.homes.values())):
        if any(view.external_id == external_id and view is not own for view in views):
            raise ViewRefused("duplicate_external_id")


def _build(workspace: Workspace, person_id: str, payload: Json) -> View:
    view = View(id=workspace.ids.make("V"), person_id=person_id, type=payload["type"])
    view.root_view_id = view.id
    _fill(workspace, view, payload)
    return view


def _fill(workspace: Workspace, view: View, payload: Json) -> None:
    view.blocks = complete_blocks(payload["blocks"])
    view.callback_id = payload.get("callback_id", "")
    view.external_id = payload.get("external_id", "")
    view.title = payload.get("title", {}).get("text", "")
    view.submit = payload.get("submit", {}).get("text")
    view.close = payload.get("close", {}).get("text")
    view.private_metadata = payload.get("private_metadata", "")
    view.clear_on_close = payload.get("clear_on_close", False)
    view.notify_on_close = payload.get("notify_on_close", False)
    view.submit_disabled = payload.get("submit_disabled", False)
    view.state = carried_over(view.state, view.blocks) if view.state else initial_state(view.blocks)
    view.errors = {}
    view.hash = workspace.ids.hash()
