"""chat.*: posting, changing, deleting and scheduling messages."""

from __future__ import annotations

from bot.local.slack.api.call import Call, page_of
from bot.local.slack.compose import fill, message_of
from bot.local.slack.describe import bot_profile, message_json
from bot.local.slack.failures import ApiError, demand_message
from bot.local.slack.hub import Hub
from bot.local.slack.world import Channel, Json, Message, ScheduledMessage

_MOST_AHEAD = 120 * 24 * 3600
_MOST_UPDATED_TEXT = 4000


async def post_message(call: Call) -> Json:
    """chat.postMessage."""
    channel = _writable(call)
    payload = _payload(call)
    message = _send(call.hub, channel, payload, _thread(call, channel))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.workspace, message)}


async def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: only for someone who is in the channel."""
    channel = _writable(call)
    person = call.person()
    payload = _payload(call)
    if person.deleted or person.id not in channel.members:
        raise ApiError("user_not_in_channel")
    thread_ts = _thread(call, channel)
    message = message_of(call.workspace, payload, channel.id, thread_ts=thread_ts, ephemeral_to=person.id)
    call.workspace.post(message)
    return {"message_ts": message.ts}


async def update(call: Call) -> Json:
    """chat.update: only the app's own messages, and never private ones."""
    channel = call.channel()
    message = call.own_message(channel, "message_not_found", "cant_update_message")
    if channel.archived:
        raise ApiError("is_inactive")
    payload = _payload(call)
    before = message_json(call.workspace, message)
    if len(payload.get("text", "")) > _MOST_UPDATED_TEXT:
        raise ApiError("msg_too_long")
    fill(message, payload)
    if "metadata" in payload:
        message.metadata = payload["metadata"] or None
    call.workspace.edited(message)
    call.hub.events.message(message, subtype="message_changed", previous=before)
    described = message_json(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": described}


async def delete(call: Call) -> Json:
    """chat.delete."""
    channel = call.channel()
    message = call.own_message(channel, "message_not_found", "cant_delete_message")
    call.workspace.delete(message)
    call.hub.events.message(message, subtype="message_deleted")
    return {"channel": channel.id, "ts": message.ts}


async def get_permalink(call: Call) -> Json:
    """chat.getPermalink."""
    channel = call.channel()
    message = call.workspace.world.find_message(channel.id, call.need("message_ts", "message_not_found"))
    if message is None or message.ephemeral_to is not None:
        raise ApiError("message_not_found")
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    link = f"{call.workspace.address}/archives/{channel.id}/p{message.ts.replace('.', '')}{thread}"
    return {"channel": channel.id, "permalink": link}


async def schedule_message(call: Call) -> Json:
    """chat.scheduleMessage: at most 120 days ahead."""
    channel = _writable(call)
    payload = _payload(call)
    try:
        post_at = int(call.need("post_at"))
    except ValueError:
        raise ApiError("invalid_time") from None
    now = call.workspace.now
    if post_at <= now:
        raise ApiError("time_in_past")
    if post_at > now + _MOST_AHEAD:
        raise ApiError("time_too_far")
    scheduled = ScheduledMessage(
        id=call.workspace.ids.make("Q"),
        channel_id=channel.id,
        post_at=post_at,
        date_created=now,
        arguments={**payload, "thread_ts": _thread(call, channel)},
    )
    call.workspace.world.scheduled[scheduled.id] = scheduled
    return {
        "channel": channel.id,
        "scheduled_message_id": scheduled.id,
        "post_at": post_at,
        "message": {
            "type": "delayed_message",
            "text": payload.get("text", ""),
            "user": call.workspace.world.app.bot_user_id,
            "bot_id": call.workspace.world.app.bot_id,
            "team": call.workspace.world.team_id,
            "bot_profile": bot_profile(call.workspace),
        },
    }


async def delete_scheduled_message(call: Call) -> Json:
    """chat.deleteScheduledMessage."""
    channel = call.channel()
    scheduled_id = call.need("scheduled_message_id", "invalid_scheduled_message_id")
    scheduled = call.workspace.world.scheduled.get(scheduled_id)
    if scheduled is None or scheduled.channel_id != channel.id:
        raise ApiError("invalid_scheduled_message_id")
    del call.workspace.world.scheduled[scheduled_id]
    return {}


async def list_scheduled_messages(call: Call) -> Json:
    """chat.scheduledMessages.list."""
    channel_id = call.text("channel")
    waiting = sorted(call.workspace.world.scheduled.values(), key=lambda scheduled: scheduled.post_at)
    chosen = [scheduled for scheduled in waiting if channel_id in {None, scheduled.channel_id}]
    page, cursor = page_of(chosen, call.text("cursor"), call.number("limit", 100, 1000))
    listed = [
        {
            "id": scheduled.id,
            "channel_id": scheduled.channel_id,
            "post_at": scheduled.post_at,
            "date_created": scheduled.date_created,
            "text": scheduled.arguments.get("text", ""),
        }
        for scheduled in page
    ]
    return {"scheduled_messages": listed, "response_metadata": {"next_cursor": cursor}}


def post_due(hub: Hub) -> list[Message]:
    """Post every scheduled message whose time has come."""
    world = hub.workspace.world
    due = [scheduled for scheduled in world.scheduled.values() if scheduled.post_at <= hub.workspace.now]
    posted = []
    for scheduled in sorted(due, key=lambda scheduled: scheduled.post_at):
        del world.scheduled[scheduled.id]
        channel = world.channels[scheduled.channel_id]
        if world.app.installed and not channel.archived:
            posted.append(_send(hub, channel, scheduled.arguments, scheduled.arguments.get("thread_ts")))
    return posted


def _send(hub: Hub, channel: Channel, payload: Json, thread_ts: str | None) -> Message:
    message = message_of(hub.workspace, payload, channel.id, thread_ts=thread_ts)
    hub.workspace.post(message)
    hub.events.message(message)
    return message


def _payload(call: Call) -> Json:
    payload = call.message_payload()
    demand_message(payload, call.workspace.world)
    if any(name in payload for name in ("username", "icon_emoji", "icon_url")):
        call.require("chat:write.customize")
    return payload


def _writable(call: Call) -> Channel:
    """The conversation that `channel` names by id, name or person, if the app may write there. Raises ApiError."""
    world = call.workspace.world
    name = call.need("channel", "channel_not_found")
    channel = world.channels.get(name)
    if channel is None and name in world.people:
        channel = world.dm_of(name)
    if channel is None:
        bare = name.removeprefix("#")
        channel = next((one for one in world.channels.values() if one.name and one.name == bare), None)
    if channel is None or (channel.kind != "channel" and not channel.app_is_member):
        raise ApiError("channel_not_found")
    if channel.archived:
        raise ApiError("is_archived")
    if channel.kind == "im":
        if world.people[channel.members[0]].deleted:
            raise ApiError("is_inactive")
        if not call.workspace.manifest.messages_tab:
            raise ApiError("messages_tab_disabled")
    elif not channel.app_is_member and "chat:write.public" not in world.app.scopes:
        raise ApiError("not_in_channel")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    """The parent's ts, whichever message of the thread was named. Raises ApiError."""
    thread_ts = call.text("thread_ts")
    if thread_ts is None:
        return None
    parent = call.workspace.world.find_message(channel.id, thread_ts)
    if parent is None:
        raise ApiError("thread_not_found")
    if parent.ephemeral_to is not None:
        raise ApiError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts
