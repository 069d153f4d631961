"""What the app may do in a workspace, and why it has to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "app_mentions:read": "the event app_mention",
        "channels:history": "conversations.history: whether a post is there whose answer was lost",
        "channels:join": "conversations.join: into a public channel that subscribes to projects",
        "channels:read": "conversations.info, the events channel_* and member_*: who reads what is posted there",
        "chat:write": "chat.postMessage, chat.postEphemeral, chat.update: questions, receipts, answers to mentions",
        "commands": "slash commands and shortcuts",
        "dnd:read": "dnd.teamInfo: no reminder during Do Not Disturb",
        "files:write": "files.getUploadURLExternal, completeUploadExternal: a report as CSV, its chart as a picture",
        "groups:history": "the same of private channels",
        "groups:read": "conversations.info of private channels, and the events group_*",
        "im:history": "the event message.im; conversations.history of the direct message that a reminder goes to",
        "im:write": "conversations.open: the direct message that asks whether a connected account is yours",
        "users:read": "users.info, the event user_change: a person's language and time zone, and that somebody left",
    }
)
"""Every scope the bot asks for, and what would not work without it."""
