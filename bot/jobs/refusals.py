"""Toggl does not take a person's credential any more: they are told once, whichever job found it out."""

from __future__ import annotations

from bot.i18n import Translator
from bot.jobs.job import Outgoing
from bot.services.account import product_of, refused_key
from bot.services.context import Context
from bot.toggl import CredentialRefused
from bot.views import reminder_messages


async def told(context: Context, t: Translator, refusal: CredentialRefused) -> tuple[str | None, tuple[Outgoing, ...]]:
    """The refused credential's fingerprint, and the message with *Reconnect*; none where it is gone meanwhile."""
    account_id = context.person.account_id
    fingerprint = await refused_key(context, refusal)
    if fingerprint is None:
        return None, ()
    post = Outgoing(
        key=f"refused:{account_id}:{fingerprint}",
        account_id=account_id,
        message=reminder_messages.reconnect(t, product_of(refusal).value),
        repeatable=False,
    )
    return fingerprint, (post,)
