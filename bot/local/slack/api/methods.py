"""Every Web API method this Slack answers, with its scopes, its tier and whether it reads JSON: one table."""

from __future__ import annotations

from bot.local.slack.api import about, chat, conversations, files, users, views
from bot.local.slack.api.call import Method

TIER_2, TIER_3, TIER_4 = 20, 50, 100
SPECIAL = 300

METHODS: dict[str, Method] = {
    "api.test": Method(about.api_test, (), TIER_4),
    "auth.test": Method(about.auth_test, (), SPECIAL),
    "auth.revoke": Method(about.auth_revoke, (), TIER_3, json=False),
    "apps.connections.open": Method(about.open_connection, (), TIER_2, json=False, app_level=True),
    "apps.uninstall": Method(about.apps_uninstall, (), TIER_3, json=False),
    "bots.info": Method(users.bots_info, ("users:read",), TIER_3, json=False),
    "chat.delete": Method(chat.delete, ("chat:write",), TIER_3),
    "chat.deleteScheduledMessage": Method(chat.delete_scheduled_message, ("chat:write",), TIER_3),
    "chat.getPermalink": Method(chat.get_permalink, (), SPECIAL, json=False),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",), TIER_4),
    "chat.postMessage": Method(chat.post_message, ("chat:write",), SPECIAL),
    "chat.scheduleMessage": Method(chat.schedule_message, ("chat:write",), TIER_3),
    "chat.scheduledMessages.list": Method(chat.list_scheduled_messages, (), TIER_3),
    "chat.update": Method(chat.update, ("chat:write",), TIER_3),
    "conversations.history": Method(conversations.history, (), TIER_3, json=False),
    "conversations.info": Method(conversations.info, (), TIER_3, json=False),
    "conversations.join": Method(conversations.join, ("channels:join",), TIER_3),
    "conversations.list": Method(conversations.list_all, (), TIER_2, json=False),
    "conversations.members": Method(conversations.members, (), TIER_4, json=False),
    "conversations.open": Method(conversations.open_dm, (), TIER_3),
    "conversations.replies": Method(conversations.replies, (), TIER_3, json=False),
    "dnd.info": Method(users.dnd_info, ("dnd:read",), TIER_3, json=False),
    "dnd.teamInfo": Method(users.dnd_team_info, ("dnd:read",), TIER_2, json=False),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",), TIER_4),
    "files.delete": Method(files.delete, ("files:write",), TIER_3),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",), TIER_4, json=False),
    "files.info": Method(files.info, ("files:read",), TIER_4, json=False),
    "reactions.add": Method(conversations.add_reaction, ("reactions:write",), TIER_3),
    "reactions.remove": Method(conversations.remove_reaction, ("reactions:write",), TIER_2),
    "team.info": Method(users.team_info, ("team:read",), TIER_3, json=False),
    "users.conversations": Method(conversations.list_of_user, (), TIER_3, json=False),
    "users.info": Method(users.info, ("users:read",), TIER_4, json=False),
    "users.list": Method(users.list_all, ("users:read",), TIER_2, json=False),
    "users.lookupByEmail": Method(users.lookup_by_email, ("users:read.email",), TIER_3, json=False),
    "views.open": Method(views.open_view, (), TIER_4),
    "views.publish": Method(views.publish, (), TIER_4),
    "views.push": Method(views.push_view, (), TIER_4),
    "views.update": Method(views.update, (), TIER_4),
}
