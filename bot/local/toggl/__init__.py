"""A Toggl that answers as the documents say."""

from bot.local.toggl.app import create_app
from bot.local.toggl.local import LocalToggl

__all__ = ["LocalToggl", "create_app"]
