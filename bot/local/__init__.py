"""Local stand-ins for Slack and Toggl: how a newcomer tries the bot, and the wire at which tests fake the world."""
