"""Who a person in Slack is in Toggl, as the account they linked themselves says."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.account import Identity
from bot.errors import UserError
from bot.i18n import N_, mention
from bot.services.context import Context
from bot.store import accounts, credentials, workspaces
from bot.toggl import Forbidden, NotFound


class NotLinked(UserError):
    """The colleague has no Toggl account connected here, or one of another organization."""

    sentence = N_(
        "{person} has not connected a Toggl account of your organization here, so I cannot tell whose time it is. "
        "Nothing was logged. They connect with `{toggl} connect`."
    )


class NotNamed(UserError):
    """Toggl does not say which of its people the linked account is."""

    sentence = N_("Toggl does not tell me who {person} is in Toggl. Nothing was logged. Log it in Toggl itself.")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else: their id in Slack, and in Toggl Focus."""

    user_id: str
    toggl_user_id: int


async def find_colleague(context: Context, user_id: str) -> Colleague | None:
    """The person `user_id` of Slack; None for oneself. At most one call to Toggl. Raises NotLinked, NotNamed.

    They are found by the name and address that Toggl gave when they connected, among the people whom the caller sees.
    """
    if not user_id or user_id == context.person.user_id:
        return None
    named = {"person": mention(user_id)}
    label = await _label(context, user_id)
    if label is None:
        raise NotLinked(**named)
    try:
        users = await context.toggl.members.list_organization_users()
    except (Forbidden, NotFound):
        raise NotNamed(**named) from None
    same = {
        user.user_account_id
        for user in users
        if user.user_account_id and label and label == Identity(user.called or "", user.email or "").label
    }
    if len(same) != 1:
        raise NotNamed(**named)
    return Colleague(user_id, same.pop())


async def _label(context: Context, user_id: str) -> str | None:
    """What Toggl called the linked account; None where none of the caller's organization is linked."""
    person = context.person
    async with context.store.reading() as db:
        theirs = await accounts.find(db, tenant_id=person.tenant_id, user_id=user_id)
        if theirs is None:
            return None
        stored = await credentials.summaries(db, account_id=theirs.id)
        known = await workspaces.for_account(db, account_id=theirs.id)
        mine = await workspaces.find_current(db, account_id=person.account_id, workspace_id=context.workspace_id)
    if not stored or mine is None or mine.organization_id not in {row.organization_id for row in known}:
        return None
    return next((credential.label for credential in stored if credential.label), "")
