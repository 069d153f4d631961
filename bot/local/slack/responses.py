"""Answers through a response_url, and the body of a slash command's acknowledgement."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.responses import Response as HttpResponse

from bot.local.slack.compose import fill, message_of
from bot.local.slack.failures import ApiError, demand_message
from bot.local.slack.hub import Hub
from bot.local.slack.permits import PermitRefused, Response
from bot.local.slack.world import Json, Message

_TYPES = frozenset({None, "ephemeral", "in_channel"})


async def response_endpoint(hub: Hub, request: Request) -> HttpResponse:
    """POST to a response_url: `ok`, or an error with a status of 4xx."""
    try:
        response = hub.workspace.permits.use_response(request.path_params["secret"])
    except PermitRefused as refused:
        hub.workspace.refuse("response_url", refused.code)
        return JSONResponse({"ok": False, "error": refused.code}, status_code=404)
    payload: Json | None = None
    try:
        payload = _payload(await request.body())
        respond(hub, response, payload)
    except ApiError as error:
        hub.workspace.refuse("response_url", error.code, error.details, payload)
        return JSONResponse(error.body(), status_code=400)
    return PlainTextResponse("ok")


def respond(hub: Hub, response: Response, payload: Json) -> Message | None:
    """Do what a response asks for. Returns the new or changed message, None when it was deleted. Raises ApiError."""
    workspace = hub.workspace
    kind = payload.get("response_type")
    if kind not in _TYPES:
        raise ApiError("invalid_response_type")
    original = workspace.world.find_message(response.channel_id, response.message_ts) if response.message_ts else None
    if payload.get("delete_original"):
        if original is None or not original.by_app:
            raise ApiError("cannot_delete_original")
        workspace.delete(original)
        hub.events.message(original, subtype="message_deleted")
        return None
    demand_message(payload, workspace.world)
    if payload.get("replace_original") and response.origin == "message":
        return _replace(hub, response, original, payload)
    private = kind != "in_channel"
    message = message_of(
        workspace,
        payload,
        response.channel_id,
        thread_ts=payload.get("thread_ts"),
        ephemeral_to=response.person_id if private else None,
    )
    workspace.post(message)
    hub.events.message(message)
    return message


def _replace(hub: Hub, response: Response, original: Message | None, payload: Json) -> Message:
    kind = payload.get("response_type")
    if original is None or not original.by_app:
        raise ApiError("message_not_found")
    if kind is not None and (kind == "ephemeral") != response.private:
        # Slack: a message cannot change between private and visible to all.
        raise ApiError("cannot_change_response_type")
    fill(original, payload)
    if payload.get("metadata") is not None:
        original.metadata = payload["metadata"]
    hub.workspace.edited(original, silently=response.private)
    hub.events.message(original, subtype="message_changed")
    return original


def _payload(body: bytes) -> Json:
    try:
        payload = json.loads(body)
    except (UnicodeDecodeError, ValueError):
        raise ApiError("invalid_payload") from None
    if not isinstance(payload, dict):
        raise ApiError("invalid_payload")
    return payload
