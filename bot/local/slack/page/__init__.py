"""The page of the local Slack: a Slack for one browser."""

from __future__ import annotations

from bot.local.slack.page.addresses import routes

__all__ = ["routes"]
