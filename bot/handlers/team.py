"""Who is tracking now, and agreeing to be shown oneself."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.services import team as teams
from bot.views import team as views


async def team(request: Request) -> Answer:
    """`/track team`: those who agreed; always said to the asker alone."""
    return Reply(views.team(request.t, await teams.look(request.context)))


async def agree(request: Request) -> Answer:
    """*Show what I am tracking*."""
    await teams.agree(request.context)
    return Reply(views.agreed(request.t), replace=True)


async def withdraw(request: Request) -> Answer:
    """*Do not show me any more*."""
    await teams.withdraw(request.context)
    return Reply(views.withdrawn(request.t), replace=True)
