"""A credential that works, as it waits sealed in a ticket for the word of its owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.domain.account import CredentialKind, Identity, LinkedWorkspace
from bot.services.connect_trial import Proof
from bot.services.connections import closed
from bot.toggl import Credential, fingerprint


class Place(msgspec.Struct, frozen=True):
    """A workspace that the credential opens."""

    organization_id: int
    name: str
    focus_id: int | None
    track_id: int | None


class Offer(msgspec.Struct, frozen=True):
    """What the ticket keeps: the credential as the store takes it, and what Toggl said about it."""

    kind: CredentialKind
    secret: str
    fingerprint: str
    name: str
    email: str
    places: tuple[Place, ...]

    def __repr__(self) -> str:
        return f"<Offer {self.kind}>"

    @classmethod
    def of(cls, credential: Credential, proof: Proof) -> Offer:
        """The offer of a credential that was tried."""
        kind, secret = closed(credential)
        return cls(
            kind=kind,
            secret=secret,
            fingerprint=fingerprint(credential),
            name=proof.identity.name,
            email=proof.identity.email,
            places=tuple(Place(w.organization_id, w.name, w.focus_id, w.track_id) for w in proof.workspaces),
        )

    @classmethod
    def load(cls, kept: Mapping[str, Any] | None) -> Offer:
        """The offer that `dump` wrote down. Raises msgspec.ValidationError."""
        return msgspec.convert(kept, cls)

    def dump(self) -> dict[str, Any]:
        """Plain JSON to keep (it holds the credential: seal it)."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept

    @property
    def label(self) -> str:
        """Whose it is, for people."""
        return Identity(self.name, self.email).label

    @property
    def workspaces(self) -> tuple[LinkedWorkspace, ...]:
        """The workspaces it opens."""
        return tuple(LinkedWorkspace(p.organization_id, p.name, p.focus_id, p.track_id) for p in self.places)
