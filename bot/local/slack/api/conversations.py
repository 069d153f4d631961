"""conversations.* and reactions.*: which conversations there are, who is in them, what was said."""

from __future__ import annotations

from bot.local.slack.api.call import Call, page_of
from bot.local.slack.describe import channel_json, message_json
from bot.local.slack.failures import ApiError
from bot.local.slack.people.channels import joined
from bot.local.slack.world import Channel, Json, Message

_TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


async def open_dm(call: Call) -> Json:
    """conversations.open with one person: the app's DM with them."""
    call.require("im:write")
    if call.text("channel"):
        channel = call.channel()
    else:
        names = [name for name in call.need("users", "users_list_not_supplied").split(",") if name]
        if len(names) != 1:
            raise ApiError("missing_scope", needed="mpim:write", provided=",".join(call.workspace.world.app.scopes))
        person = call.workspace.find_person(names[0].strip())
        if person is None:
            raise ApiError("user_not_found")
        if person.deleted:
            raise ApiError("user_disabled")
        found = call.workspace.world.dm_of(person.id)
        if found is None:
            raise ApiError("user_not_visible")
        channel = found
    if call.flag("return_im"):
        return {"no_op": True, "already_open": True, "channel": channel_json(call.workspace, channel)}
    return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}


async def info(call: Call) -> Json:
    """conversations.info."""
    channel = call.channel()
    call.require_for(channel, "read")
    described = channel_json(call.workspace, channel)
    if not call.flag("include_num_members"):
        described.pop("num_members", None)
    if call.flag("include_locale"):
        described["locale"] = "en-US"
    return {"channel": described}


async def list_all(call: Call) -> Json:
    """conversations.list: public channels, and of the others those the app is in."""
    kinds = _kinds(call)
    listed = [
        channel
        for channel in call.workspace.world.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or channel.app_is_member)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    return _page(call, listed)


async def list_of_user(call: Call) -> Json:
    """users.conversations: those a person (or the app) is in, as far as the app may know."""
    kinds = _kinds(call)
    user_id = call.text("user")
    app_id = call.workspace.world.app.bot_user_id
    if user_id not in {None, app_id} and call.workspace.find_person(user_id) is None:
        raise ApiError("user_not_found")
    listed = [
        channel
        for channel in call.workspace.world.channels.values()
        if channel.kind in kinds
        and (channel.app_is_member if user_id in {None, app_id} else user_id in channel.members)
        and (channel.kind == "channel" or channel.app_is_member)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    return _page(call, listed)


async def members(call: Call) -> Json:
    """conversations.members."""
    channel = call.channel()
    call.require_for(channel, "read")
    app = [call.workspace.world.app.bot_user_id] if channel.app_is_member else []
    page, cursor = page_of([*channel.members, *app], call.text("cursor"), call.number("limit", 100, 1000))
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


async def join(call: Call) -> Json:
    """conversations.join: public channels only."""
    channel = call.channel()
    if channel.kind != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    answer: Json = {}
    if channel.app_is_member:
        answer = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        channel.app_is_member = True
        joined(call.hub, channel, call.workspace.world.app.bot_user_id)
    return {"channel": channel_json(call.workspace, channel), **answer}


async def history(call: Call) -> Json:
    """conversations.history: newest first, without replies and private messages."""
    channel = _readable(call)
    everything = [
        message
        for message in call.workspace.world.messages.get(channel.id, ())
        if _visible(message) and (message.thread_ts in {None, message.ts} or message.reply_broadcast)
    ]
    chosen = _between(call, everything)[::-1]
    page, cursor = page_of(chosen, call.text("cursor"), call.number("limit", 100, 999))
    return _messages(call, page, cursor)


async def replies(call: Call) -> Json:
    """conversations.replies: the parent and its replies, oldest first."""
    channel = _readable(call)
    ts = call.need("ts", "thread_not_found")
    parent = call.workspace.world.find_message(channel.id, ts)
    if parent is None or parent.ephemeral_to is not None:
        raise ApiError("thread_not_found")
    root = parent.thread_ts or parent.ts
    thread = [
        message
        for message in call.workspace.world.messages.get(channel.id, ())
        if _visible(message) and root in {message.ts, message.thread_ts}
    ]
    page, cursor = page_of(_between(call, thread), call.text("cursor"), call.number("limit", 1000, 1000))
    return _messages(call, page, cursor)


async def add_reaction(call: Call) -> Json:
    """reactions.add."""
    message, name = _reacted(call)
    users = message.reactions.setdefault(name, [])
    if call.workspace.world.app.bot_user_id in users:
        raise ApiError("already_reacted")
    users.append(call.workspace.world.app.bot_user_id)
    call.workspace.edited(message, silently=True)
    return {}


async def remove_reaction(call: Call) -> Json:
    """reactions.remove."""
    message, name = _reacted(call)
    users = message.reactions.get(name, [])
    if call.workspace.world.app.bot_user_id not in users:
        raise ApiError("no_reaction")
    users.remove(call.workspace.world.app.bot_user_id)
    if not users:
        del message.reactions[name]
    call.workspace.edited(message, silently=True)
    return {}


def _reacted(call: Call) -> tuple[Message, str]:
    name = call.need("name", "invalid_name").strip(":")
    channel = call.channel()
    message = call.workspace.world.find_message(channel.id, call.need("timestamp", "no_item_specified"))
    if message is None or message.ephemeral_to is not None:
        raise ApiError("message_not_found")
    if not channel.app_is_member:
        raise ApiError("not_in_channel")
    return message, name


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.require_for(channel, "history")
    if not channel.app_is_member:
        raise ApiError("not_in_channel")
    return channel


def _visible(message: Message) -> bool:
    return not message.deleted and message.ephemeral_to is None


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _ts(call, "oldest", "0"), _ts(call, "latest", "9999999999")
    inclusive = call.flag("inclusive")
    return [
        message
        for message in messages
        if oldest < float(message.ts) < latest or (inclusive and float(message.ts) in {oldest, latest})
    ]


def _ts(call: Call, name: str, default: str) -> float:
    try:
        return float(call.text(name) or default)
    except ValueError:
        raise ApiError(f"invalid_ts_{name}") from None


def _messages(call: Call, page: list[Message], cursor: str) -> Json:
    described = [message_json(call.workspace, message) for message in page]
    if not call.flag("include_all_metadata"):
        for message in described:
            message.pop("metadata", None)
    return {
        "messages": described,
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def _kinds(call: Call) -> set[str]:
    names = (call.text("types") or "public_channel").split(",")
    kinds = set()
    for name in (name.strip() for name in names):
        if name not in _TYPES:
            raise ApiError("invalid_types")
        call.require(_SCOPES[name])
        kinds.add(_TYPES[name])
    return kinds


def _page(call: Call, channels: list[Channel]) -> Json:
    page, cursor = page_of(channels, call.text("cursor"), call.number("limit", 100, 1000))
    return {
        "channels": [channel_json(call.workspace, channel) for channel in page],
        "response_metadata": {"next_cursor": cursor},
    }
