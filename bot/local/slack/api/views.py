"""views.*: opening, pushing, updating and publishing."""

from __future__ import annotations

from collections.abc import Callable

from bot.local.slack.api.call import Call
from bot.local.slack.describe import view_json
from bot.local.slack.failures import ApiError, demand_view
from bot.local.slack.modals import ViewRefused, open_modal, publish_home, push_modal, update_view
from bot.local.slack.permits import PermitRefused, Trigger
from bot.local.slack.world import Json, View


async def open_view(call: Call) -> Json:
    """views.open: needs a trigger_id not older than 3 seconds, and uses it up."""
    payload = _view(call, "modal")
    trigger = _redeem(call)
    return _shown(call, lambda: open_modal(call.workspace, trigger.person_id, payload))


async def push_view(call: Call) -> Json:
    """views.push: only with the trigger_id of something done in a modal."""
    payload = _view(call, "modal")
    trigger = _redeem(call)
    if trigger.view_id is None:
        raise ApiError("invalid_trigger_id")
    return _shown(call, lambda: push_modal(call.workspace, trigger.person_id, payload))


async def update(call: Call) -> Json:
    """views.update: by view_id or external_id; with `hash` only if nothing changed since."""
    payload = _view(call, None)
    view = _named_view(call)
    wanted = call.text("hash")
    if wanted is not None and wanted != view.hash:
        raise ApiError("hash_conflict")
    return _shown(call, lambda: update_view(call.workspace, view, payload))


async def publish(call: Call) -> Json:
    """views.publish: a person's App Home."""
    person = call.workspace.find_person(call.need("user_id"))
    if person is None or person.deleted:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] user not found"]})
    if not call.workspace.manifest.home_tab:
        raise ApiError("not_enabled")
    payload = _view(call, "home")
    wanted = call.text("hash")
    home = call.workspace.world.homes.get(person.id)
    if wanted is not None and (home is None or wanted != home.hash):
        raise ApiError("hash_conflict")
    return _shown(call, lambda: publish_home(call.workspace, person.id, payload))


def _view(call: Call, kind: str | None) -> Json:
    payload = demand_view(call.parsed("view", "invalid_arguments"))
    if kind is not None and payload["type"] != kind:
        message = f"[ERROR] must be a valid enum value: {kind} [json-pointer:/view/type]"
        raise ApiError("invalid_arguments", response_metadata={"messages": [message]})
    return payload


def _redeem(call: Call) -> Trigger:
    trigger_id = call.need("trigger_id")
    try:
        return call.workspace.permits.redeem_trigger(trigger_id)
    except PermitRefused as refused:
        raise ApiError(refused.code) from None


def _named_view(call: Call) -> View:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if (view_id is None) == (external_id is None):
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] view_id or external_id needed"]})
    world = call.workspace.world
    if view_id is not None:
        view = world.find_view(view_id)
    else:
        everything = [*(view for stack in world.modals.values() for view in stack), *world.homes.values()]
        view = next((view for view in everything if view.external_id == external_id), None)
    if view is None:
        raise ApiError("not_found")
    return view


def _shown(call: Call, show: Callable[[], View]) -> Json:
    try:
        view = show()
    except ViewRefused as refused:
        raise ApiError(refused.code) from None
    return {"view": view_json(call.workspace, view)}
