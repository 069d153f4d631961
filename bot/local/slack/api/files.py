"""files.*: an upload in three steps, seen only where it was shared."""

from __future__ import annotations

import mimetypes

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.local.slack.api.call import Call
from bot.local.slack.compose import message_of
from bot.local.slack.describe import file_json
from bot.local.slack.failures import ApiError, demand_message
from bot.local.slack.hub import Hub
from bot.local.slack.world import Channel, File, Json

_MOST_BYTES = 50_000_000


async def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: an address to send the content to."""
    name = call.need("filename")
    try:
        length = int(call.need("length"))
    except ValueError:
        raise ApiError("invalid_arguments") from None
    if not 0 < length <= _MOST_BYTES:
        raise ApiError("file_upload_size_restricted" if length > 0 else "invalid_arguments")
    file = File(
        id=call.workspace.ids.make("F"),
        name=name,
        size=length,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        alt_text=call.text("alt_txt") or "",
        created=call.workspace.now,
    )
    call.workspace.world.files[file.id] = file
    return {"upload_url": f"{call.workspace.address}/upload/v1/{file.id}", "file_id": file.id}


async def upload_endpoint(hub: Hub, request: Request) -> Response:
    """POST of the content: a raw body, or a multipart form with one file. Its length must be what was announced."""
    file = hub.workspace.world.files.get(request.path_params["file_id"])
    if file is None or file.completed:
        return PlainTextResponse("not found", status_code=404)
    content = await _content(request)
    if len(content) != file.size:
        hub.workspace.refuse("upload", "length_mismatch", [f"announced {file.size} bytes, received {len(content)}"])
        return PlainTextResponse("length mismatch", status_code=400)
    file.content = content
    return PlainTextResponse(f"OK - {file.size}")


async def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: makes the files visible, and shares them in one conversation."""
    listed = call.parsed("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed or not all(isinstance(item, dict) for item in listed):
        raise ApiError("invalid_arguments")
    files = []
    for item in listed:
        file = call.workspace.world.files.get(str(item.get("id")))
        if file is None or not file.content or file.completed:
            raise ApiError("file_not_found")
        file.title = str(item.get("title") or file.name)
        files.append(file)
    channel = _shared_in(call)
    payload: Json = {"text": call.text("initial_comment") or "", "blocks": call.parsed("blocks", "invalid_blocks")}
    if payload["blocks"]:
        demand_message(payload, call.workspace.world)
    for file in files:
        file.completed = True
        if channel is not None:
            file.channel_ids.append(channel.id)
    if channel is not None:
        message = message_of(call.workspace, payload, channel.id, thread_ts=call.text("thread_ts"))
        message.files = [file.id for file in files]
        call.workspace.post(message)
        call.hub.events.message(message)
    return {"files": [file_json(call.workspace, file) for file in files]}


async def info(call: Call) -> Json:
    """files.info."""
    file = call.workspace.world.files.get(call.need("file", "file_not_found"))
    if file is None or not file.completed:
        raise ApiError("file_not_found")
    return {"file": file_json(call.workspace, file)}


async def delete(call: Call) -> Json:
    """files.delete."""
    file = call.workspace.world.files.pop(call.need("file", "file_not_found"), None)
    if file is None:
        raise ApiError("file_not_found")
    for messages in call.workspace.world.messages.values():
        for message in messages:
            if file.id in message.files:
                message.files.remove(file.id)
                call.workspace.edited(message, silently=True)
    return {}


def may_see(hub: Hub, person_id: str, file: File) -> bool:
    """Whether a person sees a file: it is shared in a conversation they are in, or in a public channel."""
    if not file.completed:
        return False
    channels = hub.workspace.world.channels
    return any(
        person_id in channels[channel_id].members or channels[channel_id].kind == "channel"
        for channel_id in file.channel_ids
    )


def _shared_in(call: Call) -> Channel | None:
    if call.text("channel_id") is None:
        return None
    channel = call.channel("channel_id", "channel_not_found")
    if not channel.app_is_member:
        raise ApiError("not_in_channel")
    return channel


async def _content(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            for part in form.values():
                if not isinstance(part, str):
                    return await part.read()
        return b""
    return await request.body()
