"""Connecting a person to Toggl: a credential is tried and offered, and counts by their word that it is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.account import Account, LinkedWorkspace, join_workspaces
from bot.errors import UserError
from bot.i18n import N_
from bot.services import reminder_rows, resting
from bot.services.account import WorkspaceGone, kept_workspace, read_account
from bot.services.connect_form import Attempt, SecretRefused
from bot.services.connect_links import LinkGone, Pending
from bot.services.connect_offer import Offer
from bot.services.connect_trial import Proof, try_credential
from bot.services.connections import Connections
from bot.services.context import Context
from bot.store import Account as Owner
from bot.store import Session, Store, Ticket, accounts, credentials, quotas, tickets, workspaces
from bot.toggl import CredentialRefused

TRIES_AT_ONCE, TRY_EVERY = 10, timedelta(minutes=3)
"""How many credentials one person may try, through whatever links, and how often after that."""


class TriedTooOften(UserError):
    """Toggl refused the credentials that were tried through this link, and so does the link now."""

    sentence = N_(
        "That failed too many times, so this link no longer works. Type {toggl} connect in Slack for a new one."
    )


class TriedTooFast(UserError):
    """The person tried more credentials than anybody has: nobody is to guess others' passwords through here."""

    sentence = N_(
        "Too many credentials were tried in a short time, so this one was not sent to Toggl. "
        "Please try again in a few minutes."
    )


class AlreadyAnswered(UserError):
    """The question whether a credential is the person's was answered before, or nobody answered it in time."""

    sentence = N_("That was already answered, or it is too late.")

    def __init__(self, *, confirmed: bool) -> None:
        super().__init__()
        self.confirmed = confirmed


@dataclass(frozen=True, slots=True)
class Offered:
    """A credential that Toggl knows, waiting for the word of `owner`."""

    ticket_id: int
    owner: Owner
    proof: Proof


@dataclass(frozen=True, slots=True)
class Connected:
    """The person is connected. `pending` runs now; where `choice` is set, only when a workspace was chosen with it."""

    account: Account
    pending: Pending | None = field(default=None, repr=False)
    choice: int | None = None


async def submit(store: Store, connections: Connections, token: str, attempt: Attempt, *, now: datetime) -> Offered:
    """Try the credential and, if Toggl knows it, keep it sealed until the link's owner confirms it.

    Of several at once, one is tried. Where it fails nothing is kept, and the link works again. Raises LinkGone,
    TriedTooOften, TriedTooFast, FieldProblem, TogglError.
    """
    async with store.writing() as db:
        ticket = await tickets.claim(db, token, now=now)
        owner = await accounts.find_by_id(db, ticket.account_id) if ticket else None
    if ticket is None or owner is None:
        raise LinkGone
    try:
        proof = await _try(store, connections, attempt, account_id=owner.id, now=now)
    except Exception as failed:
        async with store.writing() as db:
            again = await tickets.release(db, ticket.id)
        if not again and isinstance(failed, UserError):
            raise TriedTooOften from failed
        raise
    await _keep_offer(store, ticket.id, attempt, proof, owner=owner, now=now)
    return Offered(ticket.id, owner, proof)


async def connect_here(context: Context, ticket_id: int, attempt: Attempt) -> Connected:
    """Connect from a modal: who fills it in is the person in Slack, so it counts at once.

    Raises TriedTooFast, FieldProblem, TogglError, AlreadyAnswered.
    """
    account_id = context.person.account_id
    proof = await _try(context.store, context.connections, attempt, account_id=account_id, now=context.now)
    async with context.store.writing() as db:
        owner = await accounts.find_by_id(db, account_id)
        ticket = await tickets.find_by_id(db, ticket_id, account_id=account_id)
        kept = ticket.id if ticket else (await tickets.create(db, account_id=account_id, now=context.now)).id
    if owner is None:
        raise LinkGone
    await _keep_offer(context.store, kept, attempt, proof, owner=owner, now=context.now)
    return await confirm(context, kept)


async def confirm(context: Context, ticket_id: int) -> Connected:
    """The person says that the credential is theirs: from now on it counts. Raises AlreadyAnswered."""
    person, now = context.person, context.now
    async with context.store.writing() as db:
        ticket = await _confirmed(db, ticket_id, account_id=person.account_id, now=now)
        offer = Offer.load(ticket.offer)
        await _replace_stranger(db, offer, account_id=person.account_id)
        await credentials.save(
            db,
            account_id=person.account_id,
            kind=offer.kind,
            secret=offer.secret,
            label=offer.label,
            fingerprint=offer.fingerprint,
            now=now,
        )
        await _save_workspaces(db, offer.workspaces, account_id=person.account_id)
        await resting.take_up(db, person.account_id, now=now)
        account = await read_account(db, account_id=person.account_id)
        if account.chosen is None:
            choice = await _keep_waiting(db, ticket.pending, account_id=person.account_id, now=now)
            return Connected(account, choice=choice)
        await reminder_rows.read_soon(db, account_id=person.account_id, now=now)
    context.note_change()
    return Connected(account, ticket.pending)


async def wait_for_choice(context: Context, pending: Pending | None) -> int:
    """The ticket with which the person chooses their first workspace; `pending` runs then."""
    async with context.store.writing() as db:
        return await _keep_waiting(db, pending, account_id=context.person.account_id, now=context.now)


async def choose_first(context: Context, ticket_id: int, workspace_id: int) -> Connected:
    """The person chose the workspace to begin with. Raises AlreadyAnswered, WorkspaceGone."""
    person = context.person
    async with context.store.writing() as db:
        ticket = await _confirmed(db, ticket_id, account_id=person.account_id, now=context.now)
        if not await workspaces.choose(db, account_id=person.account_id, workspace_id=workspace_id):
            raise WorkspaceGone
        await resting.take_up(db, person.account_id, now=context.now)
        await reminder_rows.read_soon(db, account_id=person.account_id, now=context.now)
        account = await read_account(db, account_id=person.account_id)
    context.note_change()
    return Connected(account, ticket.pending)


async def decline(context: Context, ticket_id: int) -> None:
    """The person says that it was not they: forget the credential. Raises AlreadyAnswered where it counts already."""
    async with context.store.writing() as db:
        ticket = await tickets.find_by_id(db, ticket_id, account_id=context.person.account_id)
        if ticket is None or ticket.confirmed_at is not None:
            raise AlreadyAnswered(confirmed=ticket is not None)
        await tickets.decline(db, ticket_id, account_id=context.person.account_id)


async def withdraw(store: Store, offered: Offered) -> None:
    """Forget an offer of which its owner could not be told."""
    async with store.writing() as db:
        await tickets.decline(db, offered.ticket_id, account_id=offered.owner.id)


async def _try(store: Store, connections: Connections, attempt: Attempt, *, account_id: int, now: datetime) -> Proof:
    async with store.writing() as db:
        if await quotas.reserve(db, f"tries:{account_id}", now=now, interval=TRY_EVERY, burst=TRIES_AT_ONCE):
            raise TriedTooFast
        known = [kept_workspace(row) for row in await workspaces.for_account(db, account_id=account_id)]
    try:
        return await try_credential(connections.toggl(attempt.credential), attempt, known)
    except CredentialRefused as refusal:
        raise SecretRefused(attempt.secret_field) from refusal


async def _keep_offer(
    store: Store, ticket_id: int, attempt: Attempt, proof: Proof, *, owner: Owner, now: datetime
) -> None:
    async with store.writing() as db:
        if await tickets.find_by_id(db, ticket_id, account_id=owner.id) is None:
            # The person disconnected in the meantime.
            raise LinkGone
        await tickets.offer(db, ticket_id, offer=Offer.of(attempt.credential, proof).dump(), now=now)


async def _confirmed(db: Session, ticket_id: int, *, account_id: int, now: datetime) -> Ticket:
    ticket = await tickets.confirm(db, ticket_id, account_id=account_id, now=now)
    if ticket is None:
        earlier = await tickets.find_by_id(db, ticket_id, account_id=account_id)
        raise AlreadyAnswered(confirmed=earlier is not None and earlier.confirmed_at is not None)
    return ticket


async def _replace_stranger(db: Session, offer: Offer, *, account_id: int) -> None:
    """Where a credential takes the place of another person's, the workspaces that only the other one opened go."""
    stored = (await read_account(db, account_id=account_id)).credentials
    replaced = next((credential for credential in stored if credential.kind is offer.kind), None)
    if replaced is None or replaced.label == offer.label:
        return
    others = frozenset(product for other in stored if other is not replaced for product in other.kind.products)
    for row in await workspaces.for_account(db, account_id=account_id):
        if not kept_workspace(row).products & others:
            await workspaces.forget(db, account_id=account_id, workspace_id=row.id)


async def _save_workspaces(db: Session, found: Sequence[LinkedWorkspace], *, account_id: int) -> None:
    """Keep what was found beside what is known, and choose where there is no choice."""
    known = [kept_workspace(row) for row in await workspaces.for_account(db, account_id=account_id)]
    kept = [
        await workspaces.save(
            db,
            account_id=account_id,
            organization_id=workspace.organization_id,
            name=workspace.name,
            focus_id=workspace.focus_id,
            track_id=workspace.track_id,
        )
        for workspace in join_workspaces(known, found)
    ]
    if len(kept) == 1:
        await workspaces.choose(db, account_id=account_id, workspace_id=kept[0].id)


async def _keep_waiting(db: Session, pending: Pending | None, *, account_id: int, now: datetime) -> int:
    """A ticket that keeps `pending` until the workspace is chosen, and that can be confirmed once."""
    ticket = await tickets.create(db, account_id=account_id, now=now, pending=pending)
    await tickets.offer(db, ticket.id, offer={}, now=now)
    return ticket.id
