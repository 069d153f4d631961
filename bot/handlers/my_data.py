"""What is stored of the person, as a file, and what is left of their hourly calls."""

from __future__ import annotations

from bot.dispatcher import Answer, Reply, Request
from bot.dispatcher.answers import File
from bot.services import export as exports
from bot.services import quota as quotas
from bot.views import export as views
from bot.views import quota as quota_views


async def export(request: Request) -> Answer:
    """`/toggl export`: everything stored of mine, to my DM."""
    made = await exports.make(request.context)
    name = f"toggl-in-slack-{request.now.astimezone(request.t.zone).date().isoformat()}.json"
    return Reply(
        views.sent(request.t, name, made.things),
        files=(File(name, made.content, request.t("Everything stored about you")),),
        without_files=views.refused(request.t, name),
    )


async def quota(request: Request) -> Answer:
    """`/toggl quota`: what is left of my calls, and when it starts again."""
    return Reply(quota_views.left(request.t, await quotas.read(request.context)))
