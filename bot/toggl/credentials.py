"""What a person can prove who they are with, the header each makes, and which product accepts which."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.toggl.operations import Product


@dataclass(frozen=True, slots=True)
class FocusKey:
    """An API key of Toggl Focus, `toggl_sk_…`: a Bearer token, for Focus alone."""

    key: str = field(repr=False)

    @property
    def products(self) -> frozenset[Product]:
        """Where it is accepted."""
        return frozenset({Product.FOCUS})

    @property
    def authorization(self) -> str:
        """The header's value: secret."""
        return f"Bearer {self.key}"


@dataclass(frozen=True, slots=True)
class TrackToken:
    """An API token of Toggl Track, 32 hex digits: Basic `TOKEN:api_token`, for Track alone."""

    token: str = field(repr=False)

    @property
    def products(self) -> frozenset[Product]:
        """Where it is accepted."""
        return frozenset({Product.TRACK})

    @property
    def authorization(self) -> str:
        """The header's value: secret."""
        return _basic(self.token, "api_token")


@dataclass(frozen=True, slots=True)
class Password:
    """E-mail and password: Basic, for both products."""

    email: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def products(self) -> frozenset[Product]:
        """Where it is accepted."""
        return frozenset(Product)

    @property
    def authorization(self) -> str:
        """The header's value: secret."""
        return _basic(self.email, self.password)


Credential = FocusKey | TrackToken | Password


def fingerprint(credential: Credential) -> str:
    """16 hex digits that tell one credential from another and give nothing of it away; the key of quotas and caches."""
    return hashlib.sha256(credential.authorization.encode()).hexdigest()[:16]


def find_credential(credentials: Sequence[Credential], product: Product) -> Credential | None:
    """The credential to use for `product`: one made for it alone before one for both."""
    fitting = (credential for credential in credentials if product in credential.products)
    return min(fitting, key=lambda credential: len(credential.products), default=None)


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
