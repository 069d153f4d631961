"""The page of the local Slack: a Slack for one browser."""

from __future__ import annotations

from bot.local.slack.page.addresses import HINT, routes

__all__ = ["HINT", "routes"]
