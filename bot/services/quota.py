"""What is left of the person's hourly calls: as Toggl says it now, or as it last said it with an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.account import Account, Product
from bot.domain.quotas import CallsLeft
from bot.services import account as accounts
from bot.services.connections import opened
from bot.services.context import Context
from bot.store import credentials
from bot.toggl import Toggl, TogglError
from bot.toggl.models import QuotaLeft


async def read(context: Context) -> tuple[CallsLeft, ...]:
    """What is left in each organization of the person's; nothing where Toggl has not told yet. Raises NotConnected.

    Track is asked where the person has a credential for it: that call is counted apart. Otherwise, and where it does
    not say, what came with the last answers counts.
    """
    account = await accounts.get_account(context)
    told = await _asked(context) if Product.TRACK in account.products else ()
    now = context.now
    left = {
        answer.organization_id: CallsLeft(
            answer.organization_id,
            _names(account, answer.organization_id),
            answer.remaining,
            now + timedelta(seconds=answer.resets_in_secs),
            answer.total,
        )
        for answer in told
        if answer.organization_id is not None and answer.remaining is not None and answer.resets_in_secs is not None
    }
    for kept in await _kept(context, account):
        left.setdefault(kept.organization_id, kept)
    return tuple(left.values())


async def _asked(context: Context) -> tuple[QuotaLeft, ...]:
    try:
        return await (await _toggl(context)).get_my_quota()
    except TogglError:
        return ()  # a companion: where it is not served, the ledger knows as much


async def _toggl(context: Context) -> Toggl:
    async with context.store.reading() as db:
        stored = await credentials.for_account(db, account_id=context.person.account_id)
    return context.connections.toggl(*(opened(one) for one in stored if one.refused_at is None))


async def _kept(context: Context, account: Account) -> Iterable[CallsLeft]:
    found: dict[int, CallsLeft] = {}
    for organization_id in dict.fromkeys(workspace.organization_id for workspace in account.workspaces):
        for credential in account.credentials:
            said = await context.connections.ledger.read(f"{credential.fingerprint}:{organization_id}")
            if said is not None and said.resets_at > context.now:
                names = _names(account, organization_id)
                found[organization_id] = CallsLeft(organization_id, names, said.remaining, said.resets_at)
    return found.values()


def _names(account: Account, organization_id: int) -> tuple[str, ...]:
    theirs = (one for one in account.workspaces if one.organization_id == organization_id)
    return tuple(one.name for one in theirs if one.name)
