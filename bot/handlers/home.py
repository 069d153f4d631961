"""The App Home: shown when it is opened, kept up to date with what changes."""

from __future__ import annotations

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Done, PublishHome, Request
from bot.services import home
from bot.services.context import Context
from bot.views import home as views

TAB = "home"


async def opened(request: Request) -> Answer:
    """Slack says that somebody opened the app: its Home, or its Messages tab, where there is nothing to do."""
    if request.payload.get("event", {}).get("tab") != TAB:
        return Done()
    await home.note_opened(request.context)
    return _published(request, request.context)


async def refresh(request: Request) -> Answer:
    """*Refresh*: what changed elsewhere."""
    await home.note_opened(request.context)
    return _published(request, request.context)


async def changed(request: Request, said: str) -> Answer:
    """Something of the person's was changed, and `said` (mrkdwn) told of it: a Home that is looked at shows it."""
    if not await home.note_change(request.context, said):
        return Done()
    return _published(request, home.unasked(request.context))


def _published(request: Request, context: Context) -> Answer:
    async def compose() -> View:
        shown = await home.read(context, first_weekday=request.t.first_weekday)
        return views.home(request.t, shown)

    return PublishHome(compose)
