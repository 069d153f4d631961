"""The settings of the chosen workspace: looked at, changed, and undone; and making people its admins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain import workspace_settings as settings
from bot.domain.administration import Change
from bot.domain.workspace_settings import Setting
from bot.errors import UserError
from bot.i18n import N_
from bot.services import administered, receivers
from bot.services.administered import Changed
from bot.services.context import Context, NotConnected
from bot.services.entry_changes import NothingToSave
from bot.services.member_changes import everybody, track
from bot.services.roles import ADMIN
from bot.services.workspace_changes import ADMINS, EDIT, NUMBERS, OVERRIDE, PEOPLE
from bot.store import workspaces
from bot.toggl import PaidFeature


class NobodyChosen(UserError):
    """The form was sent without anybody in it."""

    sentence = N_("Choose at least one person.")


class Unpaid(UserError):
    """The plan does not include one of the changed settings; Toggl then saves none. `setting` may be unknown."""

    sentence = N_(
        "Your Toggl plan does not include this, so Toggl saved nothing. Change it back to save the rest; the "
        "owner of the organization can change the plan in Toggl."
    )

    def __init__(self, setting: Setting | None) -> None:
        super().__init__()
        self.setting = setting


@dataclass(frozen=True, slots=True)
class Look:
    """A workspace's settings as Toggl has them; whether its plan is a paid one; whether the person is an admin."""

    id: int
    name: str
    fields: Mapping[str, Any]
    paid: bool
    admin: bool


async def look(context: Context) -> Look:
    """The settings as they are now. One call. Raises NotConnected, TogglError."""
    answer = await track(context).settings.get()
    fields = settings.read(answer)
    admin = answer.admin is True or answer.role == ADMIN
    paid = answer.premium is not False or answer.business_ws is True
    return Look(answer.id or 0, fields[Setting.NAME], fields, paid, admin)


def wanted(workspace_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """What saving a form would change, filled from `before` and left with `after`. Raises NothingToSave."""
    differ = {name: value for name, value in after.items() if name not in before or before[name] != value}
    if Setting.RATE not in differ:
        differ.pop(Setting.RATE_MODE, None)
    if not differ:
        raise NothingToSave
    kind = OVERRIDE if settings.is_final(differ) else EDIT
    after = {**before, **differ}
    return Change(kind=kind, subject_id=str(workspace_id), name=before[Setting.NAME], before=dict(before), after=after)


async def save(context: Context, change: Change) -> Changed:
    """Save what `wanted` gave. Three calls. Raises Unpaid, and what `administration.change` raises."""
    try:
        return await administered.make(context, change)
    except PaidFeature as refusal:
        raise Unpaid(settings.unpaid(refusal.words)) from refusal


async def admins(context: Context) -> tuple[str, ...]:
    """Who is an admin, by name. Two calls, or none for ten minutes."""
    return tuple(member.name for member in await everybody(context) if member.role == ADMIN)


async def make_admins(context: Context, numbers: Sequence[int]) -> Changed:
    """Make people admins, by Track's numbers of them. Up to four calls.

    Raises NobodyChosen, and what `administration.change` raises.
    """
    if not numbers:
        raise NobodyChosen
    known = (await receivers.directory(context)).people
    names = [known[number].name if number in known else f"#{number}" for number in numbers]
    async with context.store.reading() as db:
        chosen = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
    if chosen is None:
        raise NotConnected
    after = {PEOPLE: names, NUMBERS: sorted(numbers)}
    change = Change(kind=ADMINS, subject_id=str(chosen.track_id), name=chosen.name, after=after)
    return await administered.make(context, change)
