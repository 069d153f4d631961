"""Whom an admin invites to connect Toggl, so that reminders and alerts reach them in Slack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, OpenModal, PushModal, Reply, Request
from bot.domain.receivers import Receiver
from bot.services import invitations, workspace_reminders
from bot.views import invitations as views
from bot.views import workspace_reminders as told
from bot.views.ids import Blocks


def ask(request: Request, others: Sequence[Receiver]) -> Answer:
    """The form, above the modal with those who are not reached."""
    return PushModal(views.form(request.t, others))


async def ask_unreached(request: Request) -> Answer:
    """*Invite them…* in the message to an admin: the form with those whom their workspace's reminders do not reach."""

    async def fill() -> tuple[View, Mapping[str, Any]]:
        others = await workspace_reminders.unreached(request.context, int(request.value))
        return (views.form(request.t, others) if others else told.everybody(request.t)), {}

    return OpenModal(told.looking(request.t), fill=fill)


async def submit(request: Request) -> Answer:
    """*Invite*: each gets a message from the bot."""
    invited = await invitations.invite(request.context, request.values.get(Blocks.INVITED) or ())
    return Reply(views.sent(request.t, invited=invited.now, before=invited.before))
