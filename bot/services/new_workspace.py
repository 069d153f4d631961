"""A new workspace in one of the person's organizations, and going over to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain import workspace_settings as settings
from bot.domain.account import Account, LinkedWorkspace
from bot.domain.administration import Change
from bot.domain.workspace_settings import INITIAL, Setting
from bot.services import account as accounts
from bot.services import administered, connect_trial, receivers
from bot.services.connections import open_client
from bot.services.context import Context, NotConnected
from bot.services.workspace_changes import CREATE, NUMBERS, ORGANIZATION, PEOPLE
from bot.services.workspace_settings import Unpaid
from bot.store import workspaces
from bot.toggl import PaidFeature


@dataclass(frozen=True, slots=True)
class Organization:
    """Where a workspace may be made: Toggl tells no names of organizations, so `workspaces` tell it from others."""

    id: int
    workspaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A new workspace. `id` is Track's number, None where Toggl does not show it; `left` is what Toggl did not take."""

    id: int | None
    organization_id: int
    name: str
    left: tuple[Setting, ...] = ()


async def organizations(context: Context) -> tuple[Organization, ...]:
    """The organizations of the person's workspaces, that of the chosen one first. No call. Raises NotConnected."""
    if context.track is None:
        raise NotConnected
    linked = await accounts.get_account(context)
    found: dict[int, list[str]] = {}
    for workspace in (*filter(None, [linked.chosen]), *linked.workspaces):
        names = found.setdefault(workspace.organization_id, [])
        if workspace.name and workspace.name not in names:
            names.append(workspace.name)
    return tuple(Organization(number, tuple(names)) for number, names in found.items())


async def create(
    context: Context, organization_id: int, fields: Mapping[str, Any], admins: Mapping[int, str] | None = None
) -> Made:
    """Make a workspace; of `fields` only what is other than what a new one begins with is sent. One call.

    `admins` are more admins by Track's numbers of them. Raises Unpaid, and what `administration.change` raises.
    """
    initial = {str(setting): value for setting, value in INITIAL.items()}
    chosen = {name: value for name, value in fields.items() if name not in initial or initial[name] != value}
    after = {**chosen, ORGANIZATION: organization_id}
    if admins:
        after |= {PEOPLE: list(admins.values()), NUMBERS: list(admins)}
    change = Change(kind=CREATE, name=fields[Setting.NAME], after=after)
    try:
        made = await administered.make(context, change)
    except PaidFeature as refusal:
        raise Unpaid(settings.unpaid(refusal.words)) from refusal
    number, taken = made.change.subject_id, made.change.after or {}
    left = tuple(setting for setting in Setting if setting in chosen and taken.get(setting) != chosen[setting])
    return Made(int(number) if number else None, organization_id, change.name, left)


async def name_admins(context: Context, numbers: tuple[int, ...]) -> dict[int, str]:
    """People by Track's numbers of them, with their names. At most one call."""
    if not numbers:
        return {}
    known = (await receivers.directory(context)).people
    return {number: known[number].name if number in known else f"#{number}" for number in numbers}


async def switch(context: Context, made: Made) -> Account:
    """Let the person's commands act in the new workspace. Up to two calls: whether each product lets them into it.

    Raises NotFound, Forbidden where Track does not.
    """
    client = await open_client(context.store, context.connections, account_id=context.person.account_id)
    there_now = await client.get_workspace(made.id or 0)
    made = replace(
        made,
        organization_id=there_now.organization_id or made.organization_id,
        name=there_now.name or made.name,
    )
    new = LinkedWorkspace(made.organization_id, name=made.name, focus_id=made.id, track_id=made.id)
    there = context.focus is not None and await connect_trial.is_in_focus(client, new)
    async with context.store.writing() as db:
        kept = await workspaces.save(
            db,
            account_id=context.person.account_id,
            organization_id=made.organization_id,
            name=made.name,
            focus_id=made.id if there else None,
            track_id=made.id,
        )
        # Not by `accounts.choose_workspace`: that may take one of Track alone for the one of Focus that was chosen.
        await workspaces.choose(db, account_id=context.person.account_id, workspace_id=kept.id)
        account = await accounts.read_account(db, account_id=context.person.account_id)
    context.note_change()
    return account
