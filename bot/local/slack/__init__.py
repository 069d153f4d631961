"""A Slack for one browser: Slack's Web API and deliveries on this machine, its rules enforced."""

from bot.local.slack.app import create_app

__all__ = ["create_app"]
