"""Submitting and closing modals, and running shortcuts."""

from __future__ import annotations

import json
from typing import Any

from bot.local.slack import payloads
from bot.local.slack.changes import ChangeKind
from bot.local.slack.delivery import Acknowledgement
from bot.local.slack.failures import ApiError, demand_view
from bot.local.slack.hub import Hub
from bot.local.slack.inputs import complaints
from bot.local.slack.modals import ViewRefused, close_all, close_modal, push_modal, update_view
from bot.local.slack.outcomes import Impossible, Outcome
from bot.local.slack.rules import check_errors
from bot.local.slack.world import Json, Message, Person, View

TROUBLE = "We had some trouble connecting. Try again?"
_INVALID = "invalid_response"


async def submit(hub: Hub, person: Person, view: View) -> Outcome:
    """Send a modal that is on top. Slack's own checks come first; the app's answer says what happens to the stack."""
    if view.type != "modal" or view.submit is None:
        raise Impossible(f"{view.id!r} has no submit button")
    if errors := complaints(view.blocks, view.state):
        _show_errors(hub, view, errors)
        return Outcome(errors=errors)
    view.errors = {}
    answer = await hub.road.send("interactive", payloads.view_submission(hub.workspace, person, view), {})
    if answer.failure is not None:
        hub.workspace.refuse(f"submission of {view.callback_id}", answer.failure, [f"HTTP {answer.status}"])
        return Outcome(answer.milliseconds, answer.failure, TROUBLE)
    try:
        errors = _obey(hub, view, _action(answer))
    except (ApiError, ViewRefused) as refused:
        details = refused.details if isinstance(refused, ApiError) else []
        body = answer.body.decode(errors="replace")
        hub.workspace.refuse(f"submission of {view.callback_id}", refused.code, details, body)
        return Outcome(answer.milliseconds, refused.code, TROUBLE)
    return Outcome(answer.milliseconds, errors=errors)


async def close(hub: Hub, person: Person, view: View, *, everything: bool) -> Outcome:
    """Close the top view, or the whole stack; the app hears of views that asked for it."""
    if view.type != "modal":
        raise Impossible("a Home cannot be closed")
    closed = (
        close_all(hub.workspace, person.id) if everything or view.clear_on_close else close_modal(hub.workspace, view)
    )
    cleared = everything or view.clear_on_close
    for gone in closed:
        if gone.notify_on_close:
            payload = payloads.view_closed(hub.workspace, person, gone, is_cleared=cleared)
            answer = await hub.road.send("interactive", payload, {})
            if answer.failure is not None:
                hub.workspace.refuse(f"closing of {gone.callback_id}", answer.failure, [f"HTTP {answer.status}"])
    return Outcome()


async def shortcut(hub: Hub, person: Person, callback_id: str, message: Message | None) -> Outcome:
    """Run a shortcut that the manifest offers."""
    found = hub.workspace.manifest.find_shortcut(callback_id)
    if found is None or (found.kind == "message") != (message is not None):
        raise Impossible(f"there is no such shortcut: {callback_id!r}")
    payload = (
        payloads.global_shortcut(hub.workspace, person, callback_id)
        if message is None
        else payloads.message_action(hub.workspace, person, callback_id, message)
    )
    answer = await hub.road.send("interactive", payload, {})
    if answer.failure is not None:
        hub.workspace.refuse(f"shortcut {callback_id}", answer.failure, [f"HTTP {answer.status}"])
        return Outcome(answer.milliseconds, answer.failure, f"{found.name} didn’t work: {answer.failure}")
    return Outcome(answer.milliseconds)


def _action(answer: Acknowledgement) -> Json:
    """The `response_action` object of the answer, {} for an empty body. Raises ApiError."""
    if not answer.body.strip():
        return {}
    try:
        body: Any = json.loads(answer.body)
    except (UnicodeDecodeError, ValueError):
        raise ApiError(_INVALID) from None
    if not isinstance(body, dict) or (body and "response_action" not in body):
        raise ApiError(_INVALID)
    return body


def _obey(hub: Hub, view: View, action: Json) -> dict[str, str]:
    """Do what the answer asks for; returns the field errors. Raises ApiError, ViewRefused."""
    kind = action.get("response_action")
    if kind == "errors":
        if problems := check_errors(action.get("errors"), view.blocks):
            raise ApiError("invalid_errors", problems)
        errors: dict[str, str] = action["errors"]
        _show_errors(hub, view, errors)
        return errors
    if kind == "update":
        update_view(hub.workspace, view, demand_view(action.get("view")))
    elif kind == "push":
        push_modal(hub.workspace, view.person_id, demand_view(action.get("view")))
    elif kind == "clear":
        close_all(hub.workspace, view.person_id)
    elif kind is None:
        close_modal(hub.workspace, view)
    else:
        raise ApiError("invalid_response_action")
    return {}


def _show_errors(hub: Hub, view: View, errors: dict[str, str]) -> None:
    view.errors = dict(errors)
    hub.workspace.changes.announce(ChangeKind.VIEW_UPDATED, person_id=view.person_id, view_id=view.id)
