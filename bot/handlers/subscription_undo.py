"""What is shown where a change to a channel's project updates was taken back: to the person, and in the channel."""

from __future__ import annotations

from bot.dispatcher import Answer, Post, Request
from bot.i18n import Mrkdwn
from bot.services import undo
from bot.services.undo import SubscriptionStep
from bot.views import channel_settings
from bot.views import subscription_answers as views


def taken_back(request: Request, step: SubscriptionStep) -> Answer:
    """`step` was undone."""
    channel_id, now = _now(request, step)
    receipt = views.taken_back(request.t, now)
    return Post(
        channel_id=channel_id,
        message=views.took_back(request.t, request.context.person.user_id, now),
        receipt=receipt,
        unposted=views.unposted(request.t, receipt),
        replace=True,
    )


def _now(request: Request, step: SubscriptionStep) -> tuple[str, Mrkdwn]:
    match step:
        case undo.SubscriptionUndo(did=did):
            return step.about.channel_id, views.again(request.t, did, step.about)
        case undo.ChannelSettingsUndo(channel_id=channel_id):
            return channel_id, channel_settings.again(request.t, channel_id)
        case undo.MuteUndo(channel_id, _, name, muted):
            return channel_id, views.muted_again(request.t, name, channel_id, was_muted=muted)
