"""How a workspace is made, its settings are changed, and people become its admins in Toggl."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain import workspace_settings as settings
from bot.domain.administration import AdministrationStep, Change, Fields
from bot.domain.members import ADMIN
from bot.domain.workspace_settings import Setting
from bot.services.asking import AdminNeeded
from bot.services.change_kinds import Kind, whom_toggl_lets
from bot.services.connections import open_client
from bot.services.context import Context
from bot.services.member_changes import track
from bot.services.roles import is_admin_of
from bot.store import workspaces
from bot.toggl import NotFound

EDIT = "workspace.edit"
OVERRIDE = "workspace.override"
"""A change of settings that cannot be taken back."""
ADMINS = "workspace.admins"
CREATE = "workspace.create"

ORGANIZATION = "organization"
NUMBERS = "numbers"
PEOPLE = "people"
"""What a change knows besides settings: the organization's number, those of the new admins, and their names."""
_START_TODAY = "start-today"


async def read(context: Context, change: Change) -> Fields | None:
    """The settings as they are now, with the role, which the same answer tells. One call. Raises AdminNeeded."""
    try:
        answer = await track(context).settings.get()
    except NotFound:
        return None
    if not await is_admin_of(context, answer):
        raise AdminNeeded(AdministrationStep(change, context.workspace_id))
    return settings.read(answer)


async def _edit(context: Context, change: Change) -> None:
    """One call. A new name is the person's own list's, too."""
    await track(context).settings.update(**_sent(change.fields))
    if Setting.NAME not in change.fields:
        return
    async with context.store.writing() as db:
        chosen = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
        if chosen is not None:
            chosen.name = change.fields[Setting.NAME]
            db.add(chosen)


async def _make_admins(context: Context, change: Change) -> None:
    """Two calls. Who is an admin stays one, whether Toggl takes the list for all of them or for those to add."""
    workspace = track(context)
    there = [user.user_id for user in await workspace.members.afresh() if user.role == ADMIN or user.admin]
    wanted = (change.after or {})[NUMBERS]
    await workspace.settings.update(admins=sorted({*filter(None, there), *wanted}))


async def _create(context: Context, change: Change) -> Change:
    """One call. The settings in what is given back are those that Toggl took."""
    fields = dict(change.after or {})
    name, organization_id, admins = fields.pop(Setting.NAME), fields.pop(ORGANIZATION), fields.pop(NUMBERS, ())
    fields.pop(PEOPLE, None)
    options = {**_sent(fields), **({"admins": admins} if admins else {})}
    client = await open_client(context.store, context.connections, account_id=context.person.account_id)
    made = await client.create_workspace(organization_id, name=name, **options)
    now = settings.read(made)
    taken = {**(change.after or {}), **{name: now[name] for name in fields if name in now}}
    return msgspec.structs.replace(change, subject_id="" if made.id is None else str(made.id), after=taken)


def _sent(fields: Fields) -> dict[str, Any]:
    """The settings as Toggl takes them. A rate without a word about the others counts from today on."""
    sent = dict(fields)
    if Setting.RATE in sent:
        sent[Setting.RATE] = Decimal(sent[Setting.RATE])
        sent.setdefault(Setting.RATE_MODE, _START_TODAY)
    return {str(name): value for name, value in sent.items()}


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        EDIT: Kind(_edit, read=read, inverse=EDIT, may=whom_toggl_lets),
        OVERRIDE: Kind(_edit, read=read, may=whom_toggl_lets),
        ADMINS: Kind(_make_admins),
        CREATE: Kind(_create, may=whom_toggl_lets),
    }
)
