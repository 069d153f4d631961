"""How a channel is told of project updates: the form with its settings."""

from __future__ import annotations

import msgspec

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Post, Request, UpdateModal, channel_of
from bot.domain.subscriptions import ChannelSettings
from bot.services import channel_settings, subscriptions
from bot.views import channel_settings as views
from bot.views.subscription_answers import unposted


async def open_form(request: Request) -> Answer:
    """*Settings…* under a message, or `/project subscriptions settings` in the channel."""
    channel_id = channel_of(request.value or request.context.channel_id)
    channel = await subscriptions.channel(request.context, channel_id)
    view = views.form(request.t, channel_id, channel.settings, set_by=channel.set_by)
    return OpenModal(view, _data(channel_id, channel.settings, turn=0))


async def submit(request: Request) -> Answer:
    """*Save*."""
    channel_id: str = request.data["channel"]
    seen = msgspec.convert(request.data["seen"], type=ChannelSettings)
    turn: int = request.data["turn"]
    entered = views.read(request.t, request.values, seen, turn=turn)
    if not isinstance(entered, ChannelSettings):
        return FieldErrors(entered)
    try:
        saved = await channel_settings.save(request.context, channel_id, entered, seen=seen)
    except channel_settings.SettingsChanged as changed:
        now = await subscriptions.channel(request.context, channel_id)
        alert = request.t.md(changed.sentence)
        view = views.form(request.t, channel_id, now.settings, set_by=now.set_by, alert=alert, turn=turn + 1)
        return UpdateModal(view, _data(channel_id, now.settings, turn=turn + 1))
    receipt = views.saved(request.t, channel_id, saved.after, undo_id=saved.undo_id)
    return Post(
        channel_id=channel_id,
        message=views.announced(request.t, channel_id, saved.after, request.context.person.user_id),
        receipt=receipt,
        unposted=unposted(request.t, receipt),
    )


async def suggest_zones(request: Request) -> Answer:
    """The typeahead of time zones."""
    return Choices(views.zone_options(request.text, first=request.context.person.zone.key, now=request.now))


def _data(channel_id: str, settings: ChannelSettings, *, turn: int) -> dict[str, object]:
    return {"channel": channel_id, "seen": msgspec.to_builtins(settings), "turn": turn}
