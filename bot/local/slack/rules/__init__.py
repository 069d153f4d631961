"""Slack's rules for what an app sends, as pure functions: [] when Slack would accept it."""

from bot.local.slack.rules.blocks import check_blocks
from bot.local.slack.rules.messages import check_message
from bot.local.slack.rules.options import check_options
from bot.local.slack.rules.schema import Problem
from bot.local.slack.rules.views import check_errors, check_view

__all__ = ["Problem", "check_blocks", "check_errors", "check_message", "check_options", "check_view"]
