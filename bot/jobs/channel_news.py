"""Tells a subscriber what happened to a channel that follows projects with their Toggl account."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.jobs.job import Due, Office, Outgoing, Prepared
from bot.store import accounts
from bot.views import subscription_notices as views


async def tell(office: Office, due: Due) -> Prepared:
    """One direct message; nothing where the person is not known any more."""
    settings, account_id = due.schedule.settings, due.schedule.account_id
    async with office.store.reading() as db:
        account = None if account_id is None else await accounts.find_by_id(db, account_id)
    if account is None:
        return Prepared()
    t = office.translator(account.locale, zone=ZoneInfo(account.zone), now=due.now)
    message = views.channel_news(t, settings["what"], settings["channel"], settings["n"])
    key = f"channel:{settings['what']}:{settings['channel']}:{account.id}:{due.at.isoformat()}"
    return Prepared(posts=(Outgoing(key=key, account_id=account.id, message=message, repeatable=False),))
