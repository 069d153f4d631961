"""The *Resume* button under the message that something scheduled had to be paused."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.services import schedules
from bot.views import schedules as views


async def resume(request: Request) -> Answer:
    """Take it up again."""
    resumed = await schedules.resume(request.context, int(request.value))
    return Reply(views.resumed(request.t, channel_id=resumed.channel_id, at=resumed.at))
