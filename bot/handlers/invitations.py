"""Whom an admin invites to connect Toggl, so that reminders and alerts reach them in Slack."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dispatcher import Answer, PushModal, Reply, Request
from bot.domain.receivers import Receiver
from bot.services import invitations
from bot.views import invitations as views
from bot.views.ids import Blocks


def ask(request: Request, others: Sequence[Receiver]) -> Answer:
    """The form, above the modal with those who are not reached."""
    return PushModal(views.form(request.t, others))


async def submit(request: Request) -> Answer:
    """*Invite*: each gets a message from the bot."""
    invited = await invitations.invite(request.context, request.values.get(Blocks.INVITED) or ())
    return Reply(views.sent(request.t, invited=invited.now, before=invited.before))
