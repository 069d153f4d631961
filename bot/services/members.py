"""The people of a workspace: looked up, changed, deactivated and removed."""

from __future__ import annotations

from bot.domain.members import Member, Page, Wanted, page_of
from bot.errors import UserError
from bot.i18n import N_
from bot.services.context import Context
from bot.services.member_changes import everybody


class MemberGone(UserError):
    """The person is not in the workspace any more."""

    sentence = N_("That person is not in the workspace any more. Nothing was saved.")


async def page(context: Context, wanted: Wanted, number: int) -> Page:
    """Some of those who are wanted: two calls, or none for ten minutes. Raises NotConnected, TogglError."""
    return page_of(await everybody(context), wanted, number)


async def get(context: Context, membership: int) -> Member:
    """One of them. Raises MemberGone."""
    for member in await everybody(context):
        if member.membership == membership:
            return member
    raise MemberGone
