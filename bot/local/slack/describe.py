"""Describes people, channels, messages, views and files in Slack's JSON."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from bot.local.slack.rich import rich_text_of
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Channel, File, Json, Message, Person, View


def person_json(workspace: Workspace, person: Person, *, locale: bool = False, email: bool = False) -> Json:
    """A `user` object. The e-mail address only with `users:read.email`, the locale only when asked for."""
    now = workspace.clock().astimezone(ZoneInfo(person.tz))
    offset = now.utcoffset()
    profile: Json = {
        "title": person.title,
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": person.real_name.split(" ")[0],
        "last_name": person.real_name.split(" ")[-1],
        "team": workspace.world.team_id,
    }
    if email:
        profile["email"] = person.email
    described: Json = {
        "id": person.id,
        "team_id": workspace.world.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
    }
    if person.deleted:
        return described
    described |= {
        "color": person.color,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": now.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": person.is_guest,
        "is_email_confirmed": True,
    }
    if locale:
        described["locale"] = person.locale
    return described


def app_user_json(workspace: Workspace) -> Json:
    """The app's own `user` object."""
    app = workspace.world.app
    return {
        "id": app.bot_user_id,
        "team_id": workspace.world.team_id,
        "name": app.name.lower(),
        "real_name": app.name,
        "deleted": not app.installed,
        "is_bot": True,
        "is_app_user": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "tz": "America/Los_Angeles",
        "tz_label": "Pacific Standard Time",
        "tz_offset": -28800,
        "updated": 0,
        "profile": {
            "real_name": app.name,
            "display_name": "",
            "bot_id": app.bot_id,
            "api_app_id": app.id,
            "team": workspace.world.team_id,
        },
    }


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A `channel` object of the Conversations API."""
    if channel.kind == "im":
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.archived,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": workspace.world.team_id,
            "user": channel.members[0],
            "is_user_deleted": workspace.world.people[channel.members[0]].deleted,
            "is_open": True,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": channel.members[0] if channel.members else "",
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind in {"private", "mpim"},
        "is_archived": channel.archived,
        "is_general": channel.name == "general",
        "is_shared": channel.shared,
        "is_org_shared": False,
        "is_ext_shared": channel.shared,
        "is_pending_ext_shared": False,
        "is_member": channel.app_is_member,
        "context_team_id": workspace.world.team_id,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members) + channel.app_is_member,
    }


def bot_profile(workspace: Workspace) -> Json:
    """The `bot_profile` of the app's messages."""
    app = workspace.world.app
    return {"id": app.bot_id, "app_id": app.id, "name": app.name, "deleted": False, "team_id": workspace.world.team_id}


def message_json(workspace: Workspace, message: Message) -> Json:
    """A `message` object."""
    described: Json = {"type": "message", "ts": message.ts, "text": message.text, "team": workspace.world.team_id}
    if message.by_app:
        app = workspace.world.app
        described |= {
            "user": app.bot_user_id,
            "bot_id": app.bot_id,
            "app_id": app.id,
            "bot_profile": bot_profile(workspace),
        }
        if message.username or message.icon:
            described |= {"subtype": "bot_message", "username": message.username or app.name}
    else:
        described["user"] = message.author_id
    blocks = message.blocks if message.by_app or message.blocks else rich_text_of(message.text)
    if blocks:
        described["blocks"] = blocks
    for name, value in _extras(workspace, message).items():
        if value:
            described[name] = value
    return described


def _extras(workspace: Workspace, message: Message) -> Json:
    replies = [
        reply
        for reply in workspace.world.messages.get(message.channel_id, ())
        if reply.thread_ts == message.ts and reply.ts != message.ts and not reply.deleted and not reply.ephemeral_to
    ]
    editor = workspace.world.app.bot_user_id if message.by_app else message.author_id
    return {
        "attachments": message.attachments,
        "metadata": message.metadata,
        "edited": {"user": editor, "ts": message.edited_ts} if message.edited_ts else None,
        "files": [file_json(workspace, workspace.world.files[file_id]) for file_id in message.files],
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ],
        "thread_ts": message.thread_ts or (message.ts if replies else None),
        "reply_count": len(replies),
        "latest_reply": replies[-1].ts if replies else None,
    }


def view_json(workspace: Workspace, view: View) -> Json:
    """A `view` object, its `state` included."""
    app = workspace.world.app
    described: Json = {
        "id": view.id,
        "team_id": workspace.world.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.state},
        "hash": view.hash,
        "title": _plain(view.title or app.name),
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "close": _plain(view.close),
        "submit": _plain(view.submit),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": app.id,
        "external_id": view.external_id,
        "app_installed_team_id": workspace.world.team_id,
        "bot_id": app.bot_id,
    }
    if view.submit_disabled:
        described["submit_disabled"] = True
    return described


def file_json(workspace: Workspace, file: File) -> Json:
    """A `file` object."""
    address = f"{workspace.address}/files-pri/{workspace.world.team_id}-{file.id}"
    channels = [workspace.world.channels[channel_id] for channel_id in file.channel_ids]
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "user": workspace.world.app.bot_user_id,
        "size": file.size,
        "is_external": False,
        "is_public": any(channel.kind == "channel" for channel in channels),
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "permalink": f"{workspace.address}/files/{workspace.world.app.bot_user_id}/{file.id}/{file.name}",
        "alt_txt": file.alt_text,
        "channels": [channel.id for channel in channels if channel.kind == "channel"],
        "groups": [channel.id for channel in channels if channel.kind in {"private", "mpim"}],
        "ims": [channel.id for channel in channels if channel.kind == "im"],
    }


def _plain(text: str | None) -> dict[str, Any] | None:
    return {"type": "plain_text", "text": text, "emoji": True} if text else None
