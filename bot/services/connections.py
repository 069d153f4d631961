"""From a person's stored credentials and chosen workspace to the Toggl client that acts as them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from bot.clock import utc_now
from bot.domain.account import CredentialKind, Product
from bot.store import Credential as StoredCredential
from bot.store import Store, credentials, workspaces
from bot.toggl import Cache, Credential, Endpoints, FocusKey, Ledger, Password, Patience, Toggl, TrackToken, Workspace
from bot.toggl.transport import Http


@dataclass(frozen=True, slots=True)
class Connections:
    """How Toggl is reached on anybody's behalf, and under which address people reach us: one for each process.

    `public_url` has no slash at its end; None where people cannot reach us, and connect in a modal. `changing` is told
    the name of each operation by which Toggl is asked to change something.
    """

    http: Http = field(repr=False)
    endpoints: Endpoints
    ledger: Ledger = field(repr=False)
    cache: Cache = field(repr=False)
    public_url: str | None = None
    clock: Callable[[], datetime] = utc_now
    patience: Patience = field(default_factory=Patience)
    readings: Cache = field(default_factory=lambda: Cache(capacity=100), repr=False)
    """The entries of the latest reports, for the buttons under them: few, because a year's may be thousands."""
    changing: Callable[[str], None] = field(default=lambda _: None, repr=False)

    def toggl(self, *credentials: Credential) -> Toggl:
        """The client that acts with these credentials."""
        return Toggl(
            self.http,
            credentials,
            endpoints=self.endpoints,
            ledger=self.ledger,
            cache=self.cache,
            clock=self.clock,
            patience=self.patience,
            changing=self.changing,
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """The chosen workspace in each product; None where no credential opens it, or no workspace was chosen.

    `id` is the store's number of it.
    """

    focus: Workspace | None = None
    track: Workspace | None = None
    id: int | None = None


async def open_toggl(
    store: Store,
    connections: Connections,
    *,
    account_id: int,
    focus_id: int | None = None,
    workspace_id: int | None = None,
) -> Opened:
    """The person's workspace, as it is connected now: the chosen one, or that with the number `focus_id` in Focus.

    `workspace_id` is the store's number of one of theirs. Credentials are read for each request, so that disconnecting
    counts at once in every process. One that Toggl refused is left aside. Raises KeyLost, StoreUnavailable.
    """
    async with store.reading() as db:
        if focus_id is None:
            chosen = await workspaces.find_current(db, account_id=account_id, workspace_id=workspace_id)
        else:
            chosen = await workspaces.find_in_focus(db, account_id=account_id, focus_id=focus_id)
        stored = await credentials.for_account(db, account_id=account_id) if chosen else ()
    usable = [credential for credential in stored if credential.refused_at is None]
    if chosen is None or not usable:
        return Opened()
    products = frozenset[Product]().union(*(CredentialKind(credential.kind).products for credential in usable))
    workspace = connections.toggl(*map(opened, usable)).workspace(
        chosen.organization_id,
        # Toggl's numbers begin with one: this one is never asked for, because the workspace is then Track's alone.
        chosen.focus_id or 0,
        track_workspace_id=chosen.track_id,
    )
    return Opened(
        focus=workspace if chosen.focus_id is not None and Product.FOCUS in products else None,
        track=workspace if chosen.track_id is not None and Product.TRACK in products else None,
        id=chosen.id,
    )


async def open_client(store: Store, connections: Connections, *, account_id: int) -> Toggl:
    """The person's Toggl, in no workspace. Raises KeyLost, StoreUnavailable."""
    async with store.reading() as db:
        stored = await credentials.for_account(db, account_id=account_id)
    return connections.toggl(*(opened(credential) for credential in stored if credential.refused_at is None))


def opened(stored: StoredCredential) -> Credential:
    """The credential as the client takes it."""
    match CredentialKind(stored.kind):
        case CredentialKind.FOCUS_KEY:
            return FocusKey(stored.secret)
        case CredentialKind.TRACK_TOKEN:
            return TrackToken(stored.secret)
        case CredentialKind.PASSWORD:
            email, password = msgspec.json.decode(stored.secret, type=tuple[str, str])
            return Password(email, password)


def closed(credential: Credential) -> tuple[CredentialKind, str]:
    """(kind, secret) as the store keeps them; `opened` reads them back."""
    match credential:
        case FocusKey(key):
            return CredentialKind.FOCUS_KEY, key
        case TrackToken(token):
            return CredentialKind.TRACK_TOKEN, token
        case Password(email, password):
            return CredentialKind.PASSWORD, msgspec.json.encode((email, password)).decode()
