"""Sends an invitation to connect Toggl."""

from __future__ import annotations

from bot.jobs.job import Due, Office, Outgoing, Prepared
from bot.services.invitations import key
from bot.store import accounts
from bot.views import invitations as views


async def send(office: Office, due: Due) -> Prepared:
    """One message to one person in Slack, in their language where it is known, else the inviter's."""
    settings = due.schedule.settings
    invited = settings["invited"]
    async with office.store.reading() as db:
        account = await accounts.find(db, tenant_id=due.schedule.tenant_id, user_id=invited)
    t = office.translator(account.locale if account else settings["locale"], now=due.now)
    message = views.invitation(t, settings["inviter"])
    return Prepared(posts=(Outgoing(key=key(invited), channel_id=invited, message=message, repeatable=False),))
