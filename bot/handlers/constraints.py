"""What every time entry of the workspace must have."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.services import constraints
from bot.views import constraints as views


async def show(request: Request) -> Answer:
    """`/toggl constraints`: in words, and where to change it."""
    name, rules = await constraints.look(request.context)
    return Reply(views.rules(request.t, name, rules))
