"""A person's account: what is linked, which workspace their commands act in, and forgetting it all."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.account import Account, Allowance, CredentialKind, LinkedCredential, LinkedWorkspace, Product
from bot.domain.matching import match
from bot.errors import UserError
from bot.i18n import N_
from bot.services import departures, reminder_rows, resting
from bot.services.context import Context, NotConnected
from bot.store import Session, credentials, workspaces
from bot.store import Workspace as WorkspaceRow
from bot.toggl import CredentialRefused
from bot.toggl import Product as TogglProduct


class NoSuchWorkspace(UserError):
    """No workspace of the person's is called that."""

    sentence = N_("None of your Toggl workspaces is called “{words}”. `{toggl} workspace` lists them.")


class WorkspaceGone(UserError):
    """The workspace is no longer among the person's, as after connecting as somebody else."""

    sentence = N_("That workspace is no longer among yours. `{toggl} workspace` lists them as they are now.")


async def get_account(context: Context) -> Account:
    """Everything the person has linked, and what is left of their hour. Raises NotConnected."""
    account = await find_account(context)
    if not account.credentials:
        raise NotConnected
    if account.chosen is None:
        return account
    for credential in account.credentials:
        key = f"{credential.fingerprint}:{account.chosen.organization_id}"
        left = await context.connections.ledger.read(key)
        if left is not None and left.resets_at > context.now:
            return replace(account, allowance=Allowance(left.remaining, left.resets_at))
    return account


async def find_account(context: Context) -> Account:
    """Everything the person has linked; perhaps nothing."""
    async with context.store.reading() as db:
        return await read_account(db, account_id=context.person.account_id)


async def find_workspaces(context: Context, words: str) -> tuple[LinkedWorkspace, ...]:
    """The person's workspaces that `words` may mean, the likeliest first; one where it is clear.

    Raises NotConnected, NoSuchWorkspace.
    """
    account = await get_account(context)
    matches = match(words, [_named(workspace) for workspace in account.workspaces])
    if matches.clear:
        return (matches.clear,)
    if not matches.several:
        raise NoSuchWorkspace(words=words)
    return tuple(matches.several)


async def choose_workspace(context: Context, workspace_id: int) -> Account:
    """Let the person's commands act in the workspace. Raises WorkspaceGone.

    Choosing one that only the other product knows, in the same organization, says that both are one workspace: nothing
    in Toggl tells which belong together.
    """
    account_id = context.person.account_id
    async with context.store.writing() as db:
        account = await read_account(db, account_id=account_id)
        wanted = next((workspace for workspace in account.workspaces if workspace.id == workspace_id), None)
        if wanted is None:
            raise WorkspaceGone
        if account.chosen and account.chosen.completes(wanted):
            joined = account.chosen.joined(wanted)
            await workspaces.save(
                db,
                account_id=account_id,
                organization_id=joined.organization_id,
                name=joined.name,
                focus_id=joined.focus_id,
                track_id=joined.track_id,
            )
        else:
            await workspaces.choose(db, account_id=account_id, workspace_id=workspace_id)
        await resting.take_up(db, account_id, now=context.now)
        await reminder_rows.read_soon(db, account_id=account_id, now=context.now)
        account = await read_account(db, account_id=account_id)
    context.note_change()
    return account


async def disconnect(context: Context) -> Account:
    """Forget everything of the person's at once, and give what was forgotten. Raises NotConnected."""
    async with context.store.writing() as db:
        forgotten = await read_account(db, account_id=context.person.account_id)
        await departures.forget(db, context.person.account_id, now=context.now)
    context.connections.readings.drop(context.person.account_id)
    context.note_change()
    if not forgotten.credentials:
        raise NotConnected
    return forgotten


async def mark_refused(context: Context, refusal: CredentialRefused) -> bool:
    """Leave the credential aside that Toggl refused. True the first time, when the person has to be told."""
    account_id, product = context.person.account_id, product_of(refusal)
    async with context.store.writing() as db:
        account = await read_account(db, account_id=account_id)
        used = account.find_credential(product)
        if used is None:
            return False
        return await credentials.mark_refused(db, account_id=account_id, fingerprint=used.fingerprint, now=context.now)


async def refused_key(context: Context, refusal: CredentialRefused) -> str | None:
    """The fingerprint of the credential that Toggl refused; None where it is not there any more."""
    used = (await find_account(context)).find_credential(product_of(refusal))
    return used.fingerprint if used else None


def product_of(refusal: CredentialRefused) -> Product:
    """The product that did not accept the credential."""
    return Product.FOCUS if refusal.values["product"] == TogglProduct.FOCUS.value else Product.TRACK


async def read_account(db: Session, *, account_id: int) -> Account:
    """What is linked, without opening the secrets: they need not be readable to be replaced or forgotten."""
    stored = await credentials.summaries(db, account_id=account_id)
    rows = await workspaces.for_account(db, account_id=account_id)
    chosen = await workspaces.find_chosen(db, account_id=account_id)
    return Account(
        credentials=tuple(
            LinkedCredential(CredentialKind(row.kind), row.label, row.fingerprint, row.created_at, row.refused_at)
            for row in stored
        ),
        workspaces=tuple(kept_workspace(row) for row in rows),
        chosen=kept_workspace(chosen) if chosen else None,
    )


def _named(workspace: LinkedWorkspace) -> LinkedWorkspace:
    """The workspace under what people can call it: its number, where Focus keeps its name to itself."""
    return workspace if workspace.name else replace(workspace, name=str(workspace.focus_id))


def kept_workspace(row: WorkspaceRow) -> LinkedWorkspace:
    """The workspace in a row of the store."""
    return LinkedWorkspace(row.organization_id, row.name, row.focus_id, row.track_id, row.id)
